"""Browsing: search, the catalogue, one source, one passage."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.browse import BrowseService, PassageView
from assistant.errors import BadInputError, NotFoundError
from corpus.sources import Authority, Standing
from index.embedding import SentenceEmbedder
from index.live import LiveIndex
from index.passages import text_digest
from index.versions import NoIndexError, Versions

ROUTE = "small-note.recommendation-2"
BEFORE = "small-note.reserved-before"
NOW = "small-note.reserved-now"


@pytest.fixture
def browse(small_index: Versions, embedder: SentenceEmbedder) -> BrowseService:
    return BrowseService(LiveIndex(small_index), embedder, 2000)


def found(browse: BrowseService, *wanted: Any, **filters: Any) -> list[str]:
    return [result.passage_id for result in browse.search(*wanted, **filters).results]


def test_a_passage_is_shown_with_its_source(browse: BrowseService) -> None:
    view = browse.passage(BEFORE)
    text = "Under the Old Regulations 2010 a reserved contract could last no longer than three years."
    assert view.model_dump(mode="json") == {
        "passage_id": BEFORE,
        "source_id": "old-regulations",
        "title": "The Old Regulations 2010",
        "publisher": "The Stationery Office",
        "published": "2010",
        "authority": "statute",
        "standing": "superseded",
        "superseded_by": ["new-act"],
        "url": "https://example.org/old",
        "locator": "reg. 77(3)",
        "heading_path": ["A small note", "Reserved contracts before 2020"],
        "text": text,
        "sha256": text_digest(text),
        "sentences": [{"start": 0, "end": len(text), "role": "prose", "locator": "reg. 77(3)"}],
    }


@pytest.mark.parametrize("identifier", ["", "no-such", "reserved-before", ROUTE.upper(), "'; DROP TABLE passages", "\x00", "x" * 5000])
def test_an_unknown_passage_or_source_is_named(browse: BrowseService, identifier: str) -> None:
    for what, read in (("passage", browse.passage), ("source", browse.source)):
        with pytest.raises(NotFoundError) as error:
            read(identifier)
        assert (error.value.what, error.value.identifier) == (what, identifier)


def test_a_source_comes_with_its_passages_and_what_it_replaced(browse: BrowseService) -> None:
    page = browse.source("new-act")
    assert (page.source.id, page.standing_today, page.supersedes, page.passages) == ("new-act", Standing.IN_FORCE, ["old-regulations"], [browse.passage(NOW)])


def test_the_catalogue_is_listed_by_id(browse: BrowseService) -> None:
    assert [(each.source.id, each.standing_today) for each in browse.sources().sources] == [
        ("new-act", Standing.IN_FORCE),
        ("old-regulations", Standing.SUPERSEDED),
        ("report-2012", Standing.HISTORIC),
    ]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"standing": Standing.IN_FORCE}, ["new-act"]),
        ({"standing": Standing.WITHDRAWN}, []),
        ({"authority": Authority.STATUTE}, ["new-act", "old-regulations"]),
        ({"sector": "youth"}, ["new-act", "old-regulations", "report-2012"]),
        ({"sector": "fire"}, ["new-act", "report-2012"]),
        ({"sector": "all"}, ["new-act", "report-2012"]),
        ({"standing": Standing.SUPERSEDED, "authority": Authority.STATUTE, "sector": "youth"}, ["old-regulations"]),
        ({"standing": Standing.SUPERSEDED, "authority": Authority.COMMENTARY}, []),
    ],
)
def test_the_catalogue_is_narrowed(browse: BrowseService, filters: dict[str, Any], ids: list[str]) -> None:
    assert [each.source.id for each in browse.sources(**filters).sources] == ids


def test_search_gives_scored_passages_best_first(browse: BrowseService) -> None:
    results = browse.search("  reserved\ncontracts ", 50)
    assert results.query == "reserved contracts"
    assert {result.passage_id for result in results.results} == {ROUTE, BEFORE, NOW}
    assert [result.score for result in results.results] == sorted((result.score for result in results.results), reverse=True)
    assert all(0 <= result.score <= 1 for result in results.results)
    assert [result.passage for result in results.results] == [browse.passage(result.passage_id) for result in results.results]


@pytest.mark.parametrize("k", [1, 2, 3])
def test_search_gives_as_many_as_asked_for(browse: BrowseService, k: int) -> None:
    assert found(browse, "reserved contracts", k) == found(browse, "reserved contracts", 50)[:k]


@pytest.mark.parametrize(
    ("place", "identifier"), [("Recommendation 2", ROUTE), ("rec 2(ii)", ROUTE), ("regulation 77", BEFORE), ("section 33", NOW), ("s.33", NOW)]
)
def test_a_place_named_comes_first(browse: BrowseService, place: str, identifier: str) -> None:
    assert found(browse, place)[0] == identifier


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"standing": Standing.IN_FORCE}, {NOW}),
        ({"standing": Standing.WITHDRAWN}, set()),
        ({"authority": Authority.INDEPENDENT_REPORT}, {ROUTE}),
        ({"sector": "fire"}, {ROUTE, NOW}),
        ({"sector": "youth"}, {ROUTE, BEFORE, NOW}),
        ({"sector": "all"}, {ROUTE, BEFORE, NOW}),
    ],
)
def test_search_is_narrowed(browse: BrowseService, filters: dict[str, Any], ids: set[str]) -> None:
    assert set(found(browse, "reserved contracts", **filters)) == ids


@pytest.mark.parametrize("q", ["", " \n", "a" * 2001, "reserved\u202e contracts", "\x00"])
def test_unusable_text_is_refused_by_its_field(browse: BrowseService, q: str) -> None:
    with pytest.raises(BadInputError) as error:
        browse.search(q)
    assert error.value.field == "q"


def test_nothing_can_be_browsed_without_an_index(tmp_path: Path, embedder: SentenceEmbedder) -> None:
    browse = BrowseService(LiveIndex(Versions(tmp_path)), embedder, 2000)
    for read in (lambda: browse.search("x"), browse.sources, lambda: browse.source("x"), lambda: browse.passage("x")):
        with pytest.raises(NoIndexError):
            read()


def test_standing_is_that_of_today(browse: BrowseService, monkeypatch: pytest.MonkeyPatch) -> None:
    class Earlier(date):
        @classmethod
        def today(cls) -> "Earlier":
            return cls(2015, 1, 1)

    monkeypatch.setattr("assistant.browse.date", Earlier)
    views: list[PassageView] = [browse.passage(BEFORE), *browse.source("new-act").passages]
    assert [view.standing for view in views] == [Standing.IN_FORCE, Standing.PROPOSED]
    assert [each.source.id for each in browse.sources(Standing.IN_FORCE).sources] == ["old-regulations"]
    assert found(browse, "contract", standing=Standing.PROPOSED) == [NOW]
