"""Words for a verdict."""

import pytest
from checks import check
from pathway_views import citation

from assistant.checking.verdicts import Verdict
from assistant.checking.wording import VERDICT_MARKS, VERDICT_WORDS, place, to_say

PLACE = "“The Report”, Chapter 1 › A route (The Taskforce, June 2012; historic)"


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict.SUPPORTED, f"Yes, that is what the guidance says. Statement 1 costs £10 and “stands”. That is in {PLACE}."),
        (Verdict.CONTRADICTED, f"No. The guidance says £10 million, not £100 million. That is in {PLACE}."),
        (Verdict.PARTLY, f"Only in part. The guidance says £10 million, not £100 million. That is in {PLACE}."),
        (Verdict.NOT_COVERED, "The guidance that I have does not settle that."),
    ],
)
def test_what_can_be_said_in_a_meeting(verdict: Verdict, said: str) -> None:
    assert to_say(check(verdict)) == said


def test_every_verdict_has_a_word_and_a_mark_of_its_own() -> None:
    assert set(VERDICT_WORDS) == set(VERDICT_MARKS) == set(Verdict)
    assert len(set(VERDICT_WORDS.values())) == len(set(VERDICT_MARKS.values())) == len(Verdict)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, PLACE),
        ({"standing": "in_force"}, "“The Report”, Chapter 1 › A route (The Taskforce, June 2012)"),
        ({"published": "unknown"}, "“The Report”, Chapter 1 › A route (The Taskforce, date not known; historic)"),
    ],
)
def test_a_place_tells_its_standing_where_it_does_not_simply_stand(changes: dict[str, str], told: str) -> None:
    assert place(citation(1, **changes)) == told
