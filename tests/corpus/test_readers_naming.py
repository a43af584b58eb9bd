"""Locators and ids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.naming import Ids, path_locator, short_name, title_words


@pytest.mark.parametrize(
    ("headings", "locator"),
    [
        (["2. PUBLIC SERVICE MUTUALS: PROGRESS", "3. Working with Mutuals", "NAViGO"], "Chapter 2 › NAViGO"),
        (["2. PUBLIC SERVICE MUTUALS: PROGRESS"], "Chapter 2"),
        (["Chapter 4: Money", "Tax"], "Chapter 4 › Tax"),
        (["Annex A: Summary of Recommendations", "Support"], "Annex A › Support"),
        (["ANNEX B: TABLES"], "Annex B"),
        (["EXECUTIVE SUMMARY", "Get in touch"], "Executive Summary › Get in touch"),
        (["1. Background", "History"], "1. Background › History"),
        (["Definitions"], "Definitions"),
    ],
)
def test_locators(headings: list[str], locator: str) -> None:
    assert path_locator(headings) == locator


def test_capitals_are_written_as_a_person_would() -> None:
    assert title_words("THE CASE FOR (MORE) MUTUALS OF 3BM") == "The Case for (More) Mutuals of 3BM"
    assert title_words("MyCSP") == "MyCSP"
    assert short_name("3. Working with Mutuals") == "3. Working with Mutuals"


def test_ids_are_readable_and_given_once() -> None:
    ids = Ids("report")
    assert [ids.give(name) for name in ("Chapter 2 › NAViGO", "Chapter 2 › NAViGO", "Recommendation 12", "Children’s Services", "p. 31", "…")] == [
        "report.chapter-2-navigo",
        "report.chapter-2-navigo-2",
        "report.recommendation-12",
        "report.childrens-services",
        "report.p-31",
        "report.section",
    ]


def test_long_ids_end_with_a_word() -> None:
    assert Ids("r").give("word " * 30) == "r." + "-".join(["word"] * 16)


@given(st.lists(st.text()))
def test_ids_are_unique(names: list[str]) -> None:
    ids = Ids("r")
    assert len({ids.give(name) for name in names}) == len(names)
