"""What the pathway navigator shows. Field names are the HTTP contract (`docs/api.md`)."""

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from assistant.answers import Citation, Notice, Stage
from corpus.pathways import PartName
from corpus.words import Sector

PART_TITLES: dict[PartName, str] = {
    "what": "What it is",
    "who": "Who does it",
    "prepare": "What to prepare",
    "blocks": "Common blocks",
    "escalate": "Where to escalate",
}


class _View(BaseModel):
    model_config = ConfigDict(frozen=True)


class PathwayStatement(_View):
    """One sentence, to the letter, and the numbers of the citations it rests on."""

    text: str
    citations: list[int]


class PathwayPart(_View):
    """One part of a step. Where nothing is told in it, `not_found` is true and `note`, a sentence of ours without a source, says so."""

    name: PartName
    title: str
    statements: list[PathwayStatement]
    not_found: bool
    note: str


class PathwayStep(_View):
    """One thing to do. `ask` is a question to put in chat about it; `notices` tell what has changed since its sources."""

    id: str
    title: str
    ask: str
    parts: list[PathwayPart]
    notices: list[Notice]


class PathwayStage(_View):
    """A stretch of the way: `plain` says what happens in it, `stage` is the stage of a scope that it belongs to."""

    id: str
    title: str
    plain: str
    stage: Stage
    steps: list[PathwayStep]


class Pathway(_View):
    """The whole way for a sector (`all`: what is for everyone) as on the day `as_of`. Citations are numbered through all of it.

    `notices` are those of the whole: the day it speaks for, and the weight and standing of its sources.
    """

    sector: Sector
    as_of: date
    stages: list[PathwayStage]
    citations: list[Citation]
    notices: list[Notice]

    def cited(self, numbers: Sequence[int]) -> list[Citation]:
        """The citations of these numbers."""
        return [self.citations[number - 1] for number in numbers]


class SectorName(_View):
    """A sector, how it is called, and how many steps its pathway has."""

    sector: Sector
    label: str
    steps: int


class StepName(_View):
    """A step named in passing."""

    id: str
    title: str


class StageName(_View):
    """A stage in short."""

    id: str
    title: str
    plain: str
    stage: Stage
    steps: list[StepName]


class PathwayList(_View):
    """The sectors there is a pathway for, and in short the stages with the steps that are for everyone."""

    sectors: list[SectorName]
    stages: list[StageName]
