"""When a cited place is a gold place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.places import fits
from evals.questions import Place


@pytest.mark.parametrize(
    ("cited", "gold", "fit"),
    [
        ("", "", True),
        ("s. 33", "s. 33", True),
        ("S. 33", "s. 33", True),
        (" s.  33 ", "s. 33", True),
        ("Members’ page", "Members' page", True),
        ("s. 33(2)", "s. 33", True),
        ("s. 33", "s. 33(2)", True),
        ("s. 33(2)(a)", "s. 33(2)", True),
        ("s. 33(1)", "s. 33(2)", False),
        ("s. 331", "s. 33", False),
        ("s. 3", "s. 33", False),
        ("Chapter 2 › Youth", "Chapter 2", False),
        ("Recommendation 1", "Recommendation 12", False),
        ("", "s. 33", False),
    ],
)
def test_fits(cited: str, gold: str, fit: bool) -> None:
    assert fits("act", cited, Place(source="act", locator=gold)) is fit


def test_the_same_place_in_another_source_does_not_fit() -> None:
    assert not fits("act", "s. 33", Place(source="act-notes", locator="s. 33"))


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_place_fits_itself_and_fitting_runs_both_ways(one: str, other: str) -> None:
    assert fits("a", one, Place(source="a", locator=one))
    assert fits("a", one, Place(source="a", locator=other)) == fits("a", other, Place(source="a", locator=one))
