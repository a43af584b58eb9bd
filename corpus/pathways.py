"""The pathways: the stages and steps of spinning out, each part told in sentences of the notes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.faults import Fault
from corpus.sections import Section
from corpus.sources import Identifier
from corpus.words import Sector
from corpus.yamlfile import YamlError, YamlText, read_yaml

PartName = Literal["what", "who", "prepare", "blocks", "escalate"]
"""What a step tells: what it is, who does it, what to prepare, common blocks, where to escalate."""

PART_NAMES: tuple[PartName, ...] = get_args(PartName)


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Statement(_Record):
    """`text` is exactly one sentence of the section `passage`, named as `note.section`. `sectors` are those it is for; empty, all that its step is for.

    `not_for` are those among them that it would mislead, such as a rule that services of theirs are taken out of.
    """

    passage: str = Field(min_length=1)
    text: str = Field(min_length=1)
    sectors: tuple[Sector, ...] = ()
    not_for: tuple[Sector, ...] = ()

    def is_for(self, sector: Sector | None) -> bool:
        """Whether it is for a reader of a sector; for one whose sector is not known, only what is for all."""
        return sector not in self.not_for and (not self.sectors or _fits(self.sectors, sector))


class Step(_Record):
    """One thing to do. `ask` is a stand-alone question to put in chat about it. A part that is not there has no statement, for any sector."""

    id: Identifier
    title: str = Field(min_length=1)
    sectors: tuple[Sector, ...] = Field(("all",), min_length=1)
    ask: str = Field(min_length=1)
    parts: dict[PartName, tuple[Statement, ...]]

    def is_for(self, sector: Sector | None) -> bool:
        """Whether it is for a reader of a sector; for one whose sector is not known, only what is for all."""
        return _fits(self.sectors, sector)

    def part(self, name: PartName, sector: Sector | None) -> tuple[Statement, ...]:
        """The statements of a part that are for a sector, best first."""
        return tuple(statement for statement in self.parts.get(name, ()) if statement.is_for(sector))


class PathwayStage(_Record):
    """A stretch of the way. `plain` says in one line what happens in it and holds no facts; `stage` is the stage of a scope that it belongs to."""

    id: Identifier
    title: str = Field(min_length=1)
    plain: str = Field(min_length=1)
    stage: Literal["pre_spin_out", "spinning_out", "sustainability_and_growth"]
    steps: tuple[Step, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Pathways:
    """All stages, in the order they are gone through."""

    stages: tuple[PathwayStage, ...] = ()

    def steps(self) -> Iterator[Step]:
        """The steps of all stages in turn."""
        for stage in self.stages:
            yield from stage.steps


def _fits(sectors: Sequence[Sector], sector: Sector | None) -> bool:
    return "all" in sectors or sector in sectors


@dataclass(frozen=True)
class ListedStage:
    """A stage, and where its record stands in the file."""

    stage: PathwayStage
    file: YamlText
    number: int

    def fault(self, message: str, *place: str | int) -> Fault:
        """A fault at a place in the record such as `("steps", 0, "parts", "what", 1, "text")`; its field is the last name in it."""
        field = next(str(name) for name in reversed(place) if isinstance(name, str))
        return Fault(self.file.path, self.file.line(self.number, *place), field, message)


def read_pathways(path: Path) -> tuple[list[ListedStage], list[Fault]]:
    """Read the pathways file: its good stages, and a fault for each thing wrong in it."""
    try:
        parsed = read_yaml(path)
    except YamlError as error:
        return [], [error.fault]
    if not isinstance(parsed.data, list):
        return [], [parsed.fault("must be a list of stages")]
    listed: list[ListedStage] = []
    faults: list[Fault] = []
    for number, record in enumerate(parsed.data):
        try:
            listed.append(ListedStage(PathwayStage.model_validate(record), parsed, number))
        except ValidationError as error:
            faults += parsed.refused(error, number)
    return listed, faults


def check_pathways(listed: Sequence[ListedStage], sections: Iterable[Section]) -> list[Fault]:
    """What is wrong across the pathways: ids used twice, steps that say nothing, and statements that are not sentences of the notes."""
    sentences = {section.id: frozenset(section.quote(sentence) for sentence in section.sentences) for section in sections}
    faults: list[Fault] = []
    stages: set[str] = set()
    steps: set[str] = set()
    for entry in listed:
        if entry.stage.id in stages:
            faults.append(entry.fault(f"{entry.stage.id!r} is already the id of a stage", "id"))
        stages.add(entry.stage.id)
        for number, step in enumerate(entry.stage.steps):
            if step.id in steps:
                faults.append(entry.fault(f"{step.id!r} is already the id of a step", "steps", number, "id"))
            steps.add(step.id)
            faults += _check_step(entry, number, step, sentences)
    return faults


def _check_step(entry: ListedStage, number: int, step: Step, sentences: dict[str, frozenset[str]]) -> Iterator[Fault]:
    if not any(step.parts.values()):
        yield entry.fault(f"step {step.id!r} says nothing; give at least one statement", "steps", number, "parts")
    for name, statements in step.parts.items():
        told: set[Statement] = set()
        for count, statement in enumerate(statements):
            place = ("steps", number, "parts", name, count)
            if statement.passage not in sentences:
                yield entry.fault(f"in step {step.id!r}: names {statement.passage!r}, which is not in the notes", *place, "passage")
            elif statement.text not in sentences[statement.passage]:
                yield entry.fault(f"in step {step.id!r}: is not a sentence of {statement.passage!r}: {statement.text[:60]!r}", *place, "text")
            elif statement.text.endswith(":"):
                yield entry.fault(f"in step {step.id!r}: leads into a list, and says nothing by itself: {statement.text[:60]!r}", *place, "text")
            if any(statement.text == other.text for other in told):
                yield entry.fault(f"in step {step.id!r}: stands twice in {name!r}: {statement.text[:60]!r}", *place, "text")
            told.add(statement)
            both = [sector for sector in statement.sectors if sector in statement.not_for]
            if both:
                yield entry.fault(f"in step {step.id!r}: is for {', '.join(both)} and not for {', '.join(both)}", *place, "not_for")
            strangers = [sector for sector in statement.sectors if not _fits(step.sectors, sector)]
            if strangers:
                message = f"in step {step.id!r}: is for {', '.join(strangers)}, and the step is for {', '.join(step.sectors)} alone"
                yield entry.fault(message, *place, "sectors")
