"""Originals: one file in, its sections out; many files in, and what could not be read is named beside them."""

from collections.abc import Iterable
from pathlib import Path

from corpus.readers.cutting import Original, cut
from corpus.readers.html import read_html
from corpus.readers.pages import Document
from corpus.readers.pdf import pdf_title, read_pdf
from corpus.readers.text import read_text
from corpus.readers.unreadable import UnreadableOriginalError
from corpus.readers.word import read_word
from corpus.sections import Section

ACCEPTED = (".pdf", ".docx", ".html", ".htm", ".txt", ".md")
MOST_BYTES = 100_000_000
"""The largest file that is read: a report of some hundred pages with pictures stays below a tenth of it."""


def read_original(path: Path, source_id: str, title: str | None = None) -> list[Section]:
    """The sections of one original in order; `source_id` begins their ids.

    `title` begins every heading path; without it the file's own title does, else the file's name. Raises
    `UnreadableOriginalError`.
    """
    return list(cut_original(path, source_id, title).sections)


def cut_original(path: Path, source_id: str, title: str | None = None) -> Original:
    """As `read_original`, with the normalised text that the sections are slices of."""
    document = read_document(path)
    original = cut(document, source_id, title or document.title or path.stem, path)
    if not original.sections and original.orders:
        raise UnreadableOriginalError(path, f"gives orders to a machine wherever it has text, such as “{original.orders[0]}”; add the publisher's own file")
    if not original.sections:
        raise UnreadableOriginalError(path, "holds no running text, only contents lines or page numbers; add the full document")
    return original


def read_originals(paths: Iterable[Path]) -> tuple[dict[Path, list[Section]], list[UnreadableOriginalError]]:
    """(sections by path, failures). A file's name is its source id, with its kind where two files share the name.

    One unreadable file is named among the failures and the others go on.
    """
    found: dict[Path, list[Section]] = {}
    failures: list[UnreadableOriginalError] = []
    names: set[str] = set()
    for path in paths:
        name = path.stem if path.stem not in names else path.name.replace(".", "-")
        names.add(name)
        try:
            found[path] = read_original(path, name)
        except UnreadableOriginalError as error:
            failures.append(error)
    return found, failures


def read_document(path: Path) -> Document:
    """The pages of a file of any accepted kind, as they stand in it."""
    suffix = path.suffix.lower()
    if suffix not in ACCEPTED:
        kinds = ", ".join(ACCEPTED)
        raise UnreadableOriginalError(path, f"is of a kind that cannot be read ({suffix or 'no suffix'}); save it as one of {kinds} and add that")
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableOriginalError(path, f"cannot be opened ({error.strerror}); check the path and the permissions") from error
    if size > MOST_BYTES:
        raise UnreadableOriginalError(path, f"is {size / 1e6:,.0f} MB; the most is {MOST_BYTES / 1e6:,.0f} MB. Save it without its pictures, or in parts")
    if suffix == ".pdf":
        return Document(pdf_title(path), tuple(read_pdf(path)))
    if suffix == ".docx":
        return read_word(path)
    if suffix in (".html", ".htm"):
        return read_html(path)
    return Document(None, tuple(read_text(path)))
