"""Metrics on cases made by hand, with the whole number each must give."""

import math
import re
from collections.abc import Sequence
from typing import Any

import pytest
from cases import ANSWERABLE, COMPLETE, FULL, SILENT, UNANSWERABLE, answer, case, found

from evals import metrics
from evals.metrics import METRICS, Case

GOLD, OTHER = ("act", ["s. 33"]), ("act", ["s. 3"])


def of(**values: float) -> dict[str, float | None]:
    """What every metric gives: nothing, but where a value is named (with `_` for spaces and `_at_` for `@`)."""
    named = {re.sub(r"_at_(?=\d)", "@", name).replace("_", " "): value for name, value in values.items()}
    assert set(named) <= set(METRICS)
    return {name: named.get(name) for name in METRICS}


@pytest.mark.parametrize(
    ("each", "numbers"),
    [
        (
            case(ANSWERABLE, FULL, [("notes", ["para 4"]), ("act", ["s. 33(2)", "s. 33"])]),
            of(
                hit_at_1=0.0,
                hit_at_3=1.0,
                hit_at_5=1.0,
                MRR_at_10=0.5,
                nDCG_at_10=1 / math.log2(3),
                fact_recall=2 / 3,
                every_fact_told=0.0,
                needed_citation_present=1.0,
                first_citation_at_gold=1.0,
                citation_correct=1.0,
                answerable_refused=0.0,
                gate_passed=1.0,
                answer_words=12.0,
            ),
        ),
        (
            case(ANSWERABLE, SILENT),
            of(
                hit_at_1=0.0,
                hit_at_3=0.0,
                hit_at_5=0.0,
                MRR_at_10=0.0,
                nDCG_at_10=0.0,
                fact_recall=0.0,
                every_fact_told=0.0,
                needed_citation_present=0.0,
                abstention_precision=0.0,
                answerable_refused=1.0,
            ),
        ),
        (case(UNANSWERABLE, SILENT, [GOLD]), of(unanswerable_recognised=1.0, abstention_precision=1.0)),
        (
            case(UNANSWERABLE, FULL, gate_failures=1),
            of(citation_correct=1.0, unanswerable_recognised=0.0, gate_passed=0.0, answer_words=12.0),
        ),
        (
            case(
                ANSWERABLE.model_copy(update={"notice": "replaced", "wrong": (r"\bten years", "Scotland"), "outcomes": ("answered",)}),
                COMPLETE.model_copy(update={"notices": answer("answered", notices=["It was REPLACED in 2020."]).notices}),
                [GOLD],
            ),
            of(
                hit_at_1=1.0,
                hit_at_3=1.0,
                hit_at_5=1.0,
                MRR_at_10=1.0,
                nDCG_at_10=1.0,
                fact_recall=1.0,
                every_fact_told=1.0,
                needed_citation_present=0.0,
                citation_correct=0.0,
                answerable_refused=0.0,
                notice_correct=1.0,
                nothing_wrong_said=1.0,
                outcome_correct=1.0,
                gate_passed=1.0,
                answer_words=9.0,
            ),
        ),
        (
            case(ANSWERABLE.model_copy(update={"as_of": "2016-06-30"}), SILENT, [GOLD]),
            of(fact_recall=0.0, every_fact_told=0.0, needed_citation_present=0.0, abstention_precision=0.0, answerable_refused=1.0),
        ),
    ],
    ids=["answered", "refused", "rightly silent", "wrongly answered", "all asked of", "for another day"],
)
def test_every_metric_of_a_case(each: Case, numbers: dict[str, float | None]) -> None:
    assert {name: metric(each) for name, metric in METRICS.items()} == pytest.approx(numbers)


@pytest.mark.parametrize(("k", "hit"), [(0, 0.0), (1, 0.0), (2, 0.0), (3, 1.0), (9, 1.0)])
def test_a_hit_counts_from_its_rank_on(k: int, hit: float) -> None:
    places = [("act", ["s. 3"]), ("report", ["Recommendation 22"]), ("report", ["Chapter 3", "Recommendation 2(ii)"])]
    assert metrics.hit_at(case(ANSWERABLE, SILENT, places), k) == hit


def test_a_gain_is_told_for_each_passage_in_order() -> None:
    assert metrics.gains(ANSWERABLE, found(OTHER, GOLD, ("act-notes", ["s. 33"]), ("report", ["p. 3", "Recommendation 2(i)"]))) == [0, 1, 0, 1]
    assert metrics.gains(UNANSWERABLE, found(GOLD)) == [0]
    assert metrics.gains(ANSWERABLE, ()) == []


