"""Baselines: what plainer retrieval finds in the same passages with the same embedding model, and what ours finds less each of its parts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.settings import Settings
from evals.ablation import TRAINING, ablated, fuse
from evals.chunks import Chunk, find_chunks, place_of
from evals.metrics import DEPTH, METRICS, Case, Found, gains, judged
from evals.pools import WayTable, by_score, read_queries
from evals.questions import Question
from index.embedding import SentenceEmbedder
from index.live import LiveIndex, OpenIndex
from index.passages import Passage
from index.retrieval import Query, search
from index.versions import Versions

RANKED = ("hit@1", "hit@5", "MRR@10", "nDCG@10")
"""Those of `METRICS` that look at nothing but what was found."""
FACTS = "fact in first 5"
FIRST = 5


@dataclass(frozen=True)
class Baseline:
    """One way of retrieving: for each metric its value for each question that retrieval is judged on, in order."""

    name: str
    values: dict[str, list[float]]


def measure_baselines(settings: Settings, questions: Sequence[Question], training: Path = TRAINING) -> list[Baseline]:
    """Measure every baseline over the live index, on the questions that retrieval is judged on; none where there are none. Sectors are not told.

    Raises NoIndexError while no index is live. `training` holds the questions that rankers are learned from.
    """
    asked = [question for question in questions if judged(question)]
    if not asked:
        return []
    embedder = SentenceEmbedder(settings.embedding_model)
    index = LiveIndex(Versions(settings.index_dir)).current()
    texts = [question.question for question in asked]
    queries = read_queries(texts, index, embedder)
    table = WayTable(index)
    passages = list(index.store.all_passages())
    found: dict[str, Sequence[Sequence[Passage]]] = {
        "BM25 alone": [index.store.passages(_by_keyword(query, index)[:DEPTH]) for query in queries],
        "dense + BM25, reciprocal rank fusion": [index.store.passages(_fused(query, index, table)) for query in queries],
        "ours": [[hit.passage for hit in search(query, index, DEPTH)] for query in queries],
        **ablated(queries, index, embedder, table, training),
    }
    chunks = {name: [[_chunk(passage) for passage in each] for each in lists] for name, lists in found.items()}
    chunks["dense alone, llama-index defaults"] = find_chunks(passages, texts, embedder)
    order = dict.fromkeys(["BM25 alone", "dense alone, llama-index defaults", *chunks])
    return [judge(name, asked, chunks[name]) for name in order]


def judge(name: str, questions: Sequence[Question], found: Sequence[Sequence[Chunk]]) -> Baseline:
    """The metrics of what was found, best first, for each question."""
    cases = [
        Case.model_construct(question=question, found=tuple(_place(question, chunk) for chunk in chunks))  # what was answered is not looked at
        for question, chunks in zip(questions, found, strict=True)
    ]
    values = {metric: [METRICS[metric](case) or 0.0 for case in cases] for metric in RANKED}
    return Baseline(name, {**values, FACTS: [facts_within(question, chunks[:FIRST]) for question, chunks in zip(questions, found, strict=True)]})


def facts_within(question: Question, chunks: Sequence[Chunk]) -> float:
    """1 where the joined text holds every fact wanted, else 0: the most that an extractive answer from it could reach. Longer chunks hold more."""
    text = " ".join(" ".join(chunk.text for chunk in chunks).split())
    return float(all(re.search(pattern, text, re.IGNORECASE) for pattern in question.facts))


def _place(question: Question, chunk: Chunk) -> Found:
    """The place that a chunk counts as: a gold place where it holds one, else its first."""
    return next((place for place in chunk.places if any(gains(question, [place]))), chunk.places[0])


def _chunk(passage: Passage) -> Chunk:
    return Chunk(passage.text, (place_of(passage),))


def _by_keyword(query: Query, index: OpenIndex) -> list[str]:
    """All passages that share a word with the question, by BM25 of its own words alone."""
    return by_score(index.keywords.scores(query.words), len(index.store), index)


def _fused(query: Query, index: OpenIndex, table: WayTable) -> list[str]:
    """The ten best by reciprocal rank fusion of BM25 and the cosine of question and passage."""
    cosines = table.passages(query.vectors[:1])[:, 0]
    by_meaning = [table.ids[number] for number in np.argsort(-cosines, kind="stable")]
    return fuse([_by_keyword(query, index), by_meaning])[:DEPTH]
