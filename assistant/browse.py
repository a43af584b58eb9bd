"""Browsing the library: searching it, listing its sources, opening a source or a passage."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from assistant.answers import PlaceInSource
from assistant.citing import place_in_source
from assistant.errors import NotFoundError
from assistant.understanding import usable_text
from corpus.sources import Authority, Source, Standing
from corpus.words import Sector
from index.embedding import Embedder
from index.live import LiveIndex
from index.passages import Passage, PassageSentence
from index.retrieval import Filters, read_query, search

MOST_RESULTS = 50


class PassageView(PlaceInSource):
    """A passage with what a reader needs to know of its source."""

    model_config = ConfigDict(frozen=True)

    heading_path: list[str]
    text: str
    sha256: str
    sentences: list[PassageSentence]


class SearchResult(BaseModel):
    """A passage found, with its chance, 0 to 1, of answering."""

    score: float
    passage_id: str
    passage: PassageView


class SearchResults(BaseModel):
    """What a search found, best first."""

    query: str
    results: list[SearchResult]


class SourceView(BaseModel):
    """A catalogue record with its standing today."""

    model_config = ConfigDict(frozen=True)

    source: Source
    standing_today: Standing


class SourceList(BaseModel):
    """Catalogue records, by id."""

    sources: list[SourceView]


class SourcePage(SourceView):
    """A catalogue record with its passages, in the library's order, and what it replaced."""

    supersedes: list[str]
    passages: list[PassageView]


class BrowseService:
    """Reads the live index. Every method raises NoIndexError while no index is live."""

    def __init__(self, live: LiveIndex, embedder: Embedder, question_limit: int):
        self._live = live
        self._embedder = embedder
        self._question_limit = question_limit

    def search(self, q: str, k: int = 8, standing: Standing | None = None, authority: Authority | None = None, sector: Sector | None = None) -> SearchResults:
        """The `k` best passages for `q`. Raises BadInputError for text that cannot be used."""
        text = usable_text(q, "q", self._question_limit)
        index = self._live.current()
        wanted = None
        if standing or authority:
            wanted = frozenset(source.id for source in index.store.sources.values() if _fits(source, standing, authority))
        filters = Filters(source_ids=wanted, sector=None if sector == "all" else sector)
        hits = search(read_query(text, index, self._embedder), index, k, filters)
        results = [SearchResult(score=round(hit.score, 4), passage_id=hit.passage.id, passage=_view(hit.passage, index.store.sources)) for hit in hits]
        return SearchResults(query=text, results=results)

    def sources(self, standing: Standing | None = None, authority: Authority | None = None, sector: Sector | None = None) -> SourceList:
        """The catalogue, narrowed to a standing today, an authority and a sector."""
        found = [
            SourceView(source=source, standing_today=source.standing_on(date.today()))
            for source in self._live.current().store.sources.values()
            if _fits(source, standing, authority) and (sector is None or sector in source.sectors or "all" in source.sectors)
        ]
        return SourceList(sources=found)

    def source(self, source_id: str) -> SourcePage:
        """One source. Raises NotFoundError where the catalogue has none of this id."""
        store = self._live.current().store
        source = store.sources.get(source_id)
        if source is None:
            raise NotFoundError("source", source_id)
        return SourcePage(
            source=source,
            standing_today=source.standing_on(date.today()),
            supersedes=[other.id for other in store.sources.values() if source_id in other.superseded_by],
            passages=[_view(passage, store.sources) for passage in store.by_source(source_id)],
        )

    def passage(self, passage_id: str) -> PassageView:
        """One passage. Raises NotFoundError where the live index has none of this id."""
        store = self._live.current().store
        passage = store.passage(passage_id)
        if passage is None:
            raise NotFoundError("passage", passage_id)
        return _view(passage, store.sources)


def _fits(source: Source, standing: Standing | None, authority: Authority | None) -> bool:
    return (authority is None or source.authority is authority) and (standing is None or source.standing_on(date.today()) is standing)


def _view(passage: Passage, sources: dict[str, Source]) -> PassageView:
    return PassageView(
        **place_in_source(passage.id, passage.locator, sources[passage.source_id], date.today()),
        heading_path=list(passage.heading_path),
        text=passage.text,
        sha256=passage.sha256,
        sentences=list(passage.sentences),
    )
