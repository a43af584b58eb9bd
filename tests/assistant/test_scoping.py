"""Fitting what was found to the reader's sector and day."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.answers import Scope
from assistant.scoping import OTHER_SECTOR, fitted, known_sources, looking_back, standing, tells_of_later, wants_any_standing
from corpus.dates import PartialDate
from corpus.timeline import Change, Timeline
from index.embedding import SentenceEmbedder
from index.live import LiveIndex
from index.retrieval import Hit, read_query, search
from index.store import PassageStore
from index.versions import Versions


@pytest.mark.parametrize(("sector", "kept"), [(None, 1), ("all", 1), ("youth", 1), ("libraries", OTHER_SECTOR)])
@pytest.mark.parametrize("question", ["How long can a reserved contract last?", "What does regulation 77 say?"])
def test_a_passage_for_another_service_stands_back_unless_its_place_is_named(
    small_index: Versions, embedder: SentenceEmbedder, question: str, sector: str | None, kept: float
) -> None:
    index = LiveIndex(small_index).current()
    hits = search(read_query(question, index, embedder), index)
    assert {hit.passage.sectors for hit in hits} == {("all",), ("youth",)}
    wanted = [(hit.passage.id, hit.at_place, hit.score * (kept if hit.passage.sectors == ("youth",) and not hit.at_place else 1)) for hit in hits]
    found = [(hit.passage.id, hit.at_place, hit.score) for hit in fitted(hits, Scope.model_validate({"sector": sector}), index.store.sources)]
    assert found == sorted(wanted, key=lambda each: -each[2])


@pytest.mark.parametrize(
    ("nation", "text", "last"),
    [
        (None, "", "reserved-before"),
        ("england", "", "reserved-before"),
        ("wales", "", "recommendation-2"),
        ("wales", " It does not hold in Wales.", "reserved-before"),
        ("scotland", "", "reserved-before"),
    ],
)
def test_a_passage_for_another_nation_stands_back_unless_it_names_the_readers(
    small_index: Versions, embedder: SentenceEmbedder, nation: str | None, text: str, last: str
) -> None:
    """The report is for England alone, what else there is for England and Wales."""
    index = LiveIndex(small_index).current()
    found = search(read_query("Is there an appeal?", index, embedder), index)
    order = {"recommendation-2": 0.8, "reserved-now": 0.7, "reserved-before": 0.6}
    hits = []
    for hit in found:
        name = hit.passage.id.partition(".")[2]
        passage = hit.passage.model_copy(update={"text": hit.passage.text + (text if name == "recommendation-2" else "")})
        hits.append(replace(hit, record=replace(hit.record, passage=passage), score=order[name]))
    told = fitted(hits, Scope.model_validate({"nation": nation}), index.store.sources)
    assert (told[-1].passage.id, {hit.score for hit in told}) == (f"small-note.{last}", {0.8, 0.7, 0.6})


TODAY = date(2026, 11, 22)


@pytest.fixture
def store(small_index: Versions) -> PassageStore:
    return LiveIndex(small_index).current().store


@pytest.fixture
def hits(small_index: Versions, embedder: SentenceEmbedder) -> list[Hit]:
    index = LiveIndex(small_index).current()
    return search(read_query("How long can a reserved contract last?", index, embedder), index)


def sources(hits: list[Hit]) -> set[str]:
    return {hit.passage.source_id for hit in hits}


@pytest.mark.parametrize(("day", "kept"), [(TODAY, {"report-2012", "new-act"}), (date(2015, 1, 1), {"report-2012", "new-act", "old-regulations"})])
def test_what_was_replaced_speaks_only_for_its_time(hits: list[Hit], store: PassageStore, day: date, kept: set[str]) -> None:
    assert sources(standing(hits, store, day)) == kept


def test_what_tells_of_a_change_is_kept_whatever_its_source(hits: list[Hit], store: PassageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    change = Change.model_validate(
        {"id": "c", "day": "2020-04-01", "before": "a", "services": "s", "extent": "UK", "sectors": ["all"], "told_in": ["small-note.reserved-before"]}
    )
    monkeypatch.setattr(store, "timeline", Timeline((change,)))
    assert sources(standing(hits, store, TODAY)) == {"report-2012", "new-act", "old-regulations"}


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How long can a reserved contract last?", False),
        ("How long did a reserved contract last?", True),
        ("How long can a reserved contract last under regulation 77?", True),
        ("How long could a reserved contract last in 2012?", True),
    ],
)
def test_questions_of_the_past_and_of_a_place_want_any_standing(question: str, wanted: bool) -> None:
    assert wants_any_standing(question) is wanted


@pytest.mark.parametrize(
    ("day", "kept"),
    [(TODAY, {"report-2012", "new-act", "old-regulations"}), (date(2012, 7, 1), {"report-2012", "old-regulations"}), (date(2011, 1, 1), {"old-regulations"})],
)
def test_only_what_was_there_by_the_day_is_known(store: PassageStore, day: date, kept: set[str]) -> None:
    assert known_sources(store.sources, day) == kept


def test_what_is_not_dated_speaks_for_today_alone(store: PassageStore) -> None:
    undated = {each.id: each.model_copy(update={"published": "unknown", "in_force_from": None}) for each in store.sources.values()}
    assert known_sources(undated, date(2015, 1, 1)) == frozenset()


def test_a_later_account_may_look_back_but_a_later_rule_may_not(hits: list[Hit], store: PassageStore) -> None:
    day = date(2012, 12, 31)
    assert sources(looking_back(hits, store.sources, day)) == {"report-2012", "old-regulations"}
    accounts = {each.id: each.model_copy(update={"published": PartialDate("2024"), "in_force_from": None}) for each in store.sources.values()}
    assert {hit.passage.id.partition(".")[2] for hit in looking_back(hits, accounts, day)} == {"recommendation-2", "reserved-before"}


@pytest.mark.parametrize(
    ("sentence", "later"),
    [
        ("The Academy closed in 2016.", True),
        ("The Academy opened in 2012.", False),
        ("The Taskforce recommended that each department should publish a pathway by April 2013.", False),
        ("The Academy is open.", False),
    ],
)
def test_facts_of_a_later_year_are_told_apart_from_plans(sentence: str, later: bool) -> None:
    assert tells_of_later(sentence, date(2012, 12, 31)) is later
