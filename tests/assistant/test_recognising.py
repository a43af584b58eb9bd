"""Recognising what people tell of their scope in plain words, and nothing that they only name."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.recognising import Recognised, recognise
from corpus.dates import PartialDate

UTTERANCES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "utterances.yaml").read_text(encoding="utf-8"))


def told(text: str) -> dict[str, str]:
    """What is recognised, without the employer, as the annotated utterances have it."""
    found = recognise(text)
    fields = {"sector": found.sector, "stage": found.stage, "nation": found.nation, "as_of": found.as_of, "audience": found.audience}
    return {name: str(value) for name, value in fields.items() if value is not None}


@pytest.mark.parametrize("text", ["", " ", "?", "....", "\n\n", "we", "😀"])
def test_nothing_is_recognised_in_nothing(text: str) -> None:
    assert recognise(text) == Recognised()


@pytest.mark.parametrize("utterance", UTTERANCES, ids=lambda utterance: utterance["text"][:60])
def test_what_people_write_tells_its_scope_and_nothing_else(utterance: dict[str, Any]) -> None:
    assert told(utterance["text"]) == {name: str(value) for name, value in utterance.items() if name != "text"}


def test_everything_told_at_once() -> None:
    text = "I'm a librarian at a county council in Wales. We transfer on 1 April. As at 31 March 2015, what pension had we to be offered?"
    assert recognise(text) == Recognised(
        sector="libraries", stage="spinning_out", nation="wales", as_of=PartialDate("2015-03-31"), audience="staff", employer="council"
    )


@pytest.mark.parametrize(
    ("text", "employer"),
    [
        ("I work for a borough council.", "council"),
        ("Our NHS foundation trust has refused.", "nhs_trust"),
        ("We're civilian staff in a police force.", "police_force"),
        ("My academy wants its cooks to leave.", "academy_trust"),
        ("What must a council publish?", None),
    ],
)
def test_the_employer_is_told_where_it_is_the_writers(text: str, employer: str | None) -> None:
    assert recognise(text).employer == employer


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("What was the position on 29 February 2016?", "2016-02-29"),
        ("What was the position on 29 February 2015?", None),
        ("What was the position on 31/04/2015?", None),
        ("What was the position on March 4th, 2015?", "2015-03-04"),
        ("What was the position in mid-2015?", "2015-06-30"),
        ("What was the position in early 2015?", "2015-03-31"),
        ("What was the position at the beginning of 2015?", "2015-01-01"),
        ("Before 1 January 2016, was it allowed?", "2015-12-31"),
        ("Before 1 January 2016, what happened?", None),
        ("What was the position on 1 January 1016?", "1016-01-01"),
    ],
)
def test_days_in_words(text: str, day: str | None) -> None:
    assert recognise(text).as_of == (PartialDate(day) if day else None)


def test_two_services_or_nations_told_alike_tell_neither() -> None:
    assert told("Do libraries and schools get the same help in Wales and in Scotland?") == {}


@given(st.text(max_size=400))
def test_no_text_is_too_odd(text: str) -> None:
    assert isinstance(recognise(text), Recognised)


@given(st.lists(st.sampled_from("we are in the council two years ago about to transfer on 1 april 2015 as of could nurse , . ? not if".split()), max_size=60))
def test_no_sentence_of_its_own_words_is_too_odd(words: list[str]) -> None:
    text = " ".join(words)
    assert recognise(text) == recognise(text.upper())
