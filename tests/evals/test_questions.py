"""The evaluation questions: what a line must hold, and that every bundled one can be scored."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corpus.library import load_library
from evals.places import fits
from evals.questions import Place, Question, load_questions

GOOD: dict[str, Any] = {
    "id": "one",
    "split": "dev",
    "topic": "pathway",
    "role": "staff",
    "kind": "direct",
    "question": "What is it?",
    "answerable": True,
    "facts": ["mutual"],
    "gold": [{"source": "report", "locator": "Chapter 1"}],
}


def write(folder: Path, *lines: str, name: str = "set.jsonl") -> Path:
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    return folder


def line(**changes: Any) -> str:
    return json.dumps({**GOOD, **changes})


def refusal(folder: Path) -> str:
    with pytest.raises(ValueError) as error:
        load_questions(folder)
    return str(error.value)


@pytest.mark.parametrize("lines", [[], [""]])
def test_no_file_and_an_empty_file_hold_no_questions(tmp_path: Path, lines: list[str]) -> None:
    assert load_questions(write(tmp_path, *lines) if lines else tmp_path) == []


def test_a_question_is_read_whole(tmp_path: Path) -> None:
    assert load_questions(write(tmp_path, line())) == [
        Question(
            id="one",
            split="dev",
            topic="pathway",
            role="staff",
            kind="direct",
            question="What is it?",
            answerable=True,
            facts=("mutual",),
            gold=(Place(source="report", locator="Chapter 1"),),
        )
    ]


def test_files_are_read_in_order_of_their_names(tmp_path: Path) -> None:
    write(tmp_path, line(id="c"), name="b.jsonl")
    write(tmp_path, line(id="b"), line(id="a"), name="a.jsonl")
    write(tmp_path, "not a question", name="a.txt")
    assert [question.id for question in load_questions(tmp_path)] == ["b", "a", "c"]


@pytest.mark.parametrize("text", ["", "{", "nothing", "[]", "3", '"text"', "null"])
def test_a_line_that_is_no_record_is_named(tmp_path: Path, text: str) -> None:
    assert refusal(write(tmp_path, line(), text, line(id="two"))).startswith("set.jsonl:2: ")


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"id": "Not An Id"}, "id"),
        ({"id": ""}, "id"),
        ({"split": "train"}, "split"),
        ({"role": "minister"}, "role"),
        ({"kind": "riddle"}, "kind"),
        ({"question": None}, "question"),
        ({"extra": 1}, "extra"),
        ({"facts": ["("]}, "'(' is not a pattern: missing ), unterminated subpattern at position 0"),
        ({"facts": ["ok", "*"]}, "'*' is not a pattern: nothing to repeat at position 0"),
        ({"gold": [{"source": "report"}]}, "gold.0.locator"),
        ({"gold": [{"source": "report", "locator": "p. 1", "page": 1}]}, "gold.0.page"),
        ({"facts": []}, "an answerable question has facts and gold places"),
        ({"gold": []}, "an answerable question has facts and gold places"),
        ({"answerable": False}, "an answerable question has facts and gold places"),
        ({"answerable": False, "facts": []}, "an answerable question has facts and gold places"),
    ],
)
def test_a_line_that_does_not_fit_is_named_with_what_is_wrong(tmp_path: Path, changes: dict[str, Any], word: str) -> None:
    found = refusal(write(tmp_path, line(), line(**{"id": "two", **changes})))
    assert found.startswith("set.jsonl:2: ")
    assert word in found


def test_an_id_used_twice_is_named(tmp_path: Path) -> None:
    write(tmp_path, line(), name="a.jsonl")
    assert refusal(write(tmp_path, line(id="two"), line(), name="b.jsonl")) == "b.jsonl:2: id 'one' is used twice"


def test_a_question_that_cannot_be_answered_has_neither_facts_nor_places(tmp_path: Path) -> None:
    (question,) = load_questions(write(tmp_path, line(answerable=False, facts=[], gold=[])))
    assert (question.answerable, question.facts, question.gold) == (False, (), ())


BUNDLED = load_questions()


def test_the_first_shelf_has_forty_five_answerable_questions_and_fifteen_that_are_not() -> None:
    shelf = [json.loads(text) for text in (Path("evals") / "questions" / "first-shelf.jsonl").read_text(encoding="utf-8").splitlines()]
    assert Counter(record["answerable"] for record in shelf) == {True: 45, False: 15}


def test_bundled_ids_and_wordings_are_unique() -> None:
    assert [(each, count) for each, count in Counter(question.id for question in BUNDLED).items() if count > 1] == []
    assert [(each, count) for each, count in Counter((question.question.lower(), question.as_of) for question in BUNDLED).items() if count > 1] == []


def test_both_splits_hold_both_sorts_of_question() -> None:
    assert {(question.split, question.answerable) for question in BUNDLED} == {("dev", True), ("dev", False), ("test", True), ("test", False)}


def test_every_bundled_question_can_be_asked() -> None:
    assert [question.id for question in BUNDLED if not 0 < len(question.question.strip()) <= 2000] == []


def test_every_gold_place_is_in_the_bundled_library() -> None:
    library = load_library()
    held = {(section.source_id, locator) for section in library.sections() for locator in (section.locator, *(each.locator for each in section.sentences))}
    gold = {place for question in BUNDLED for place in question.gold}
    assert [place for place in gold if not any(fits(source, locator, place) for source, locator in held)] == []


def test_every_fact_of_a_question_stands_at_one_of_its_gold_places() -> None:
    """A pattern that nothing at the gold places matches can never be met by a right answer."""
    at: dict[tuple[str, str], list[str]] = {}
    for section in load_library().sections():
        for sentence in section.sentences:
            for locator in {section.locator, sentence.locator}:
                at.setdefault((section.source_id, locator), []).append(section.quote(sentence))
    lacking = []
    for question in BUNDLED:
        text = " ".join(quote for (source, locator), quotes in at.items() if any(fits(source, locator, place) for place in question.gold) for quote in quotes)
        lacking += [(question.id, fact) for fact in question.facts if not re.search(fact, text, re.IGNORECASE)]
    assert lacking == []
