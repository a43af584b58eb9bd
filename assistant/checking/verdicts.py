"""A checked claim, as every face shows it. Field names are the HTTP contract (`docs/api.md`)."""

from enum import StrEnum

from pydantic import BaseModel

from assistant.answers import Citation, Notice, Scope


class Verdict(StrEnum):
    """What the guidance says of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    PARTLY = "partly"
    NOT_COVERED = "not_covered"


class CheckedPart(BaseModel):
    """One part of a claim with its own verdict; `citations` are numbers in the check's list."""

    text: str
    verdict: Verdict
    explanation: str
    citations: list[int] = []


class Check(BaseModel):
    """The verdict on one claim. `not_covered` has no citations; what stands nearest is in `related`."""

    check_id: str
    claim: str
    verdict: Verdict
    explanation: str
    parts: list[CheckedPart] = []
    citations: list[Citation] = []
    notices: list[Notice] = []
    related: list[Citation] = []
    suggestion: str = ""
    scope: Scope = Scope()
    confidence: float
    timings_ms: dict[str, float]
