"""Routes to batches: send a file, see how far it is, stop it, go on, take the answers away, remove it."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Response, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from assistant.answers import Nation, Scope, Stage
from assistant.api.bearer import Signed
from assistant.api.problems import SIGNED_RESPONSES
from assistant.desk.batch_results import ResultFormat, result_file
from assistant.desk.batches import BatchView
from assistant.desk.sheets import CSV, XLSX
from assistant.services import Services
from corpus.words import Sector

_PRIVATE = {"Cache-Control": "no-store"}
_FILES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}, XLSX: {"schema": {"type": "string", "format": "binary"}}}}
}


class Batches(BaseModel):
    """The latest batches, newest first."""

    batches: list[BatchView]


class ResultQuery(BaseModel):
    """What kind of file."""

    model_config = ConfigDict(extra="forbid")

    format: ResultFormat = Field(default="csv", description="A CSV of the answers, or a workbook with the answers and each citation.")


def batch_routes(services: Services) -> APIRouter:
    """The routes over one set of services. Reading needs the right `read`, everything else the right `draft`."""
    router = APIRouter(prefix="/api/v1", tags=["batches"], responses=SIGNED_RESPONSES)
    service = services.batches

    @router.post("/batches", status_code=201)
    def create(
        actor: Signed,
        file: UploadFile,
        response: Response,
        sector: Annotated[Sector | None, Form()] = None,
        nation: Annotated[Nation | None, Form()] = None,
        stage: Annotated[Stage | None, Form()] = None,
    ) -> BatchView:
        """Send a CSV file of questions or enquiries; they are answered one after another. What is wrong with it is told line by line, and nothing begun."""
        response.headers.update(_PRIVATE)
        return service.create(actor, file.filename or "", file.file.read(), Scope(sector=sector, nation=nation, stage=stage))

    @router.get("/batches")
    def batches(actor: Signed, response: Response) -> Batches:
        """The latest batches."""
        response.headers.update(_PRIVATE)
        return Batches(batches=service.batches(actor))

    @router.get("/batches/{batch_id}")
    def batch(actor: Signed, batch_id: str, response: Response) -> BatchView:
        """How far a batch is."""
        response.headers.update(_PRIVATE)
        return service.batch(actor, batch_id)

    @router.post("/batches/{batch_id}/stop")
    def stop(actor: Signed, batch_id: str, response: Response) -> BatchView:
        """Answer no more of it; what is answered stays."""
        response.headers.update(_PRIVATE)
        return service.stop(actor, batch_id)

    @router.post("/batches/{batch_id}/resume")
    def resume(actor: Signed, batch_id: str, response: Response) -> BatchView:
        """Go on with a batch that was stopped."""
        response.headers.update(_PRIVATE)
        return service.resume(actor, batch_id)

    @router.get("/batches/{batch_id}/result", response_class=Response, responses=_FILES)
    def result(actor: Signed, batch_id: str, query: Annotated[ResultQuery, Query()]) -> Response:
        """The answers so far as a file."""
        file = result_file(service.batch(actor, batch_id), service.items(actor, batch_id), query.format)
        kind = CSV if query.format == "csv" else XLSX
        return Response(file.content, media_type=kind, headers={**_PRIVATE, "Content-Disposition": f'attachment; filename="{file.name}"'})

    @router.delete("/batches/{batch_id}", status_code=204)
    def remove(actor: Signed, batch_id: str) -> None:
        """Remove a batch with its lines and answers for good."""
        service.remove(actor, batch_id)

    return router
