"""Browsing the library: searching it, listing its sources, opening a source or a passage, its timeline and its glossary."""

from collections.abc import Callable
from datetime import date

from assistant.addresses import passage_address
from assistant.answers import Citation
from assistant.citing import original_words
from assistant.errors import NotFoundError
from assistant.understanding import usable_text
from assistant.views import ChangeList, PassagePage, SearchResult, SearchResults, SourceList, SourcePage, TermList, Viewer, passage_name
from corpus.dates import PartialDate
from corpus.sources import Authority, Source, Standing
from corpus.words import Sector, Theme
from index.embedding import Embedder
from index.live import LiveIndex
from index.passages import Passage
from index.retrieval import Filters, read_query, search
from index.store import PassageStore

MOST_RESULTS = 50


class BrowseService:
    """Reads the live index. Every method raises NoIndexError while no index is live. Safe to share between threads."""

    def __init__(self, live: LiveIndex, embedder: Embedder, question_limit: int, today: Callable[[], date] = date.today):
        self._live = live
        self._embedder = embedder
        self._question_limit = question_limit
        self._today = today

    def search(self, q: str, k: int = 8, standing: Standing | None = None, authority: Authority | None = None, sector: Sector | None = None) -> SearchResults:
        """The `k` best passages for `q`. Raises BadInputError for text that cannot be used."""
        text = usable_text(q, "q", self._question_limit)
        index = self._live.current()
        today = self._today()
        wanted = None
        if standing or authority:
            wanted = frozenset(source.id for source in index.store.sources.values() if _fits(source, standing, authority, today))
        filters = Filters(source_ids=wanted, sector=None if sector == "all" else sector)
        hits = search(read_query(text, index, self._embedder), index, k, filters)
        view = Viewer(index.store, today)
        results = [SearchResult(score=round(hit.score, 4), passage_id=hit.passage.id, passage=view.passage(hit.passage)) for hit in hits]
        return SearchResults(query=text, results=results)

    def sources(
        self,
        standing: Standing | None = None,
        authority: Authority | None = None,
        sector: Sector | None = None,
        theme: Theme | None = None,
        q: str | None = None,
        as_of: PartialDate | None = None,
    ) -> SourceList:
        """The catalogue, narrowed to a standing on the day `as_of` (default today), an authority, a sector, a theme, and words of title or publisher.

        Raises BadInputError for words that cannot be used; blank ones narrow nothing.
        """
        words = self._words(q)
        store = self._live.current().store
        today = self._today()
        day = as_of.last if as_of else today
        view = Viewer(store, today)
        found = [
            view.source(source, day)
            for source in store.sources.values()
            if _fits(source, standing, authority, day)
            and (sector is None or sector in source.sectors or "all" in source.sectors)
            and (theme is None or theme in store.themes.get(source.id, ()))
            and _holds(f"{source.title} {source.publisher}", words)
        ]
        return SourceList(sources=found)

    def source(self, source_id: str) -> SourcePage:
        """One source. Raises NotFoundError where the catalogue has none of this id."""
        store = self._live.current().store
        source = store.sources.get(source_id)
        if source is None:
            raise NotFoundError("source", source_id)
        today = self._today()
        view = Viewer(store, today)
        supersedes = [other.id for other in store.sources.values() if source_id in other.superseded_by]
        return SourcePage(
            **dict(view.source(source, today)),
            supersedes=supersedes,
            superseded=view.source_names(supersedes),
            superseded_by=view.source_names(list(source.superseded_by)),
            replaced_in=[view.change(change) for change in store.timeline.changes if source_id in change.replaces],
            replacing_in=[view.change(change) for change in store.timeline.changes if source_id in change.by],
            passages=[view.passage(passage) for passage in store.by_source(source_id)],
        )

    def passage(self, passage_id: str) -> PassagePage:
        """One passage. Raises NotFoundError where the live index has none of this id."""
        store = self._live.current().store
        passage = store.passage(passage_id)
        if passage is None:
            raise NotFoundError("passage", passage_id)
        before, after = _beside(passage, store)
        return PassagePage(
            **dict(Viewer(store, self._today()).passage(passage)),
            originals=[original_words(passage, number, store) for number in range(len(passage.sentences))],
            previous=passage_name(before) if before else None,
            next=passage_name(after) if after else None,
        )

    def timeline(self, sector: Sector | None = None) -> ChangeList:
        """What replaced what, by day, narrowed to what concerns a sector; `all` narrows nothing."""
        store = self._live.current().store
        today = self._today()
        view = Viewer(store, today)
        return ChangeList(as_of=today, changes=[view.change(change) for change in store.timeline.changes if sector in (None, "all") or change.is_for(sector)])

    def glossary(self, q: str | None = None) -> TermList:
        """The terms by name, narrowed to those that hold some words. Raises BadInputError for words that cannot be used; blank ones narrow nothing."""
        words = self._words(q)
        terms = self._live.current().store.glossary.terms
        found = [term for term in terms if _holds(" ".join([term.term, term.meaning, *term.also, *term.everyday]), words)]
        return TermList(terms=sorted(found, key=lambda term: term.term.casefold()))

    def address_of(self, citation: Citation) -> str:
        """The permanent address of what a citation quotes: of its sentence, or of its passage where that has changed since."""
        passage = self._live.current().store.passage(citation.passage_id)
        quotes = [passage.quote(number) for number in range(len(passage.sentences))] if passage else []
        return passage_address(citation.passage_id, quotes.index(citation.quote) + 1 if citation.quote in quotes else None)

    def _words(self, q: str | None) -> list[str]:
        return usable_text(q, "q", self._question_limit).casefold().split() if q and q.strip() else []


def _fits(source: Source, standing: Standing | None, authority: Authority | None, day: date) -> bool:
    return (authority is None or source.authority is authority) and (standing is None or source.standing_on(day) is standing)


def _holds(text: str, words: list[str]) -> bool:
    """Whether every word is in the text, in any order, each as a part of a word at least."""
    folded = text.casefold()
    return all(word in folded for word in words)


def _beside(passage: Passage, store: PassageStore) -> tuple[Passage | None, Passage | None]:
    """The passages before and after one in its source, ours with ours and the publisher's with the publisher's."""
    among = [other for other in store.by_source(passage.source_id) if other.is_original == passage.is_original]
    here = next(number for number, other in enumerate(among) if other.id == passage.id)
    return (among[here - 1] if here else None), (among[here + 1] if here + 1 < len(among) else None)
