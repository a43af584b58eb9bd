"""Browsing: search, the catalogue, one source, one passage, the timeline, the glossary."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.answers import Citation, OriginalWords
from assistant.browse import BrowseService
from assistant.errors import BadInputError, NotFoundError
from assistant.services import Services
from assistant.views import PassageName, PassageView, SourceName
from corpus.dates import PartialDate
from corpus.sources import Authority, Standing
from index.embedding import SentenceEmbedder
from index.live import LiveIndex
from index.passages import text_digest
from index.versions import NoIndexError, Versions

ROUTE = "small-note.recommendation-2"
BEFORE = "small-note.reserved-before"
NOW = "small-note.reserved-now"


TODAY = date(2026, 11, 22)


@pytest.fixture
def browse(small_index: Versions, embedder: SentenceEmbedder) -> BrowseService:
    return BrowseService(LiveIndex(small_index), embedder, 2000, lambda: TODAY)


@pytest.fixture
def dated(dated_services: Services, embedder: SentenceEmbedder) -> BrowseService:
    """Over the library that has a timeline and an original."""
    return BrowseService(dated_services.live, embedder, 2000, lambda: TODAY)


def whole_view(browse: BrowseService, passage_id: str) -> PassageView:
    """A passage as it is listed, without its neighbours."""
    return PassageView.model_validate(browse.passage(passage_id).model_dump(include=set(PassageView.model_fields)))


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
        "is_original": False,
        "page": None,
        "address": "/library?passage=small-note.reserved-before",
        "originals": [None],
        "previous": None,
        "next": None,
    }


@pytest.mark.parametrize("identifier", ["", "no-such", "reserved-before", ROUTE.upper(), "'; DROP TABLE passages", "\x00", "x" * 5000])
def test_an_unknown_passage_or_source_is_named(browse: BrowseService, identifier: str) -> None:
    for what, read in (("passage", browse.passage), ("source", browse.source)):
        with pytest.raises(NotFoundError) as error:
            read(identifier)
        assert (error.value.what, error.value.identifier) == (what, identifier)


def test_a_source_comes_with_its_passages_and_what_it_replaced(browse: BrowseService) -> None:
    page = browse.source("new-act")
    assert (page.source.id, page.standing_today, page.standing, page.themes) == ("new-act", Standing.IN_FORCE, Standing.IN_FORCE, ["taskforce"])
    assert (page.supersedes, page.superseded_by) == (["old-regulations"], [])
    assert page.superseded == [SourceName(id="old-regulations", title="The Old Regulations 2010", standing_today=Standing.SUPERSEDED)]
    assert (page.replaced_in, page.replacing_in) == ([], [])
    assert page.passages == [whole_view(browse, NOW)]


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
    assert [result.passage for result in results.results] == [whole_view(browse, result.passage_id) for result in results.results]


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
    for read in (lambda: browse.search("x"), browse.sources, lambda: browse.source("x"), lambda: browse.passage("x"), browse.timeline, browse.glossary):
        with pytest.raises(NoIndexError):
            read()


def test_standing_is_that_of_today(small_index: Versions, embedder: SentenceEmbedder) -> None:
    browse = BrowseService(LiveIndex(small_index), embedder, 2000, lambda: date(2015, 1, 1))
    views: list[PassageView] = [browse.passage(BEFORE), *browse.source("new-act").passages]
    assert [view.standing for view in views] == [Standing.IN_FORCE, Standing.PROPOSED]
    assert [each.source.id for each in browse.sources(Standing.IN_FORCE).sources] == ["old-regulations"]
    assert found(browse, "contract", standing=Standing.PROPOSED) == [NOW]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"theme": "taskforce"}, ["new-act", "old-regulations", "report-2012"]),
        ({"theme": "money"}, []),
        ({"q": "regulations"}, ["old-regulations"]),
        ({"q": "  STATIONERY  act "}, ["new-act"]),
        ({"q": "taskforce 2012"}, ["report-2012"]),
        ({"q": "regul"}, ["old-regulations"]),
        ({"q": "no such words"}, []),
        ({"q": " "}, ["new-act", "old-regulations", "report-2012"]),
        ({"q": "the", "authority": Authority.STATUTE, "theme": "taskforce", "standing": Standing.SUPERSEDED}, ["old-regulations"]),
        ({"as_of": PartialDate("2015-06-01"), "standing": Standing.IN_FORCE}, ["old-regulations"]),
        ({"as_of": PartialDate("2020-03"), "standing": Standing.IN_FORCE}, ["old-regulations"]),
        ({"as_of": PartialDate("2020"), "standing": Standing.IN_FORCE}, ["new-act"]),
    ],
)
def test_the_catalogue_is_narrowed_by_theme_words_and_day(browse: BrowseService, filters: dict[str, Any], ids: list[str]) -> None:
    assert [each.source.id for each in browse.sources(**filters).sources] == ids


def test_standing_is_told_for_today_and_for_the_day_asked_for(browse: BrowseService) -> None:
    assert [(each.source.id, each.standing_today, each.standing) for each in browse.sources(as_of=PartialDate("2011-01-01")).sources] == [
        ("new-act", Standing.IN_FORCE, Standing.PROPOSED),
        ("old-regulations", Standing.SUPERSEDED, Standing.IN_FORCE),
        ("report-2012", Standing.HISTORIC, Standing.PROPOSED),
    ]


@pytest.mark.parametrize("q", ["\x00", "a" * 2001, "act\u200b"])
def test_words_that_cannot_be_used_are_refused_by_their_field(browse: BrowseService, q: str) -> None:
    for read in (lambda: browse.sources(q=q), lambda: browse.glossary(q)):
        with pytest.raises(BadInputError) as error:
            read()
        assert error.value.field == "q"


def test_the_timeline_names_what_it_speaks_of(dated: BrowseService) -> None:
    found = dated.timeline().model_dump(mode="json")
    old = {"id": "old-regulations", "title": "The Old Regulations 2010", "standing_today": "superseded"}
    new = {"id": "new-act", "title": "The New Act 2020", "standing_today": "in_force"}
    report = {"id": "report-2012", "title": "The Report of 2012", "standing_today": "historic"}
    assert found == {
        "as_of": "2026-11-22",
        "changes": [
            {
                "id": "route-closed",
                "day": "2013-04",
                "before": "the youth route",
                "after": "",
                "since": None,
                "services": "youth services",
                "extent": "England",
                "sectors": ["youth"],
                "names": [],
                "replaces": ["report-2012"],
                "by": [],
                "told_in": [ROUTE],
                "now": [],
                "renames": False,
                "has_come_about": True,
                "sources": [report],
                "passages": [
                    {"passage_id": ROUTE, "heading": "A clear route for staff", "locator": "Recommendation 2", "address": f"/library?passage={ROUTE}"}
                ],
            },
            {
                "id": "regulations-to-act",
                "day": "2020-04-01",
                "before": "the Old Regulations",
                "after": "the New Act",
                "since": None,
                "services": "reserved contracts",
                "extent": "England and Wales",
                "sectors": ["all"],
                "names": ["Old Regulations"],
                "replaces": ["old-regulations"],
                "by": ["new-act"],
                "told_in": [NOW],
                "now": [NOW],
                "renames": False,
                "has_come_about": True,
                "sources": [old, new],
                "passages": [{"passage_id": NOW, "heading": "Reserved contracts now", "locator": "s. 33", "address": f"/library?passage={NOW}"}],
            },
        ],
    }


@pytest.mark.parametrize(
    ("sector", "ids"),
    [
        (None, ["route-closed", "regulations-to-act"]),
        ("all", ["route-closed", "regulations-to-act"]),
        ("youth", ["route-closed", "regulations-to-act"]),
        ("fire", ["regulations-to-act"]),
    ],
)
def test_the_timeline_is_narrowed_to_a_sector(dated: BrowseService, sector: Any, ids: list[str]) -> None:
    assert [change.id for change in dated.timeline(sector).changes] == ids


def test_a_change_that_is_still_to_come_says_so(dated_services: Services, embedder: SentenceEmbedder) -> None:
    browse = BrowseService(dated_services.live, embedder, 2000, lambda: date(2013, 4, 29))
    assert [change.has_come_about for change in browse.timeline().changes] == [False, False]
    browse = BrowseService(dated_services.live, embedder, 2000, lambda: date(2013, 4, 30))
    assert [change.has_come_about for change in browse.timeline().changes] == [True, False]


@pytest.mark.parametrize(
    ("source", "replaced_in", "replacing_in"),
    [("old-regulations", ["regulations-to-act"], []), ("new-act", [], ["regulations-to-act"]), ("report-2012", ["route-closed"], [])],
)
def test_a_source_comes_with_the_changes_it_takes_part_in(dated: BrowseService, source: str, replaced_in: list[str], replacing_in: list[str]) -> None:
    page = dated.source(source)
    assert [change.id for change in page.replaced_in] == replaced_in
    assert [change.id for change in page.replacing_in] == replacing_in
    assert page.replaced_in + page.replacing_in == [change for change in dated.timeline().changes if change.id in replaced_in + replacing_in]


def test_a_passage_has_the_publishers_words_beside_its_sentences(dated: BrowseService) -> None:
    def words(quote: str) -> OriginalWords:
        return OriginalWords(passage_id="report-2012.recommendation-2", locator="Recommendation 2", page=None, quote=quote)

    assert dated.passage(ROUTE).originals == [
        words("Each department should publish a route for its staff by April 2013."),
        words("The route should say:"),
        words("how staff may use their right; and"),
        words("to whom an appeal may be made."),
    ]
    assert dated.passage(NOW).originals == [None, None]


def test_neighbours_are_of_the_same_source_and_kind(dated: BrowseService) -> None:
    first = PassageName(
        passage_id="report-2012.the-report-of-2012-introduction",
        heading="Introduction",
        locator="The Report of 2012 › Introduction",
        address="/library?passage=report-2012.the-report-of-2012-introduction",
    )
    second = dated.passage("report-2012.recommendation-2")
    assert (second.is_original, second.previous, second.next) == (True, first, None)
    after = dated.passage(first.passage_id).next
    assert (after.passage_id if after else None) == second.passage_id
    assert (dated.passage(ROUTE).is_original, dated.passage(ROUTE).previous, dated.passage(ROUTE).next) == (False, None, None)


def test_originals_have_no_theme_of_their_own(dated: BrowseService) -> None:
    assert dated.source("report-2012").themes == ["taskforce"]


@pytest.mark.parametrize("q", [None, "", "spin", "PUBLIC sector", "spinout", "go it alone"])
def test_the_glossary_is_searched_in_all_its_words(browse: BrowseService, q: str | None) -> None:
    assert [term.model_dump() for term in browse.glossary(q).terms] == [
        {"term": "spin out", "meaning": "To leave the public sector and carry on the service.", "also": ("spinout",), "everyday": ("go it alone",)}
    ]


def test_what_the_glossary_does_not_hold(browse: BrowseService) -> None:
    assert browse.glossary("TUPE").terms == []


@pytest.mark.parametrize(
    ("passage_id", "quote", "address"),
    [
        (NOW, "A buyer must not reserve a contract for longer than five years under the New Act.", f"/library?passage={NOW}&sentence=2"),
        (NOW, "Words that are there no longer.", f"/library?passage={NOW}"),
        ("gone.section", "Anything.", "/library?passage=gone.section"),
    ],
)
def test_a_citation_leads_to_its_sentence(browse: BrowseService, passage_id: str, quote: str, address: str) -> None:
    view = whole_view(browse, NOW).model_dump(include=set(Citation.model_fields))
    assert browse.address_of(Citation.model_validate({**view, "number": 1, "passage_id": passage_id, "quote": quote})) == address
