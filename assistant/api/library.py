"""Routes that browse the library: search, sources and passages."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from assistant.api.problems import RESPONSES
from assistant.browse import MOST_RESULTS, PassageView, SearchResults, SourceList, SourcePage
from assistant.services import Services
from corpus.sources import Authority, Standing
from corpus.words import Sector


class SourceFilter(BaseModel):
    """What to narrow the catalogue to."""

    model_config = ConfigDict(extra="forbid")

    standing: Standing | None = None
    authority: Authority | None = None
    sector: Sector | None = None


class SearchQuery(SourceFilter):
    """A search."""

    q: str = Field(description="What to look for.")
    k: int = Field(default=8, ge=1, le=MOST_RESULTS, description="How many passages to return.")


def library_routes(services: Services) -> APIRouter:
    """The routes over one set of services."""
    router = APIRouter(prefix="/api/v1", tags=["library"], responses=RESPONSES)
    browse = services.browse

    @router.get("/search")
    def search(query: Annotated[SearchQuery, Query()]) -> SearchResults:
        """The passages nearest to a query, best first."""
        return browse.search(query.q, query.k, query.standing, query.authority, query.sector)

    @router.get("/sources")
    def sources(query: Annotated[SourceFilter, Query()]) -> SourceList:
        """The catalogue of sources."""
        return browse.sources(query.standing, query.authority, query.sector)

    @router.get("/sources/{source_id}")
    def source(source_id: str) -> SourcePage:
        """One source with its passages."""
        return browse.source(source_id)

    @router.get("/passages/{passage_id}")
    def passage(passage_id: str) -> PassageView:
        """One passage."""
        return browse.passage(passage_id)

    return router
