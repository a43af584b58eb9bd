"""Originals: one file in, its sections out; many files in, and what could not be read is named beside them."""

from collections.abc import Iterable
from pathlib import Path

from corpus.readers.cutting import Original, cut
from corpus.readers.pages import Document
from corpus.readers.pdf import pdf_title, read_pdf
from corpus.readers.text import read_text
from corpus.readers.unreadable import UnreadableOriginalError
from corpus.sections import Section

ACCEPTED = (".txt", ".md", ".pdf")


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
    if suffix == ".pdf":
        pages = read_pdf(path)
        return Document(pdf_title(path), tuple(pages))
    return Document(None, tuple(read_text(path)))
