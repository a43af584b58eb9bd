"""Candidates with parts left out: those of the whole are the product's own, and what is left out leaves no trace."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from small import APPEAL, BEFORE, NOW, PLACE, ROUTE, THEN

from evals import pools
from evals.ablation import VARIANTS, WHOLE
from evals.pools import Parts, Pool, WayTable, by_score, nearest_cosine, read_pool, read_queries
from index.embedding import SentenceEmbedder, Vectors
from index.live import LiveIndex, OpenIndex
from index.ranking import SIGNAL_NAMES
from index.retrieval import Hit, Query, read_query, search
from index.versions import Versions

GLOSSED = "Can we go it alone?"
TEXTS = [THEN.question, PLACE.question, APPEAL.question, GLOSSED]


@pytest.fixture(scope="module")
def index(small_index: Versions) -> OpenIndex:
    return LiveIndex(small_index).current()


@pytest.fixture(scope="module")
def table(index: OpenIndex) -> WayTable:
    return WayTable(index)


@pytest.fixture(scope="module")
def queries(index: OpenIndex, embedder: SentenceEmbedder) -> list[Query]:
    return read_queries(TEXTS, index, embedder)


def pool(query: Query, index: OpenIndex, table: WayTable) -> Pool:
    return read_pool(query, index, table, VARIANTS)


def told(hits: Sequence[Hit]) -> dict[str, tuple[tuple[float, ...], bool]]:
    return {hit.passage.id: (hit.signals.values(), hit.at_place) for hit in hits}


def test_queries_read_together_are_those_read_one_by_one(queries: list[Query], index: OpenIndex, embedder: SentenceEmbedder) -> None:
    alone = [read_query(text, index, embedder) for text in TEXTS]
    assert [(each.question, each.wordings, each.places) for each in queries] == [(each.question, each.wordings, each.places) for each in alone]
    assert [len(each.vectors) for each in queries] == [1, 1, 1, 2]
    for one, other in zip(queries, alone, strict=True):
        assert np.allclose(one.vectors, other.vectors, atol=1e-5)
        assert np.allclose(one.learned, other.learned, atol=1e-5)


def test_with_every_part_the_candidates_and_their_signals_are_the_products(queries: list[Query], index: OpenIndex, table: WayTable) -> None:
    for query in queries:
        assert told(pool(query, index, table).hits(WHOLE, Parts())) == told(search(query, index, k=10))


@pytest.mark.parametrize(
    ("parts", "names"),
    [
        (Parts(), set()),
        (Parts(asks=False), {"ask", "learned_ask", "ask_overlap"}),
        (Parts(learned=False), {"learned_passage", "learned_sentence", "learned_ask"}),
        (Parts(glossary=False), set()),
        (Parts(keywords=False), {"keyword", "coverage", "sentence_coverage", "ask_overlap"}),
        (Parts(dense=False), {"passage", "sentence", "ask", "learned_passage", "learned_sentence", "learned_ask"}),
        (Parts(places=False), {"place"}),
        (Parts(sentences=False), {"sentence", "learned_sentence"}),
        (Parts(ranker=False), set()),
        (Parts(keywords=False, dense=False), set(SIGNAL_NAMES) - {"place"}),
    ],
    ids=str,
)
def test_the_signals_that_go_with_a_part(parts: Parts, names: set[str]) -> None:
    assert parts.dropped() == names


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_changes_its_own_signals_and_no_others(name: str, queries: list[Query], index: OpenIndex, table: WayTable) -> None:
    found = pool(queries[0], index, table)
    whole = told(found.hits(WHOLE, Parts()))
    dropped = VARIANTS[name].dropped()
    for passage_id, (values, _) in told(found.hits(name, VARIANTS[name])).items():
        assert list(values) == [0.0 if signal in dropped else value for signal, value in zip(SIGNAL_NAMES, whole[passage_id][0], strict=True)]


def test_without_places_what_a_question_names_gains_nothing(queries: list[Query], index: OpenIndex, table: WayTable) -> None:
    found = pool(queries[1], index, table)
    assert {hit.passage.id for hit in found.hits(WHOLE, Parts()) if hit.at_place} == {NOW}
    name = "ours less exact places"
    assert {hit.passage.id: hit.at_place for hit in found.hits(name, VARIANTS[name])} == dict.fromkeys((BEFORE, NOW, ROUTE), False)


def test_without_the_glossary_only_the_question_as_put_is_judged(queries: list[Query], index: OpenIndex, table: WayTable) -> None:
    found = pool(queries[3], index, table)
    name = "ours less the glossary"
    plain = replace(queries[3], vectors=queries[3].vectors[:1], learned=queries[3].learned[:1], wordings=queries[3].wordings[:1])
    assert told(found.hits(name, VARIANTS[name])) == told(search(plain, index, k=10))
    assert told(found.hits(name, VARIANTS[name])) != told(found.hits(WHOLE, Parts()))


def test_each_search_brings_its_own_candidates(queries: list[Query], index: OpenIndex, table: WayTable, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one keyword candidate and one vector for each way of putting the question, parts can be told by what they bring."""
    monkeypatch.setattr(pools, "KEYWORD_CANDIDATES", 1)
    monkeypatch.setattr(pools, "DENSE_CANDIDATES", 1)
    then, place, appeal, _ = [pool(query, index, table).candidates for query in queries]
    assert then[WHOLE] == (BEFORE,)
    assert (place[WHOLE], place["ours less exact places"], place["ours less dense search"]) == ((ROUTE, NOW), (ROUTE,), (ROUTE, NOW))
    assert (appeal[WHOLE], appeal["ours less dense search"], appeal["ours less keyword search"]) == ((ROUTE,), (), (ROUTE,))


