"""A section: a stretch of a note or an original with one source and one place in it, cut into sentences."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Role(StrEnum):
    """What part a sentence plays in its section."""

    PROSE = "prose"
    LEAD_IN = "lead_in"
    ITEM = "item"


@dataclass(frozen=True)
class Sentence:
    """A span of its section's text. `start` and `end` count characters from the start of that text."""

    start: int
    end: int
    role: Role
    locator: str


@dataclass(frozen=True)
class Section:
    """A piece of a note or original.

    `text` is exactly the characters `start:start + len(text)` of the document it was read from, so that a span in it
    can always be found again there. `theme` is empty in an original. `heading_path` runs from the document's title to the section's own heading.
    """

    id: str
    document_id: str
    source_id: str
    locator: str
    heading_path: tuple[str, ...]
    text: str
    start: int
    sentences: tuple[Sentence, ...]
    page: int | None = None
    asks: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    theme: str = ""
    path: Path | None = None
    line: int = 1

    def quote(self, sentence: Sentence) -> str:
        return self.text[sentence.start : sentence.end]
