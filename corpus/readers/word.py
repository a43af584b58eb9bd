"""Word files (.docx), as lines: headings by style, paragraphs, numbered and plain lists, tables."""

import os
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from corpus.readers.marked import MarkedLines, numeral
from corpus.readers.pages import Document, Page
from corpus.readers.unreadable import UnreadableOriginalError

MOST_GROWTH = 64 * 1024 * 1024
"""Bytes that a file may gain in unpacking. Pictures gain next to nothing, so this is the words' XML, and that takes some twenty times its size to read."""
MOST_RATIO = 400
"""How often its size a part may unpack to. Word's own XML reaches some 40; a part made to fill the memory reaches 1,000 and more."""
_RATIO_FROM = 1024 * 1024
_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The compound file that Word wraps a password-protected document in; the old .doc format begins so too."""
_STYLES = {"lowerRoman": "roman", "upperRoman": "roman", "lowerLetter": "letter", "upperLetter": "letter", "decimal": "decimal"}
_NO_TITLE = "Word Document"
"""What python-docx takes for the title of a file that says nothing of itself."""
_WORDS = (
    ".//*[self::w:t or self::w:tab or self::w:br or self::w:cr or self::w:noBreakHyphen or self::w:p]"
    "[not(ancestor::w:moveFrom or ancestor::w:txbxContent or ancestor::w:pPr or ancestor::w:sdt[w:sdtPr/w:showingPlcHdr])]"
)
"""The words of a paragraph or cell with every tracked change made, in links, fields and filled-in content controls too."""
_WRAPPERS = frozenset(qn(name) for name in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo"))
_BARE_NUMBER = re.compile(r"\W*(\w*)\W*")


def read_word(path: Path) -> Document:
    """The title and the lines of a Word file; where its pages end is not in the file.

    Raises `UnreadableOriginalError` where the file cannot be opened, is locked, damaged, larger than it seems, or holds no words.
    """
    _refuse_unsafe(path)
    try:
        document = docx.Document(str(path))
        lines = MarkedLines()
        _Walker(document, lines).walk(document.element.body, document)
        title = " ".join((document.core_properties.title or "").split())
    except Exception as error:  # python-docx fails in as many ways as a file can be damaged
        raise UnreadableOriginalError(path, "is damaged and cannot be opened; download it again from the publisher") from error
    found = lines.lines()
    if not found:
        raise UnreadableOriginalError(path, "has no words to read; check that the document was saved with its words")
    return Document(title if title not in ("", _NO_TITLE) else None, (Page(None, found),))


def _refuse_unsafe(path: Path) -> None:
    """Look at a file's outside before its inside is unpacked."""
    try:
        with path.open("rb") as file:
            head = file.read(8)
            size = os.fstat(file.fileno()).st_size
        if head == _ENCRYPTED:
            raise UnreadableOriginalError(path, "is locked with a password, or in the older .doc format; save it as .docx without a password and add that")
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except OSError as error:
        raise UnreadableOriginalError(path, f"cannot be opened ({error.strerror}); check the path and the permissions") from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise UnreadableOriginalError(path, "is not a whole Word file (.docx), whatever its name says; download it again from the publisher") from error
    swollen = any(part.file_size > _RATIO_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1) for part in parts)
    if swollen or sum(part.file_size for part in parts) > size + MOST_GROWTH:
        raise UnreadableOriginalError(path, "unpacks to far more than a document holds, as files made to do harm do; it was not opened")


@dataclass(frozen=True)
class _Level:
    """One level of a numbered list. Lists with one `origin` go on counting from each other, unless one starts anew."""

    origin: str
    format: str
    printed: str
    start: int
    anew: bool


