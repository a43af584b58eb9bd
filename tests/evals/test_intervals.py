"""Bootstrap intervals: where they lie, that they repeat, and that pairing sharpens them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.intervals import interval, paired_interval

SHARES = st.lists(st.floats(0, 1, width=16), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("values", "ends"),
    [([], (0.0, 0.0)), ([1.0], (1.0, 1.0)), ([0.0, 0.0], (0.0, 0.0)), ([0.25] * 9, (0.25, 0.25)), ([0.0, 1.0], (0.0, 1.0))],
)
def test_intervals_known_beforehand(values: list[float], ends: tuple[float, float]) -> None:
    assert interval(values) == ends


def test_the_interval_of_a_share_is_near_the_one_in_the_books() -> None:
    """For 80 of 100 the normal approximation gives 0.80 ± 1.96 · √(0.8 · 0.2 / 100) = 0.722 to 0.878."""
    assert interval([1.0] * 80 + [0.0] * 20) == pytest.approx((0.722, 0.878), abs=0.015)


def test_more_cases_narrow_it() -> None:
    few, many = interval([1.0, 0.0] * 10), interval([1.0, 0.0] * 1000)
    assert few[0] < many[0] < 0.5 < many[1] < few[1]


@given(SHARES)
def test_it_repeats_and_lies_among_the_values_around_the_mean(values: list[float]) -> None:
    low, high = interval(values)
    assert (low, high) == interval(values)
    assert min(values) - 1e-4 <= low <= high <= max(values) + 1e-4
    assert low - 1e-4 <= sum(values) / len(values) <= high + 1e-4


@given(SHARES)
def test_of_one_with_itself_there_is_no_difference(values: list[float]) -> None:
    assert paired_interval(values, values) == (0.0, 0.0)


def test_a_paired_difference_is_the_other_less_the_one_and_changes_sign_with_their_order() -> None:
    one, other = [0.0, 0.0, 1.0, 1.0] * 5, [0.0, 1.0, 1.0, 1.0] * 5
    low, high = paired_interval(one, other)
    assert 0 < low < 0.25 < high < 0.5
    assert paired_interval(other, one) == pytest.approx((-high, -low), abs=0.051)


def test_values_that_do_not_pair_up_are_refused() -> None:
    with pytest.raises(ValueError):
        paired_interval([1.0], [1.0, 0.0])
