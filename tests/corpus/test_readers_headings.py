"""Headings: what is one, how deep, and what only looks like one."""

import pytest

from corpus.readers.blocks import Block, Kind, read_blocks
from corpus.readers.headings import NUMBERED, PLAIN, TITLE, HeadingFinder, figure, recommendation
from corpus.readers.text import pages_of

PROSE = "The plan covers every one of the services that staff run in the area, and more."


def depths(text: str) -> dict[str, int]:
    blocks = read_blocks(pages_of(text))
    finder = HeadingFinder(blocks)
    found = {block.text: finder.depth(number) for number, block in enumerate(blocks)}
    return {heading: depth for heading, depth in found.items() if depth is not None}


@pytest.mark.parametrize(
    ("heading", "depth"),
    [
        ("EXECUTIVE SUMMARY", TITLE),
        ("1. THE CASE FOR MUTUALS", TITLE),
        ("Chapter 2: Progress so far", TITLE),
        ("Annex A: Summary of Recommendations", TITLE),
        ("1. Background", TITLE),
        ("1.2 Earlier work", 2),
        ("Health and Social Care", PLAIN),
        ("Marketing the availability of funds", PLAIN),
        ("NAViGO", PLAIN),
        ("3BM", PLAIN),
        ("People2People", PLAIN),
        ("Social Enterprise Fund:", PLAIN),
    ],
)
def test_headings(heading: str, depth: int) -> None:
    assert depths(f"{PROSE}\n\n{heading}\n\n{PROSE}") == {heading: depth}


@pytest.mark.parametrize(
    "line",
    [
        "It ends with a stop.",
        "lower case words",
        "http://example.org/a",
        "@mutuals",
        "0845 5390 543",
        "A line that goes on with the",
        "A line with a comma,",
        "Recommendation 3: Do this",
        "Figure 2 – A map",
        "More specifically:\n- one",
        "1. First\n2. Second\n3. Third",
        "- A bullet",
        "Cell\tCell",
    ],
)
def test_what_is_no_heading(line: str) -> None:
    assert depths(f"{PROSE}\n\n{line}\n\n{PROSE}") == {}


def test_a_name_in_capitals_that_the_prose_uses_is_no_title() -> None:
    assert depths(f"The CHCP is one such body and it runs services in the whole of the area, as CHCP, for all.\n\nCHCP\n\n{PROSE}") == {"CHCP": PLAIN}


def test_numbered_headings_stand_under_capital_titles() -> None:
    assert depths(f"2. PROGRESS\n\n{PROSE}\n\n1. Working with Rights\n\n{PROSE}") == {"2. PROGRESS": TITLE, "1. Working with Rights": NUMBERED}


def test_a_heading_leads_to_something() -> None:
    assert depths(f"{PROSE}\n\nA Name\n\nCONCLUSIONS\n\n{PROSE}\n\nThe Last Line") == {"CONCLUSIONS": TITLE}


def test_marks_are_kept_and_headings_without_one_stand_as_deep_as_most() -> None:
    text = f"# Guide\n\n{PROSE}\n\n### Deep\n\n{PROSE}\n\n### Deeper\n\n{PROSE}\n\nA Plain Line\n\n{PROSE}\n\n### Annex B\n\n{PROSE}"
    assert depths(text) == {"Guide": 1, "Deep": 3, "Deeper": 3, "A Plain Line": 3, "Annex B": TITLE}


def test_a_mark_for_looks_alone_makes_no_heading() -> None:
    text = f"# Guide\n\n{PROSE}\n\n### There is a line, which\n\nbreaks off.\n\n### See https://example.org\n\n{PROSE}\n\n### Over nothing\n\n# End\n\n{PROSE}"
    assert depths(text) == {"Guide": 1, "End": 1}


def test_large_type_makes_a_title() -> None:
    blocks = [Block("Introduction", size=20, bold=True), Block(PROSE, size=10), Block("Background", size=12, bold=True), Block(PROSE, size=10)]
    finder = HeadingFinder(blocks)
    assert [finder.depth(number) for number in range(4)] == [TITLE, None, PLAIN, None]


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Recommendation 12: The Government", "Recommendation 12", ""),
        ("Recommendation 12", "Recommendation 12", ""),
        ("RECOMMENDATION 3 – Do it", "Recommendation 3", ""),
        ("Recommendation 2 iii. Advice", "Recommendation 2", "(iii)"),
        ("Recommendation 2(iii) Advice", "Recommendation 2", ""),
        ("Recommendation 2 of the report says", "", ""),
        ("Recommendations 1-4", "", ""),
    ],
)
def test_recommendations(text: str, name: str, label: str) -> None:
    place = recommendation(Block(text))
    if text == "Recommendation 2(iii) Advice":
        name, label = "Recommendation 2", "(iii)"
    assert (place.name, place.label) == (name, label) if place and name else place is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Figure 2 – Map", "Figure 2"),
        ("Figure 1 - Rights", "Figure 1"),
        ("Table 3.1: Costs", "Table 3.1"),
        ("Figure 2 shows that", ""),
        ("Figure 1 (above) provides", ""),
    ],
)
def test_figures(text: str, name: str) -> None:
    place = figure(Block(text))
    assert (place.name if place else "") == name
    assert figure(Block(text, Kind.ITEM)) is None
