"""The catalogue: one record for each official source, with its authority and its standing on a day."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError, model_validator

from corpus.dates import PartialDate
from corpus.faults import Fault
from corpus.words import Audience, Sector, Topic
from corpus.yamlfile import YamlError, parse_yaml

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
    """One official document. `url` is empty only for findings of our own. `standing` is the standing on `checked_on`; ask `standing_on` for any other day."""

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

    @model_validator(mode="after")
    def _dates_run_forwards(self) -> "Source":
        if self.in_force_from and self.in_force_to and self.in_force_to.last < self.in_force_from.first:
            raise ValueError(f"in_force_to {self.in_force_to} is before in_force_from {self.in_force_from}")
        return self

    def standing_on(self, day: date) -> Standing:
        """The standing on `day`: before it began a source is proposed, after its last day superseded or historic."""
        if self.in_force_from and day < self.in_force_from.first:
            return Standing.PROPOSED
        if self.in_force_to:
            if day <= self.in_force_to.last:
                return Standing.IN_FORCE
            if self.standing in (Standing.IN_FORCE, Standing.UNKNOWN):
                return Standing.SUPERSEDED if self.superseded_by else Standing.HISTORIC
        return self.standing


def read_sources(path: Path) -> tuple[list[Source], list[Fault]]:
    """Read one catalogue file: its good records, and a fault for each thing wrong in it."""
    try:
        parsed = parse_yaml(path.read_text(encoding="utf-8"), path)
    except YamlError as error:
        return [], [error.fault]
    except UnicodeDecodeError as error:
        return [], [Fault(path, 1, "encoding", f"is not UTF-8: {error.reason}")]
    if not isinstance(parsed.data, list):
        return [], [parsed.fault("must be a list of source records")]
    sources: list[Source] = []
    faults: list[Fault] = []
    for number, record in enumerate(parsed.data):
        try:
            sources.append(Source.model_validate(record))
        except ValidationError as error:
            name = record.get("id", number) if isinstance(record, dict) else number
            for problem in error.errors():
                steps = [step for step in problem["loc"] if isinstance(step, int) or step.islower()]
                line = parsed.line(number, *steps)
                field = ".".join(str(step) for step in steps) or "record"
                faults.append(Fault(path, line, field, f"in source {name!r}: {problem['msg']}"))
    return sources, faults