@pytest.mark.parametrize(
    ("places", "reciprocal", "ndcg"),
    [
        ([], 0.0, 0.0),
        ([OTHER, OTHER], 0.0, 0.0),
        ([GOLD], 1.0, 1.0),
        ([GOLD, OTHER, GOLD], 1.0, (1 + 1 / 2) / (1 + 1 / math.log2(3))),
        ([OTHER, OTHER, OTHER, GOLD], 1 / 4, 1 / math.log2(5)),
        ([GOLD, GOLD, GOLD], 1.0, 1.0),
        ([OTHER] * 9 + [GOLD], 1 / 10, 1 / math.log2(11)),
        ([OTHER] * 10 + [GOLD], 0.0, 0.0),
    ],
    ids=["none", "all wrong", "first", "first and third", "fourth", "all right", "tenth", "eleventh"],
)
def test_ranks_are_judged_down_to_the_tenth(places: list[tuple[str, Sequence[str]]], reciprocal: float, ndcg: float) -> None:
    each = case(ANSWERABLE, SILENT, places)
    assert (metrics.reciprocal_rank(each), metrics.ndcg(each)) == pytest.approx((reciprocal, ndcg))


@pytest.mark.parametrize(
    ("texts", "recall"),
    [([], 0.0), (["Nothing."], 0.0), (["FIVE YEARS"], 1 / 3), (["Five", "years."], 1 / 3), (["Under Section 33: never over five years."], 1.0)],
)
def test_facts_are_sought_over_the_sentences_together_whatever_their_case(texts: list[str], recall: float) -> None:
    each = case(ANSWERABLE, answer("answered", [(text, []) for text in texts]))
    assert metrics.fact_recall(each) == pytest.approx(recall)
    assert metrics.all_facts(each) == float(recall == 1.0)


@pytest.mark.parametrize(
    ("numbers", "quotes", "share"),
    [
        ([[1], [2]], ["A.", "B."], 1.0),
        ([[1], [1]], ["A. B."], 1.0),
        ([[1], [2]], ["A.", "Not b."], 0.5),
        ([[1, 2], [2]], ["A.", "B."], 0.5),
        ([[], [2]], ["A.", "B."], 0.5),
        ([[9], [2]], ["A.", "B."], 0.5),
        ([[], []], [], 0.0),
    ],
)
def test_a_citation_is_correct_where_every_quote_holds_the_sentence(numbers: list[list[int]], quotes: list[str], share: float) -> None:
    given = answer("answered", [("A.", numbers[0]), ("B.", numbers[1])], [("act", "s. 1", quote) for quote in quotes])
    assert metrics.citation_correct(case(ANSWERABLE, given)) == share


@pytest.mark.parametrize(
    ("places", "first", "present"),
    [
        ([], None, 0.0),
        ([("act", "s. 1", "x")], 0.0, 0.0),
        ([("act", "s. 1", "x"), ("act", "s. 33", "x")], 0.0, 1.0),
        ([("report", "Recommendation 2(i)", "x"), ("act", "s. 1", "x")], 1.0, 1.0),
    ],
    ids=["nothing cited", "elsewhere", "second", "first"],
)
def test_where_the_needed_place_is_cited(places: list[tuple[str, str, str]], first: float | None, present: float) -> None:
    each = case(ANSWERABLE, answer("answered", [], places))
    assert (metrics.first_citation_fits(each), metrics.citation_present(each)) == (first, present)


def test_a_citation_shown_without_an_answer_is_no_right_abstention() -> None:
    assert metrics.abstention_recall(case(UNANSWERABLE, answer("not_covered", [], [("act", "s. 33", "x")]))) == 0.0


@pytest.mark.parametrize(
    ("outcome", "refused"), [("answered", 0.0), ("partial", 0.0), ("clarify", 1.0), ("not_covered", 1.0), ("out_of_scope", 1.0), ("refused", 1.0)]
)
def test_only_an_answer_whole_or_partial_is_no_refusal(outcome: str, refused: float) -> None:
    assert metrics.refused_wrongly(case(ANSWERABLE, answer(outcome))) == refused
    assert metrics.abstention_recall(case(UNANSWERABLE, answer(outcome))) == refused
    assert metrics.abstention_precision(case(UNANSWERABLE, answer(outcome))) == (1.0 if refused else None)


@pytest.mark.parametrize(("notices", "right"), [([], 0.0), (["Of 2012."], 0.0), (["Of 2012.", "Replaced since."], 1.0)])
def test_one_notice_of_several_is_enough(notices: list[str], right: float) -> None:
    each = case(ANSWERABLE.model_copy(update={"notice": "^replaced"}), answer("answered", notices=notices))
    assert metrics.notice_correct(each) == right


@pytest.mark.parametrize(("texts", "right"), [([], 1.0), (["Five."], 1.0), (["Five.", "In SCOTLAND ten."], 0.0), (["Ten", "years."], 1.0)])
def test_what_must_not_be_said_is_sought_in_each_sentence(texts: list[str], right: float) -> None:
    wrong: dict[str, Any] = {"wrong": ("scotland", "ten.years")}
    assert metrics.nothing_wrong_said(case(ANSWERABLE.model_copy(update=wrong), answer("answered", [(text, []) for text in texts]))) == right


@pytest.mark.parametrize(("outcome", "right"), [("refused", 1.0), ("out_of_scope", 1.0), ("not_covered", 0.0), ("answered", 0.0)])
def test_any_outcome_allowed_is_correct(outcome: str, right: float) -> None:
    each = case(UNANSWERABLE.model_copy(update={"outcomes": ("refused", "out_of_scope")}), answer(outcome))
    assert metrics.outcome_correct(each) == right
