"""Retrieval: places looked up exactly, filters kept, and the right place found in the bundled library."""

import numpy as np
import pytest

from assistant.services import Services
from corpus.locators import references, without_sub_points
from index.adapter import adapt
from index.embedding import SentenceEmbedder
from index.live import LiveIndex, OpenIndex
from index.passages import Passage
from index.retrieval import ANY, Filters, Hit, missing_places, read_query, search
from index.terms import terms
from index.versions import Versions

ROUTE, BEFORE, NOW = "small-note.recommendation-2", "small-note.reserved-before", "small-note.reserved-now"


@pytest.fixture(scope="module")
def small(small_index: Versions) -> OpenIndex:
    return LiveIndex(small_index).current()


@pytest.fixture(scope="module")
def bundled(services: Services) -> OpenIndex:
    return services.live.current()


def find(question: str, index: OpenIndex, embedder: SentenceEmbedder, k: int = 8, filters: Filters = ANY) -> list[Hit]:
    return search(read_query(question, index, embedder), index, k, filters)


def ids(hits: list[Hit]) -> list[str]:
    return [hit.passage.id for hit in hits]


def places_of(passage: Passage) -> set[str]:
    """Every place a passage stands at, whole and by sub-point."""
    found = {reference for locator in (passage.locator, *(each.locator for each in passage.sentences)) for reference in references(locator)}
    return found | set(map(without_sub_points, found))


def test_a_query_holds_the_question_its_terms_and_places(small: OpenIndex, embedder: SentenceEmbedder) -> None:
    question = "What does Recommendation 2 say, and section 33, and Recommendation 2?"
    query = read_query(question, small, embedder)
    assert (query.question, query.wordings, query.words, query.added, query.places) == (
        question,
        (("recommend", "2", "section", "33"),),
        ("recommend", "2", "section", "33"),
        (),
        ("recommendation 2", "s 33"),
    )
    np.testing.assert_allclose(query.vectors, embedder.encode([question]), atol=1e-6)
    np.testing.assert_array_equal(query.learned, adapt(query.vectors, small.adapter))


def test_a_query_in_peoples_words_is_put_in_the_guidances_words_as_well(small: OpenIndex, embedder: SentenceEmbedder) -> None:
    query = read_query("Can we go it alone?", small, embedder)
    assert (query.wordings, query.added, query.places) == ((("go", "alon"), ("spin",)), ("spin",), ())
    np.testing.assert_allclose(query.vectors, embedder.encode(["Can we go it alone?", "Can we go it alone (spin out)?"]), atol=1e-5)


@pytest.mark.parametrize("question", ["", " ", "?", "what is it", "asdf qwer", "’", "\u0000", "x" * 3000])
def test_a_question_that_says_nothing_is_searched_without_harm(small: OpenIndex, embedder: SentenceEmbedder, question: str) -> None:
    hits = find(question, small, embedder)
    assert sorted(ids(hits)) == [ROUTE, BEFORE, NOW]
    assert [(hit.at_place, hit.signals.keyword) for hit in hits] == [(False, 0.0)] * 3


@pytest.mark.parametrize("k", [0, 1, 2, 3, 50])
def test_no_more_than_k_are_found_best_first(small: OpenIndex, embedder: SentenceEmbedder, k: int) -> None:
    hits = find("How long can a reserved contract last?", small, embedder, k)
    assert len(hits) == min(k, 3)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Who can we go to if our employer refuses?", ROUTE),
        ("What should the route for staff contain?", ROUTE),
        ("How long could a reserved contract last under the Old Regulations 2010?", BEFORE),
        ("What does section 33 of the New Act allow for a mutual?", NOW),
    ],
)
def test_the_passage_that_answers_comes_first(small: OpenIndex, embedder: SentenceEmbedder, question: str, found: str) -> None:
    assert ids(find(question, small, embedder, 1)) == [found]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What does Recommendation 2 say?", {ROUTE}),
        ("rec 2 ii.", {ROUTE}),
        ("Recommendation 2(ix)", {ROUTE}),
        ("regulation 77", {BEFORE}),
        ("reg. 77(3)", {BEFORE}),
        ("s.33(2)", {NOW}),
        ("section 33", {NOW}),
        ("§33", {NOW}),
        ("section 33 or regulation 77?", {BEFORE, NOW}),
        ("section 34", set()),
        ("How long can a contract last?", set()),
    ],
)
def test_a_place_that_is_named_is_looked_up_and_stands_first(small: OpenIndex, embedder: SentenceEmbedder, question: str, found: set[str]) -> None:
    hits = find(question, small, embedder)
    assert {hit.passage.id for hit in hits if hit.at_place} == found
    assert set(ids(hits)[: len(found)]) == found


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("How long can a contract last?", []),
        ("Recommendation 2", []),
        ("Recommendation 2(ix)", []),
        ("Recommendation 23", ["recommendation 23"]),
        ("Do section 34 and regulation 77 and annex b agree?", ["s 34", "annex b"]),
    ],
)
def test_places_that_the_library_does_not_hold_are_told(small: OpenIndex, embedder: SentenceEmbedder, question: str, missing: list[str]) -> None:
    assert missing_places(read_query(question, small, embedder), small) == missing


