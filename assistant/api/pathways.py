"""Routes of the pathway navigator: which pathways there are, one of them, and the same as a document."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.api.conversations import WORD
from assistant.api.problems import RESPONSES
from assistant.errors import NotFoundError
from assistant.pathway_documents import as_pdf, as_word, file_name
from assistant.pathway_views import Pathway, PathwayList
from assistant.sectors import SECTOR_WORDS
from assistant.services import Services
from corpus.dates import PartialDate
from corpus.words import Sector

PDF = "application/pdf"


class PathwayQuery(BaseModel):
    """The day."""

    model_config = ConfigDict(extra="forbid")

    as_of: PartialDate | None = Field(default=None, description="The day for which the position is wanted: YYYY-MM-DD; today where it is not given.")


class DownloadQuery(PathwayQuery):
    """The day, and what kind of document."""

    format: Literal["pdf", "docx"] = Field(default="pdf", description="PDF, or a Word document.")


def pathway_routes(services: Services) -> APIRouter:
    """The routes over one set of services."""
    router = APIRouter(prefix="/api/v1", tags=["pathways"], responses=RESPONSES)
    told = services.pathways

    @router.get("/pathways")
    def pathways() -> PathwayList:
        """The sectors with the number of steps for each, and in short the stages with the steps that are for everyone."""
        return told.overview()

    @router.get("/pathways/{sector}")
    def pathway(sector: str, query: Annotated[PathwayQuery, Query()]) -> Pathway:
        """The pathway for a sector, every statement cited; `all` gives what is for everyone."""
        return told.pathway(_sector(sector), query.as_of)

    @router.get("/pathways/{sector}/download", response_class=Response, responses={200: {"content": dict.fromkeys((PDF, WORD), _FILE)}})
    def download(sector: str, query: Annotated[DownloadQuery, Query()]) -> Response:
        """The same as a document, with all sources listed at the end."""
        found = told.pathway(_sector(sector), query.as_of)
        content, kind = (as_word(found), WORD) if query.format == "docx" else (as_pdf(found), PDF)
        return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{file_name(found, query.format)}"'})

    return router


_FILE = {"schema": {"type": "string", "format": "binary"}}


def _sector(named: str) -> Sector:
    if named not in SECTOR_WORDS:
        raise NotFoundError("pathway", named[:100], f"There is one for each of {', '.join(SECTOR_WORDS)}.")
    return named
