"""Lines with the marks that a file gives them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.blocks import Kind, read_blocks
from corpus.readers.marked import MarkedLines, numeral
from corpus.readers.pages import Line, Page


def test_each_kind_has_its_mark() -> None:
    lines = MarkedLines()
    lines.heading(2, "A heading")
    lines.paragraph("A paragraph.")
    lines.item("an item")
    lines.item("a numbered item", "iv")
    lines.row(iter(["Youth", "12"]))
    assert lines.lines() == tuple(Line(text, 1.0) for text in ("## A heading", "A paragraph.", "- an item", "- (iv) a numbered item", "| Youth | 12 |"))


def test_levels_beyond_those_of_markdown_are_drawn_in() -> None:
    lines = MarkedLines()
    for level in (-1, 0, 1, 6, 9):
        lines.heading(level, f"Level {level}")
    assert [line.text for line in lines.lines()] == ["# Level -1", "# Level 0", "# Level 1", "###### Level 6", "###### Level 9"]


def test_white_space_is_folded_and_what_holds_none_but_it_is_left_out() -> None:
    lines = MarkedLines()
    lines.paragraph(" One\n\ttwo\u00a0 three\u200b\ufeff ")
    lines.paragraph("\u00a0\u200b")
    lines.heading(1, "")
    lines.item(" ", "i")
    lines.row(iter(["", " "]))
    assert [line.text for line in lines.lines()] == ["One two three"]


def test_a_row_of_one_cell_is_a_paragraph() -> None:
    lines = MarkedLines()
    lines.row(iter(["", "Alone", "\u00a0"]))
    assert [line.text for line in lines.lines()] == ["Alone"]


def test_a_heading_said_twice_stands_once_and_nothing_else_is_lost() -> None:
    lines = MarkedLines()
    for _ in range(3):
        lines.heading(1, "The Plan")
    for _ in range(2):
        lines.paragraph("Yes.")
    for _ in range(2):
        lines.row(iter(["No", "Yes"]))
    lines.heading(1, "The Plan")
    assert [line.text for line in lines.lines()] == ["# The Plan", "Yes.", "Yes.", "| No | Yes |", "| No | Yes |", "# The Plan"]


def test_nothing_gives_no_lines() -> None:
    assert MarkedLines().lines() == ()


def test_rows_of_figures_are_no_table_of_contents() -> None:
    lines = MarkedLines()
    for region, number in (("North", "12"), ("South", "34"), ("East", "5"), ("West", "6")):
        lines.row(iter([region, number]))
    blocks = read_blocks([Page(None, lines.lines())])
    assert [(block.kind, block.text) for block in blocks] == [(Kind.ROW, text) for text in ("North: 12", "South: 34", "East: 5", "West: 6")]


@pytest.mark.parametrize(
    ("value", "style", "written"),
    [
        (1, "roman", "i"),
        (4, "roman", "iv"),
        (14, "roman", "xiv"),
        (49, "roman", "xlix"),
        (1990, "roman", "mcmxc"),
        (3999, "roman", "mmmcmxcix"),
        (4000, "roman", "4000"),
        (1, "letter", "a"),
        (26, "letter", "z"),
        (27, "letter", "aa"),
        (702, "letter", "zz"),
        (703, "letter", "aaa"),
        (7, "decimal", "7"),
        (7, "", "7"),
        (0, "decimal", "0"),
    ],
)
def test_numerals(value: int, style: str, written: str) -> None:
    assert numeral(value, style) == written


@given(st.integers(min_value=1, max_value=10**12), st.sampled_from(["roman", "letter", "decimal"]))
def test_numerals_stay_short(value: int, style: str) -> None:
    assert 0 < len(numeral(value, style)) <= 15
