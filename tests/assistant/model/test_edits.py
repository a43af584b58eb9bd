"""The edits that a reworded sentence may be made by, and those that it may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.model.edits import made_of

BOND = "A buyer may ask a bidder for a bond under the Act of 2014, which costs money."
PAID = "The grant was paid by Suffolk County Council in 2012."
ASIDE = "The grant (a small sum) was paid by Suffolk County Council in 2012."
STAFF = "Staff must be consulted before they are transferred."
SAID = "Nobody lost a pension, the Cabinet Office said in 2013."


@pytest.mark.parametrize(
    ("text", "sources", "made"),
    [
        (BOND, [BOND], (0,)),
        ("Under the Act of 2014 a buyer may ask a bidder for a bond, which costs money.", [BOND], (0,)),
        ("A buyer can ask a bidder for a bond under the Act of 2014, which costs money.", [BOND], (0,)),
        ("Suffolk County Council paid the grant in 2012.", [PAID], (0,)),
        ("The grant was paid by Suffolk County Council in 2012.", [ASIDE], (0,)),
        ("In 2012 the grant was paid by Suffolk County Council.", [PAID], (0,)),
        ("Employees must be consulted before they are transferred.", [PAID, STAFF], (1,)),
        ("Nobody lost a pension.", [SAID], (0,)),
        ("The Cabinet Office said in 2013 that nobody lost a pension.", [SAID], (0,)),
        ("Staff must be consulted before they are transferred, and nobody lost a pension.", [SAID, STAFF], (1, 0)),
    ],
)
def test_what_is_made_of_its_sources_departs_from_them_nowhere(text: str, sources: list[str], made: tuple[int, ...]) -> None:
    found = made_of(text, sources)
    assert (found.sources, found.departures) == (made, ())


@pytest.mark.parametrize(
    ("text", "source", "departures"),
    [
        ("A bidder may ask a buyer for a bond under the Act of 2014, which costs money.", BOND, None),
        ("The grant was paid by Suffolk County Council in 2013.", PAID, {("put_in", "2013"), ("left_out", "2012")}),
        ("Suffolk County Council was paid by the grant in 2012.", PAID, None),
        ("Staff must be consulted.", STAFF, {("left_out", "before"), ("left_out", "they"), ("left_out", "is"), ("left_out", "transferred")}),
        ("Staff must not be consulted before they are transferred.", STAFF, {("put_in", "not")}),
        ("Staff should be consulted before they are transferred.", STAFF, {("put_in", "should"), ("left_out", "must")}),
        ("All staff must be consulted before they are transferred.", STAFF, {("put_in", "all")}),
        ("Staff must be consulted before they are transferred in Wales.", STAFF, {("put_in", "in"), ("put_in", "wale")}),
        ("Nobody lost a pension, the Treasury said in 2013.", SAID, {("put_in", "treasury"), ("put_in", "in"), ("put_in", "2013")}),
    ],
)
def test_what_says_something_else_departs(text: str, source: str, departures: set[tuple[str, str]] | None) -> None:
    found = {(each.how, each.word.key) for each in made_of(text, [source]).departures}
    assert found if departures is None else found == departures


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_two_texts_can_be_set_beside_each_other(text: str, source: str) -> None:
    assert made_of(text, [source]).sources == (0,)
    assert made_of(source, [source]).departures == ()
