"""Layout: words into lines, columns found and read in order."""

from corpus.readers.glyphs import Word
from corpus.readers.layout import find_gutter, fragments, page_lines

HEIGHT = 800.0


def row(text: str, left: float, baseline: float, size: float = 10.0) -> list[Word]:
    words = []
    for word in text.split():
        width = len(word) * size * 0.5
        words.append(Word(word, left, left + width, baseline, size, False))
        left += width + size * 0.3
    return words


def column(name: str, left: float, top: float, count: int) -> list[Word]:
    return [word for number in range(count) for word in row(f"{name} {number} goes on in full lines", left, top - 14 * number)]


def read(words: list[Word]) -> list[str]:
    return [line.text for line in page_lines(words, find_gutter(fragments(words)), HEIGHT)]


def line(name: str, number: int) -> str:
    return f"{name} {number} goes on in full lines"


def test_an_empty_page() -> None:
    assert find_gutter([]) is None
    assert page_lines([], None, HEIGHT) == ()


def test_one_column() -> None:
    words = column("one", 60, 700, 8)
    assert find_gutter(fragments(words)) is None
    assert read(words) == [line("one", number) for number in range(8)]


def test_two_columns_are_read_one_after_the_other() -> None:
    assert read(column("left", 60, 700, 6) + column("right", 310, 697, 6)) == [line(name, number) for name in ("left", "right") for number in range(6)]


def test_the_order_in_the_file_does_not_matter() -> None:
    words = column("left", 60, 700, 6) + column("right", 310, 700, 6)
    assert read(words[::-1]) == read(words)


def test_a_heading_over_both_columns_parts_them() -> None:
    words = column("a", 60, 700, 5) + column("b", 310, 700, 5) + row("A heading that stands across both of the two columns here", 60, 600, 12)
    words += column("c", 60, 560, 5) + column("d", 310, 560, 5)
    assert read(words) == [
        *(line("a", number) for number in range(5)),
        *(line("b", number) for number in range(5)),
        "A heading that stands across both of the two columns here",
        *(line("c", number) for number in range(5)),
        *(line("d", number) for number in range(5)),
    ]


def test_a_short_large_heading_above_both_columns_parts_them_too() -> None:
    words = column("a", 60, 700, 5) + column("b", 310, 700, 5) + row("FOREWORD", 60, 600, 20) + column("c", 60, 560, 5) + column("d", 310, 560, 5)
    assert read(words)[9:12] == [line("b", 4), "FOREWORD", line("c", 0)]


def test_a_large_heading_inside_a_column_does_not() -> None:
    words = column("a", 60, 700, 5) + row("A heading", 60, 620, 14) + column("c", 60, 600, 5) + column("b", 310, 700, 12)
    assert read(words)[4:7] == [line("a", 4), "A heading", line("c", 0)]


def test_a_page_number_in_the_gutter_comes_last() -> None:
    assert read(column("a", 60, 700, 6) + column("b", 310, 700, 6) + row("12", 296, 40))[-1] == "12"


def test_a_table_of_short_cells_is_read_across() -> None:
    words = [word for number in range(6) for word in [*row(f"Item {number}", 60, 700 - 14 * number), *row("Yes", 400, 700 - 14 * number)]]
    assert read(words) == [f"Item {number} Yes" for number in range(6)]


def test_lines_know_gap_indent_and_height() -> None:
    words = row("First line of words", 60, 700) + row("second line of words", 60, 687) + row("• An item", 80, 650)
    lines = page_lines(words, None, HEIGHT)
    assert [(line.gap, line.indent, line.top, line.size) for line in lines] == [
        (None, 0.0, 100.0, 10.0),
        (0.0, 0.0, 113.0, 10.0),
        (2.4000000000000004, 28.0, 150.0, 10.0),
    ]


def test_glued_words_stand_without_a_space() -> None:
    words = [Word("Mutuals", 60, 100, 700, 10, False), Word("²", 100, 104, 700, 10, False, glued=True)]
    assert read(words) == ["Mutuals²"]
