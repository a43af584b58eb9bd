"""Hybrid retrieval: keyword and dense candidates, judged on the same signals, with exact look-up of named places."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.locators import references, spoken, without_sub_points
from index.adapter import adapt
from index.embedding import Embedder, Vectors
from index.live import OpenIndex
from index.passages import Passage
from index.ranking import Signals, read_signals, scores
from index.store import Record
from index.terms import terms

KEYWORD_CANDIDATES = 30
DENSE_CANDIDATES = 40
"""Vectors asked of the store; several lead to one passage. Both chosen on `dev`: more did not raise hit@5. They are the same for any `k`, so that
asking for more only lengthens a list."""
BESIDE_PLACE = 2
"""A question that names a place and at most so many other terms ("what does recommendation 9 say") wants what stands there, before anything else.
One that says more is about a matter: to put the place first then cost 3 in 100 first hits on `dev`."""
AT_PLACE = 0.99
"""The least chance of a passage at the place that a question wants."""


@dataclass(frozen=True)
class Query:
    """A question made ready for searching, as it was put and, where the glossary knows its words, as the guidance would put it.

    `vectors` has one row for each way of putting it, `learned` the same rows moved by the index's learned map, `wordings` the terms of each.
    """

    question: str
    vectors: Vectors
    learned: Vectors
    wordings: tuple[tuple[str, ...], ...]
    places: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The terms of the question as it was put."""
        return self.wordings[0]

    @property
    def added(self) -> tuple[str, ...]:
        """The terms that only the guidance's way of putting it has."""
        return tuple(word for wording in self.wordings[1:] for word in wording if word not in self.words)

    @property
    def wants_place(self) -> bool:
        """Whether the question asks for a place and next to nothing else."""
        named = {term for place in self.places for term in terms(f"{place} {spoken(place)}")}
        return bool(self.places) and len(set(self.words) - named) <= BESIDE_PLACE


@dataclass(frozen=True)
class Filters:
    """What may be found: sources (None: all) and a sector the passage must speak for (None: any)."""

    source_ids: frozenset[str] | None = None
    sector: str | None = None


ANY = Filters()


@dataclass(frozen=True)
class Hit:
    """A passage found, with its chance of answering and the signals of that; the chance is at least `AT_PLACE` where the question wants its place."""

    record: Record
    score: float
    signals: Signals

    @property
    def passage(self) -> Passage:
        return self.record.passage

    @property
    def at_place(self) -> bool:
        """Whether the passage stands at a place that the question names."""
        return self.signals.place == 1.0


def read_query(question: str, index: OpenIndex, embedder: Embedder) -> Query:
    """Expand a question by the glossary, embed it and read the places it names."""
    return read_queries([question], index, embedder)[0]


def read_queries(questions: Sequence[str], index: OpenIndex, embedder: Embedder) -> list[Query]:
    """The same for several questions, embedded in one call."""
    expansions = [index.expander.expand(question) for question in questions]
    texts = [[question, expanded.text] if expanded.added else [question] for question, expanded in zip(questions, expansions, strict=True)]
    rows = embedder.encode([text for each in texts for text in each])
    queries, row = [], 0
    for question, expanded, each in zip(questions, expansions, texts, strict=True):
        vectors = rows[row : row + len(each)]
        row += len(each)
        wordings = [question, expanded.translated] if expanded.added else [question]
        queries.append(
            Query(
                question=question,
                vectors=vectors,
                learned=adapt(vectors, index.adapter),
                wordings=tuple(tuple(dict.fromkeys(terms(wording))) for wording in wordings),
                places=tuple(dict.fromkeys(references(question))),
            )
        )
    return queries


def search(query: Query, index: OpenIndex, k: int = 8, filters: Filters = ANY) -> list[Hit]:
    """The `k` best passages for the query, best first."""
    keyword_scores = index.keywords.scores(query.words, query.added)
    named = _at_places(query.places, index)
    by_keyword = _by_keyword(keyword_scores, index, filters, KEYWORD_CANDIDATES)
    by_vector = _by_vector(np.concatenate([query.vectors, query.learned]), index, filters, DENSE_CANDIDATES)
    candidates = dict.fromkeys([*named, *by_keyword, *by_vector])
    hits = [hit for hit in _judged(query, index, list(candidates), keyword_scores, named) if _passes(hit.passage, filters)]
    hits.sort(key=lambda hit: (-hit.score, hit.passage.id))
    return hits[:k]


def look_up(query: Query, index: OpenIndex, passage_ids: Sequence[str]) -> list[Hit]:
    """The passages of these ids, judged for the query as a search would, in the order asked for."""
    return _judged(query, index, passage_ids, index.keywords.scores(query.words, query.added), frozenset(_at_places(query.places, index)))


def _judged(query: Query, index: OpenIndex, passage_ids: Sequence[str], keyword_scores: NDArray[np.float32], named: Container[str]) -> list[Hit]:
    records = index.store.records(passage_ids)
    signals = []
    for record in records:
        number = index.store.number(record.passage.id)
        assert number is not None
        keyword, at_place = float(keyword_scores[number]), record.passage.id in named
        signals.append(read_signals(record, query.vectors, query.learned, query.wordings, keyword, at_place, index.keywords))
    chances = scores(signals).tolist()
    if query.wants_place:
        chances = [lifted(chance) if each.place else chance for each, chance in zip(signals, chances, strict=True)]
    return [Hit(record, chance, each) for record, chance, each in zip(records, chances, signals, strict=True)]


def lifted(chance: float) -> float:
    """The chance of a passage at the place that a question wants: before any that is not there, and in the same order as without."""
    return AT_PLACE + (1 - AT_PLACE) * chance


def missing_places(query: Query, index: OpenIndex) -> list[str]:
    """The places the question names that the library does not hold, in canonical form."""
    return [place for place in query.places if not index.store.at_place(without_sub_points(place))]


def _at_places(places: Iterable[str], index: OpenIndex) -> set[str]:
    found: set[str] = set()
    for place in places:
        found.update(index.store.at_place(place) or index.store.at_place(without_sub_points(place)))
    return found


def _by_keyword(scores: np.ndarray, index: OpenIndex, filters: Filters, most: int) -> list[str]:
    if filters != ANY:
        mask = np.zeros_like(scores)
        mask[index.store.numbers(filters.source_ids, filters.sector)] = 1
        scores = scores * mask
    count = min(most, len(scores))
    best = np.argpartition(-scores, count - 1)[:count]
    best = best[np.argsort(-scores[best], kind="stable")]
    return index.store.ids(number for number in best if scores[number] > 0)


def _by_vector(vectors: Vectors, index: OpenIndex, filters: Filters, most: int) -> list[str]:
    source_ids = None if filters.source_ids is None else sorted(filters.source_ids)
    if source_ids == []:
        return []
    return index.ways.nearest(vectors, most, source_ids, filters.sector)


def _passes(passage: Passage, filters: Filters) -> bool:
    if filters.source_ids is not None and passage.source_id not in filters.source_ids:
        return False
    return filters.sector is None or "all" in passage.sectors or filters.sector in passage.sectors
