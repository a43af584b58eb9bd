"""Metrics, each a small evaluator: a question, its answer and the passages found in, a number (or nothing) out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers import Answer, Outcome
from evals.places import fits
from evals.questions import Question


@dataclass(frozen=True)
class Case:
    """One question with what the product made of it. `found` are (source id, locators) of the passages retrieved, best first."""

    question: Question
    answer: Answer
    found: Sequence[tuple[str, Sequence[str]]]
    gate_failures: int


def hit_at(case: Case, k: int) -> float | None:
    """Success at k: 1 where a gold place is among the first `k` passages (Manning et al., 2008, chapter 8)."""
    if not case.question.answerable:
        return None
    return float(any(_gold(case.question, source, locators) for source, locators in case.found[:k]))


def fact_recall(case: Case) -> float | None:
    """Share of the required facts whose pattern the answer's sentences match; 0 where nothing was answered."""
    if not case.question.answerable:
        return None
    text = " ".join(sentence.text for sentence in case.answer.sentences)
    found = [bool(re.search(pattern, text, re.IGNORECASE)) for pattern in case.question.facts]
    return sum(found) / len(found)


def citation_present(case: Case) -> float | None:
    """Citation recall: 1 where a gold place is cited (Liu, Zhang and Liang, 2023, Evaluating Verifiability)."""
    if not case.question.answerable:
        return None
    return float(any(_gold(case.question, c.source_id, [c.locator]) for c in case.answer.citations))


def citation_correct(case: Case) -> float | None:
    """Citation precision: share of sentences whose every cited quote holds the sentence to the letter."""
    sentences = case.answer.sentences
    if not sentences:
        return None
    quotes = {citation.number: citation.quote for citation in case.answer.citations}
    held = [bool(s.citations) and all(s.text in quotes.get(number, "") for number in s.citations) for s in sentences]
    return sum(held) / len(held)


def abstained_rightly(case: Case) -> float | None:
    """Over the questions that cannot be answered: 1 where nothing was answered and nothing cited."""
    if case.question.answerable:
        return None
    return float(not _answered(case) and not case.answer.citations)


def refused_wrongly(case: Case) -> float | None:
    """Over the questions that can be answered: 1 where nothing was."""
    return float(not _answered(case)) if case.question.answerable else None


def gate_passed(case: Case) -> float | None:
    """1 where every sentence of the answer, re-read from its span in the live index, passes the gate."""
    return float(case.gate_failures == 0) if case.answer.sentences else None


def answer_words(case: Case) -> float | None:
    """Words in the answer."""
    return float(sum(len(sentence.text.split()) for sentence in case.answer.sentences)) if case.answer.sentences else None


def _answered(case: Case) -> bool:
    return case.answer.outcome in (Outcome.ANSWERED, Outcome.PARTIAL)


def _gold(question: Question, source_id: str, locators: Sequence[str]) -> bool:
    return any(fits(source_id, locator, gold) for locator in locators for gold in question.gold)
