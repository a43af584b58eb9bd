"""The risk-coverage curve, from cases made by hand."""

import pytest
from cases import ANSWERABLE, COMPLETE, FULL, SILENT, UNANSWERABLE, answer, case
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer
from evals.metrics import Case
from evals.questions import Question
from evals.risk import Point, at_coverage, came_right, risk_coverage, steady


def sure(given: Answer, confidence: float) -> Answer:
    return given.model_copy(update={"confidence": confidence})


@pytest.mark.parametrize(
    ("question", "given", "right"),
    [
        (ANSWERABLE, COMPLETE, 1.0),
        (ANSWERABLE, FULL, 0.0),
        (ANSWERABLE, SILENT, 0.0),
        (UNANSWERABLE, SILENT, 1.0),
        (UNANSWERABLE, FULL, 0.0),
        (UNANSWERABLE, answer("not_covered", [], [("act", "s. 1", "x")]), 0.0),
    ],
    ids=["every fact", "some facts", "refused", "recognised", "answered", "cited"],
)
def test_when_a_question_came_out_right(question: Question, given: Answer, right: float) -> None:
    assert came_right(case(question, given)) == right


def test_the_curve_runs_from_the_surest_answer_to_all_answers_given() -> None:
    cases = [
        case(ANSWERABLE, sure(COMPLETE, 0.7)),
        case(UNANSWERABLE, sure(FULL, 0.8)),
        case(ANSWERABLE, sure(COMPLETE, 0.9)),
        case(ANSWERABLE, sure(FULL, 0.6)),
        case(UNANSWERABLE, sure(SILENT, 0.95)),
    ]
    assert risk_coverage(cases) == [
        Point(0.9, 0.2, 0.0, 0.0),
        Point(0.8, 0.4, 1 / 2, 1 / 2),
        Point(0.7, 0.6, 1 / 3, 1 / 3),
        Point(0.6, 0.8, 2 / 4, 1 / 4),
    ]


def test_answers_of_one_confidence_stand_or_fall_together() -> None:
    cases = [case(ANSWERABLE, sure(COMPLETE, 0.5)), case(UNANSWERABLE, sure(FULL, 0.5))]
    assert risk_coverage(cases) == risk_coverage(cases[::-1]) == [Point(0.5, 1.0, 0.5, 0.5)]


@pytest.mark.parametrize("cases", [[], [case(ANSWERABLE, SILENT), case(UNANSWERABLE, SILENT)]])
def test_without_answers_there_is_no_curve(cases: list[Case]) -> None:
    assert risk_coverage(cases) == []


@given(
    st.lists(st.tuples(st.sampled_from([ANSWERABLE, UNANSWERABLE]), st.sampled_from([COMPLETE, FULL, SILENT]), st.sampled_from([0.1, 0.5, 0.9])), min_size=1)
)
def test_every_point_is_the_share_counted_anew_at_its_threshold(drawn: list[tuple[Question, Answer, float]]) -> None:
    cases = [case(question, sure(given, confidence)) for question, given, confidence in drawn]
    points = risk_coverage(cases)
    assert [point.threshold for point in points] == sorted({point.threshold for point in points}, reverse=True)
    for point in points:
        kept = [each for each in cases if each.answer.outcome == "answered" and each.answer.confidence >= point.threshold]
        wrong, uncovered = sum(not came_right(each) for each in kept), sum(not each.question.answerable for each in kept)
        assert point == Point(point.threshold, len(kept) / len(cases), wrong / len(kept), uncovered / len(kept))


POINTS = [Point(1 - number / 20, number / 20, 0.0, 0.0) for number in range(1, 16)]


@pytest.mark.parametrize(("share", "answered"), [(0, 0.05), (0.25, 0.25), (0.26, 0.3), (0.75, 0.75), (0.76, None)])
def test_the_first_point_that_answers_a_share(share: float, answered: float | None) -> None:
    found = at_coverage(POINTS, share)
    assert (found and found.answered) == answered


def test_a_steady_curve_begins_at_ten_answers_unless_it_has_fewer() -> None:
    assert steady(POINTS, 20) == POINTS[9:]
    assert steady(POINTS[:4], 20) == POINTS[:4]
    assert steady([], 20) == []
