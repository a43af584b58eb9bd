"""A reply laid out: its paragraphs, lines and sentences with the sources they cite, as every format of file is made from it."""

import re
from typing import NamedTuple

from assistant.answers import Citation
from assistant.desk.drafts import Draft
from assistant.desk.letters import BodySentence, parse_body

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Line(NamedTuple):
    """One line of a paragraph: its sentences."""

    sentences: list[BodySentence]


class Block(NamedTuple):
    """A paragraph of one or more lines, or one item of a list."""

    item: bool
    lines: list[Line]


class Letter(NamedTuple):
    """What every format is made from. `mark` says that it is a draft, and is empty once it is approved; `sources` are those that are cited, by number."""

    title: str
    mark: str
    blocks: list[Block]
    sources: list[Citation]


def letter_of(draft: Draft, reference: str, mark: str) -> Letter:
    """The text of a draft by paragraphs, lines and sentences."""
    blocks = _blocks(clean(draft.body))
    used = {number for block in blocks for line in block.lines for sentence in line.sentences for number in sentence.citations}
    sources = sorted((citation for citation in draft.citations if citation.number in used), key=lambda each: each.number)
    return Letter(f"Reply to {reference}", mark, blocks, sources)


def clean(text: str) -> str:
    """The text without characters that neither XML nor a mail may hold."""
    return _CONTROL.sub("", text)


def _blocks(body: str) -> list[Block]:
    """Paragraphs with their line breaks; each item of a list by itself."""
    found: list[Block] = []
    for paragraph in re.split(r"\n[^\S\n]*\n", body):
        together = False
        for text in paragraph.split("\n"):
            sentences = parse_body(text)
            if not sentences:
                continue
            item = sentences[0].item
            if item or not together:
                found.append(Block(item, [Line(sentences)]))
            else:
                found[-1].lines.append(Line(sentences))
            together = not item
    return found
