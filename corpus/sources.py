"""The catalogue: one record for each official source, with its authority and its standing on a day."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError, ValidationInfo, field_validator

from corpus.dates import PartialDate
from corpus.faults import Fault
from corpus.words import Audience, Sector, Topic
from corpus.yamlfile import YamlError, YamlText, read_yaml

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


class Authority(StrEnum):
    """What weight a source's words carry."""

    STATUTE = "statute"
    STATUTORY_GUIDANCE = "statutory_guidance"
    POLICY_GUIDANCE = "policy_guidance"
    POLICY_STATEMENT = "policy_statement"
    INDEPENDENT_REPORT = "independent_report"
    EVIDENCE = "evidence"
    CASE_STUDY = "case_study"
    COMMENTARY = "commentary"


class Standing(StrEnum):
    """Whether a source stands on a given day."""

    IN_FORCE = "in_force"
    HISTORIC = "historic"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    PROPOSED = "proposed"
    UNKNOWN = "unknown"


Kind = Literal["act", "statutory_instrument", "guidance", "web_page", "policy_note", "report", "statement", "consultation", "press"]


class Source(BaseModel):
    """One official document. `url` is empty only for findings of our own. `standing` is the standing on `checked_on`; ask `standing_on` for any other day.

    `superseded_by` names the documents that took its place; what the timeline says of it is added when the library is read.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Identifier
    title: str = Field(min_length=1)
    publisher: str = Field(min_length=1)
    published: PartialDate | Literal["unknown"]
    kind: Kind
    authority: Authority
    extent: str = Field(min_length=1)
    url: HttpUrl | None
    standing: Standing
    in_force_from: PartialDate | None = None
    in_force_to: PartialDate | None = None
    superseded_by: tuple[Identifier, ...] = ()
    checked_on: PartialDate
    sectors: tuple[Sector, ...] = Field(min_length=1)
    audiences: tuple[Audience, ...] = Field(min_length=1)
    topics: tuple[Topic, ...] = Field(min_length=1)

    @field_validator("in_force_to")
    @classmethod
    def _dates_run_forwards(cls, until: PartialDate | None, info: ValidationInfo) -> PartialDate | None:
        since = info.data.get("in_force_from")
        if since and until and until.last < since.first:
            raise ValueError(f"in_force_to {until} is before in_force_from {since}")
        return until

    def began(self) -> date | None:
        """The first day it stood, or else was published; None where neither is known."""
        if self.in_force_from:
            return self.in_force_from.first
        return self.published.first if isinstance(self.published, PartialDate) else None

    def standing_on(self, day: date) -> Standing:
        """The standing on `day`: proposed before it began, in force until its last day, then superseded, withdrawn or historic.

        Where it is known that a source no longer stands, but not since when, it is taken to have stood through the year it was published in;
        for a later day before it was checked the standing is unknown.
        """
        began = self.began()
        if began and day < began:
            return Standing.PROPOSED
        if self.in_force_to:
            if day <= self.in_force_to.last:
                return Standing.IN_FORCE
            if self.superseded_by and self.standing is not Standing.WITHDRAWN:
                return Standing.SUPERSEDED
            return Standing.HISTORIC if self.standing in (Standing.IN_FORCE, Standing.UNKNOWN) else self.standing
        if self.standing in _ENDED and day < self.checked_on.first:
            return Standing.IN_FORCE if began and began.year == day.year else Standing.UNKNOWN
        return self.standing


_ENDED = (Standing.HISTORIC, Standing.SUPERSEDED, Standing.WITHDRAWN)


@dataclass(frozen=True)
class Listed:
    """A source, and where its record stands in the catalogue."""

    source: Source
    file: YamlText
    number: int

    def fault(self, field: str, message: str) -> Fault:
        return Fault(self.file.path, self.file.line(self.number, field), field, f"in source {self.source.id!r}: {message}")


def read_sources(path: Path) -> tuple[list[Listed], list[Fault]]:
    """Read one catalogue file: its good records, and a fault for each thing wrong in it."""
    try:
        parsed = read_yaml(path)
    except YamlError as error:
        return [], [error.fault]
    if not isinstance(parsed.data, list):
        return [], [parsed.fault("must be a list of source records")]
    listed: list[Listed] = []
    faults: list[Fault] = []
    for number, record in enumerate(parsed.data):
        try:
            listed.append(Listed(Source.model_validate(record), parsed, number))
        except ValidationError as error:
            name = record.get("id", number) if isinstance(record, dict) else number
            faults += [replace(fault, message=f"in source {name!r}: {fault.message}") for fault in parsed.refused(error, number)]
    return listed, faults
