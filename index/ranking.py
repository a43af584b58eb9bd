"""The signals by which a passage is judged for a question, and the learned weights that make one score of them."""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from math import exp
from pathlib import Path

import numpy as np

from index.embedding import Vectors
from index.keywords import KeywordIndex
from index.passages import Passage
from index.store import PassageVectors
from index.terms import terms


@dataclass(frozen=True)
class Signals:
    """What speaks for a passage. Cosines run from -1 to 1, all else from 0 to 1."""

    passage: float
    """Cosine of question and passage."""
    sentence: float
    """Cosine of question and the passage's nearest sentence."""
    ask: float
    """Cosine of question and the passage's nearest ask."""
    keyword: float
    """BM25 as a share of the most the question could score."""
    coverage: float
    """Share of the question's terms, by weight, that headings, text and place hold."""
    sentence_coverage: float
    """The same for the passage's best single sentence."""
    ask_overlap: float
    """Weighted F1 of the question's terms and those of the passage's most like ask."""


SIGNAL_NAMES = tuple(field.name for field in fields(Signals))


@cache
def _weights() -> tuple[float, tuple[float, ...]]:
    record = json.loads((Path(__file__).parent / "ranking.json").read_text(encoding="utf-8"))
    return float(record["bias"]), tuple(float(record["weights"][name]) for name in SIGNAL_NAMES)


def score(signals: Signals) -> float:
    """The learned chance, 0 to 1, that the passage answers the question (logistic; weights by `evals/train.py`)."""
    bias, weights = _weights()
    total = bias + sum(weight * value for weight, value in zip(weights, astuple(signals), strict=True))
    return 1 / (1 + exp(-total))


def read_signals(
    passage: Passage, vectors: PassageVectors, question: Vectors, words: Sequence[str], keyword: float, keywords: KeywordIndex, without_ask: int | None = None
) -> Signals:
    """The signals of one passage. `without_ask` leaves one ask out, for learning from the asks themselves."""
    heading = frozenset(terms(f"{passage.heading_path[-1]} {passage.locator}"))
    by_sentence = [frozenset(terms(passage.quote(number))) for number in range(len(passage.sentences))]
    everything = heading.union(*by_sentence) | frozenset(terms(passage.heading_path[0]))
    asks = [number for number in range(len(passage.asks)) if number != without_ask]
    return Signals(
        passage=float(vectors.passage @ question),
        sentence=float(np.max(vectors.sentences @ question)),
        ask=max((float(vectors.asks[number] @ question) for number in asks), default=0.0),
        keyword=keyword,
        coverage=keywords.coverage(words, everything),
        sentence_coverage=max(keywords.coverage(words, sentence | heading) for sentence in by_sentence),
        ask_overlap=max((_overlap(words, terms(passage.asks[number]), keywords) for number in asks), default=0.0),
    )


def _overlap(words: Sequence[str], ask: Sequence[str], keywords: KeywordIndex) -> float:
    """F1 of two sets of terms, each term counted by its weight (van Rijsbergen, Information Retrieval, 1979, chapter 7)."""
    shared = keywords.coverage(words, frozenset(ask))
    back = keywords.coverage(ask, frozenset(words))
    return 2 * shared * back / (shared + back) if shared and back else 0.0
