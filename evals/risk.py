"""How wrong the answers are at each level of confidence: the risk-coverage curve of selective answering."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.metrics import Case, abstention_recall, all_facts, answered

FEWEST = 10
"""Answers from which on a share of them says something."""


@dataclass(frozen=True)
class Point:
    """What would come of answering from `threshold` on: the share of all questions answered; of those answers the share that are wrong or incomplete,
    and the share that answer what the guidance does not."""

    threshold: float
    answered: float
    wrong: float
    uncovered: float


def came_right(case: Case) -> float:
    """1 where the question came out right: every fact told where it can be answered, nothing told where it cannot."""
    told = all_facts(case)
    return float((abstention_recall(case) if told is None else told) == 1.0)


def risk_coverage(cases: Sequence[Case]) -> list[Point]:
    """The curve, from the surest answer to all answers given (El-Yaniv and Wiener, 2010, On the Foundations of Noise-free Selective Classification).

    coverage(t) = questions answered with confidence >= t / all questions; risk(t) = those of them that are wrong / questions answered with
    confidence >= t. It ends at the threshold in use: what the product would have said below it is not known, for it said nothing.
    """
    given = sorted((case for case in cases if answered(case.answer)), key=lambda case: -case.answer.confidence)
    points: list[Point] = []
    wrong = uncovered = 0.0
    for number, case in enumerate(given, start=1):
        wrong += 1 - came_right(case)
        uncovered += not case.question.answerable
        threshold = case.answer.confidence
        if number == len(given) or given[number].answer.confidence < threshold:
            points.append(Point(threshold, number / len(cases), wrong / number, uncovered / number))
    return points


def steady(points: Sequence[Point], cases: int) -> list[Point]:
    """The curve without its first `FEWEST` answers, of which one wrong answer is a large share; all of it where it is no longer than that."""
    kept = [point for point in points if round(point.answered * cases) >= FEWEST]
    return kept or list(points)


def at_coverage(points: Sequence[Point], share: float) -> Point | None:
    """The first point of the curve that answers at least this share of the questions; None where none does."""
    return next((point for point in points if point.answered >= share), None)
