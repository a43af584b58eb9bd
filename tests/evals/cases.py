"""Questions, answers and cases made by hand."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.answers import Answer
from evals.metrics import Case, Found
from evals.questions import Dialogue, Question
from evals.scoring import Run

ANSWERABLE = Question.model_validate(
    {
        "id": "one",
        "split": "dev",
        "topic": "t",
        "theme": "procurement",
        "role": "staff",
        "kind": "direct",
        "question": "How long?",
        "answerable": True,
        "facts": ["five years", "section 33", r"\bnever\b"],
        "gold": [{"source": "act", "locator": "s. 33"}, {"source": "report", "locator": "Recommendation 2"}],
    }
)
UNANSWERABLE = ANSWERABLE.model_copy(update={"id": "two", "kind": "far", "answerable": False, "facts": (), "gold": ()})
DIALOGUE = Dialogue.model_validate(
    {
        "id": "talk",
        "split": "dev",
        "topic": "t",
        "theme": "procurement",
        "role": "staff",
        "turns": [
            {"question": "How long?", "standalone": "How long?", "answerable": True, "facts": ["five"], "gold": [{"source": "act", "locator": "s. 33"}]},
            {"question": "And on Mars?", "standalone": "How long on Mars?", "answerable": False},
            {"question": "And then?", "standalone": "What then?", "answerable": True, "facts": ["again"], "gold": [{"source": "act", "locator": "s. 34"}]},
        ],
    }
)
ABOUT: dict[str, Any] = {
    "made_at": "2026-11-22T19:00:00+00:00",
    "options": {"split": "dev", "kind": "all"},
    "settings": {"question_limit": 2000, "embedding_model": "all-MiniLM-L6-v2"},
    "index": {"version": "v1", "passages": 3, "library_digest": "d1"},
    "commit": "c1",
    "bare_ms": [10.0, 12.0],
}


def answer(
    outcome: str,
    sentences: Sequence[tuple[str, list[int]]] = (),
    places: Sequence[tuple[str, str, str]] = (),
    notices: Sequence[str] = (),
    confidence: float = 0.5,
    text: str = "",
) -> Answer:
    """An answer of sentences with their citation numbers, of cited places (source, locator, quote), and of notices."""
    return Answer.model_validate(
        {
            "outcome": outcome,
            "text": text,
            "sentences": [{"text": each, "citations": numbers} for each, numbers in sentences],
            "citations": [
                {
                    "number": number,
                    "passage_id": "p",
                    "source_id": source,
                    "title": "",
                    "publisher": "",
                    "published": "",
                    "authority": "statute",
                    "standing": "in_force",
                    "superseded_by": [],
                    "locator": locator,
                    "url": None,
                    "quote": quote,
                }
                for number, (source, locator, quote) in enumerate(places, start=1)
            ],
            "notices": [{"kind": "standing", "text": each} for each in notices],
            "answer_id": "a",
            "conversation_id": "c",
            "question": "q",
            "standalone_question": "q",
            "engine": "extractive",
            "confidence": confidence,
            "timings_ms": {},
        }
    )


FULL = answer(
    "answered",
    [("Section 33 allows up to FIVE years.", [1]), ("It must not be longer.", [2])],
    [("act", "s. 33(2)", "Section 33 allows up to FIVE years."), ("notes", "para 4", "It must not be longer.")],
)
SILENT = answer("not_covered")
COMPLETE = answer("answered", [("Under section 33 it may never exceed five years.", [])], confidence=0.9)


def found(*places: tuple[str, Sequence[str]]) -> tuple[Found, ...]:
    """Passages found: source and locators of each."""
    return tuple(Found(passage_id=f"p{number}", source_id=source, locators=tuple(locators)) for number, (source, locators) in enumerate(places))


def case(question: Question, given: Answer, places: Sequence[tuple[str, Sequence[str]]] = (), gate_failures: int = 0) -> Case:
    return Case(question=question, answer=given, found=found(*places), gate_failures=gate_failures)


def run(cases: Sequence[Case], dialogues: Sequence[tuple[Dialogue, tuple[Answer, ...]]] = (), milliseconds: Sequence[float] = ()) -> Run:
    return Run(ABOUT, tuple(cases), tuple(dialogues), tuple(milliseconds))


def keep(folder: Path, cases: Sequence[Case], dialogues: Sequence[tuple[str, Sequence[Answer]]] = (), milliseconds: float = 20.0) -> Path:
    """Write a run to a folder as answering leaves it."""
    folder.mkdir(parents=True)
    given = [
        {
            "id": each.question.id,
            "answer": each.answer.model_dump(mode="json"),
            "found": [place.model_dump() for place in each.found],
            "gate_failures": each.gate_failures,
            "milliseconds": milliseconds,
        }
        for each in cases
    ]
    held = [{"id": name, "turns": [{"answer": told.model_dump(mode="json")} for told in turns]} for name, turns in dialogues]
    (folder / "answers.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in given), encoding="utf-8")
    (folder / "dialogues.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in held), encoding="utf-8")
    (folder / "run.json").write_text(json.dumps(ABOUT), encoding="utf-8")
    return folder
