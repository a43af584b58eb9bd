"""The evaluation questions: what is asked, what the answer must hold, and where the guidance says it."""

import json
import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

FOLDER = Path(__file__).resolve().parent / "questions"


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is not a pattern: {error}") from error
    return text


class Place(BaseModel):
    """A gold place: a catalogue source and, in it, a locator. A passage at a sub-point of the locator fits too."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    locator: str


class Question(BaseModel):
    """One question. `facts` are patterns (case ignored), all of which a right answer matches; `gold` are places, any of which supports it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    split: Literal["dev", "test"]
    topic: str
    role: Literal["staff", "helpline", "ambassador"]
    kind: Literal["direct", "list", "how_to", "comparison", "number", "who", "when", "yes_no", "near_topic", "far"]
    question: str
    answerable: bool
    facts: tuple[Annotated[str, AfterValidator(_pattern)], ...] = ()
    gold: tuple[Place, ...] = ()

    @model_validator(mode="after")
    def _answerable_has_gold(self) -> "Question":
        if (bool(self.facts), bool(self.gold)) != (self.answerable, self.answerable):
            raise ValueError("an answerable question has facts and gold places; one that is not has neither")
        return self


def load_questions(folder: Path = FOLDER) -> list[Question]:
    """All questions, in file order.

    Raises ValueError, naming file and line, where one does not fit the schema, and where an id is used twice.
    """
    questions: list[Question] = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                question = Question.model_validate(json.loads(line))
            except ValueError as error:
                raise ValueError(f"{path.name}:{number}: {error}") from error
            if any(other.id == question.id for other in questions):
                raise ValueError(f"{path.name}:{number}: id {question.id!r} is used twice")
            questions.append(question)
    return questions
