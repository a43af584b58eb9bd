"""Questions about the small library, and others to learn a ranker from."""

import json
from pathlib import Path
from typing import Any

from evals.questions import Question

ROUTE, BEFORE, NOW = "small-note.recommendation-2", "small-note.reserved-before", "small-note.reserved-now"
LESSONS = (
    ("Whom may staff appeal to?", ROUTE),
    ("Did the Taskforce want a route for staff?", ROUTE),
    ("How many years did regulation 77 allow?", BEFORE),
    ("What was the longest reserved contract in 2015?", BEFORE),
    ("What is the longest a contract can be kept for a mutual?", NOW),
    ("How many years does section 33 allow?", NOW),
    ("Who pays?", "gone"),
)


def asked(identifier: str, text: str, facts: tuple[str, ...] = (), gold: tuple[tuple[str, str], ...] = (), **more: Any) -> Question:
    """A question that can be answered where facts are given."""
    return Question.model_validate(
        {
            "id": identifier,
            "split": "dev",
            "topic": "t",
            "role": "staff",
            "kind": "direct",
            "question": text,
            "answerable": bool(facts),
            "facts": facts,
            "gold": [{"source": source, "locator": locator} for source, locator in gold],
            **more,
        }
    )


THEN = asked("then", "How long could a reserved contract last under the old regulations?", ("three years", "no longer"), (("old-regulations", "reg. 77(3)"),))
PLACE = asked("place", "Does section 33 tell of the route for staff that the Taskforce recommended?", ("five years", "Under the Old"), (("new-act", "s. 33"),))
APPEAL = asked("appeal", "Where do workers turn when the boss says no?", ("person",), (("report-2012", "Recommendation 2(ii)"),))
NOT_JUDGED = (
    asked("fee", "What does a licence cost?"),
    asked("dated", "How long can a reserved contract last?", ("three years",), (("old-regulations", "reg. 77(3)"),), as_of="2016-06-30"),
)


def write_lessons(folder: Path) -> Path:
    """The lessons as training files."""
    folder.mkdir()
    for name, lessons in (("a", LESSONS[:4]), ("b", LESSONS[4:])):
        lines = [json.dumps({"question": question, "passage": passage}) for question, passage in lessons]
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "a.sentences.json").write_text("{}", encoding="utf-8")
    return folder
