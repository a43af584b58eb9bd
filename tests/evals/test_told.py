"""Figures as people read them."""

import pytest

from evals.metrics import METRICS
from evals.told import PLAIN, change, named, share, spread, value


@pytest.mark.parametrize(
    ("metric", "number", "told"),
    [
        ("hit@5", 0.9214, "92.1\N{NO-BREAK SPACE}%"),
        ("hit@5", 0, "0.0\N{NO-BREAK SPACE}%"),
        ("MRR@10", 0.8551, "0.855"),
        ("answer words", 60.6, "61"),
        ("new", 1, "100.0\N{NO-BREAK SPACE}%"),
    ],
)
def test_a_value_has_the_unit_it_is_read_in(metric: str, number: float, told: str) -> None:
    assert value(metric, number) == told


@pytest.mark.parametrize(
    ("metric", "low", "high", "told"),
    [("hit@5", 0.9, 0.941, "90.0 to 94.1\N{NO-BREAK SPACE}%"), ("nDCG@10", 0.8, 0.9, "0.800 to 0.900"), ("answer words", 55.2, 66.8, "55 to 67")],
)
def test_a_range_tells_its_unit_once(metric: str, low: float, high: float, told: str) -> None:
    assert spread(metric, {"low": low, "high": high}) == told


@pytest.mark.parametrize(
    ("metric", "number", "told"),
    [
        ("hit@5", 0.021, "+2.1"),
        ("hit@5", -0.003, "−0.3"),
        ("hit@5", 0.0, "0.0"),
        ("hit@5", -0.0001, "0.0"),
        ("MRR@10", 0.0104, "+0.010"),
        ("MRR@10", -0.2, "−0.200"),
        ("answer words", -3.4, "−3"),
        ("answer words", 0.2, "0"),
    ],
)
def test_a_change_tells_its_direction_unless_it_is_none(metric: str, number: float, told: str) -> None:
    assert change(metric, number) == told


def test_shares_and_names() -> None:
    assert (share(0.5), named("false_premise"), named("who")) == ("50.0\N{NO-BREAK SPACE}%", "false premise", "who")


def test_every_figure_reported_is_told_in_plain_words() -> None:
    reported = {*METRICS, "fact in first 5", "dialogue success", "follow-ups right"}
    assert set(PLAIN) == reported
    assert [name for name, told in PLAIN.items() if not told.endswith(".")] == []
