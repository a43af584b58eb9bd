"""What an answer says to its reader over and above the guidance."""

import pytest

from assistant.advising import DECISION, NOTICE
from assistant.answers import Body, Notice, Outcome, Scope
from assistant.reader import fitted_to_reader
from index.live import LiveIndex
from index.store import PassageStore
from index.versions import Versions

CONTRADICTION = Notice(
    kind="scope",
    text="The question speaks of Wales, but the nation set is England, and the answer is for that. Change the nation to ask for the other.",
)
ADVICE = Notice(kind="advice", text=NOTICE)


@pytest.fixture
def store(small_index: Versions) -> PassageStore:
    return LiveIndex(small_index).current().store


def body(outcome: Outcome, *notices: Notice) -> Body:
    return Body(outcome=outcome, text="told", notices=list(notices))


@pytest.mark.parametrize("outcome", [Outcome.ANSWERED, Outcome.NOT_COVERED, Outcome.OUT_OF_SCOPE])
def test_a_plain_question_is_left_as_it_is(store: PassageStore, outcome: Outcome) -> None:
    assert fitted_to_reader(body(outcome), Scope(nation="england"), "What is a mutual?", None, store) == body(outcome)


@pytest.mark.parametrize("advice", [None, "position", "decision"])
def test_what_is_out_of_scope_stays_so(store: PassageStore, advice: None) -> None:
    assert fitted_to_reader(body(Outcome.OUT_OF_SCOPE), Scope(nation="england"), "Is it so in Wales?", advice, store) == body(Outcome.OUT_OF_SCOPE)


def test_a_contradiction_is_told(store: PassageStore) -> None:
    told = fitted_to_reader(body(Outcome.NOT_COVERED), Scope(nation="england"), "Is it so in Wales?", None, store)
    assert told == body(Outcome.NOT_COVERED, CONTRADICTION)


def test_a_position_is_answered_in_part_where_it_is_answered_at_all(store: PassageStore) -> None:
    scope = Scope(nation="england")
    assert fitted_to_reader(body(Outcome.ANSWERED), scope, "Is it so in Wales?", "position", store) == body(Outcome.PARTIAL, CONTRADICTION, ADVICE)
    assert fitted_to_reader(body(Outcome.NOT_COVERED), scope, "Is it?", "position", store) == body(Outcome.NOT_COVERED)


def test_a_decision_is_refused(store: PassageStore) -> None:
    told = fitted_to_reader(body(Outcome.NOT_COVERED), Scope(), "Should I sue?", "decision", store)
    assert told == Body(outcome=Outcome.REFUSED, text=DECISION)
