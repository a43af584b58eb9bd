"""The bundled evaluation set: large enough, kept apart in two splits, in words of its own, and such that a right answer can be told."""

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher

import pytest

from assistant.answers import Scope
from corpus.library import Library, load_library
from evals.places import fits
from evals.questions import Wanted, load_dialogues, load_questions, load_utterances

QUESTIONS, DIALOGUES, UTTERANCES = load_questions(), load_dialogues(), load_utterances()
ASKED: list[tuple[str, Wanted]] = [
    *((question.id, question) for question in QUESTIONS),
    *((f"{dialogue.id}, turn {number}", turn) for dialogue in DIALOGUES for number, turn in enumerate(dialogue.turns, start=1)),
]
"""Every question and every turn of a dialogue, by what it is found under."""
NEAR = 0.85


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.mark.parametrize(
    ("what", "least", "found"),
    [
        ("answerable", 260, sum(question.answerable for question in QUESTIONS)),
        ("unanswerable", 80, sum(not question.answerable for question in QUESTIONS)),
        ("currency", 40, sum(question.kind == "currency" for question in QUESTIONS)),
        ("false premise", 25, sum(question.kind == "false_premise" for question in QUESTIONS)),
        ("hostile", 25, sum(question.kind == "hostile" for question in QUESTIONS)),
        ("dialogues", 40, len(DIALOGUES)),
    ],
)
def test_there_are_enough_to_measure_by(what: str, least: int, found: int) -> None:
    assert found >= least, what


def test_both_splits_hold_every_sort() -> None:
    assert {(question.split, question.answerable) for question in QUESTIONS} == {("dev", True), ("dev", False), ("test", True), ("test", False)}
    kinds = {question.kind for question in QUESTIONS}
    assert {(question.split, question.kind) for question in QUESTIONS} == {(split, kind) for split in ("dev", "test") for kind in kinds}
    assert {dialogue.split for dialogue in DIALOGUES} == {utterance.split for utterance in UTTERANCES} == {"dev", "test"}


def test_no_topic_is_in_both_splits() -> None:
    splits: dict[str, set[str]] = {}
    for each in (*QUESTIONS, *DIALOGUES):
        splits.setdefault(each.topic, set()).add(each.split)
    assert sorted(topic for topic, found in splits.items() if len(found) > 1) == []


def test_ids_are_used_once_in_the_whole_set() -> None:
    assert twice(each.id for each in (*QUESTIONS, *DIALOGUES, *UTTERANCES)) == []


def test_a_wording_is_used_once_but_for_a_question_and_itself_on_another_day() -> None:
    assert twice(question.question.lower() for question in QUESTIONS if not (question.pair and question.as_of)) == []
    assert twice(utterance.text.lower() for utterance in UTTERANCES) == []


def test_a_pair_is_one_question_for_two_days() -> None:
    by_id = {question.id: question for question in QUESTIONS}
    for question in QUESTIONS:
        if question.pair:
            other = by_id[question.pair]
            assert (other.pair, other.question, other.split) == (question.id, question.question, question.split)
            assert other.as_of != question.as_of


def test_everything_can_be_asked() -> None:
    assert [name for name, wanted in ASKED if not 0 < len(wanted.question.strip()) <= 2000] == []
    assert [utterance.id for utterance in UTTERANCES if not 0 < len(utterance.text.strip()) <= 2000] == []


def test_every_scope_told_is_one_that_can_be_asked_in() -> None:
    """`nation` is told by people, but is no part of a scope."""
    for utterance in UTTERANCES:
        Scope.model_validate({name: value for name, value in utterance.scope.items() if name != "nation"})


def test_every_gold_place_is_in_the_library(library: Library) -> None:
    held = {(section.source_id, locator) for section in library.sections() for locator in (section.locator, *(each.locator for each in section.sentences))}
    missing = [
        (name, place.source, place.locator)
        for name, wanted in ASKED
        for place in wanted.gold
        if not any(fits(source, locator, place) for source, locator in held if source == place.source)
    ]
    assert missing == []


def test_every_fact_stands_at_one_of_the_gold_places(library: Library) -> None:
    """A pattern that nothing at the gold places matches can never be met by a right answer."""
    at: dict[tuple[str, str], list[str]] = {}
    for section in library.sections():
        for sentence in section.sentences:
            for locator in {section.locator, sentence.locator}:
                at.setdefault((section.source_id, locator), []).append(section.quote(sentence))
    lacking = []
    for name, wanted in ASKED:
        text = " ".join(quote for (source, locator), quotes in at.items() if any(fits(source, locator, place) for place in wanted.gold) for quote in quotes)
        lacking += [(name, fact) for fact in wanted.facts if not re.search(fact, text, re.IGNORECASE)]
    assert lacking == []


def test_no_question_is_a_near_copy_of_an_ask(library: Library) -> None:
    """Else retrieval would be judged on what it was built from."""
    asks = [(ask, Words(ask)) for section in library.sections() for ask in section.asks]
    asked = [(name, wanted.question, Words(wanted.question)) for name, wanted in ASKED]
    assert [(name, text, ask) for name, text, ours in asked for ask, theirs in asks if near(ours, theirs)] == []


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        ("Who can appeal?", "who can appeal", True),
        ("Who can appeal to the department now?", "Who can then appeal to the department now?", True),
        ("appeal can who", "who can appeal", True),
        ("Who can appeal?", "Who may appeal?", False),
        ("What is TUPE?", "Does the Taskforce recommend a longer contract?", False),
        ("?", "Who?", False),
    ],
)
def test_when_one_is_a_near_copy_of_another(one: str, other: str, is_near: bool) -> None:
    assert near(Words(one), Words(other)) is is_near
    assert near(Words(other), Words(one)) is is_near


class Words:
    """The words of a text in order, each once, and counted."""

    def __init__(self, text: str):
        self.all = re.findall(r"\w+", text.lower())
        self.distinct = frozenset(self.all)
        self.counted = Counter(self.all)


def near(one: Words, other: Words) -> bool:
    """Whether the words are nearly the same: as sets by Jaccard's coefficient, or in order by difflib's ratio, whose upper bounds are asked first."""
    return alike(one.distinct, other.distinct) or in_like_order(one, other)


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if min(len(one), len(other)) < NEAR * max(len(one), len(other)) or not one:
        return False
    shared = len(one & other)
    return shared >= NEAR * (len(one) + len(other) - shared)


def in_like_order(one: Words, other: Words) -> bool:
    least = NEAR * (len(one.all) + len(other.all)) / 2
    if min(len(one.all), len(other.all)) < least or (one.counted & other.counted).total() < least:
        return False
    return SequenceMatcher(None, one.all, other.all, autojunk=False).ratio() >= NEAR


def twice(found: Iterable[str]) -> list[str]:
    return [each for each, count in Counter(found).items() if count > 1]
