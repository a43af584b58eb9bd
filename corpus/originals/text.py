"""Plain text: UTF-8, or Windows-1252 where it is not that; a form feed begins a page."""

import re
from pathlib import Path

from corpus.originals.lines import Line, UnreadableOriginalError

_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)")
_ADDRESS = re.compile(r"<(https?://[^>\s]+)>")


def read_text(path: Path) -> list[Line]:
    """The lines of a text file. Marks of Markdown (emphasis, links, addresses in brackets) become plain words.

    Raises UnreadableOriginalError for a file that is empty or is not text.
    """
    raw = path.read_bytes()
    if b"\0" in raw:
        raise UnreadableOriginalError(path, "is not a text file: it holds zero bytes. Give the file its right ending.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    if not text.strip():
        raise UnreadableOriginalError(path, "is empty. Add a file that has text.")
    pages = text.split("\f")
    lines: list[Line] = []
    for number, page in enumerate(pages, start=1):
        lines += _page_lines(page, number if len(pages) > 1 else None)
    return lines


def plain(text: str) -> str:
    """The words of a line without Markdown's marks."""
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    return _ADDRESS.sub(r"\1", _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", text))).strip()


def _page_lines(page: str, number: int | None) -> list[Line]:
    found: list[tuple[str, bool]] = []
    opens = True
    for raw in page.splitlines():
        text = plain(raw)
        if text:
            found.append((text, opens))
        opens = not text
    last = len(found) - 1
    return [Line(text, number, opens, edge=number is not None and place in (0, last)) for place, (text, opens) in enumerate(found)]
