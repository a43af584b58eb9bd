"""What each part of retrieval is worth: retrieval less that part, with the ranker learned anew without it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from rich.progress import track

from evals.metrics import DEPTH
from evals.pools import Parts, Pool, WayTable, nearest_cosine, read_pool, read_queries
from evals.train import Case, ranked, train_ranker
from index.embedding import Embedder
from index.live import OpenIndex
from index.passages import Passage
from index.retrieval import Hit, Query

TRAINING = Path(__file__).resolve().parent / "training"
WHOLE = "ours, ranker learned the same way"
VARIANTS = {
    WHOLE: Parts(),
    "ours less asks as further ways in": Parts(asks=False),
    "ours less the learned map": Parts(learned=False),
    "ours less the glossary": Parts(glossary=False),
    "ours less keyword search": Parts(keywords=False),
    "ours less dense search": Parts(dense=False),
    "ours less exact places": Parts(places=False),
    "ours less sentence vectors": Parts(sentences=False),
    "ours less the learned ranker": Parts(ranker=False),
}
"""By the name reported. `WHOLE` has every part: it is what the others are to be compared with."""

RRF_K = 60
Item = TypeVar("Item")


def fuse(rankings: Sequence[Sequence[Item]]) -> list[Item]:
    """Reciprocal rank fusion: the sum over rankings of 1 / (k + rank), k = 60 (Cormack, Clarke and Büttcher, 2009, section 2), best first."""
    scores: dict[Item, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1 / (RRF_K + rank)
    return sorted(scores, key=lambda item: -scores[item])


@dataclass(frozen=True)
class Lesson:
    """A training question and the passage it was written for."""

    question: str
    passage: str


def load_lessons(folder: Path, index: OpenIndex) -> list[Lesson]:
    """The training questions whose passage is in the index. `dev` questions are not among them, so that these may be measured on; questions that
    nothing answers teach a ranker nothing."""
    records = [json.loads(line) for path in sorted(folder.glob("?.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Lesson(record["question"], record["passage"]) for record in records if index.store.number(record["passage"]) is not None]


def ablated(queries: Sequence[Query], index: OpenIndex, embedder: Embedder, table: WayTable, training: Path = TRAINING) -> dict[str, list[list[Passage]]]:
    """By the names of `VARIANTS`: for each query the ten best passages. Empty where the library has none of the passages to learn from."""
    lessons = load_lessons(training, index)
    if not lessons:
        return {}
    taught = read_queries([lesson.question for lesson in lessons], index, embedder)
    pools = [read_pool(query, index, table, VARIANTS) for query in track(taught, description="Reading training questions", transient=True)]
    asked = [read_pool(query, index, table, VARIANTS) for query in track(queries, description="Reading questions", transient=True)]
    return {name: _best(name, parts, list(zip(lessons, pools, strict=True)), asked) for name, parts in VARIANTS.items()}


def _best(name: str, parts: Parts, taught: Sequence[tuple[Lesson, Pool]], asked: Sequence[Pool]) -> list[list[Passage]]:
    cases = [Case(pool.query, pool.hits(name, parts), frozenset(), True) for pool in asked]
    if parts.ranker:
        model = train_ranker([_case(lesson, pool, pool.hits(name, parts)) for lesson, pool in taught])
        orders = [ranked(case, model).hits for case in cases]
    else:
        orders = [fused(case.hits) for case in cases]
    return [[hit.passage for hit in hits[:DEPTH]] for hits in orders]


def _case(lesson: Lesson, pool: Pool, hits: tuple[Hit, ...]) -> Case:
    """As training keeps it: the passage is right where it is among the candidates."""
    return Case(pool.query, hits, frozenset(hit.passage.id for hit in hits if hit.passage.id == lesson.passage), True)


def fused(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits by fusion of two rankings, BM25 and nearest cosine."""
    by_id: Mapping[str, Hit] = {hit.passage.id: hit for hit in hits}
    by_word = sorted((i for i, hit in by_id.items() if hit.signals.keyword > 0), key=lambda i: -by_id[i].signals.keyword)
    by_meaning = sorted(by_id, key=lambda i: -nearest_cosine(by_id[i].signals))
    return tuple(by_id[i] for i in fuse([by_word, by_meaning]))
