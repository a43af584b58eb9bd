"""What browsing shows: sources, passages and changes, each with what a reader needs to know of it. Field names are the HTTP contract (`docs/api.md`)."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from assistant.addresses import passage_address
from assistant.answers import OriginalWords, PlaceInSource
from assistant.citing import place_in_source
from corpus.glossary import Term
from corpus.sources import Source, Standing
from corpus.timeline import Change
from corpus.words import THEMES, Theme
from index.passages import Passage, PassageSentence
from index.store import PassageStore


class SourceName(BaseModel):
    """A source named in passing."""

    id: str
    title: str
    standing_today: Standing


class PassageName(BaseModel):
    """A passage named in passing."""

    passage_id: str
    heading: str
    locator: str
    address: str


class PassageView(PlaceInSource):
    """A passage with what a reader needs to know of its source, and its permanent address on the library page."""

    model_config = ConfigDict(frozen=True)

    heading_path: list[str]
    text: str
    sha256: str
    sentences: list[PassageSentence]
    is_original: bool
    page: int | None
    address: str


class PassagePage(PassageView):
    """A passage as read by itself: beside each sentence the publisher's own words where they are there, and its neighbours in the source."""

    originals: list[OriginalWords | None]
    previous: PassageName | None
    next: PassageName | None


class ChangeView(Change):
    """A change of the timeline, whether it has come about by today, and the names of the sources and passages it speaks of."""

    has_come_about: bool
    sources: list[SourceName]
    passages: list[PassageName]


class ChangeList(BaseModel):
    """Changes, by day. `as_of` is the day on which they had come about or not: today."""

    as_of: date
    changes: list[ChangeView]


class TermList(BaseModel):
    """Terms, by name."""

    terms: list[Term]


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
    """A catalogue record with its standing today and on the day asked for, and the themes of the notes that cite it."""

    model_config = ConfigDict(frozen=True)

    source: Source
    standing_today: Standing
    standing: Standing
    themes: list[Theme]


class SourceList(BaseModel):
    """Catalogue records, by id."""

    sources: list[SourceView]


class SourcePage(SourceView):
    """A catalogue record with its passages, in the library's order, what it replaced and what replaced it."""

    supersedes: list[str]
    superseded: list[SourceName]
    superseded_by: list[SourceName]
    replaced_in: list[ChangeView]
    replacing_in: list[ChangeView]
    passages: list[PassageView]


class Viewer:
    """Makes views from one index version as of one day."""

    def __init__(self, store: PassageStore, today: date):
        self._store = store
        self._today = today

    def source(self, source: Source, day: date) -> SourceView:
        """A catalogue record, its standing given for `day` as well."""
        themes = self._store.themes.get(source.id, frozenset())
        return SourceView(
            source=source,
            standing_today=source.standing_on(self._today),
            standing=source.standing_on(day),
            themes=[theme for theme in THEMES if theme in themes],
        )

    def source_names(self, ids: list[str]) -> list[SourceName]:
        """The sources of these ids that the catalogue has, each once."""
        found = (self._store.sources[identifier] for identifier in dict.fromkeys(ids) if identifier in self._store.sources)
        return [SourceName(id=source.id, title=source.title, standing_today=source.standing_on(self._today)) for source in found]

    def passage(self, passage: Passage) -> PassageView:
        """A passage with its source's record."""
        return PassageView(
            **place_in_source(passage.id, passage.locator, self._store.sources[passage.source_id], self._today),
            heading_path=list(passage.heading_path),
            text=passage.text,
            sha256=passage.sha256,
            sentences=list(passage.sentences),
            is_original=passage.is_original,
            page=passage.page,
            address=passage_address(passage.id),
        )

    def change(self, change: Change) -> ChangeView:
        """A change with the names of what it speaks of."""
        return ChangeView(
            **dict(change),
            has_come_about=change.happened_by(self._today),
            sources=self.source_names([*change.replaces, *change.by]),
            passages=[passage_name(passage) for passage in self._store.passages(list(dict.fromkeys([*change.now, *change.told_in])))],
        )


def passage_name(passage: Passage) -> PassageName:
    """A passage named by its own heading and place."""
    return PassageName(passage_id=passage.id, heading=passage.heading_path[-1], locator=passage.locator, address=passage_address(passage.id))
