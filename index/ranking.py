"""The signals by which a passage is judged for a question, and the learned weights that make one score of them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np

from index.embedding import Vectors
from index.keywords import KeywordIndex
from index.network import Network, Numbers
from index.store import PassageWords, Record


@dataclass(frozen=True)
class Signals:
    """What speaks for a passage. Cosines run from -1 to 1, all else from 0 to 1."""

    passage: float
    """Cosine of question and passage."""
    sentence: float
    """Cosine of question and the passage's nearest sentence."""
    ask: float
    """Cosine of question and the passage's nearest ask."""
    learned_passage: float
    learned_sentence: float
    learned_ask: float
    """The same three for the question as the learned map moves it (`index/adapter.py`)."""
    keyword: float
    """BM25 as a share of the most the question could score."""
    coverage: float
    """Share of the question's terms, by weight, that headings, text and place hold."""
    sentence_coverage: float
    """The same for the passage's best single sentence."""
    ask_overlap: float
    """Weighted F1 of the question's terms and those of the passage's most like ask."""
    place: float
    """1 where the passage stands at a place that the question names."""

    def values(self) -> tuple[float, ...]:
        """The signals in the order of `SIGNAL_NAMES`."""
        return tuple(getattr(self, name) for name in SIGNAL_NAMES)


SIGNAL_NAMES = tuple(field.name for field in fields(Signals))


@cache
def _network() -> Network:
    return Network.read(Path(__file__).parent / "ranking.json", SIGNAL_NAMES)


def scores(signals: Sequence[Signals]) -> Numbers:
    """The learned chance of each passage, 0 to 1, that it answers the question; shape `(len(signals),)`.

    Learned as an ordering of a question's candidates (listwise softmax: Cao et al., 2007, Learning to Rank), then brought to the scale of a chance
    (Platt, 1999); weights by `evals/train.py`.
    """
    return np.asarray(1 / (1 + np.exp(-_network().values([each.values() for each in signals]))))


def nearness(rows: Vectors, question: Vectors) -> Vectors:
    """The cosine of each row with the nearest way of putting the question; shape `(len(rows),)`."""
    return np.asarray((rows @ question.T).max(axis=1))


def read_signals(
    record: Record, question: Vectors, learned: Vectors, wordings: Sequence[Sequence[str]], keyword: float, named: bool, keywords: KeywordIndex
) -> Signals:
    """The signals of one passage for a question, by the way of putting it that suits the passage best.

    `question` and `learned` (the same, moved by the learned map) have one row, and `wordings` one sequence of terms, for each way of putting it;
    `keyword` is the passage's BM25 and `named` says whether the question names its place.
    """
    vectors, own = record.vectors, record.words
    by_wording = [_word_signals(own, wording, keywords) for wording in wordings]
    coverage, sentence_coverage, ask_overlap = map(max, zip(*by_wording, strict=True))
    return Signals(
        passage=float((question @ vectors.passage).max()),
        sentence=float((question @ vectors.sentences.T).max()),
        ask=float((question @ vectors.asks.T).max()) if len(vectors.asks) else 0.0,
        learned_passage=float((learned @ vectors.passage).max()),
        learned_sentence=float((learned @ vectors.sentences.T).max()),
        learned_ask=float((learned @ vectors.asks.T).max()) if len(vectors.asks) else 0.0,
        keyword=keyword,
        coverage=coverage,
        sentence_coverage=sentence_coverage,
        ask_overlap=ask_overlap,
        place=float(named),
    )


def _word_signals(own: PassageWords, words: Sequence[str], keywords: KeywordIndex) -> tuple[float, float, float]:
    """Coverage by the passage, by its best sentence, and the overlap with its most like ask."""
    weights = {word: keywords.weight(word) for word in words}
    total = sum(weights.values()) or 1.0
    known = frozenset(words)

    def share(held: frozenset[str]) -> float:
        return sum(weights[word] for word in known & held) / total

    overlaps = (_f1(share(ask), keywords.coverage(tuple(ask), known)) for ask in own.asks)
    return share(own.all), max(share(sentence | own.heading) for sentence in own.sentences), max(overlaps, default=0.0)


def _f1(one: float, other: float) -> float:
    """The harmonic mean of two shares (van Rijsbergen, Information Retrieval, 1979, chapter 7)."""
    return 2 * one * other / (one + other) if one and other else 0.0
