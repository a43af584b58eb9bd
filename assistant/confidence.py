"""The decision to answer: what the evidence looks like, and the learned chance that it answers the question."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.facts import read_facts
from assistant.understanding import Kind, holds, question_kind
from index.embedding import Vectors
from index.keywords import KeywordIndex
from index.logistic import Logistic
from index.ranking import nearness
from index.retrieval import Hit, Query
from index.terms import terms

TOP = 3
"""Passages whose evidence counts."""
MOST_LIKENESS = 2.0
"""What a question means, whatever was found for it, may not decide alone. Nothing on `dev` changed with this limit or none; a question of pay that the
library answers ("how much can a company pay out") is no longer held back for being like questions of somebody's salary."""


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
    """The most that the question shares, term by term, with an ask of the best three passages."""
    coverage: float
    """Share of the question's terms, by weight, that the best passage with its asks holds."""
    wide_coverage: float
    """The same for the best three passages together."""
    sentence_coverage: float
    """The most that one sentence of the best three passages holds, with its heading."""
    gap: float
    """Weight of the rarest of the question's terms that the best three passages lack, as a share of the most a term can weigh."""
    names: float
    """Share of the question's names that the best three passages lack."""
    numbers: float
    """Share of the question's numbers that the best three passages lack."""
    wrong_sort: float
    """1 where the question asks for an amount, a number or a date and the best three passages hold none near it."""
    place: float
    """1 where the question names a place and the best passage stands there."""
    length: float
    """Logarithm of the question's terms, 1 from twenty on: the longer a question, the less like any one passage it looks."""
    likeness: float
    """How much the question by its meaning is like those that the library answers, whatever was found for it (learned, with weight 1; 0 is neutral).

    People ask of any matter what a library like this never holds: a salary, an address, somebody's opinion.
    """

    def values(self) -> tuple[float, ...]:
        """The signals in the order of `EVIDENCE_NAMES`."""
        return tuple(getattr(self, name) for name in EVIDENCE_NAMES)


EVIDENCE_NAMES = tuple(field.name for field in fields(Evidence))


_FILE = Path(__file__).parent / "confidence.json"


@cache
def _model() -> Logistic:
    return Logistic.read(_FILE, EVIDENCE_NAMES)


@cache
def _likeness() -> NDArray[np.float32]:
    return np.asarray(json.loads((_FILE.parent / "likeness.json").read_text(encoding="utf-8")), dtype=np.float32)


@cache
def _threshold(name: str) -> float:
    return float(json.loads(_FILE.read_text(encoding="utf-8"))[name])


def read_evidence(query: Query, hits: Sequence[Hit], keywords: KeywordIndex) -> Evidence:
    """The evidence that the best hits give; hits come best first."""
    if not hits or not query.words:
        return Evidence(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0)
    top = hits[:TOP]
    words = [_words(hit) for hit in top]
    together = frozenset().union(*words)
    facts = read_facts(query.question[:1].lower() + query.question[1:])
    gaps = [max((keywords.weight(word) for word in wording if word not in together), default=0.0) for wording in query.wordings]
    return Evidence(
        best=hits[0].score,
        passage=max(hit.signals.passage for hit in top),
        sentence=max(hit.signals.sentence for hit in top),
        ask=max(hit.signals.ask for hit in top),
        ask_overlap=max(hit.signals.ask_overlap for hit in top),
        coverage=keywords.best_coverage(query.wordings, words[0]),
        wide_coverage=keywords.best_coverage(query.wordings, together),
        sentence_coverage=max(hit.signals.sentence_coverage for hit in top),
        gap=min(gaps) / keywords.heaviest,
        names=_lacking(facts.names, together),
        numbers=_lacking(facts.numbers, together),
        wrong_sort=float(not _right_sort(query, top)),
        place=float(hits[0].at_place),
        length=min(log(1 + len(query.words)) / log(21), 1.0),
        likeness=likeness(query.vectors[0]),
    )


def likeness(vector: Vectors) -> float:
    """The `likeness` of a question's vector: its product with the learned weights, which are centred, within `MOST_LIKENESS` of 0; 0 for a model of
    another dimension."""
    weights = _likeness()
    if len(vector) != len(weights) - 1:
        return 0.0
    return max(-MOST_LIKENESS, min(MOST_LIKENESS, float(vector @ weights[:-1] + weights[-1])))


def _lacking(facts: frozenset[str], words: frozenset[str]) -> float:
    """Share of the facts' terms that are not among the words; 0 where there are no facts."""
    wanted = {term for fact in facts for term in terms(fact)}
    return sum(term not in words for term in wanted) / len(wanted) if wanted else 0.0


def _right_sort(query: Query, hits: Sequence[Hit]) -> bool:
    """Whether one of the sentences nearest to the question holds the sort of fact it asks for."""
    kind = question_kind(query.question)
    if kind not in (Kind.MONEY, Kind.NUMBER, Kind.DATE):
        return True
    for hit in hits:
        cosines = nearness(hit.record.vectors.sentences, query.vectors)
        for number in np.argsort(-cosines)[:3]:
            if holds(kind, hit.passage.quote(int(number))):
                return True
    return False


def confidence(evidence: Evidence) -> float:
    """The learned chance, 0 to 1, that the evidence answers the question (logistic; weights by `evals/train.py`)."""
    return _model().chance(evidence.values())


def enough(chance: float) -> bool:
    """Whether to answer at this confidence; the threshold was chosen on the `dev` split."""
    return chance >= _threshold("answer_from")


def in_scope(evidence: Evidence) -> bool:
    """Whether the question is about public service mutuals at all, answered or not."""
    return max(evidence.sentence, evidence.passage, evidence.ask) >= _threshold("in_scope_from")


def _words(hit: Hit) -> frozenset[str]:
    return hit.record.words.all.union(*hit.record.words.asks)
