"""The outline of an original: its blocks gathered into stretches, each under one heading and at one place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.readers.blocks import Block, Kind
from corpus.readers.headings import NUMBERED, TITLE, HeadingFinder, Place, figure, recommendation
from corpus.readers.naming import path_locator, short_name

_CONTENTS = re.compile(r"^(?:table of )?contents$", re.IGNORECASE)
_ENDS_IN_PAGE = re.compile(r"\s(?:\d{1,4}|[ivx]{1,6})$")
_ABOUT_FIGURE = re.compile(
    r"^(?:(?:This|These|The)\s(?:\w+\s)?(?:boxes|box|charts?|diagrams?|figures?|graphs?|maps?|tables?)\b|(?:Sources?|Notes?|Key|Base)\s*:)", re.IGNORECASE
)
_SUB_POINT = re.compile(r"^\([ivx]+\)$|^\([a-z]\)$|^\(\d+\)$")


@dataclass(frozen=True)
class Part:
    """A block with the place its sentences are quoted from; None where that is the stretch's own. `skip` leaves out its label."""

    block: Block
    locator: str | None = None
    skip: int = 0


@dataclass
class Stretch:
    """What stands under one heading, or at one named place. `printed` are the headings printed just above it."""

    locator: str
    headings: tuple[str, ...]
    printed: tuple[str, ...]
    page: int | None
    parts: list[Part] = field(default_factory=list)


class _Outliner:
    def __init__(self, blocks: Sequence[Block], title: str):
        self.blocks = blocks
        self.finder = HeadingFinder(blocks)
        self.title = title
        self.path: list[tuple[int, str]] = []
        self.printed: list[str] = []
        self.named: Place | None = None
        self.in_figure = False
        self.stretches: list[Stretch] = []
        self.open: Stretch | None = None

    def read(self) -> list[Stretch]:
        number = 0
        while number < len(self.blocks):
            number = self._step(number)
        return self.stretches

    def _step(self, number: int) -> int:
        """Take in one block, or a table of contents; the number of the next."""
        block = self.blocks[number]
        place = recommendation(block)
        if place:
            self._recommend(block, place)
            return number + 1
        caption = figure(block)
        if caption:
            self._begin(caption, block)
            self.in_figure = True
            return number + 1
        if self.in_figure and self._belongs_to_figure(number):
            self._add(block)
            return number + 1
        depth = self.finder.depth(number)
        if depth is not None:
            return self._head(number, depth)
        if self.in_figure:
            self.in_figure, self.named, self.open = False, None, None
        self._add(block)
        return number + 1

    def _recommend(self, block: Block, place: Place) -> None:
        if not (self.named and self.named.name == place.name and place.label):
            self._begin(place, block)
        else:
            self._add(block, place)

    def _begin(self, place: Place, block: Block) -> None:
        """A named place begins with its own block: a recommendation, or a figure's caption."""
        self.named, self.in_figure, self.open = place, False, None
        self._add(block, place)

    def _head(self, number: int, depth: int) -> int:
        text = self.blocks[number].text
        self.named, self.in_figure, self.open = None, False, None
        if _CONTENTS.match(text):
            return self._after_contents(number + 1)
        heading = text.strip().rstrip(":–—- ")
        self.path = [(level, name) for level, name in self.path if level < depth]
        self.path.append((depth, heading))
        self.printed.append(text)
        return number + 1

    def _after_contents(self, number: int) -> int:
        """Past the lines of a table of contents: those that end in a page number."""
        while number < len(self.blocks) and _ENDS_IN_PAGE.search(self.blocks[number].text):
            number += 1
        return number

    def _belongs_to_figure(self, number: int) -> bool:
        """Rows, notes about the figure, its labels, and text without a full stop; other prose takes up the running text again."""
        block = self.blocks[number]
        if block.kind is Kind.ROW or _ABOUT_FIGURE.match(block.text):
            return True
        depth = self.finder.depth(number)
        if depth is None:
            return block.kind is Kind.PROSE and block.is_open()
        beside = [self.finder.depth(other) for other in (number - 1, number + 1) if 0 <= other < len(self.blocks)]
        return depth not in (TITLE, NUMBERED) and depth in beside and not recommendation(self.blocks[number + 1])

    def _add(self, block: Block, place: Place | None = None) -> None:
        if self.open is None or self._turns_page(block):
            self.open = self._stretch(block)
            self.stretches.append(self.open)
        label = place.label if place else block.label
        locator = None
        if label and self.named and not self.in_figure and _SUB_POINT.match(label):
            locator = f"{self.named.name}{label}{self._where()}"
        skip = place.rest if place and place.label else block.skip
        self.open.parts.append(Part(block, locator, skip))

    def _turns_page(self, block: Block) -> bool:
        """Without a heading the page is the only place, so that each page begins anew."""
        return not self.path and not self.named and self.open is not None and block.page != self.open.page

    def _stretch(self, block: Block) -> Stretch:
        headings = tuple(name for _, name in self.path)
        printed, self.printed = tuple(self.printed), []
        if self.named:
            return Stretch(f"{self.named.name}{self._where()}", (*headings, self.named.name), printed, block.page)
        if headings:
            return Stretch(path_locator(headings), headings, printed, block.page)
        return Stretch(f"p. {block.page}" if block.page else self.title, (), printed, block.page)

    def _where(self) -> str:
        """An annex that repeats a named place says so: `Recommendation 12 (Annex A)`."""
        name = short_name(self.path[0][1]) if self.path else ""
        return f" ({name})" if name.startswith(("Annex ", "Appendix ", "Schedule ")) else ""


def outline(blocks: Sequence[Block], title: str) -> list[Stretch]:
    """The stretches of a document in order. `title` names a place in a file that has neither headings nor pages."""
    return _Outliner(blocks, title).read()


def footnote_stretch(notes: Sequence[Block]) -> list[Stretch]:
    """The footnotes of a document as one stretch after everything else, each with a locator of its own; none without notes."""
    if not notes:
        return []
    parts = [Part(note, f"footnote {note.label}" + (f", p. {note.page}" if note.page else "")) for note in notes]
    return [Stretch("Footnotes", ("Footnotes",), ("Footnotes",), notes[0].page, parts)]
