"""Lines of a document whose own marks say what each is: shared by the readers of HTML and of Word files."""

from collections.abc import Iterator
from itertools import pairwise

from corpus.readers.marks import heading_hashes
from corpus.readers.pages import Line

_APART = 1.0
"""The gap above every block: nothing that the file sets apart is joined to what stands before it."""
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST_ROMAN = 3999
_LEVELS = 6


class MarkedLines:
    """Collects headings, paragraphs, list items and table rows as the lines that the block reader knows."""

    def __init__(self) -> None:
        self._lines: list[Line] = []

    def heading(self, level: int, text: str) -> None:
        """A heading; `level` 1 is the highest."""
        self._add("#" * min(max(level, 1), _LEVELS) + " ", text)

    def paragraph(self, text: str) -> None:
        """A paragraph; a line break in it is white space."""
        self._add("", text)

    def item(self, text: str, label: str = "") -> None:
        """A list item; `label` is its own number or letter where the file numbers it."""
        self._add(f"- ({label}) " if label else "- ", text)

    def row(self, cells: Iterator[str]) -> None:
        """A row of a table, between bars: figures after a tab would be taken for a table of contents. A row of one cell is a paragraph."""
        words = [tidy for tidy in (_tidy(cell) for cell in cells) if tidy]
        if len(words) > 1:
            self._lines.append(Line(f"| {' | '.join(words)} |", _APART))
        elif words:
            self.paragraph(words[0])

    def lines(self) -> tuple[Line, ...]:
        """What was collected, but for a heading that the next line only says again."""
        kept = [line for line, after in pairwise([*self._lines, None]) if line and not (after and heading_hashes(line.text) and line.text == after.text)]
        return tuple(kept)

    def _add(self, mark: str, text: str) -> None:
        words = _tidy(text)
        if words:
            self._lines.append(Line(mark + words, _APART))


def _tidy(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\ufeff", "").replace("\u200b", "").split())


def numeral(value: int, style: str) -> str:
    """The number of a list item as its style writes it: `roman`, `letter`, or plain digits for any other and for what no Roman numeral reaches.

    >>> numeral(4, "roman"), numeral(28, "letter"), numeral(7, "decimal")
    ('iv', 'ab', '7')
    """
    if style == "roman" and value <= _MOST_ROMAN:
        found = ""
        for size, letters in _ROMAN:
            found += letters * (value // size)
            value %= size
        return found
    if style == "letter":
        found = ""
        while value > 0:
            value, rest = divmod(value - 1, 26)
            found = chr(ord("a") + rest) + found
        return found
    return str(value)
