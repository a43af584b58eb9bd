"""A case as every face shows it, and what can be asked of and changed in one. Field names are the HTTP contract (`docs/api.md`)."""

import re
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from assistant.answers import Nation, Stage
from assistant.desk.words import CaseStatus, Channel, OrganisationType, Region
from corpus.words import Sector

ProposedField = Literal["sector", "region", "nation", "organisation_type", "stage"]
PROPOSED_FIELDS: tuple[ProposedField, ...] = ("sector", "region", "nation", "organisation_type", "stage")
"""What is proposed from an enquiry's words, and stays marked so until an adviser confirms it."""

_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CaseSort = Literal["received", "-received", "due", "-due", "updated", "-updated"]
"""What cases are in order of, the least first; with a minus, the greatest first."""


def storable(text: str) -> str:
    """The text with each character that no database keeps (NUL, half of a pair) replaced, so that every other one stays at its place."""
    return _NOT_STORABLE.sub("�", text)


def _one_line(value: object) -> object:
    return " ".join(storable(value).split()) if isinstance(value, str) else value


def _day(value: object) -> object:
    if value is None or type(value) is date or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise PydanticCustomError("day", "is not a day; write it as YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_day)]
"""A day as YYYY-MM-DD, and in no other of the ways that a day can be read from."""
Line = Annotated[str, BeforeValidator(_one_line)]
"""Text of one line: spaces and breaks count as one space."""


class Proposed(BaseModel):
    """What an enquiry's own words tell of the case. Nothing is guessed: what they do not tell stays empty."""

    model_config = ConfigDict(frozen=True)

    sector: Sector | None = None
    region: Region | None = None
    nation: Nation | None = None
    organisation_type: OrganisationType | None = None
    stage: Stage | None = None


class CaseSummary(Proposed):
    """One line of a list of cases.

    `reference` is how people name it; `matter` is the opening of the enquiry with personal data masked; `unconfirmed` are the fields that were proposed
    and that nobody has confirmed; `is_overdue` where it is not answered and its day has gone by.
    """

    case_id: str
    number: int
    reference: str
    received_at: datetime
    channel: Channel
    name: str
    organisation: str
    matter: str
    status: CaseStatus
    due_on: date
    is_overdue: bool
    unconfirmed: list[ProposedField]
    assigned_to: str | None
    prospect_id: str | None
    version: int


class Case(CaseSummary):
    """A case whole. `contact` is an email address, telephone number or address, as the enquirer gave it."""

    contact: str
    enquiry: str
    updated_at: datetime
    replied_at: datetime | None
    closed_at: datetime | None
    erased_at: datetime | None


class CaseFilters(BaseModel):
    """Which cases to list, and which page of them. What is not given does not count."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: str = Field(default="", max_length=200, description="Words that all stand in the enquiry, the name or the organisation; or a number, as MIS-000123.")
    status: list[CaseStatus] = Field(default=[], description="Any of these.")
    sector: Sector | None = None
    region: Region | None = None
    nation: Nation | None = None
    organisation_type: OrganisationType | None = None
    stage: Stage | None = None
    channel: Channel | None = None
    assigned_to: str | None = Field(default=None, max_length=40, description="The id of an account.")
    unassigned: bool = Field(default=False, description="Only those that nobody has taken.")
    overdue: bool = Field(default=False, description="Only those that are not answered and whose day has gone by.")
    prospect_id: str | None = Field(default=None, max_length=32)
    received_from: Day | None = Field(default=None, description="The first day, YYYY-MM-DD.")
    received_to: Day | None = Field(default=None, description="The last day, YYYY-MM-DD.")
    sort: CaseSort = "-received"
    page: int = Field(default=1, ge=1, le=1_000_000)
    size: int = Field(default=25, ge=1, le=100)


class CasePage(BaseModel):
    """One page of the cases asked for; `total` counts those on all pages."""

    cases: list[CaseSummary]
    total: int
    page: int
    size: int


class CaseChange(BaseModel):
    """What to change in a case: the fields that are given, and no others. `null` empties a field that may be empty.

    Giving one of the proposed fields confirms it; `confirm` confirms all that are left. `closed` closes a case or opens it again.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    channel: Channel = "email"
    name: Line = Field(default="", max_length=200)
    contact: Line = Field(default="", max_length=254)
    organisation: Line = Field(default="", max_length=200)
    sector: Sector | None = None
    region: Region | None = None
    nation: Nation | None = None
    organisation_type: OrganisationType | None = None
    stage: Stage | None = None
    confirm: bool = Field(default=False, strict=True)
    due_on: Day | None = Field(default=None, description="YYYY-MM-DD.")
    assigned_to: str | None = Field(default=None, max_length=40, description="The id of an account; null for nobody.")
    prospect_id: str | None = Field(default=None, max_length=32, description="The potential mutual that it belongs to; null for none.")
    closed: bool = Field(default=False, strict=True)


class SimilarCase(BaseModel):
    """A past case that is like another: `score` from 0 to 1, and why, in a sentence."""

    case: CaseSummary
    score: float
    why: str
