"""Metrics, each a small evaluator: one case in, a number between 0 and 1 out, or nothing where the metric does not apply.

A case holds the question, what the product answered and the places of the passages it found. Nothing here needs a model, an index or the product.
"""

import math
import re
from collections.abc import Callable, Sequence

from pydantic import BaseModel

from assistant.answers import Answer, Citation, Outcome
from evals.places import fits
from evals.questions import Question, Wanted

DEPTH = 10
"""How many passages retrieval is judged on."""


class Found(BaseModel):
    """A passage found: its id, its source, and every locator in it."""

    passage_id: str
    source_id: str
    locators: tuple[str, ...]


class Case(BaseModel):
    """One question with what the product made of it. `found` come best first; `gate_failures` counts sentences that fail when re-read."""

    question: Question
    answer: Answer
    found: tuple[Found, ...]
    gate_failures: int


def judged(question: Question) -> bool:
    """Whether retrieval is judged on a question: it can be answered, and is not asked for another day (retrieval is asked without a day)."""
    return question.answerable and question.as_of is None


def gains(wanted: Wanted, found: Sequence[Found]) -> list[int]:
    """1 for each passage found that stands at a gold place, 0 for the others, in order."""
    return [int(any(fits(each.source_id, locator, gold) for locator in each.locators for gold in wanted.gold)) for each in found]


def hit_at(case: Case, k: int) -> float | None:
    """Success at k: 1 where a gold place is among the first k passages (Manning, Raghavan and Schütze, 2008, chapter 8)."""
    return float(any(gains(case.question, case.found[:k]))) if judged(case.question) else None


def reciprocal_rank(case: Case) -> float | None:
    """1 / rank of the first passage at a gold place within the first ten, else 0 (Voorhees, 1999, TREC-8 question answering)."""
    if not judged(case.question):
        return None
    return next((1 / rank for rank, gain in enumerate(gains(case.question, case.found[:DEPTH]), start=1) if gain), 0.0)


def ndcg(case: Case) -> float | None:
    """Normalised discounted cumulative gain at ten with gains of 0 or 1: sum of gain / log2(rank + 1), divided by the same for the best order of the
    gold passages found (Järvelin and Kekäläinen, 2002). How many gold passages exist beyond those found is not counted."""
    if not judged(case.question):
        return None
    got = gains(case.question, case.found[:DEPTH])
    best = _discounted(sorted(got, reverse=True))
    return _discounted(got) / best if best else 0.0


def _discounted(got: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(got, start=1))


def fact_recall(case: Case) -> float | None:
    """Share of the required facts whose pattern the answer's sentences match; 0 where nothing was answered."""
    return facts_told(case.question, case.answer) if case.question.answerable else None


def all_facts(case: Case) -> float | None:
    """1 where the answer holds every required fact (the budget of DESIGN section 8)."""
    share = fact_recall(case)
    return None if share is None else float(share == 1.0)


def facts_told(wanted: Wanted, answer: Answer) -> float:
    """Share of the wanted facts that an answer's sentences match."""
    text = " ".join(sentence.text for sentence in answer.sentences)
    return sum(bool(re.search(pattern, text, re.IGNORECASE)) for pattern in wanted.facts) / len(wanted.facts)


def citation_present(case: Case) -> float | None:
    """Citation recall: 1 where a needed place is cited (after Liu, Zhang and Liang, 2023, Evaluating Verifiability in Generative Search Engines)."""
    return float(any(_at_gold(case.question, citation) for citation in case.answer.citations)) if case.question.answerable else None


def citation_correct(case: Case) -> float | None:
    """Citation precision: the share of sentences with citations all of whose quotes hold the sentence to the letter (Liu, Zhang and Liang, 2023;
    their judge of support is here an exact comparison, which an extractive answer must pass)."""
    sentences = case.answer.sentences
    if not sentences:
        return None
    quotes = {citation.number: citation.quote for citation in case.answer.citations}
    held = [bool(s.citations) and all(s.text in quotes.get(number, "") for number in s.citations) for s in sentences]
    return sum(held) / len(held)


def first_citation_fits(case: Case) -> float | None:
    """1 where the place cited first is a gold place: the answer opens with what was asked for."""
    if not case.question.answerable or not case.answer.citations:
        return None
    return float(_at_gold(case.question, case.answer.citations[0]))


def abstention_recall(case: Case) -> float | None:
    """Over the questions that cannot be answered: 1 where nothing was answered and nothing cited (the share recognised)."""
    if case.question.answerable:
        return None
    return float(not answered(case.answer) and not case.answer.citations)


def abstention_precision(case: Case) -> float | None:
    """Over the non-answers: 1 where the question indeed cannot be answered."""
    return None if answered(case.answer) else float(not case.question.answerable)


def refused_wrongly(case: Case) -> float | None:
    """Over the questions that can be answered: 1 where nothing was (lower is better)."""
    return float(not answered(case.answer)) if case.question.answerable else None


def notice_correct(case: Case) -> float | None:
    """Over the questions that call for a notice: 1 where one of the answer's notices matches the pattern wanted."""
    wanted = case.question.notice
    if wanted is None:
        return None
    return float(any(re.search(wanted, notice.text, re.IGNORECASE) for notice in case.answer.notices))


def nothing_wrong_said(case: Case) -> float | None:
    """Over the questions that name what must not be said: 1 where no sentence matches any of those patterns."""
    if not case.question.wrong:
        return None
    told = [sentence.text for sentence in case.answer.sentences]
    return float(not any(re.search(pattern, sentence, re.IGNORECASE) for pattern in case.question.wrong for sentence in told))


def outcome_correct(case: Case) -> float | None:
    """Refusal correctness, over the questions that name the outcomes allowed: 1 where the outcome is one of them."""
    return float(case.answer.outcome in case.question.outcomes) if case.question.outcomes else None


def gate_passed(case: Case) -> float | None:
    """1 where every sentence of the answer, re-read from its span in the index, passes the gate."""
    return float(case.gate_failures == 0) if case.answer.sentences else None


def answer_words(case: Case) -> float | None:
    """Words in the answer (not a share: a count)."""
    return float(sum(len(sentence.text.split()) for sentence in case.answer.sentences)) if case.answer.sentences else None


def answered(answer: Answer) -> bool:
    """Whether the product answered, wholly or in part."""
    return answer.outcome in (Outcome.ANSWERED, Outcome.PARTIAL)


def _at_gold(wanted: Wanted, citation: Citation) -> bool:
    return any(fits(citation.source_id, citation.locator, gold) for gold in wanted.gold)


METRICS: dict[str, Callable[[Case], float | None]] = {
    "hit@1": lambda case: hit_at(case, 1),
    "hit@3": lambda case: hit_at(case, 3),
    "hit@5": lambda case: hit_at(case, 5),
    "MRR@10": reciprocal_rank,
    "nDCG@10": ndcg,
    "fact recall": fact_recall,
    "every fact told": all_facts,
    "needed citation present": citation_present,
    "first citation at gold": first_citation_fits,
    "citation correct": citation_correct,
    "unanswerable recognised": abstention_recall,
    "abstention precision": abstention_precision,
    "answerable refused": refused_wrongly,
    "notice correct": notice_correct,
    "nothing wrong said": nothing_wrong_said,
    "outcome correct": outcome_correct,
    "gate passed": gate_passed,
    "answer words": answer_words,
}
"""Every metric by the name it is reported under."""
