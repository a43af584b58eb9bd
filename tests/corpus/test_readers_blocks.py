"""Blocks: lines joined into paragraphs and items, tables and contents known for what they are."""

import pytest

from corpus.readers.blocks import Block, Kind, read_blocks
from corpus.readers.pages import Line, Page
from corpus.readers.text import pages_of


def of(text: str) -> list[tuple[str, str, str]]:
    return [(block.kind.value, block.label, block.text) for block in read_blocks(pages_of(text))]


def set_in_type(*columns: list[Line]) -> list[Block]:
    return read_blocks([Page(number, tuple(lines)) for number, lines in enumerate(columns, start=1)])


def test_wrapped_lines_make_one_paragraph() -> None:
    assert of("A first line\nand a second.\n\nAnother.") == [("prose", "", "A first line and a second."), ("prose", "", "Another.")]


def test_items_stand_apart_and_keep_their_labels() -> None:
    assert of("It should:\n- i. **Press** for it\n  and more;\n- ii. Ensure it.\n(iii) Go on.\n- Plain.") == [
        ("prose", "", "It should:"),
        ("item", "(i)", "- i. Press for it and more;"),
        ("item", "(ii)", "- ii. Ensure it."),
        ("item", "(iii)", "(iii) Go on."),
        ("item", "", "- Plain."),
    ]


def test_the_words_of_an_item_are_without_bullet_and_label() -> None:
    assert [block.words for block in read_blocks(pages_of("- ii. Ensure it.\n- Plain.\n3. Third."))] == ["Ensure it.", "Plain.", "Third."]


def test_a_named_place_begins_a_block_after_a_full_stop() -> None:
    assert [text for _, _, text in of("It ends.\nRecommendation 2: Do it\nas in\nRecommendation 1: here.")] == [
        "It ends.",
        "Recommendation 2: Do it as in Recommendation 1: here.",
    ]


def test_a_dash_inside_a_sentence_is_no_bullet() -> None:
    assert of("Plans for the service\n– such as its aims – are set out\n- in short.") == [
        ("prose", "", "Plans for the service – such as its aims – are set out - in short.")
    ]


def test_a_number_at_a_wrapped_line_is_no_item() -> None:
    assert of("There were at least\n12. That was enough.") == [("prose", "", "There were at least 12. That was enough.")]


def test_table_rows() -> None:
    assert of("Probation\tThe <i>Paper</i> is out\nYouth\tDraft\n\n| A | b |\n|---|---|\n| C | d |") == [
        ("row", "", "Probation: The Paper is out"),
        ("row", "", "Youth: Draft"),
        ("row", "", "A: b"),
        ("row", "", "C: d"),
    ]


@pytest.mark.parametrize("leader", ["\t", " ..... ", " . . . . ", "…"])
def test_runs_of_contents_lines_are_skipped(leader: str) -> None:
    assert of(f"Words.\n\nForeword{leader}3\nSummary{leader}6\n1: The Case{leader}11\n\nMore.") == [("prose", "", "Words."), ("prose", "", "More.")]


def test_two_lines_that_end_in_numbers_are_no_contents() -> None:
    assert of("Staff\t3\nCost\t6") == [("row", "", "Staff: 3"), ("row", "", "Cost: 6")]


def test_footnotes() -> None:
    assert of("Words².\n\n² *Our Paper* p. 3\n[4] Ibid") == [("prose", "", "Words²."), ("footnote", "2", "² Our Paper p. 3"), ("footnote", "4", "[4] Ibid")]


def test_rules_and_strong_marks_vanish() -> None:
    assert of("Words.\n\n---\n\n**\n\n**Strong.**") == [("prose", "", "Words."), ("prose", "", "Strong.")]


def test_white_space_parts_paragraphs_in_type() -> None:
    lines = [Line("One line", None, 10), Line("and on.", 0.1, 10), Line("Two.", 0.9, 10)]
    assert [block.text for block in set_in_type(lines)] == ["One line and on.", "Two."]


def test_larger_type_parts_a_heading_from_its_paragraph() -> None:
    assert [(block.text, block.size, block.bold) for block in set_in_type([Line("A heading", None, 14, True), Line("words.", 0.0, 10)])] == [
        ("A heading", 14, True),
        ("words.", 10, False),
    ]


def test_a_bold_line_above_a_paragraph_is_parted_from_it() -> None:
    assert [block.text for block in set_in_type([Line("A heading", None, 10, True), Line("Words follow.", 0.0, 10)])] == ["A heading", "Words follow."]


def test_a_sentence_goes_on_over_a_page() -> None:
    first, second = (
        [Line("Recommendation 10: The Cabinet", None, 10, indent=10)],
        [Line("Office should issue guidance", None, 10, indent=10), Line("soon.", 0.0, 10)],
    )
    blocks = set_in_type(first, second)
    assert [(block.text, block.page) for block in blocks] == [("Recommendation 10: The Cabinet Office should issue guidance soon.", 1)]


@pytest.mark.parametrize(
    ("foot", "head"),
    [
        (Line("This sentence ends here.", None, 10), Line("Another one begins here", None, 10)),
        (Line("This is an item of some list", None, 10, indent=30), Line("A paragraph begins here now", None, 10)),
        (Line("© 2012", None, 10), Line("A paragraph begins here now", None, 10)),
        (Line("Words of a sentence in two", None, 10), Line("Recommendation 3: Do it now", None, 10)),
    ],
)
def test_what_does_not_go_on_over_a_page(foot: Line, head: Line) -> None:
    assert len(set_in_type([foot], [head])) == 2


def test_markdown_headings_stand_alone() -> None:
    assert [(block.text, block.hashes) for block in read_blocks(pages_of("# One\n## Two\nwords"))] == [("One", 1), ("Two", 2), ("words", 0)]


def test_kinds_of_blocks_that_are_open() -> None:
    assert [Block(text, Kind.PROSE).is_open() for text in ("It ends.", "It ends.”", "It ends:", "It goes on", "It goes on,")] == [
        False,
        False,
        False,
        True,
        True,
    ]
