"""Routes to what is held about a person. All need the right `administer`."""

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.api.bearer import Signed
from assistant.api.problems import SIGNED_RESPONSES
from assistant.desk.subjects import CASES_AT_ONCE, ErasedCase, FoundSubject
from assistant.services import Services

ZIP = "application/zip"
_PRIVATE = {"Cache-Control": "no-store"}
"""What is held about a person is not for a cache that others read from."""
_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}


class FindRequest(BaseModel):
    """Whom to look for. It is sent in the body, as addresses are written to logs on the way."""

    model_config = ConfigDict(extra="forbid")

    wanted: str = Field(max_length=1000, description="An email address, telephone number, name, or the number of a case.")


class SubjectCasesRequest(BaseModel):
    """Which cases."""

    model_config = ConfigDict(extra="forbid")

    cases: list[Annotated[str, Field(max_length=40)]] = Field(max_length=CASES_AT_ONCE, description="Ids or numbers, as MIS-000123.")


class Erased(BaseModel):
    """What was overwritten."""

    cases: list[ErasedCase]


def subject_routes(services: Services) -> APIRouter:
    """The routes over one set of services."""
    router = APIRouter(prefix="/api/v1", tags=["subjects"], responses=SIGNED_RESPONSES)
    service = services.subjects

    @router.post("/subjects/find")
    def find(actor: Signed, request: FindRequest, response: Response) -> FoundSubject:
        """The cases and batches that hold an email address, a telephone number, a name or a case's number."""
        response.headers.update(_PRIVATE)
        return service.find(actor, request.wanted)

    @router.post("/subjects/export", response_class=Response, responses={200: {"content": {ZIP: _FILE}}})
    def export(actor: Signed, request: SubjectCasesRequest) -> Response:
        """All that is held in the cases, as a ZIP."""
        content = service.export(actor, request.cases)
        return Response(content, media_type=ZIP, headers={**_PRIVATE, "Content-Disposition": 'attachment; filename="held-data.zip"'})

    @router.post("/subjects/erase")
    def erase(actor: Signed, request: SubjectCasesRequest, response: Response) -> Erased:
        """Overwrite what the cases say of and by the person: all of them or none. It cannot be undone."""
        response.headers.update(_PRIVATE)
        return Erased(cases=service.erase(actor, request.cases))

    return router
