"""Routes that browse the library: search, sources, passages, timeline and glossary."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from assistant.api.problems import RESPONSES
from assistant.browse import MOST_RESULTS
from assistant.services import Services
from assistant.views import ChangeList, PassagePage, SearchResults, SourceList, SourcePage, TermList
from corpus.dates import PartialDate
from corpus.sources import Authority, Standing
from corpus.words import Sector, Theme


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


class CatalogueQuery(SourceFilter):
    """A list of sources."""

    theme: Theme | None = Field(default=None, description="A theme that notes citing the source are filed under.")
    q: str | None = Field(default=None, description="Words that the title or the publisher holds.")
    as_of: PartialDate | None = Field(default=None, description="The day that `standing` speaks of: YYYY-MM-DD; today where it is not given.")


class TimelineQuery(BaseModel):
    """A part of the timeline."""

    model_config = ConfigDict(extra="forbid")

    sector: Sector | None = None


def library_routes(services: Services) -> APIRouter:
    """The routes over one set of services."""
    router = APIRouter(prefix="/api/v1", tags=["library"], responses=RESPONSES)
    browse = services.browse

    @router.get("/search")
    def search(query: Annotated[SearchQuery, Query()]) -> SearchResults:
        """The passages nearest to a query, best first."""
        return browse.search(query.q, query.k, query.standing, query.authority, query.sector)

    @router.get("/sources")
    def sources(query: Annotated[CatalogueQuery, Query()]) -> SourceList:
        """The catalogue of sources."""
        return browse.sources(query.standing, query.authority, query.sector, query.theme, query.q, query.as_of)

    @router.get("/sources/{source_id}")
    def source(source_id: str) -> SourcePage:
        """One source with its passages, what it replaced and what replaced it."""
        return browse.source(source_id)

    @router.get("/passages/{passage_id}")
    def passage(passage_id: str) -> PassagePage:
        """One passage, with the publisher's own words where they are there."""
        return browse.passage(passage_id)

    @router.get("/timeline")
    def timeline(query: Annotated[TimelineQuery, Query()]) -> ChangeList:
        """What replaced what, by day."""
        return browse.timeline(query.sector)

    @router.get("/glossary")
    def glossary() -> TermList:
        """The terms with their meaning, by name."""
        return browse.glossary()

    return router
