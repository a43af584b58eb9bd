"""Blocks: paragraphs, list items, table rows and footnotes, put together from the lines of all pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from statistics import median

from corpus.readers.hyphens import LineJoiner
from corpus.readers.marks import bullet_length, footnote_number, heading_hashes, item_label, plain_words
from corpus.readers.pages import Line, Page

_PARAGRAPH_GAP = 0.35
"""White space above a line, beyond the usual leading and in type sizes, that begins a new paragraph."""
_SAME_SIZE = 0.05
_SAME_INDENT = 4.0
_FULL_LINE = 0.65
"""A line shorter than this share of the usual length ends its paragraph at a column's foot even without a stop."""
_CLOSED = re.compile(r"[.?!:;…][\"'”’)\]]*[⁰¹²³⁴-⁹]*$")
_RULE = re.compile(r"^(?:[-*_=]\s?){3,}$|^\|?(?:\s*:?-{3,}:?\s*\|)+\s*(?::?-{3,}:?)?$")
_CONTENTS_LINE = re.compile(r"\S.*(?:\t|\.{3,}|(?:\s\.){3,}|…+|\s{3,})\s*(?:\d{1,4}|[ivx]{1,6})$")
_NAMED_PLACE = re.compile(r"^\W*(?:Recommendation|Figure)\s+\d+\s*[:–—-]", re.IGNORECASE)
_LEAST_CONTENTS = 3


class Kind(StrEnum):
    """What a block is in the print."""

    PROSE = "prose"
    ITEM = "item"
    ROW = "row"
    FOOTNOTE = "footnote"


@dataclass(frozen=True)
class Block:
    """One paragraph, list item, table row or footnote in plain words.

    `text` keeps an item's bullet (as `- `) and label; `skip` counts their characters. `label` is `(ii)` where an item has
    one, the number where it is a footnote. `page` is where it begins; `size` and `bold` are its type's; `hashes` the
    level of a Markdown heading.
    """

    text: str
    kind: Kind = Kind.PROSE
    page: int | None = None
    label: str = ""
    skip: int = 0
    size: float | None = None
    bold: bool = False
    hashes: int = 0

    @property
    def words(self) -> str:
        return self.text[self.skip :]

    def is_open(self) -> bool:
        """Whether the text stops without a mark that ends a sentence, so that it may go on elsewhere."""
        return not _CLOSED.search(self.text)


@dataclass
class _Growing:
    """A block while lines are added to it. `indent` is that of its text, without a bullet."""

    raw: str
    last: Line
    page: int | None
    kind: Kind
    bold: bool
    lines: list[Line] = field(default_factory=list)


def read_blocks(pages: list[Page]) -> list[Block]:
    """Cut pages into blocks: wrapped and divided lines joined, items and rows apart, runs of contents lines left out."""
    joiner = LineJoiner(line.text for page in pages for line in page.lines)
    usual = median([len(line.text) for page in pages for line in page.lines] or [0])
    blocks: list[Block] = []
    growing: _Growing | None = None
    for page, line in _lines(pages):
        if growing and _goes_on(growing, line, usual):
            growing.raw = joiner.join(growing.raw, line.text)
            growing.bold = growing.bold and line.bold
            growing.last = line
            continue
        if growing:
            blocks.append(_block(growing))
        growing = _Growing(line.text, line, page, _kind(line), line.bold)
    if growing:
        blocks.append(_block(growing))
    return [block for block in blocks if block.words.strip()]


def _lines(pages: list[Page]) -> Iterator[tuple[int | None, Line]]:
    """The lines that stay, without Markdown's strong marks, rules and tables of contents."""
    every = [
        (page.number, replace(line, gap=line.gap if place else None)) for page in pages for place, line in enumerate(page.lines) if not _RULE.match(line.text)
    ]
    contents = [bool(_CONTENTS_LINE.match(line.text)) for _, line in every]
    for number, (page, line) in enumerate(every):
        first = number
        while first > 0 and contents[first - 1]:
            first -= 1
        last = number
        while last + 1 < len(every) and contents[last + 1]:
            last += 1
        if contents[number] and last - first + 1 >= _LEAST_CONTENTS:
            continue
        words = line.text.replace("**", "").strip()
        if words:
            yield page, replace(line, text=words)


def _kind(line: Line) -> Kind:
    if "\t" in line.text or line.text.startswith("|"):
        return Kind.ROW
    if footnote_number(line.text):
        return Kind.FOOTNOTE
    if bullet_length(line.text) or item_label(line.text)[0]:
        return Kind.ITEM
    return Kind.PROSE


def _goes_on(growing: _Growing, line: Line, usual: float) -> bool:
    """Whether a line belongs to the block above it; `usual` is the document's usual line length in characters."""
    last = growing.last
    if Kind.ROW in (growing.kind, _kind(line)) or heading_hashes(line.text) or heading_hashes(growing.raw):
        return False
    if last.size and line.size and abs(last.size - line.size) > _SAME_SIZE * last.size:
        return False
    if footnote_number(line.text) or (bullet_length(line.text) and not _is_dash_inside(growing, line)):
        return False
    if item_label(line.text)[0] and (growing.kind is Kind.ITEM or _CLOSED.search(growing.raw)):
        return False
    if line.gap is None:
        return _goes_on_overleaf(growing, line, usual)
    if line.gap >= _PARAGRAPH_GAP or (_NAMED_PLACE.match(line.text) and (line.gap > 0 or _CLOSED.search(growing.raw))):
        return False
    return not (growing.kind is Kind.PROSE and growing.bold and not line.bold and line.text[0].isupper() and growing.raw == last.text)


def _is_dash_inside(growing: _Growing, line: Line) -> bool:
    """A line may begin with the dash of an open sentence; it is no bullet unless the item above has one like it."""
    dash = line.text[0] in "-–—" and (line.gap or 0.0) < _PARAGRAPH_GAP
    return dash and not _CLOSED.search(growing.raw) and not growing.raw.startswith(line.text[0]) and not growing.raw.endswith(",")


def _goes_on_overleaf(growing: _Growing, line: Line, usual: float) -> bool:
    """Whether the first line of a column or page ends the sentence of the last one: same type, same place, sentence open."""
    if _CLOSED.search(growing.raw) or _NAMED_PLACE.match(line.text):
        return False
    if line.text[0].islower():
        return True
    full = len(growing.last.text) >= _FULL_LINE * usual
    return full and bool(line.size) and growing.bold == line.bold and abs(growing.last.indent - line.indent) <= _SAME_INDENT


def _block(growing: _Growing) -> Block:
    raw, size = growing.raw, growing.last.size
    if growing.kind is Kind.ROW:
        cells = [plain_words(cell) for cell in raw.strip("|").replace("|", "\t").split("\t")]
        return Block(": ".join(cell for cell in cells if cell), Kind.ROW, growing.page, size=size)
    hashes = heading_hashes(raw)
    bullet = bullet_length(raw)
    words = plain_words(raw[bullet:])
    if growing.kind is Kind.FOOTNOTE:
        return Block(words, Kind.FOOTNOTE, growing.page, footnote_number(words), size=size)
    label, label_length = ("", 0) if hashes else item_label(words)
    if not bullet and not label:
        return Block(words, Kind.PROSE, growing.page, size=size, bold=growing.bold, hashes=hashes)
    mark = "- " if bullet else ""
    return Block(mark + words, Kind.ITEM, growing.page, label, len(mark) + label_length, size, growing.bold)
