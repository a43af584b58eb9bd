"""Citing: a sentence's place with its source's record, and what must be said of the sources on a day."""

from datetime import date
from typing import Any

import pytest

from assistant.answers import Citation, Notice
from assistant.citing import AUTHORITY_WORDS, STANDING_WORDS, cite, notices, span_of
from assistant.composing import Candidate
from assistant.gate import Span
from corpus.sources import Authority, Source, Standing
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


def said(record: Source, day: date = TODAY, *others: Source) -> list[tuple[str, str]]:
    """Kind and text of the notices on one cited source."""
    found = notices([citation(1, record.id)], {each.id: each for each in (record, *others)}, day, day)
    assert all(notice.citations == [1] for notice in found)
    return [(notice.kind, notice.text) for notice in found]


def test_a_citation_tells_the_whole_place(store: PassageStore) -> None:
    found = passage(store, "recommendation-2")
    assert cite(3, found, found.sentences[3], store.sources["report-2012"], TODAY) == Citation(
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
    assert cite(1, found, found.sentences[0], store.sources["old-regulations"], day) == Citation(
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
    found = passage(store, "reserved-now")
    assert cite(1, found, found.sentences[0], source(url=None, published="unknown"), TODAY).model_dump(include={"url", "published"}) == {
        "url": None,
        "published": "unknown",
    }


def test_the_span_of_a_chosen_sentence(store: PassageStore) -> None:
    found = passage(store, "reserved-now")
    sentence = found.sentences[1]
    candidate = Candidate(found, 1, store.records([found.id])[0].vectors.sentences[1], 0.5, 0.5, frozenset())
    assert span_of(candidate) == Span(found.id, found.sha256, sentence.start, sentence.end, found.quote(1))


def test_every_authority_and_standing_has_words() -> None:
    assert (set(AUTHORITY_WORDS), set(STANDING_WORDS)) == (set(Authority), set(Standing))


def test_nothing_cited_needs_no_notice() -> None:
    assert notices([], {}, TODAY, TODAY) == []


def test_another_day_is_said_even_where_nothing_is_cited() -> None:
    assert notices([], {}, date(2015, 3, 1), TODAY) == [Notice(kind="as_of", text="Standing is given as at 1 March 2015.")]


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
    assert notices(cited, {"one": one, "two": two}, TODAY, TODAY) == [
        Notice(kind="authority", text=COMMENTARY[1], citations=[1, 3]),
        Notice(kind="standing", text="“Two” has been withdrawn.", citations=[2]),
    ]
