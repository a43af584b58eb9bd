"""Claims that nearly repeat a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking.alignment import aligned


def found(claim: str, told: str) -> list[tuple[str, str, str]]:
    return [(each.kind, each.claimed, each.told) for each in aligned(claim, told)]


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("", ""),
        ("", "Councils must ask for a bond"),
        ("Councils must ask for a bond", ""),
        ("Councils must ask for a bond", "Councils must ask for a bond, the guide says, but not for a guarantee"),
        ("A trust may own the shares", "Directors elect the chair every second year"),
        ("A trust can hold the shares", "A trust may hold the shares"),
    ],
)
def test_what_repeats_or_is_quite_another_differs_in_nothing(claim: str, told: str) -> None:
    assert found(claim, told) == []


@pytest.mark.parametrize(
    ("claim", "told", "difference"),
    [
        ("A trust that holds no shares has to report", "A trust that holds shares has to report", ("denial", "no", "")),
        ("Staff who were entitled to be members keep it", "Staff who were not entitled to be members keep it", ("denial", "", "not")),
        ("A council may set a limit, and it need not publish it", "A council may set a limit, and it must publish it", ("denial", "need not", "must")),
        ("It applies under the Subsidy Control Act 2024", "It applies under the Subsidy Control Act 2022", ("day", "2024", "2022")),
        ("Grants of at least £5,000 went to each", "Grants of at most £5,000 went to each", ("figure", "least", "most")),
        ("All local providers had plans of their own", "Many local providers had plans of their own", ("reach", "all", "some")),
        ("The shares were held by Prospects for the staff", "The shares were held by Equiniti for the staff", ("body", "Prospects", "Equiniti")),
    ],
)
def test_what_was_put_in_place_is_the_difference(claim: str, told: str, difference: tuple[str, str, str]) -> None:
    assert found(claim, told) == [difference]


@given(st.text(max_size=120), st.text(max_size=120))
def test_no_text_stops_it_and_none_differs_from_itself(claim: str, told: str) -> None:
    list(aligned(claim, told))
    assert list(aligned(claim, claim)) == []
