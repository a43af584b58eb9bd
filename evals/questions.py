"""The evaluation set: what is asked, what the answer must hold, and where the guidance says it."""

import json
import re
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from assistant.answers import Outcome
from corpus.dates import PartialDate
from corpus.words import Sector, Theme

FOLDER = Path(__file__).resolve().parent


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


Pattern = Annotated[str, AfterValidator(_pattern)]
Split = Literal["dev", "test"]
Role = Literal["staff", "helpline", "ambassador"]
Kind = Literal[
    "direct",
    "list",
    "how_to",
    "comparison",
    "number",
    "who",
    "when",
    "yes_no",
    "two_place",
    "near_topic",
    "far",
    "currency",
    "false_premise",
    "hostile",
]
ScopeField = Literal["sector", "stage", "nation", "as_of", "audience"]
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Wanted(BaseModel):
    """What a right answer to one question is. `facts` are patterns (case ignored), all of which a right answer matches; `gold` are places, any of
    which supports it (for `two_place`, the places of both halves)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str = Field(min_length=1)
    answerable: bool
    facts: tuple[Pattern, ...] = ()
    gold: tuple[Place, ...] = ()

    @model_validator(mode="after")
    def _answerable_has_gold(self) -> Self:
        if (bool(self.facts), bool(self.gold)) != (self.answerable, self.answerable):
            raise ValueError("an answerable question has facts and gold places; one that is not has neither")
        return self


class Question(Wanted):
    """One question with the scope it is asked in.

    `notice` is a pattern that one of the answer's notices matches; `wrong` are patterns that no sentence of a right answer matches; `outcomes` are
    the outcomes allowed where an answer is not wanted; `pair` is the id of the same question for another day.
    """

    id: Identifier
    split: Split
    topic: str
    theme: Theme | None = None
    role: Role
    kind: Kind
    as_of: PartialDate | None = None
    sector: Sector | None = None
    notice: Pattern | None = None
    wrong: tuple[Pattern, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    pair: Identifier | None = None


class Turn(Wanted):
    """One turn of a dialogue; `standalone` is what it means by itself."""

    standalone: str = Field(min_length=1)


class Dialogue(BaseModel):
    """A conversation of two to four turns."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Identifier
    split: Split
    topic: str
    theme: Theme
    role: Role
    turns: tuple[Turn, ...] = Field(min_length=2, max_length=4)


class Utterance(BaseModel):
    """Something a person writes, and what it tells of their scope: all of it and nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Identifier
    split: Split
    text: str = Field(min_length=1)
    scope: dict[ScopeField, str]


def load_questions(folder: Path = FOLDER / "questions") -> list[Question]:
    """All questions, in file order. Raises ValueError, naming file and line, where one does not fit the schema, and where an id is used twice."""
    return _load(folder, Question)


def load_dialogues(folder: Path = FOLDER / "dialogues") -> list[Dialogue]:
    """All dialogues; as `load_questions`."""
    return _load(folder, Dialogue)


def load_utterances(folder: Path = FOLDER / "scopes") -> list[Utterance]:
    """All utterances; as `load_questions`."""
    return _load(folder, Utterance)


Record = TypeVar("Record", Question, Dialogue, Utterance)


def _load(folder: Path, model: type[Record]) -> list[Record]:
    records: dict[str, Record] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                record = model.model_validate(json.loads(line))
            except ValueError as error:
                raise ValueError(f"{path.name}:{number}: {error}") from error
            if record.id in records:
                raise ValueError(f"{path.name}:{number}: id {record.id!r} is used twice")
            records[record.id] = record
    return list(records.values())
