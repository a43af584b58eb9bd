"""Faults and the error that carries them."""

from pathlib import Path

import pytest

from corpus.faults import CorpusError, Fault

ONE = Fault(Path("a.md"), 3, "locator", "is missing")
OTHER = Fault(Path("a.md"), 12, "source", "'x' is not in the catalogue")
LATER = Fault(Path("b.md"), 1, "encoding", "is not UTF-8")


def test_a_fault_reads_as_file_line_field_and_message() -> None:
    assert str(ONE) == "a.md:3: locator: is missing"


def test_faults_stand_in_order_of_file_and_line() -> None:
    assert sorted([LATER, OTHER, ONE]) == [ONE, OTHER, LATER]


@pytest.mark.parametrize(
    ("faults", "message"),
    [
        ([], "0 faults in the library"),
        ([ONE], "1 fault in the library\na.md:3: locator: is missing"),
        ([LATER, ONE], "2 faults in the library\na.md:3: locator: is missing\nb.md:1: encoding: is not UTF-8"),
    ],
)
def test_the_error_counts_and_lists_its_faults(faults: list[Fault], message: str) -> None:
    assert str(CorpusError(faults)) == message


def test_the_error_holds_its_faults_sorted() -> None:
    assert CorpusError([LATER, OTHER, ONE]).faults == [ONE, OTHER, LATER]
