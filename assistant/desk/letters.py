"""The text of a letter: its sentences as paragraphs with `[n]` markers, read back to the letter, and the sources at its foot.

Paragraphs are parted by a blank line; an item is a line that begins with `- `; a sentence ends with its markers: `Text of the sentence. [1][2]`.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from assistant.answers import Citation
from assistant.desk.sentences import NO_BREAK, sentence_ends, split_sentences
from assistant.rendering import citation_line

SOURCES = "Sources"
_MARKERS = re.compile(r"\s*(?P<markers>(?:\[\d{1,3}\]\s*)+)(?P<stop>[.!?]?)$")
_BETWEEN = re.compile(r"\[\d{1,3}\] +(?=\S)(?!\[\d{1,3}\])")


class BodySentence(NamedTuple):
    """One sentence of a letter's body: its text without markers, the numbers it cites, the paragraph it stands in, and whether it is a list item."""

    text: str
    citations: tuple[int, ...]
    paragraph: int
    item: bool


class Written(Protocol):
    """What a sentence must tell to be written: both `BodySentence` and `LetterSentence` do."""

    @property
    def text(self) -> str: ...
    @property
    def citations(self) -> Sequence[int]: ...
    @property
    def paragraph(self) -> int: ...
    @property
    def item(self) -> bool: ...


def body_text(sentences: Iterable[Written]) -> str:
    """The sentences as text. A space at which one sentence would be read as two becomes a no-break space, so that `parse_body` gives the same back."""
    text, before = "", None
    for sentence in sentences:
        written = ("- " if sentence.item else "") + _whole(sentence.text) + _marked(sentence.citations)
        if before is not None:
            text += "\n\n" if sentence.paragraph != before.paragraph else _joint(text, written, before.item or sentence.item)
        text, before = text + written, sentence
    return text


def parse_body(body: str) -> list[BodySentence]:
    """The sentences of a text, however an adviser has typed it. Paragraphs count from 0; spaces count as one."""
    found: list[BodySentence] = []
    paragraph = 0
    for block in re.split(r"\n[^\S\n]*\n", body.replace("\r\n", "\n").replace("\r", "\n")):
        read = [sentence for line in block.split("\n") for sentence in _line(line, paragraph)]
        found += read
        paragraph += bool(read)
    return found


def letter_text(body: str, citations: Sequence[Citation]) -> str:
    """The body with the places that it cites at its foot, each under its numbers. Numbers stay as they are; one that is nobody's is left out."""
    used = {number for sentence in parse_body(body) for number in sentence.citations}
    places: dict[str, list[int]] = {}
    for citation in sorted(citations, key=lambda each: each.number):
        if citation.number in used:
            places.setdefault(_place(citation), []).append(citation.number)
    entries = ["".join(f"[{number}]" for number in numbers) + f" {place}" for place, numbers in places.items()]
    return "\n\n".join([body.rstrip(), SOURCES, *entries]) if entries else body.rstrip()


def tidy(text: str) -> str:
    """A sentence as it can be written: spaces and line breaks count as one space."""
    return " ".join(text.split())


def _place(citation: Citation) -> str:
    return citation_line(citation) + (f" {citation.url}" if citation.url else "")


def _whole(text: str) -> str:
    """The text with a no-break space wherever it would be cut."""
    tidied = tidy(text)
    characters = list(tidied)
    for _, following in sentence_ends(tidied):
        characters[following - 1] = NO_BREAK
    for match in _BETWEEN.finditer(tidied):
        characters[match.end() - 1] = NO_BREAK
    return "".join(characters)


def _marked(numbers: Sequence[int]) -> str:
    return " " + "".join(f"[{number}]" for number in numbers) if numbers else ""


def _joint(text: str, written: str, item: bool) -> str:
    """A space where the end of the sentence before can be told; else a line break."""
    line = text.rsplit("\n", 1)[-1]
    told = not item and len(_pieces(f"{line} {written}")) == len(_pieces(line)) + len(_pieces(written))
    return " " if told else "\n"


def _pieces(line: str) -> list[str]:
    """The sentences of a line, with their markers: cut at the ends of sentences, and after markers."""
    return [piece.strip(" ") for start, end in split_sentences(line) for piece in _after_markers(line[start:end])]


def _after_markers(text: str) -> list[str]:
    cuts = [0, *(match.end() for match in _BETWEEN.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts) if text[start:end].strip()]


def _line(line: str, paragraph: int) -> list[BodySentence]:
    stripped = line.strip()
    item = stripped.startswith(("- ", "• ", "* "))
    return [_read(piece, paragraph, item) for piece in _pieces(stripped[2:].strip(" ") if item else line.strip(" \t")) if piece.strip()]


def _read(piece: str, paragraph: int, item: bool) -> BodySentence:
    match = _MARKERS.search(piece)
    if match is None or not piece[: match.start()].strip():
        return BodySentence(tidy(piece), (), paragraph, item)
    numbers = dict.fromkeys(int(number) for number in re.findall(r"\d+", match["markers"]))
    return BodySentence(tidy(piece[: match.start()] + match["stop"]), tuple(numbers), paragraph, item)
