"""Citing: a sentence's place with its source's record, and what must be said of the sources on a day."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.answers import Citation, Notice, OriginalWords
from assistant.citing import AUTHORITY_WORDS, STANDING_WORDS, cite, notices, place_in_source, span_of
from assistant.composing import Candidate
from assistant.gate import Span
from corpus.library import load_library
from corpus.originals import Shelf
from corpus.sources import Authority, Source, Standing
from corpus.timeline import Change, Timeline
from index.build import build_index
from index.embedding import SentenceEmbedder
from index.passages import Passage
from index.store import PassageStore
from index.versions import Versions

TODAY = date(2026, 11, 22)


@pytest.fixture
def store(small_index: Versions) -> PassageStore:
    return PassageStore(small_index.live())


def passage(store: PassageStore, identifier: str) -> Passage:
    return next(each for each in store.all_passages() if each.id.endswith(identifier))


def source(**changes: Any) -> Source:
    fields = {
        "id": "one",
        "title": "One",
        "publisher": "The Office",
        "published": "2012-06",
        "kind": "guidance",
        "authority": "policy_guidance",
        "extent": "England",
        "url": "https://example.org/one",
        "standing": "in_force",
        "checked_on": "2026-11-22",
        "sectors": ["all"],
        "audiences": ["staff"],
        "topics": ["rights"],
    }
    return Source.model_validate({**fields, **changes})


def citation(number: int, source_id: str) -> Citation:
    return Citation(
        number=number,
        passage_id="p",
        source_id=source_id,
        title="",
        publisher="",
        published="",
        authority=Authority.STATUTE,
        standing=Standing.IN_FORCE,
        superseded_by=[],
        locator="",
        url=None,
        quote="",
    )


def stored(*records: Source, changes: Sequence[Change] = (), sectors: Sequence[str] = ("all",)) -> Any:
    """A store of these sources and changes, in which every passage speaks for `sectors`."""
    return SimpleNamespace(
        sources={each.id: each for each in records},
        timeline=Timeline(tuple(changes)),
        records=lambda ids: [SimpleNamespace(passage=SimpleNamespace(id=each, sectors=tuple(sectors))) for each in ids],
    )


def said(record: Source, day: date = TODAY, *others: Source) -> list[tuple[str, str]]:
    """Kind and text of the notices on one cited source."""
    found = notices([citation(1, record.id)], stored(record, *others), day, day)
    assert all(notice.citations == [1] for notice in found)
    return [(notice.kind, notice.text) for notice in found]


def test_a_citation_tells_the_whole_place(store: PassageStore) -> None:
    found = passage(store, "recommendation-2")
    assert cite(3, found, 3, store, TODAY) == Citation(
        number=3,
        passage_id=found.id,
        source_id="report-2012",
        title="The Report of 2012",
        publisher="The Taskforce",
        published="2012-06",
        authority=Authority.INDEPENDENT_REPORT,
        standing=Standing.HISTORIC,
        superseded_by=[],
        locator="Recommendation 2(ii)",
        url="https://example.org/report",
        quote="The Taskforce recommended that the route should name a person to whom staff can appeal.",
    )


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2010, 3, 31), Standing.PROPOSED),
        (date(2010, 4, 1), Standing.IN_FORCE),
        (date(2020, 3, 31), Standing.IN_FORCE),
        (date(2020, 4, 1), Standing.SUPERSEDED),
    ],
)
def test_a_citation_gives_the_standing_on_the_day(store: PassageStore, day: date, standing: Standing) -> None:
    found = passage(store, "reserved-before")
    assert cite(1, found, 0, store, day) == Citation(
        number=1,
        passage_id=found.id,
        source_id="old-regulations",
        title="The Old Regulations 2010",
        publisher="The Stationery Office",
        published="2010",
        authority=Authority.STATUTE,
        standing=standing,
        superseded_by=["new-act"],
        locator="reg. 77(3)",
        url="https://example.org/old",
        quote="Under the Old Regulations 2010 a reserved contract could last no longer than three years.",
    )


def test_a_finding_of_our_own_has_no_address(store: PassageStore) -> None:
    place = place_in_source("p", "Finding 1", source(url=None, published="unknown"), TODAY)
    assert (place["url"], place["published"]) == (None, "unknown")


def test_the_span_of_a_chosen_sentence(store: PassageStore) -> None:
    found = passage(store, "reserved-now")
    sentence = found.sentences[1]
    candidate = Candidate(found, 1, store.records([found.id])[0].vectors.sentences[1], 0.5, 0.5, frozenset())
    assert span_of(candidate) == Span(found.id, found.sha256, sentence.start, sentence.end, found.quote(1))


def test_every_authority_and_standing_has_words() -> None:
    assert (set(AUTHORITY_WORDS), set(STANDING_WORDS)) == (set(Authority), set(Standing))


def test_nothing_cited_needs_no_notice() -> None:
    assert notices([], stored(), TODAY, TODAY) == []


def test_another_day_is_said_even_where_nothing_is_cited() -> None:
    assert notices([], stored(), date(2015, 3, 1), TODAY) == [Notice(kind="as_of", text="Standing is given as at 1 March 2015.")]


def test_a_day_to_come_is_said_to_be_one() -> None:
    told = "1 March 2050 is still to come. The answer gives what is known today, 22 November 2026."
    assert notices([], stored(), date(2050, 3, 1), TODAY) == [Notice(kind="as_of", text=told)]


def test_a_source_in_force_needs_no_notice() -> None:
    assert said(source()) == []


@pytest.mark.parametrize("authority", [each for each in Authority if each not in (Authority.INDEPENDENT_REPORT, Authority.COMMENTARY)])
def test_an_official_source_needs_no_word_on_its_weight(authority: Authority) -> None:
    assert said(source(authority=authority)) == []


INDEPENDENT = ("authority", "“One” is an independent report. What it recommends is not government policy.")
COMMENTARY = ("authority", "“One” (The Office) is commentary, not an official source. Check the official text before relying on it.")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"authority": "independent_report"}, [INDEPENDENT]),
        ({"authority": "commentary"}, [COMMENTARY]),
        ({"standing": "unknown"}, []),
        ({"standing": "withdrawn"}, [("standing", "“One” has been withdrawn.")]),
        ({"standing": "historic"}, [("standing", "“One” (June 2012) is historic: it describes the position at its time.")]),
        ({"standing": "historic", "published": "unknown"}, [("standing", "“One” (unknown) is historic: it describes the position at its time.")]),
        ({"standing": "superseded"}, [("standing", "“One” has been superseded.")]),
        ({"standing": "superseded", "in_force_to": "2020-03-31"}, [("standing", "“One” has been superseded after 31 March 2020.")]),
        ({"standing": "proposed"}, [("standing", "“One” was not in force on 22 November 2026: what it describes was still to come.")]),
        (
            {"authority": "independent_report", "standing": "historic"},
            [INDEPENDENT, ("standing", "“One” (June 2012) is historic: it describes the position at its time.")],
        ),
    ],
)
def test_what_is_said_of_a_source(changes: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert said(source(**changes)) == expected


def test_a_superseded_source_names_what_replaced_it() -> None:
    old = source(standing="superseded", in_force_to="2020-03", superseded_by=["two", "three", "not-in-the-catalogue"])
    later = [source(id="two", title="Two"), source(id="three", title="Three")]
    assert said(old, TODAY, *later) == [("standing", "“One” has been superseded after March 2020 by “Two” and “Three”.")]


def test_what_is_said_depends_on_the_day() -> None:
    old = source(in_force_from="2010-04-01", in_force_to="2020-03-31", superseded_by=["two"])
    two = source(id="two", title="Two")
    assert [said(old, day, two) for day in (date(2009, 1, 1), date(2015, 1, 1), date(2021, 1, 1))] == [
        [("standing", "“One” was not in force on 1 January 2009: what it describes was still to come.")],
        [],
        [("standing", "“One” has been superseded after 31 March 2020 by “Two”.")],
    ]


def test_each_source_is_spoken_of_once_with_all_its_numbers() -> None:
    one, two = source(authority="commentary"), source(id="two", title="Two", standing="withdrawn")
    cited = [citation(1, "one"), citation(2, "two"), citation(3, "one")]
    assert notices(cited, stored(one, two), TODAY, TODAY) == [
        Notice(kind="authority", text=COMMENTARY[1], citations=[1, 3]),
        Notice(kind="standing", text="“Two” has been withdrawn.", citations=[2]),
    ]


def change(**fields: Any) -> Change:
    given = {
        "id": "one-to-two",
        "day": "2015-02-26",
        "before": "rule One",
        "after": "rule Two",
        "services": "all services",
        "extent": "England",
        "sectors": ["all"],
        "names": ["rule One"],
        "told_in": ["note.told"],
    }
    return Change.model_validate({**given, **fields})


def quoting(quote: str, **fields: Any) -> Citation:
    return citation(1, "one").model_copy(update={"quote": quote, **fields})


CAME = "On 26 February 2015, rule Two took the place of rule One (all services; England)."


@pytest.mark.parametrize(
    ("quote", "passage_id", "day", "expected"),
    [
        ("Rule One applies.", "p", TODAY, [("standing", CAME)]),
        ("Something else applies.", "p", TODAY, []),
        ("Rule One was replaced.", "note.told", TODAY, []),
        ("Rule One applies.", "p", date(2013, 1, 1), [("as_of", "Standing is given as at 1 January 2013."), ("as_of", f"Later: {CAME}")]),
    ],
)
def test_a_change_is_told_where_a_sentence_comes_before_it(quote: str, passage_id: str, day: date, expected: list[tuple[str, str]]) -> None:
    found = notices([quoting(quote, passage_id=passage_id)], stored(source(), changes=[change()]), day, TODAY)
    assert [(notice.kind, notice.text) for notice in found] == expected
    assert all(notice.citations == [1] for notice in found if "rule" in notice.text)


def test_a_source_that_a_change_replaced_is_spoken_of_once() -> None:
    old = source(in_force_to="2015-02-25", superseded_by=["two"])
    found = notices([quoting("It applies.")], stored(old, source(id="two"), changes=[change(replaces=["one"], by=["two"])]), TODAY, TODAY)
    assert [(notice.kind, notice.text) for notice in found] == [("standing", CAME)]


@pytest.mark.parametrize(
    ("sector", "sectors", "told"), [("youth", ("all",), True), ("fire", ("all",), False), (None, ("all",), False), (None, ("youth",), True)]
)
def test_a_change_for_one_service_is_told_to_its_readers_alone(sector: str | None, sectors: tuple[str, ...], told: bool) -> None:
    here = stored(source(), changes=[change(sectors=["youth"])], sectors=sectors)
    assert bool(notices([quoting("Rule One applies.")], here, TODAY, TODAY, sector)) is told


def test_an_account_published_after_the_day_says_that_it_looks_back() -> None:
    assert said(source(published="2015-06"), date(2014, 1, 1)) == [
        ("standing", "“One” was published after 1 January 2014: it tells of that time in looking back.")
    ]


def test_the_publishers_own_words_stand_beside_ours(small_library: Path, embedder: SentenceEmbedder, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "originals")
    report = tmp_path / "report.txt"
    report.write_text("THE PATH\n\nRecommendation 2: Each department should say who hears appeals. It should do so soon.\n", encoding="utf-8")
    library = load_library(small_library)
    shelf.add(report, library.sources["report-2012"])
    versions = Versions(tmp_path / "index")
    build_index(library.with_originals(shelf, lambda message: pytest.fail(message)), embedder, versions)
    store = PassageStore(versions.live())
    cited = cite(1, passage(store, "recommendation-2"), 3, store, TODAY)
    words = OriginalWords(
        passage_id="report-2012.recommendation-2",
        locator="Recommendation 2",
        page=None,
        quote="Recommendation 2: Each department should say who hears appeals.",
    )
    assert (cited.locator, cited.original) == ("Recommendation 2(ii)", words)
    assert cite(1, passage(store, "reserved-now"), 0, store, TODAY).original is None
