"""Passages: the unit of the index, cut from sections without breaking what belongs together."""

import hashlib
from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict

from corpus.sections import Role, Section, Sentence

MAX_WORDS = 180
"""Passages longer than this are cut at paragraphs: the bundled model reads at most 256 word pieces (its model card)."""
MAX_WHOLE_WORDS = 420
"""A recommendation, or a list with its lead-in, is kept whole up to this many words."""


class PassageSentence(BaseModel):
    """A span of the passage's text that can be quoted; `start` and `end` count characters from the passage's start."""

    model_config = ConfigDict(frozen=True)

    start: int
    end: int
    role: Role
    locator: str


class Passage(BaseModel):
    """A stretch of a note or original: `text` is characters `start:end` of its document, `sha256` is of that text."""

    model_config = ConfigDict(frozen=True)

    id: str
    document_id: str
    source_id: str
    locator: str
    heading_path: tuple[str, ...]
    text: str
    start: int
    end: int
    sha256: str
    page: int | None
    sentences: tuple[PassageSentence, ...]
    asks: tuple[str, ...]
    topics: tuple[str, ...]
    sectors: tuple[str, ...]
    audiences: tuple[str, ...]
    theme: str

    def quote(self, number: int) -> str:
        """The exact words of sentence `number`, counted from 0."""
        sentence = self.sentences[number]
        return self.text[sentence.start : sentence.end]

    @property
    def is_original(self) -> bool:
        """Whether it is the publisher's own text; else it stands in a note of ours."""
        return self.document_id == self.source_id

    def heading(self) -> str:
        """The passage's own heading with the document's title, as embedded beside its text."""
        return " › ".join(self.heading_path)


def text_digest(text: str) -> str:
    """The sha256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def cut_passages(sections: Iterable[Section]) -> Iterator[Passage]:
    """Cut each section into passages. A short section is one passage; ids are the section's, numbered from the second on."""
    for section in sections:
        for number, group in enumerate(_groups(section)):
            yield _passage(section, group, number)


def _groups(section: Section) -> list[list[Sentence]]:
    sentences = list(section.sentences)
    whole = MAX_WHOLE_WORDS if section.locator.startswith("Recommendation") else MAX_WORDS
    if _words(section, sentences) <= whole:
        return [sentences]
    groups: list[list[Sentence]] = []
    for block in _blocks(section, sentences):
        if groups and _words(section, groups[-1]) + _words(section, block) <= MAX_WORDS:
            groups[-1].extend(block)
        else:
            groups.append(block)
    return groups


def _blocks(section: Section, sentences: list[Sentence]) -> list[list[Sentence]]:
    """Paragraphs; a list stands in one block with its lead-in, up to the most that is kept whole."""
    blocks: list[list[Sentence]] = []
    for sentence in sentences:
        follows = bool(blocks) and (
            (sentence.role is Role.ITEM and blocks[-1][-1].role in (Role.ITEM, Role.LEAD_IN))
            or ("\n\n" not in section.text[blocks[-1][-1].end : sentence.start] and sentence.role is not Role.ITEM)
        )
        limit = MAX_WHOLE_WORDS if sentence.role is Role.ITEM else MAX_WORDS
        if follows and _words(section, [*blocks[-1], sentence]) <= limit:
            blocks[-1].append(sentence)
        else:
            blocks.append([sentence])
    return blocks


def _words(section: Section, sentences: list[Sentence]) -> int:
    return sum(len(section.quote(sentence).split()) for sentence in sentences)


def _passage(section: Section, group: list[Sentence], number: int) -> Passage:
    start = 0 if number == 0 else section.text.rfind("\n", 0, group[0].start) + 1
    end = group[-1].end
    text = section.text[start:end]
    return Passage(
        id=section.id if number == 0 else f"{section.id}.{number + 1}",
        document_id=section.document_id,
        source_id=section.source_id,
        locator=section.locator,
        heading_path=section.heading_path,
        text=text,
        start=section.start + start,
        end=section.start + end,
        sha256=text_digest(text),
        page=section.page,
        sentences=tuple(PassageSentence(start=s.start - start, end=s.end - start, role=s.role, locator=s.locator) for s in group),
        asks=section.asks,
        topics=section.topics,
        sectors=section.sectors,
        audiences=section.audiences,
        theme=section.theme,
    )
