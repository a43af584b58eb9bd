"""Reading originals: one file or many, by the ending of the name."""

from collections.abc import Sequence
from pathlib import Path

from corpus.originals.cleaning import clean
from corpus.originals.lines import UnreadableOriginalError
from corpus.originals.outline import outline
from corpus.originals.pdf import read_pdf
from corpus.originals.text import read_text
from corpus.sections import Section

READERS = {".txt": read_text, ".md": read_text, ".pdf": read_pdf}


def read_original(path: Path, source_id: str) -> list[Section]:
    """The sections of an original.

    Raises UnreadableOriginalError, saying why and what to do, for a file that cannot be read.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableOriginalError(path, f"is of a kind that cannot be read; kinds are {', '.join(READERS)}.")
    if not path.is_file():
        raise UnreadableOriginalError(path, "does not exist, or is a folder.")
    return outline(clean(reader(path)), source_id)


def read_originals(paths: Sequence[Path]) -> tuple[dict[Path, list[Section]], list[UnreadableOriginalError]]:
    """The sections of each file that can be read, and why each of the others cannot. A file's name stands for its source."""
    found: dict[Path, list[Section]] = {}
    failures: list[UnreadableOriginalError] = []
    for path in paths:
        try:
            found[path] = read_original(path, path.stem.lower())
        except UnreadableOriginalError as error:
            failures.append(error)
    return found, failures
