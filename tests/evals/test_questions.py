"""What a line of an evaluation file must hold, and how files are read."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.dates import PartialDate
from evals.questions import Dialogue, Place, Question, Turn, Utterance, load_dialogues, load_questions, load_utterances

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
FIRST: dict[str, Any] = {"question": "What is it?", "standalone": "What is it?", "answerable": False}
THEN: dict[str, Any] = {"question": "And then?", "standalone": "What then?", **{name: GOOD[name] for name in ("answerable", "facts", "gold")}}
TALK: dict[str, Any] = {"id": "talk", "split": "test", "topic": "pathway", "theme": "rights", "role": "helpline", "turns": [FIRST, THEN]}
SAID: dict[str, Any] = {"id": "said", "split": "dev", "text": "I work in a youth club.", "scope": {"sector": "youth"}}
Load = Callable[[Path], list[Any]]


def write(folder: Path, *lines: str, name: str = "set.jsonl") -> Path:
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    return folder


def line(**changes: Any) -> str:
    return json.dumps({**GOOD, **changes})


def refusal(folder: Path, load: Load = load_questions) -> str:
    with pytest.raises(ValueError) as error:
        load(folder)
    return str(error.value)


@pytest.mark.parametrize("load", [load_questions, load_dialogues, load_utterances])
@pytest.mark.parametrize("lines", [[], [""]])
def test_no_file_and_an_empty_file_hold_nothing(tmp_path: Path, lines: list[str], load: Load) -> None:
    assert load(write(tmp_path, *lines) if lines else tmp_path) == []


def test_a_question_is_read_whole(tmp_path: Path) -> None:
    more = {"theme": "rights", "as_of": "2016-06", "sector": "youth", "notice": "replaced", "wrong": ["s\\. 33"], "outcomes": ["not_covered"], "pair": "two"}
    common = {
        "id": "one",
        "split": "dev",
        "topic": "pathway",
        "role": "staff",
        "kind": "direct",
        "question": "What is it?",
        "answerable": True,
        "facts": ("mutual",),
        "gold": (Place(source="report", locator="Chapter 1"),),
    }
    assert load_questions(write(tmp_path, line(), line(id="two", **{**more, "pair": "one"}))) == [
        Question(**common, theme=None, as_of=None, sector=None, notice=None, wrong=(), outcomes=(), pair=None),
        Question(
            **{**common, "id": "two"},
            theme="rights",
            as_of=PartialDate("2016-06"),
            sector="youth",
            notice="replaced",
            wrong=("s\\. 33",),
            outcomes=("not_covered",),
            pair="one",
        ),
    ]


def test_a_dialogue_is_read_whole(tmp_path: Path) -> None:
    gold = (Place(source="report", locator="Chapter 1"),)
    assert load_dialogues(write(tmp_path, json.dumps(TALK))) == [
        Dialogue(
            id="talk",
            split="test",
            topic="pathway",
            theme="rights",
            role="helpline",
            turns=(
                Turn(question="What is it?", standalone="What is it?", answerable=False),
                Turn(question="And then?", standalone="What then?", answerable=True, facts=("mutual",), gold=gold),
            ),
        )
    ]


def test_an_utterance_is_read_whole(tmp_path: Path) -> None:
    assert load_utterances(write(tmp_path, json.dumps(SAID), json.dumps({**SAID, "id": "none", "scope": {}}))) == [
        Utterance(id="said", split="dev", text="I work in a youth club.", scope={"sector": "youth"}),
        Utterance(id="none", split="dev", text="I work in a youth club.", scope={}),
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
        ({"theme": "wine"}, "theme"),
        ({"role": "minister"}, "role"),
        ({"kind": "riddle"}, "kind"),
        ({"question": None}, "question"),
        ({"question": ""}, "question"),
        ({"extra": 1}, "extra"),
        ({"facts": ["("]}, "'(' is not a pattern: missing ), unterminated subpattern at position 0"),
        ({"facts": ["ok", "*"]}, "'*' is not a pattern: nothing to repeat at position 0"),
        ({"notice": "["}, "'[' is not a pattern: unterminated character set at position 0"),
        ({"wrong": ["ok", "+"]}, "'+' is not a pattern: nothing to repeat at position 0"),
        ({"gold": [{"source": "report"}]}, "gold.0.locator"),
        ({"gold": [{"source": "report", "locator": "p. 1", "page": 1}]}, "gold.0.page"),
        ({"as_of": "yesterday"}, "as_of"),
        ({"as_of": "2016-13"}, "as_of"),
        ({"sector": "mining"}, "sector"),
        ({"outcomes": ["silence"]}, "outcomes.0"),
        ({"pair": "Not An Id"}, "pair"),
        ({"facts": []}, "an answerable question has facts and gold places"),
        ({"gold": []}, "an answerable question has facts and gold places"),
        ({"answerable": False}, "an answerable question has facts and gold places"),
        ({"answerable": False, "facts": []}, "an answerable question has facts and gold places"),
    ],
)
def test_a_question_that_does_not_fit_is_named_with_what_is_wrong(tmp_path: Path, changes: dict[str, Any], word: str) -> None:
    found = refusal(write(tmp_path, line(), line(**{"id": "two", **changes})))
    assert found.startswith("set.jsonl:2: ")
    assert word in found


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"theme": None}, "theme"),
        ({"kind": "direct"}, "kind"),
        ({"turns": []}, "turns"),
        ({"turns": [FIRST]}, "turns"),
        ({"turns": [FIRST] * 5}, "turns"),
        ({"turns": [FIRST, {**THEN, "standalone": ""}]}, "turns.1.standalone"),
        ({"turns": [FIRST, {**THEN, "as_of": "2016"}]}, "turns.1.as_of"),
        ({"turns": [FIRST, {**THEN, "facts": []}]}, "an answerable question has facts and gold places"),
    ],
)
def test_a_dialogue_that_does_not_fit_is_named_with_what_is_wrong(tmp_path: Path, changes: dict[str, Any], word: str) -> None:
    found = refusal(write(tmp_path, json.dumps(TALK), json.dumps({**TALK, "id": "two", **changes})), load_dialogues)
    assert found.startswith("set.jsonl:2: ")
    assert word in found


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"text": ""}, "text"),
        ({"scope": None}, "scope"),
        ({"scope": {"mood": "glad"}}, "mood"),
        ({"scope": {"sector": 1}}, "sector"),
        ({"topic": "x"}, "topic"),
    ],
)
def test_an_utterance_that_does_not_fit_is_named_with_what_is_wrong(tmp_path: Path, changes: dict[str, Any], word: str) -> None:
    found = refusal(write(tmp_path, json.dumps(SAID), json.dumps({**SAID, "id": "two", **changes})), load_utterances)
    assert found.startswith("set.jsonl:2: ")
    assert word in found


def test_an_id_used_twice_is_named(tmp_path: Path) -> None:
    write(tmp_path, line(), name="a.jsonl")
    assert refusal(write(tmp_path, line(id="two"), line(), name="b.jsonl")) == "b.jsonl:2: id 'one' is used twice"


def test_a_question_that_cannot_be_answered_has_neither_facts_nor_places(tmp_path: Path) -> None:
    (question,) = load_questions(write(tmp_path, line(answerable=False, facts=[], gold=[])))
    assert (question.answerable, question.facts, question.gold) == (False, (), ())