def one_hot(table: WayTable, row: int) -> Vectors:
    likeness = np.zeros((len(table.likeness(np.zeros((1, 384), dtype=np.float32))), 1), dtype=np.float32)
    likeness[row] = 1
    return likeness


def test_a_way_that_is_left_out_leads_nowhere(table: WayTable, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first passage has itself at 0, sentences at 1 to 4 and asks at 5 to 7; the second has itself at 8, a sentence at 9, asks from 10 on."""
    monkeypatch.setattr(pools, "DENSE_CANDIDATES", 1)
    assert [table.nearest(one_hot(table, row), Parts()) for row in (0, 4, 7, 8, 9, 12)] == [[ROUTE]] * 3 + [[BEFORE]] * 3
    assert table.nearest(one_hot(table, 9), Parts(sentences=False)) != [BEFORE]
    assert table.nearest(one_hot(table, 12), Parts(asks=False)) != [BEFORE]
    assert table.nearest(one_hot(table, 12), Parts(sentences=False)) == [BEFORE]
    assert table.nearest(one_hot(table, 8), Parts(sentences=False, asks=False)) == [BEFORE]


def test_the_table_holds_every_vector_and_knows_the_passages_own(table: WayTable, index: OpenIndex, queries: list[Query]) -> None:
    manifest = index.manifest
    assert table.likeness(queries[3].vectors).shape == (manifest.passages + manifest.sentences + manifest.asks, 2)
    own = [record.vectors.passage @ queries[3].vectors.T for record in index.store.records(table.ids)]
    assert np.allclose(table.passages(queries[3].vectors), own, atol=1e-6)


def test_the_nearest_cosine_is_that_of_any_way_of_putting_the_question(queries: list[Query], index: OpenIndex) -> None:
    signals = search(queries[0], index, k=1)[0].signals
    assert nearest_cosine(signals) == max(signals.passage, signals.sentence, signals.ask)
    assert nearest_cosine(replace(signals, learned_ask=1.5)) == 1.5


@pytest.mark.parametrize(
    ("scores", "most", "ids"),
    [([0, 0, 0], 3, []), ([0, 2, 1], 3, [BEFORE, NOW]), ([1, 1, 2], 2, [NOW, ROUTE]), ([1, 1, 1], 9, [ROUTE, BEFORE, NOW]), ([1, 2, 3], 0, [])],
)
def test_keyword_scores_give_the_best_first_and_never_what_scores_nothing(scores: list[float], most: int, ids: list[str], index: OpenIndex) -> None:
    assert by_score(np.array(scores, dtype=np.float32), most, index) == ids
