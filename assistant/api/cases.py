"""Routes to the cases of the helpline desk, the pipeline of potential mutuals, and the audit log. All need an account or a key."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.api.bearer import Signed
from assistant.api.problems import SIGNED_RESPONSES
from assistant.audit import ENTRY_LIMIT, AuditEntry, Verified
from assistant.desk.case_views import Case, CaseChange, CaseFilters, CasePage, SimilarCase
from assistant.desk.prospects import NewProspect, Prospect, ProspectCases, ProspectChange, StageOfPipeline
from assistant.people.person import require
from assistant.services import Services

Version = Annotated[int, Field(ge=1, le=2**31 - 1, description="The version that the change was made from.")]


class CaseChangeRequest(CaseChange):
    """A change with the version of the case that it was made from."""

    version: Version = Field(strict=True)


class ProspectChangeRequest(ProspectChange):
    """A change with the version that it was made from."""

    version: Version = Field(strict=True)


class VersionQuery(BaseModel):
    """The version that a removal was decided on."""

    model_config = ConfigDict(extra="forbid")

    version: Version


class SimilarQuery(BaseModel):
    """How many to find."""

    model_config = ConfigDict(extra="forbid")

    k: int = Field(default=5, ge=1, le=20)


class AuditQuery(BaseModel):
    """Which rows of the log."""

    model_config = ConfigDict(extra="forbid")

    subject: str | None = Field(default=None, max_length=80, description="As `case:ID`.")
    limit: int = Field(default=200, ge=1, le=ENTRY_LIMIT)
    before: int | None = Field(default=None, ge=1, le=2**31 - 1, description="Rows before this number, to read on.")


class VerifyQuery(BaseModel):
    """A row that was noted down before."""

    model_config = ConfigDict(extra="forbid")

    expect: str = Field(default="", max_length=100, description="NUMBER:DIGEST")


class Cases(BaseModel):
    """Cases that are like one."""

    cases: list[SimilarCase]


class History(BaseModel):
    """Rows of the audit log, the newest first."""

    entries: list[AuditEntry]


class Pipeline(BaseModel):
    """The potential mutuals by stage."""

    stages: list[StageOfPipeline]


def case_routes(services: Services) -> APIRouter:
    """The routes over one set of services."""
    router = APIRouter(prefix="/api/v1", responses=SIGNED_RESPONSES)
    _cases(router, services)
    _prospects(router, services)
    _audit(router, services)
    return router


def _cases(router: APIRouter, services: Services) -> None:
    service = services.cases

    @router.get("/cases", tags=["cases"])
    def cases(actor: Signed, filters: Annotated[CaseFilters, Query()], response: Response) -> CasePage:
        """The cases that fit, a page at a time."""
        _private(response)
        return service.cases(actor, filters)

    @router.get("/cases/{case_id}", tags=["cases"])
    def case(actor: Signed, case_id: str, response: Response) -> Case:
        """One case, whole."""
        _private(response)
        return service.case(actor, case_id)

    @router.patch("/cases/{case_id}", tags=["cases"])
    def change(actor: Signed, case_id: str, change: CaseChangeRequest, response: Response) -> Case:
        """Change the fields that are given."""
        _private(response)
        given = change.model_dump(exclude_unset=True, exclude={"version"})
        return service.change(actor, case_id, change.version, CaseChange.model_validate(given))

    @router.get("/cases/{case_id}/history", tags=["cases"])
    def history(actor: Signed, case_id: str, response: Response) -> History:
        """What was done to a case and its drafts."""
        _private(response)
        return History(entries=service.history(actor, case_id))

    @router.get("/cases/{case_id}/similar", tags=["cases"])
    def similar(actor: Signed, case_id: str, query: Annotated[SimilarQuery, Query()], response: Response) -> Cases:
        """Past cases that are like this one."""
        _private(response)
        return Cases(cases=service.similar(actor, case_id, query.k))


def _prospects(router: APIRouter, services: Services) -> None:
    service = services.prospects

    @router.get("/prospects", tags=["prospects"])
    def pipeline(actor: Signed, response: Response) -> Pipeline:
        """The potential mutuals by stage."""
        _private(response)
        return Pipeline(stages=service.pipeline(actor))

    @router.post("/prospects", tags=["prospects"], status_code=201)
    def add(actor: Signed, new: NewProspect, response: Response) -> Prospect:
        """Put a potential mutual on the list."""
        _private(response)
        return service.add(actor, new)

    @router.get("/prospects/{prospect_id}", tags=["prospects"])
    def prospect(actor: Signed, prospect_id: str, response: Response) -> ProspectCases:
        """One, with its cases."""
        _private(response)
        return service.prospect(actor, prospect_id)

    @router.patch("/prospects/{prospect_id}", tags=["prospects"])
    def change_prospect(actor: Signed, prospect_id: str, change: ProspectChangeRequest, response: Response) -> Prospect:
        """Change the fields that are given."""
        _private(response)
        given = change.model_dump(exclude_unset=True, exclude={"version"})
        return service.change(actor, prospect_id, change.version, ProspectChange.model_validate(given))

    @router.delete("/prospects/{prospect_id}", tags=["prospects"], status_code=204)
    def remove(actor: Signed, prospect_id: str, query: Annotated[VersionQuery, Query()]) -> None:
        """Take one off the list; its cases stay."""
        service.remove(actor, prospect_id, query.version)

    @router.get("/prospects/{prospect_id}/history", tags=["prospects"])
    def prospect_history(actor: Signed, prospect_id: str, response: Response) -> History:
        """What was done to one."""
        _private(response)
        return History(entries=service.history(actor, prospect_id))


def _audit(router: APIRouter, services: Services) -> None:
    @router.get("/audit", tags=["audit"])
    def entries(actor: Signed, query: Annotated[AuditQuery, Query()], response: Response) -> History:
        """The latest rows of the audit log."""
        require(actor, "administer", "read the audit log")
        _private(response)
        return History(entries=services.audit.entries(query.subject, query.limit, query.before))

    @router.get("/audit/verify", tags=["audit"])
    def verify(actor: Signed, query: Annotated[VerifyQuery, Query()], response: Response) -> Verified:
        """Whether the whole log is as it was written."""
        require(actor, "administer", "verify the audit log")
        _private(response)
        return services.audit.verify(query.expect)


def _private(response: Response) -> None:
    """What one case says is not for a cache that others read from."""
    response.headers["Cache-Control"] = "no-store"
