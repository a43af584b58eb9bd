"""Dates that are a day, a month or only a year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from corpus.dates import PartialDate

ANY_DATE = TypeAdapter(PartialDate)
YEARS = st.integers(1, 9999).map("{:04}".format)
MONTHS = st.tuples(YEARS, st.integers(1, 12)).map(lambda pair: f"{pair[0]}-{pair[1]:02}")
DAYS = st.dates().map(date.isoformat)
TEXTS = YEARS | MONTHS | DAYS


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "12",
        "201",
        "20122",
        "2012-6",
        "2012-06-1",
        "2012/06",
        "June 2012",
        "2012-",
        "2012-06-",
        "2012 ",
        "2012\n",
        "-2012",
        "2012-06-01T00:00",
        "unknown",
    ],
)
def test_what_is_not_written_as_a_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError) as caught:
        PartialDate(text)
    assert str(caught.value) == f"{text!r} is not a date: write YYYY, YYYY-MM or YYYY-MM-DD"


@pytest.mark.parametrize("text", ["0000", "2012-00", "2012-13", "2012-02-30", "2011-02-29", "2012-06-31", "2012-06-00"])
def test_a_day_that_never_was_is_refused(text: str) -> None:
    with pytest.raises(ValueError) as caught:
        PartialDate(text)
    assert str(caught.value) == f"{text!r} is not a date in the calendar"


@pytest.mark.parametrize(
    ("text", "first", "last", "spoken"),
    [
        ("2012", date(2012, 1, 1), date(2012, 12, 31), "2012"),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29), "February 2012"),
        ("2011-02", date(2011, 2, 1), date(2011, 2, 28), "February 2011"),
        ("2012-06", date(2012, 6, 1), date(2012, 6, 30), "June 2012"),
        ("2012-12", date(2012, 12, 1), date(2012, 12, 31), "December 2012"),
        ("2012-06-05", date(2012, 6, 5), date(2012, 6, 5), "5 June 2012"),
        ("2012-02-29", date(2012, 2, 29), date(2012, 2, 29), "29 February 2012"),
    ],
)
def test_a_date_has_its_bounds_and_is_spoken(text: str, first: date, last: date, spoken: str) -> None:
    found = PartialDate(text)
    assert (found.first, found.last, found.spoken(), str(found), repr(found)) == (first, last, spoken, text, f"PartialDate({text!r})")


@given(st.dates())
def test_a_whole_day_begins_and_ends_on_itself(day: date) -> None:
    found = PartialDate(day.isoformat())
    assert (found.first, found.last) == (day, day)


@given(MONTHS | YEARS)
def test_bounds_reach_to_the_neighbours(text: str) -> None:
    found = PartialDate(text)
    assert found.first.day == 1
    assert found.last == date.max or (found.last + timedelta(days=1)).day == 1
    assert str(found.first).startswith(text)
    assert str(found.last).startswith(text)


@given(TEXTS, TEXTS)
def test_order_is_that_of_the_first_day_then_the_last(one: str, other: str) -> None:
    a, b = PartialDate(one), PartialDate(other)
    assert (a < b) == ((a.first, a.last) < (b.first, b.last))
    assert (a == b) == (one == other)
    assert (a <= b) == (a < b or a == b)


def test_equal_dates_are_one_in_a_set_and_other_things_are_not_equal() -> None:
    assert {PartialDate("2012"), PartialDate("2012"), PartialDate("2012-01")} == {PartialDate("2012"), PartialDate("2012-01")}
    assert PartialDate("2012") != "2012"


@given(TEXTS)
def test_a_model_reads_a_date_and_writes_it_as_it_was(text: str) -> None:
    found = ANY_DATE.validate_python(text)
    assert found == PartialDate(text)
    assert ANY_DATE.validate_python(found) is found
    assert ANY_DATE.validate_json(ANY_DATE.dump_json(found)) == found
    assert ANY_DATE.dump_python(found) == text


@pytest.mark.parametrize("value", [None, True, [], {}, "soon"])
def test_a_model_refuses_what_is_no_date_with_one_error(value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        ANY_DATE.validate_python(value)
    assert [error["msg"] for error in caught.value.errors()] == [f"Value error, {str(value)!r} is not a date: write YYYY, YYYY-MM or YYYY-MM-DD"]
