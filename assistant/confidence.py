"""The decision to answer: what the evidence looks like, and the learned chance that it answers the question."""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from math import exp
from pathlib import Path

from assistant.facts import read_facts
from index.keywords import KeywordIndex
from index.retrieval import Hit, Query
from index.terms import terms


@dataclass(frozen=True)
class Evidence:
    """Signals of whether the best passages answer the question at all. Each runs from 0 to 1, cosines from -1."""

    best: float
    """The best passage's chance of answering, by the ranker."""
    passage: float
    """Cosine of the question and the nearest of the best three passages."""
    sentence: float
    """The same for their nearest sentence."""
    ask: float
    """The same for their nearest ask."""
    ask_overlap: float
    """The most that the question shares, term by term, with an ask of the best passage."""
    coverage: float
    """Share of the question's terms, by weight, that the best passage with its asks holds."""
    wide_coverage: float
    """The same for the best three passages together."""
    specifics: float
    """Share of the question's names and numbers that the best three passages hold; 1 where it has none."""
    unknown: float
    """Share of the question's terms, by weight, that no passage of the library uses."""
    length: float
    """Terms in the question, as a share of ten."""


EVIDENCE_NAMES = tuple(field.name for field in fields(Evidence))


@dataclass(frozen=True)
class _Model:
    bias: float
    weights: tuple[float, ...]
    answer_from: float
    in_scope_from: float


@cache
def _model() -> _Model:
    record = json.loads((Path(__file__).parent / "confidence.json").read_text(encoding="utf-8"))
    weights = tuple(float(record["weights"][name]) for name in EVIDENCE_NAMES)
    return _Model(float(record["bias"]), weights, float(record["answer_from"]), float(record["in_scope_from"]))


def read_evidence(query: Query, hits: Sequence[Hit], keywords: KeywordIndex) -> Evidence:
    """The evidence that the best hits give; hits come best first."""
    if not hits or not query.words:
        return Evidence(0, 0, 0, 0, 0, 0, 0, 0, 1, 0)
    top = hits[:3]
    words = [_words(hit) for hit in top]
    together = frozenset().union(*words)
    facts = read_facts(query.question[:1].lower() + query.question[1:])
    specifics = {term for name in (*facts.names, *facts.numbers) for term in terms(name)}
    held = sum(term in together for term in specifics)
    return Evidence(
        best=hits[0].score,
        passage=max(hit.signals.passage for hit in top),
        sentence=max(hit.signals.sentence for hit in top),
        ask=max(hit.signals.ask for hit in top),
        ask_overlap=hits[0].signals.ask_overlap,
        coverage=keywords.coverage(query.words, words[0]),
        wide_coverage=keywords.coverage(query.words, together),
        specifics=held / len(specifics) if specifics else 1.0,
        unknown=keywords.coverage(query.words, frozenset(word for word in query.words if not keywords.known(word))),
        length=min(len(query.words), 10) / 10,
    )


def confidence(evidence: Evidence) -> float:
    """The learned chance, 0 to 1, that the evidence answers the question (logistic; weights by `evals/train.py`)."""
    model = _model()
    total = model.bias + sum(weight * value for weight, value in zip(model.weights, astuple(evidence), strict=True))
    return 1 / (1 + exp(-total))


def enough(chance: float) -> bool:
    """Whether to answer at this confidence; the threshold was chosen on the `dev` split."""
    return chance >= _model().answer_from


def in_scope(evidence: Evidence) -> bool:
    """Whether the question is about public service mutuals at all, answered or not."""
    return max(evidence.sentence, evidence.passage, evidence.ask) >= _model().in_scope_from


def _words(hit: Hit) -> frozenset[str]:
    passage = hit.passage
    return frozenset(terms(" ".join((*passage.heading_path, passage.locator, passage.text, *passage.asks))))
