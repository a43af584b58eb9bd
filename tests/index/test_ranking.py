"""The signals of a passage and the score made of them."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import index.ranking
from index.adapter import adapt
from index.embedding import SentenceEmbedder
from index.live import LiveIndex, OpenIndex
from index.ranking import SIGNAL_NAMES, Signals, nearness, read_signals, scores
from index.terms import terms
from index.versions import Versions

COUNT = len(SIGNAL_NAMES)
ASK = "How long can a reserved contract last now?"
SHARES = st.floats(0, 1)


@pytest.fixture(scope="module")
def opened(small_index: Versions) -> OpenIndex:
    return LiveIndex(small_index).current()


def read(question: str, opened: OpenIndex, embedder: SentenceEmbedder, keyword: float = 0.25) -> Signals:
    [record] = opened.store.records(["small-note.reserved-now"])
    vectors = embedder.encode([question])
    return read_signals(record, vectors, adapt(vectors, opened.adapter), [terms(question)], keyword, False, opened.keywords)


def test_values_stand_in_the_order_of_their_names() -> None:
    signals = Signals(**{name: float(number) for number, name in enumerate(SIGNAL_NAMES)})
    assert signals.values() == tuple(map(float, range(COUNT)))


def test_there_are_weights_for_each_signal_and_no_other() -> None:
    record = json.loads((Path(index.ranking.__file__).parent / "ranking.json").read_text(encoding="utf-8"))
    assert set(record["inner"]) == set(SIGNAL_NAMES)


@given(st.lists(st.builds(Signals, *[SHARES] * COUNT), max_size=5))
def test_a_score_is_a_chance(signals: list[Signals]) -> None:
    found = scores(signals)
    assert found.shape == (len(signals),)
    assert ((found > 0) & (found < 1)).all()


@given(st.lists(st.builds(Signals, *[SHARES] * COUNT), min_size=2, max_size=5))
def test_a_score_does_not_depend_on_what_it_is_scored_beside(signals: list[Signals]) -> None:
    assert scores(signals).tolist() == pytest.approx([scores([each])[0] for each in signals])


def test_a_passage_that_everything_speaks_for_beats_one_that_nothing_does() -> None:
    best, worst = scores([Signals(*[0.9] * COUNT), Signals(*[0.0] * COUNT)])
    assert best > 0.5 > worst


def test_nearness_is_the_best_cosine_of_each_row() -> None:
    rows = np.array([[1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32)
    assert nearness(rows, np.array([[1, 0]], dtype=np.float32)).tolist() == pytest.approx([1, 0, 0.6])
    assert nearness(rows, np.array([[1, 0], [0, 1]], dtype=np.float32)).tolist() == pytest.approx([1, 1, 0.8])
    assert nearness(rows[:0], rows).tolist() == []


def test_a_question_put_just_as_an_ask_is_matched_wholly_by_it(opened: OpenIndex, embedder: SentenceEmbedder) -> None:
    signals = read(ASK, opened, embedder)
    assert (signals.ask, signals.ask_overlap, signals.keyword) == (pytest.approx(1, abs=1e-5), pytest.approx(1), 0.25)


def test_a_question_in_a_sentences_own_words_is_covered_by_it(opened: OpenIndex, embedder: SentenceEmbedder) -> None:
    sentence = "A buyer must not reserve a contract for longer than five years under the New Act."
    signals = read(f"Reserved contracts now: {sentence}", opened, embedder)
    assert (signals.sentence, signals.coverage, signals.sentence_coverage) == (pytest.approx(1, abs=1e-5), pytest.approx(1), pytest.approx(1))


def test_words_the_passage_does_not_hold_cover_nothing(opened: OpenIndex, embedder: SentenceEmbedder) -> None:
    signals = read("lentil soup recipe", opened, embedder, 0.0)
    assert (signals.keyword, signals.coverage, signals.sentence_coverage, signals.ask_overlap) == (0, 0, 0, 0)


def test_a_question_of_no_terms_is_covered_by_nothing(opened: OpenIndex, embedder: SentenceEmbedder) -> None:
    signals = read("what is it", opened, embedder)
    assert (signals.coverage, signals.sentence_coverage, signals.ask_overlap) == (0, 0, 0)


def test_of_two_ways_of_putting_it_the_better_counts(opened: OpenIndex, embedder: SentenceEmbedder) -> None:
    [record] = opened.store.records(["small-note.reserved-now"])
    one, other = "lentil soup", ASK
    vectors = embedder.encode([one, other])
    both = read_signals(record, vectors, adapt(vectors, opened.adapter), [terms(one), terms(other)], 0.25, False, opened.keywords)
    assert both.values() == pytest.approx(tuple(map(max, read(one, opened, embedder).values(), read(other, opened, embedder).values())), abs=1e-5)
