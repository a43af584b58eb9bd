"""PDF files, as pages of lines in reading order."""

import re
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import pypdfium2

from corpus.readers.glyphs import Word, page_words
from corpus.readers.layout import Gutter, find_gutter, fragments, page_lines
from corpus.readers.pages import Page
from corpus.readers.unreadable import UnreadableOriginalError

_ONE_AT_A_TIME = threading.RLock()
"""PDFium may not be called from two threads at once (its own documentation)."""
_PASSWORD_ERROR = 4
"""FPDF_ERR_PASSWORD in fpdfview.h."""
_NO_TITLE = re.compile(r"(?:untitled|\(anonymous\)|microsoft word\b.*|.*\.(?:docx?|pdf|indd|odt|rtf))$", re.IGNORECASE)
"""What programs write where no one gave a title."""
_HEAD_BYTES = 1024
_TAIL_BYTES = 4096
"""A whole PDF says `%PDF-` near its start and `%%EOF` near its end; viewers look that far."""


def read_pdf(path: Path) -> list[Page]:
    """The pages of a PDF, numbered from 1 as the file counts them.

    Raises `UnreadableOriginalError` where the file cannot be opened, is no PDF, is cut short, locked or damaged, or
    holds no words.
    """
    sheets: list[tuple[list[Word], float]] = []
    with _opened(path) as document:
        for number in range(len(document)):
            sheets.append(_sheet(path, document, number))
    gutters = [find_gutter(fragments(words)) for words, _ in sheets]
    usual = _usual_gutter(gutters)
    pages = [
        Page(number, page_lines(words, gutter or usual, height)) for number, ((words, height), gutter) in enumerate(zip(sheets, gutters, strict=True), start=1)
    ]
    if all(page.is_empty() for page in pages):
        raise UnreadableOriginalError(path, "has no words on any page, so it is probably a scan; put it through text recognition (OCR) and add the result")
    return pages


def pdf_title(path: Path) -> str | None:
    """The title in the file's own description, where there is one that a person wrote."""
    with _opened(path) as document:
        title = document.get_metadata_value("Title")
    words = " ".join(str(title).split())
    return None if not words or _NO_TITLE.match(words) else words


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableOriginalError(path, f"cannot be opened ({error.strerror}); check the path and the permissions") from error
    if b"%PDF-" not in data[:_HEAD_BYTES]:
        raise UnreadableOriginalError(path, "is not a PDF file, whatever its name says; download it again from the publisher")
    if b"%%EOF" not in data[-_TAIL_BYTES:]:
        raise UnreadableOriginalError(path, "is cut short: its end is missing; download it again from the publisher")
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise UnreadableOriginalError(path, _why_closed(error)) from error
        with closing(document):
            yield document


def _why_closed(error: pypdfium2.PdfiumError) -> str:
    if error.err_code == _PASSWORD_ERROR:
        return "is locked with a password; save a copy without one and add that"
    return "is damaged and cannot be opened; download it again from the publisher"


def _sheet(path: Path, document: Any, number: int) -> tuple[list[Word], float]:
    """The words of one page and its height in points."""
    try:
        with closing(document[number]) as page, closing(page.get_textpage()) as textpage:
            return page_words(textpage), page.get_height()
    except pypdfium2.PdfiumError as error:
        raise UnreadableOriginalError(path, f"is damaged at page {number + 1}; download it again from the publisher") from error


def _usual_gutter(gutters: list[Gutter | None]) -> Gutter | None:
    """The gutter of a document that is set in two columns on most pages, for its pages too short to show it."""
    found = [gutter for gutter in gutters if gutter]
    if len(found) < 2 or 2 * len(found) <= len(gutters):
        return None
    return Gutter(median(gutter.left for gutter in found), median(gutter.right for gutter in found))
