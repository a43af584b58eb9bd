"""Cleaning of lines into blocks."""

from collections import Counter

import pytest

from corpus.originals.cleaning import Block, clean, joined, without_running_lines
from corpus.originals.lines import Line


def test_no_lines_no_blocks() -> None:
    assert clean([]) == []


def test_wrapped_lines_make_a_paragraph() -> None:
    assert clean([Line("A sentence that", opens=True), Line("runs on."), Line("Another.", opens=True)]) == [
        Block("A sentence that runs on.", None, False),
        Block("Another.", None, False),
    ]


def test_a_sentence_broken_by_a_page_is_joined() -> None:
    assert clean([Line("It goes on to the", 1, opens=True), Line("next page.", 2, opens=True)]) == [Block("It goes on to the next page.", 1, False)]


def test_a_footnote_does_not_interrupt_the_sentence_it_stands_in() -> None:
    lines = [Line("The first half of", 1, opens=True), Line("² See the paper.", 1, opens=True), Line("the sentence.", 2, opens=True)]
    assert clean(lines) == [Block("The first half of the sentence.", 1, False), Block("² See the paper.", 1, False, footnote=True)]


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("- plain", Block("plain", None, False, "")),
        ("• plain", Block("plain", None, False, "")),
        ("ii. second", Block("second", None, False, "(ii)")),
        ("•ii.Second", Block("Second", None, False, "(ii)")),
        ("- (iv) fourth", Block("fourth", None, False, "(iv)")),
        ("a) first", Block("first", None, False, "(a)")),
        ("3. Third", Block("Third", None, False, "(3)")),
        ("1.5 million people", Block("1.5 million people", None, False)),
        ("i.e. this", Block("i.e. this", None, False)),
    ],
)
def test_list_items_keep_their_label(line: str, block: Block) -> None:
    assert clean([Line(line, opens=True)]) == [block]


def test_running_heads_and_page_numbers_go() -> None:
    lines = [Line(text, page, edge=edge) for page in range(1, 5) for text, edge in ((f"The Report {page}", True), (f"Body {page}.", False), (str(page), True))]
    assert [line.text for line in without_running_lines(lines)] == ["Body 1.", "Body 2.", "Body 3.", "Body 4."]


def test_a_line_that_repeats_away_from_the_edge_stays() -> None:
    lines = [Line("Conclusion", page) for page in range(1, 5)]
    assert without_running_lines(lines) == lines


@pytest.mark.parametrize(
    ("before", "after", "words", "whole"),
    [
        ("the develop-", "ment of", {}, "the development of"),
        ("a short-", "term plan", {"term": 2}, "a short-term plan"),
        ("under-", "standing it", {"understanding": 3, "standing": 1}, "understanding it"),
        ("soft\u00ad", "ware", {}, "software"),
        ("Anglo-", "French", {}, "Anglo-French"),
        ("this –", "and that", {}, "this – and that"),
        ("no", "hyphen", {}, "no hyphen"),
    ],
)
def test_hyphens_at_the_end_of_a_line(before: str, after: str, words: dict[str, int], whole: str) -> None:
    assert joined(before, after, Counter(words)) == whole


def test_contents_lists_go_but_a_single_such_line_stays() -> None:
    contents = [Line(f"Chapter {n} ..... {n * 10}", opens=True) for n in range(1, 5)]
    assert clean([*contents, Line("Founded in 1999", opens=True), Line("Prose follows.", opens=True)]) == [
        Block("Founded in 1999", None, False),
        Block("Prose follows.", None, False),
    ]