class _Walker:
    """Walks the body in order and hands each block to the lines."""

    def __init__(self, document: Any, lines: MarkedLines):
        self.lines = lines
        self.levels = dict(_levels(document))
        self.styles = {each.style_id: (each.name or "", each.element.find(qn("w:pPr"))) for each in document.styles}
        usual = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
        self.usual = self.styles.get(usual.style_id if usual is not None else None, ("", None))
        self.counts: dict[tuple[str, int], int] = {}
        self.begun: set[tuple[str, int]] = set()

    def walk(self, element: Any, parent: Any) -> None:
        """Take in the paragraphs and tables of a body or a cell, in order."""
        for block in _blocks(element, parent):
            if isinstance(block, Table):
                for row in block.rows:
                    self._row(_cells(row))
            else:
                self._paragraph(block)

    def _row(self, cells: list[Any]) -> None:
        if len(cells) == 1:
            self.walk(cells[0]._tc, cells[0])
        else:
            self.lines.row(_words(cell._tc) for cell in cells)

    def _paragraph(self, paragraph: Paragraph) -> None:
        words = _words(paragraph._p)
        style, properties = self.styles.get(paragraph._p.style, self.usual)
        if not words.strip() or style.lower().startswith("toc "):
            return
        number = self._number(_numbering(paragraph._p.pPr, properties))
        level = style.removeprefix("Heading ")
        if style == "Title":
            self.lines.heading(1, words)
        elif level != style and level.isdecimal():
            self.lines.heading(int(level), f"{number or ''} {words}")
        elif number is None and style.startswith("List") and style != "List Paragraph":
            self.lines.item(words)
        elif number is None:
            self.lines.paragraph(words)
        elif bare := _BARE_NUMBER.fullmatch(number):
            self.lines.item(words, bare[1].lower())
        else:
            self.lines.paragraph(f"{number} {words}")

    def _number(self, found: tuple[str, int] | None) -> str | None:
        """What Word prints before a list paragraph (`(a)`, `1.2`): empty for a bullet, None where it is no list paragraph."""
        if found is None:
            return None
        level = self.levels.get(found)
        if level is None:
            return ""
        place = (level.origin, found[1])
        for deeper in [key for key in self.counts if key[0] == level.origin and key[1] > found[1]]:
            del self.counts[deeper]
        if level.anew and found not in self.begun:
            self.counts.pop(place, None)
        self.begun.add(found)
        self.counts[place] = self.counts.get(place, level.start - 1) + 1
        return re.sub(r"%([1-9])", lambda match: self._count(found[0], int(match[1]) - 1), level.printed)

    def _count(self, number: str, depth: int) -> str:
        """How far a level of a list has counted, as that level writes it."""
        level = self.levels.get((number, depth))
        if level is None:
            return ""
        written = numeral(self.counts.get((level.origin, depth), level.start), _STYLES.get(level.format, ""))
        return written.upper() if level.format.startswith("upper") else written


def _blocks(element: Any, parent: Any) -> Iterator[Paragraph | Table]:
    """The paragraphs and tables of an element in order, those in content controls too."""
    for each in element:
        if each.tag == qn("w:p"):
            yield Paragraph(each, parent)
        elif each.tag == qn("w:tbl"):
            yield Table(each, parent)
        elif each.tag in _WRAPPERS:
            yield from _blocks(each, parent)


def _words(element: Any) -> str:
    return "".join((each.text or "") if each.tag == qn("w:t") else "-" if each.tag == qn("w:noBreakHyphen") else " " for each in element.xpath(_WORDS))


def _numbering(own: Any, styles: Any) -> tuple[str, int] | None:
    """(number id, level) of a paragraph that belongs to a list by its own properties or by its style's."""
    for each in (own, styles):
        numbering = each.find(qn("w:numPr")) if each is not None else None
        if numbering is not None:
            number = _value(numbering, "w:numId", "0")
            return (number, int(_value(numbering, "w:ilvl", "0"))) if number != "0" else None
    return None


def _levels(document: Any) -> Iterator[tuple[tuple[str, int], _Level]]:
    """Each level of each list of the file, by number id and depth."""
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return
    abstract = {each.get(qn("w:abstractNumId")): each for each in numbering.findall(qn("w:abstractNum"))}
    for number in numbering.findall(qn("w:num")):
        origin = _value(number, "w:abstractNumId", "")
        starts = {each.get(qn("w:ilvl")): _value(each, "w:startOverride", "") for each in number.findall(qn("w:lvlOverride"))}
        for level in abstract[origin].findall(qn("w:lvl")) if origin in abstract else ():
            depth = level.get(qn("w:ilvl"))
            form = _value(level, "w:numFmt", "decimal")
            printed = _value(level, "w:lvlText", "") if form in _STYLES else ""
            anew = starts.get(depth, "")
            start = int(anew or _value(level, "w:start", "1"))
            yield (number.get(qn("w:numId")), int(depth)), _Level(origin, form, printed, start, bool(anew))


def _value(element: Any, name: str, otherwise: str) -> str:
    """The value of a setting inside an element."""
    found = element.find(qn(name))
    return str(found.get(qn("w:val"), otherwise)) if found is not None else otherwise


def _cells(row: Any) -> list[Any]:
    """The cells of a row, a merged one once."""
    found: list[Any] = []
    for cell in row.cells:
        if not found or cell._tc is not found[-1]._tc:
            found.append(cell)
    return found
