"""Quantities in statements, and how two of them stand to each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking.quantities import Agreement, Bound, agreement, quantities


def told(text: str) -> list[tuple[float, str, str]]:
    return [(quantity.value, quantity.unit, quantity.bound.value) for quantity in quantities(text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No figure at all",
        "Section 33 of the Procurement Act 2023, since 24 February 2025",
        "Recommendation 9, regulation 77(3) and PPN 06/20",
        "One of the mutuals",
        "It closed at 5pm on 29 June 2018",
        "the 2nd programme of 2011-12",
    ],
)
def test_places_days_and_years_are_no_quantities(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("£10m", [(10_000_000, "£", "exactly")]),
        ("£10 million", [(10_000_000, "£", "exactly")]),
        ("ten million pounds", [(10_000_000, "£", "exactly")]),
        ("up to 25 grand", [(25_000, "£", "at most")]),
        ("£60,000 to £200,000", [(60_000, "£", "exactly"), (200_000, "£", "exactly")]),
        ("a 3-year contract", [(1095.75, "days", "exactly")]),
        ("36 months or less", [(1095.75, "days", "at most")]),
        ("no later than six weeks", [(42, "days", "at most")]),
        ("it isn't more than £2 million", [(2_000_000, "£", "at most")]),
        ("more than half of the board", [(50, "%", "at least")]),
        ("100 per cent", [(100, "%", "exactly")]),
        ("about 3,000 staff", [(3000, "staff", "about")]),
        ("redone every year", [(365.25, "days", "exactly")]),
        ("every 3 to 5 years", [(1095.75, "days", "exactly"), (1826.25, "days", "exactly")]),
        ("twenty-five members and at least 12 recommendations", [(25, "member", "exactly"), (12, "recommend", "at least")]),
    ],
)
def test_amounts_shares_durations_and_counts_have_units_and_bounds(text: str, expected: list[tuple[float, str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("claimed", "held", "expected"),
    [
        ("three years", "36 months", Agreement.SAME),
        ("one month", "30 days", Agreement.SAME),
        ("£10 million", "£100 million", Agreement.OTHER),
        ("five years", "up to five years", Agreement.SAME),
        ("at least five years", "at most five years", Agreement.OTHER),
        ("four years", "up to five years", Agreement.OPEN),
        ("ten years", "up to five years", Agreement.OTHER),
        ("over £1 million", "£2 million", Agreement.SAME),
        ("over £3 million", "£2 million", Agreement.OTHER),
        ("£100", "over £60", Agreement.OPEN),
        ("about 1,000 staff", "1,082 staff", Agreement.SAME),
        ("about 500 staff", "1,082 staff", Agreement.OTHER),
    ],
)
def test_two_quantities_agree_differ_or_leave_it_open(claimed: str, held: str, expected: Agreement) -> None:
    assert agreement(quantities(claimed)[0], quantities(held)[0]) is expected


@given(st.integers(min_value=1, max_value=10**9))
def test_an_amount_reads_the_same_with_and_without_commas(value: int) -> None:
    assert told(f"It cost £{value:,}.") == told(f"It cost £{value}.") == [(value, "£", Bound.EXACTLY.value)]


@given(st.text(max_size=300))
def test_any_text_is_read_in_order_and_quantities_agree_with_themselves(text: str) -> None:
    found = quantities(text)
    assert [quantity.start for quantity in found] == sorted(quantity.start for quantity in found)
    assert {agreement(quantity, quantity) for quantity in found} <= {Agreement.SAME}
