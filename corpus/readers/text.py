"""Plain text and Markdown files, as pages of lines."""

import codecs
from pathlib import Path

from corpus.readers.pages import Line, Page
from corpus.readers.unreadable import UnreadableOriginalError

_BLANK_LINE_GAP = 1.0
_TAB_WIDTH = 4
_INVISIBLE = str.maketrans("", "", "\ufeff\u200b\u200c\u200d\u2060")


def read_text(path: Path) -> list[Page]:
    """The pages of a text file: form feeds divide them; without any, the whole file is one page without a number.

    Raises `UnreadableOriginalError` where the file cannot be opened, holds no words or is not text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableOriginalError(path, f"cannot be opened ({error.strerror}); check the path and the permissions") from error
    text = decode(data)
    if "\0" in text:
        raise UnreadableOriginalError(path, "is not a text file; save the document as PDF or plain text and add that")
    pages = pages_of(text)
    if all(page.is_empty() for page in pages):
        raise UnreadableOriginalError(path, "is empty; check that the document was saved with its words")
    return pages


def decode(data: bytes) -> str:
    """UTF-16 where its byte order mark says so, else UTF-8, else (where the bytes are no UTF-8) Windows cp1252.

    The five bytes that cp1252 leaves undefined become U+FFFD, so that no file is lost to a single byte.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def pages_of(text: str) -> list[Page]:
    """Cut a text into pages at form feeds and into lines; white space is folded, nothing else is lost but invisible joiners."""
    parts = text.split("\f")
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    if len(parts) == 1:
        return [Page(None, _lines(parts[0]))]
    return [Page(number, _lines(part)) for number, part in enumerate(parts, start=1)]


def _lines(text: str) -> tuple[Line, ...]:
    """The lines that hold words. A tab inside a line is kept: it divides the cells of a table row."""
    lines: list[Line] = []
    gap: float | None = None
    for raw in text.translate(_INVISIBLE).splitlines():
        words = "\t".join(" ".join(cell.split()) for cell in raw.strip().split("\t"))
        if not words:
            gap = _BLANK_LINE_GAP
            continue
        expanded = raw.expandtabs(_TAB_WIDTH)
        lines.append(Line(words, gap, indent=float(len(expanded) - len(expanded.lstrip()))))
        gap = 0.0
    return tuple(lines)
