"""Candidates for a question with any part of retrieval left out, judged once on all signals, so that each part's worth can be measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.locators import without_sub_points
from index.embedding import Embedder, Vectors
from index.live import OpenIndex
from index.ranking import Signals
from index.retrieval import DENSE_CANDIDATES, KEYWORD_CANDIDATES, Hit, Query, look_up, read_query


@dataclass(frozen=True)
class Parts:
    """Which parts of retrieval are in use."""

    asks: bool = True
    """Asks as further ways in: their vectors, and the signals that compare a question with them. The learned map, learned from asks, stays."""
    learned: bool = True
    """The learned map: the moved question, in the search for candidates and in the signals."""
    glossary: bool = True
    """The question told in the guidance's terms as well."""
    keywords: bool = True
    """Candidates by BM25, and every signal that counts words."""
    dense: bool = True
    """Candidates by vector, and every signal that is a cosine."""
    places: bool = True
    """Passages at a place that the question names: as candidates, and the signal that they are."""
    sentences: bool = True
    """The vectors of single sentences."""
    ranker: bool = True
    """The learned ranker; without it candidates are ranked by reciprocal rank fusion."""

    def dropped(self) -> frozenset[str]:
        """The signals that go with the parts left out."""
        return frozenset(name for part, names in _SIGNALS.items() if not getattr(self, part) for name in names)


_SIGNALS = {
    "asks": ("ask", "learned_ask", "ask_overlap"),
    "learned": ("learned_passage", "learned_sentence", "learned_ask"),
    "keywords": ("keyword", "coverage", "sentence_coverage", "ask_overlap"),
    "dense": ("passage", "sentence", "ask", "learned_passage", "learned_sentence", "learned_ask"),
    "places": ("place",),
    "sentences": ("sentence", "learned_sentence"),
}
_PASSAGE, _SENTENCE, _ASK = range(3)


class WayTable:
    """Every vector that leads to a passage, in one table. Searched exactly, where the product asks Chroma, whose graph search may miss a few."""

    def __init__(self, index: OpenIndex):
        self.ids = [passage.id for passage in index.store.all_passages()]
        records = [record.vectors for record in index.store.records(self.ids)]
        self._rows = np.concatenate([np.vstack([each.passage, each.sentences, each.asks]) for each in records])
        self._owner = np.repeat(np.arange(len(records)), [1 + len(each.sentences) + len(each.asks) for each in records])
        kinds = [[_PASSAGE] + [_SENTENCE] * len(each.sentences) + [_ASK] * len(each.asks) for each in records]
        self._kind = np.array([kind for group in kinds for kind in group], dtype=np.int8)

    def likeness(self, rows: Vectors) -> Vectors:
        """The cosine of every vector with each of `rows`; shape `(vectors, len(rows))`."""
        return np.asarray(self._rows @ rows.T)

    def passages(self, rows: Vectors) -> Vectors:
        """The cosine of every passage, taken whole, with each of `rows`; shape `(passages, len(rows))`."""
        return np.asarray(self._rows[self._kind == _PASSAGE] @ rows.T)

    def nearest(self, likeness: Vectors, parts: Parts) -> list[str]:
        """Ids of the passages that the nearest vectors to each column's question lead to, as the product takes them."""
        open_ways = np.flatnonzero((self._kind == _PASSAGE) | ((self._kind == _SENTENCE) & parts.sentences) | ((self._kind == _ASK) & parts.asks))
        most = min(DENSE_CANDIDATES, len(open_ways))
        best = np.argpartition(-likeness[open_ways], most - 1, axis=0)[:most]
        return [self.ids[number] for number in np.unique(self._owner[open_ways[best]])]


@dataclass(frozen=True)
class Pool:
    """One question's candidates under each variant, by passage id, and every one of them judged with and without the glossary."""

    query: Query
    candidates: Mapping[str, tuple[str, ...]]
    judged: Mapping[str, Hit]
    judged_plainly: Mapping[str, Hit]

    def hits(self, variant: str, parts: Parts) -> tuple[Hit, ...]:
        """The candidates of a variant; what its parts do not tell is 0."""
        nothing = dict.fromkeys(parts.dropped(), 0.0)
        judged = self.judged if parts.glossary else self.judged_plainly
        found = (judged[identifier] for identifier in self.candidates[variant])
        return tuple(replace(hit, signals=replace(hit.signals, **nothing)) for hit in found)


def nearest_cosine(signals: Signals) -> float:
    """The nearest that any way of putting the question comes to any way into the passage."""
    return max(float(getattr(signals, name)) for name in _SIGNALS["dense"])


def read_queries(questions: Sequence[str], index: OpenIndex, embedder: Embedder) -> list[Query]:
    """The questions made ready for searching, embedded together, which is several times faster than one by one."""
    texts = list(dict.fromkeys([*questions, *(index.expander.expand(question).text for question in questions)]))
    ready = _Ready(embedder.name, dict(zip(texts, embedder.encode(texts), strict=True)))
    return [read_query(question, index, ready) for question in questions]


@dataclass
class _Ready:
    """An embedder that knows its texts beforehand."""

    name: str
    known: dict[str, Vectors]

    def encode(self, texts: Sequence[str], progress: object = None) -> Vectors:
        return np.stack([self.known[text] for text in texts])


def read_pool(query: Query, index: OpenIndex, table: WayTable, variants: Mapping[str, Parts]) -> Pool:
    """Find the candidates of every variant, and judge them."""
    plain = replace(query, vectors=query.vectors[:1], learned=query.learned[:1], wordings=query.wordings[:1])
    ways = len(query.vectors)
    likeness = table.likeness(np.concatenate([query.vectors, query.learned]))
    by_word = {True: _by_keyword(query, index), False: _by_keyword(plain, index)}
    named = {i for place in query.places for i in index.store.at_place(place) or index.store.at_place(without_sub_points(place))}
    candidates = {}
    for name, parts in variants.items():
        columns = [column for column in range(2 * ways) if (parts.glossary or column % ways == 0) and (parts.learned or column < ways)]
        found = set(named) if parts.places else set()
        found.update(by_word[parts.glossary] if parts.keywords else [], table.nearest(likeness[:, columns], parts) if parts.dense else [])
        candidates[name] = tuple(sorted(found))
    judged = _judged(query, index, candidates, [name for name, parts in variants.items() if parts.glossary])
    plainly = _judged(plain, index, candidates, [name for name, parts in variants.items() if not parts.glossary])
    return Pool(query, candidates, judged, plainly)


def by_score(scores: NDArray[np.float32], most: int, index: OpenIndex) -> list[str]:
    """Ids of the passages that score best by keywords, best first; those that score nothing are left out."""
    best = np.argsort(-scores, kind="stable")[:most]
    return index.store.ids(number for number in best if scores[number] > 0)


def _by_keyword(query: Query, index: OpenIndex) -> list[str]:
    return by_score(index.keywords.scores(query.words, query.added), KEYWORD_CANDIDATES, index)


def _judged(query: Query, index: OpenIndex, candidates: Mapping[str, tuple[str, ...]], names: Sequence[str]) -> dict[str, Hit]:
    wanted = sorted({identifier for name in names for identifier in candidates[name]})
    return {hit.passage.id: hit for hit in look_up(query, index, wanted)}