@pytest.mark.parametrize("question", ["How long can a reserved contract last?", "regulation 77", "Recommendation 2 and section 33", ""])
@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (ANY, {ROUTE, BEFORE, NOW}),
        (Filters(frozenset()), set()),
        (Filters(frozenset({"nothing"})), set()),
        (Filters(frozenset({"new-act"})), {NOW}),
        (Filters(frozenset({"new-act", "report-2012"})), {NOW, ROUTE}),
        (Filters(sector="youth"), {ROUTE, BEFORE, NOW}),
        (Filters(sector="police"), {ROUTE, NOW}),
        (Filters(frozenset({"old-regulations"}), "youth"), {BEFORE}),
        (Filters(frozenset({"old-regulations"}), "police"), set()),
    ],
)
def test_only_what_the_filters_let_through_is_found(small: OpenIndex, embedder: SentenceEmbedder, question: str, filters: Filters, found: set[str]) -> None:
    assert set(ids(find(question, small, embedder, filters=filters))) == found


def test_a_question_searched_twice_is_answered_alike(small: OpenIndex, embedder: SentenceEmbedder) -> None:
    query = read_query("Can contracts be kept for mutuals?", small, embedder)
    once, again = search(query, small), search(query, small)
    assert [(hit.passage, hit.score, hit.at_place, hit.signals) for hit in once] == [(hit.passage, hit.score, hit.at_place, hit.signals) for hit in again]


@pytest.mark.parametrize(
    ("question", "place", "source"),
    [
        ("What does Recommendation 9 say?", "recommendation 9", "mutuals-taskforce-2012"),
        ("rec 12 ii.", "recommendation 12(ii)", "mutuals-taskforce-2012"),
        ("rec 12ii", "recommendation 12(ii)", "mutuals-taskforce-2012"),
        ("Recommendation 2(iv)", "recommendation 2(iv)", "mutuals-taskforce-2012"),
        ("What did regulation 77 allow?", "reg 77", "pcr2015-uk-regulation-77"),
        ("What does s.33(2) require?", "s 33(2)", "pa-2023"),
        ("What does section 33 allow, and for how long?", "s 33", "pa-2023"),
    ],
)
def test_places_named_are_found_in_the_bundled_library(bundled: OpenIndex, embedder: SentenceEmbedder, question: str, place: str, source: str) -> None:
    hits = find(question, bundled, embedder, 50)
    named = [hit.passage for hit in hits if hit.at_place]
    assert {passage.id for passage in named} == {passage.id for passage in bundled.store.all_passages() if place in places_of(passage)}
    assert hits[: len(named)] == [hit for hit in hits if hit.at_place]
    assert source in {passage.source_id for passage in named}
    assert missing_places(read_query(question, bundled, embedder), bundled) == []


def test_each_recommendation_of_the_report_has_its_place_and_no_other(bundled: OpenIndex) -> None:
    held = {number: bool(bundled.store.at_place(f"recommendation {number}")) for number in range(25)}
    assert held == {number: 1 <= number <= 17 for number in range(25)}


@pytest.mark.parametrize(
    ("question", "source", "locator"),
    [
        ("Who can I go to if my employer won't engage with our spin-out proposal?", "mutuals-taskforce-2012", "Recommendation 2"),
        ("What must a department's pathway contain?", "mutuals-taskforce-2012", "Recommendation 2"),
        ("What does section 33 allow and for how long?", "pa-2023", "s. 33"),
    ],
)
def test_the_right_place_is_among_the_first_five_of_the_bundled_library(
    bundled: OpenIndex, embedder: SentenceEmbedder, question: str, source: str, locator: str
) -> None:
    places = [(hit.passage.source_id, hit.passage.locator) for hit in find(question, bundled, embedder, 5)]
    assert [place for place in places if place[0] == source and place[1].startswith(locator)] != []


@pytest.mark.parametrize("sector", ["police", "nhs_trust", "youth"])
def test_the_bundled_library_is_filtered_by_sector(bundled: OpenIndex, embedder: SentenceEmbedder, sector: str) -> None:
    hits = find("Do staff keep their pension?", bundled, embedder, 50, Filters(sector=sector))
    assert len(hits) > 8
    assert [hit.passage.id for hit in hits if not {"all", sector} & set(hit.passage.sectors)] == []


def test_the_bundled_library_is_filtered_by_source(bundled: OpenIndex, embedder: SentenceEmbedder) -> None:
    hits = find("How long can a contract last?", bundled, embedder, 50, Filters(frozenset({"pa-2023", "pcr2015-uk-regulation-77"})))
    assert {hit.passage.source_id for hit in hits} == {"pa-2023", "pcr2015-uk-regulation-77"}


def test_every_bundled_passage_is_found_by_its_own_first_ask(bundled: OpenIndex, embedder: SentenceEmbedder) -> None:
    """A stride of them, so that the test stays short; a few may be outdone by a neighbour with like asks."""
    passages = [passage for passage in bundled.store.all_passages() if passage.asks][::60]
    found = sum(passage.id in ids(find(passage.asks[0], bundled, embedder, 5)) for passage in passages)
    assert found >= 0.9 * len(passages)


def test_every_passage_in_the_bundled_index_speaks_from_a_source_in_it(bundled: OpenIndex) -> None:
    assert {passage.source_id for passage in bundled.store.all_passages()} - bundled.store.sources.keys() == set()


def test_terms_of_the_glossary_reach_their_place(bundled: OpenIndex, embedder: SentenceEmbedder) -> None:
    query = read_query("What is R2P?", bundled, embedder)
    assert query.wordings == (tuple(terms("R2P")), tuple(terms("Right to Provide")))
