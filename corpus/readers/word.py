"""Word files (.docx), as lines: headings by style, paragraphs, numbered and plain lists, tables."""

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document as open_word
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from corpus.readers.marked import MarkedLines, numeral
from corpus.readers.pages import Document, Page
from corpus.readers.unreadable import UnreadableOriginalError

MOST_UNPACKED = 256 * 1024 * 1024
"""Bytes. A Word file of words and pictures stays far below; one that unpacks to more is refused unread."""
MOST_RATIO = 400
"""How often its size a part may unpack to. Word's own XML reaches some 40; a part made to fill the memory reaches 1,000 and more."""
_RATIO_FROM = 1024 * 1024
_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The compound file that Word wraps a password-protected document in; the old .doc format begins so too."""
_STYLES = {"lowerRoman": "roman", "upperRoman": "roman", "lowerLetter": "letter", "upperLetter": "letter", "decimal": "decimal"}


def read_word(path: Path) -> Document:
    """The title and the lines of a Word file; where its pages end is not in the file.

    Raises `UnreadableOriginalError` where the file cannot be opened, is locked, damaged, larger than it seems, or holds no words.
    """
    _refuse_unsafe(path)
    try:
        document = open_word(str(path))
        lines = MarkedLines()
        _Walker(document, lines).walk(document)
    except (PackageNotFoundError, zipfile.BadZipFile, LxmlError, KeyError, ValueError, AttributeError, OSError) as error:
        raise UnreadableOriginalError(path, "is damaged and cannot be opened; download it again from the publisher") from error
    found = lines.lines()
    if not found:
        raise UnreadableOriginalError(path, "has no words to read; check that the document was saved with its words")
    title = " ".join((document.core_properties.title or "").split())
    return Document(title or None, (Page(None, found),))


def _refuse_unsafe(path: Path) -> None:
    """Look at a file's outside before its inside is unpacked."""
    try:
        with path.open("rb") as file:
            head = file.read(8)
        if head == _ENCRYPTED:
            raise UnreadableOriginalError(path, "is locked with a password, or in the older .doc format; save it as .docx without a password and add that")
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except OSError as error:
        raise UnreadableOriginalError(path, f"cannot be opened ({error.strerror}); check the path and the permissions") from error
    except zipfile.BadZipFile as error:
        raise UnreadableOriginalError(path, "is not a whole Word file (.docx), whatever its name says; download it again from the publisher") from error
    swollen = any(part.file_size > _RATIO_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1) for part in parts)
    if swollen or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableOriginalError(path, "unpacks to far more than a document holds, as files made to do harm do; it was not opened")


class _Walker:
    """Walks the body in order and hands each block to the lines."""

    def __init__(self, document: Any, lines: MarkedLines):
        self.lines = lines
        self.formats = dict(_formats(document))
        self.counts: dict[tuple[str, int], int] = defaultdict(int)

    def walk(self, container: Any) -> None:
        """Take in the paragraphs and tables of a document or a cell, in order."""
        for block in container.iter_inner_content():
            if isinstance(block, Table):
                for row in block.rows:
                    self.lines.row(cell.text for cell in _cells(row))
            else:
                self._paragraph(block)

    def _paragraph(self, paragraph: Paragraph) -> None:
        style = (paragraph.style.name or "") if paragraph.style is not None else ""
        level = style.removeprefix("Heading ")
        if style == "Title":
            self.lines.heading(1, paragraph.text)
        elif level != style and level.isdigit():
            self.lines.heading(int(level), paragraph.text)
        elif (number := self._number(paragraph)) is not None:
            self.lines.item(paragraph.text, number)
        elif style.startswith("List") and style != "List Paragraph":
            self.lines.item(paragraph.text)
        else:
            self.lines.paragraph(paragraph.text)

    def _number(self, paragraph: Paragraph) -> str | None:
        """The label Word would print before a list paragraph: empty for a bullet, None where it is no list paragraph."""
        found = _numbering(paragraph)
        if found is None or not paragraph.text.strip():
            return None
        number, level = found
        style = self.formats.get((number, level))
        if style is None:
            return ""
        self.counts[number, level] += 1
        for deeper in [key for key in self.counts if key[0] == number and key[1] > level]:
            del self.counts[deeper]
        return numeral(self.counts[number, level], style)


def _numbering(paragraph: Paragraph) -> tuple[str, int] | None:
    """(number id, level) of a paragraph that belongs to a list by itself or by its style."""
    properties = [paragraph._p.pPr]
    if paragraph.style is not None:
        properties.append(paragraph.style.element.find(qn("w:pPr")))
    for each in properties:
        numbering = each.find(qn("w:numPr")) if each is not None else None
        if numbering is not None:
            number, level = numbering.find(qn("w:numId")), numbering.find(qn("w:ilvl"))
            value = number.get(qn("w:val")) if number is not None else "0"
            depth = level.get(qn("w:val")) if level is not None else "0"
            return (value, int(depth)) if value != "0" else None
    return None


def _formats(document: Any) -> Iterator[tuple[tuple[str, int], str]]:
    """The style of each numbered list level of the file; a bullet has none."""
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return
    abstract = {each.get(qn("w:abstractNumId")): each for each in numbering.findall(qn("w:abstractNum"))}
    for number in numbering.findall(qn("w:num")):
        reference = number.find(qn("w:abstractNumId"))
        levels = abstract.get(reference.get(qn("w:val"))) if reference is not None else None
        for level in levels.findall(qn("w:lvl")) if levels is not None else ():
            form = level.find(qn("w:numFmt"))
            style = _STYLES.get(form.get(qn("w:val"))) if form is not None else None
            if style:
                yield (number.get(qn("w:numId")), int(level.get(qn("w:ilvl")))), style


def _cells(row: Any) -> list[Any]:
    """The cells of a row, a merged one once."""
    found: list[Any] = []
    for cell in row.cells:
        if not found or cell._tc is not found[-1]._tc:
            found.append(cell)
    return found
