"""From pages to sections: the readers' steps in their order, and the normalised text that every span counts in."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.readers.blocks import Kind, read_blocks
from corpus.readers.cleaning import without_running_lines
from corpus.readers.flow import rejoin, set_footnotes_apart
from corpus.readers.naming import Ids
from corpus.readers.orders import orders_a_machine
from corpus.readers.outline import Part, Stretch, footnote_stretch, outline
from corpus.readers.pages import Document
from corpus.readers.sentences import sentence_spans
from corpus.sections import Role, Section, Sentence


@dataclass(frozen=True)
class Original:
    """One original as cut. A section's text is the characters of `text` from its `start` on; headings stand in between.

    `orders` are its sentences that order a machine about. They stay in the text, but the sections that they stood in are not among `sections`.
    """

    title: str
    page_count: int | None
    text: str
    sections: tuple[Section, ...]
    orders: tuple[str, ...] = ()


def cut(document: Document, source_id: str, title: str, path: Path | None = None) -> Original:
    """Cut a document into sections: running lines off, lines joined, interrupted paragraphs made whole, footnotes last."""
    running, notes = set_footnotes_apart(read_blocks(without_running_lines(list(document.pages))))
    ids = Ids(source_id)
    text = ""
    sections: list[Section] = []
    orders: list[str] = []
    for stretch in [*outline(rejoin(running), title), *footnote_stretch(notes)]:
        text += "".join(f"{heading}\n\n" for heading in stretch.printed)
        words, sentences = _laid_out(stretch)
        section = Section(
            id=ids.give(stretch.locator),
            document_id=source_id,
            source_id=source_id,
            locator=stretch.locator,
            heading_path=(title, *stretch.headings),
            text=words,
            start=len(text),
            sentences=sentences,
            page=stretch.page,
            path=path,
        )
        given = [quote for quote in (*stretch.headings, *map(section.quote, sentences)) if orders_a_machine(quote)]
        orders += given
        if not given:
            sections.append(section)
        text += f"{words}\n\n"
    return Original(title, _page_count(document), text, tuple(sections), tuple(orders))


def _page_count(document: Document) -> int | None:
    return len(document.pages) if any(page.number for page in document.pages) else None


def _laid_out(stretch: Stretch) -> tuple[str, tuple[Sentence, ...]]:
    """The text of a stretch and its sentences: items and rows each on a line, a blank line between paragraphs."""
    text = ""
    sentences: list[Sentence] = []
    before: Kind | None = None
    for part in stretch.parts:
        kind = part.block.kind
        if before:
            text += "\n" if kind is before and kind is not Kind.PROSE else "\n\n"
        sentences += _sentences(part, len(text), stretch.locator)
        text += part.block.text
        before = kind
    return text, tuple(sentences)


def _sentences(part: Part, start: int, locator: str) -> Sequence[Sentence]:
    words = part.block.text[part.skip :]
    offset = start + part.skip
    return [
        Sentence(offset + first, offset + last, _role(part.block.kind, words[first:last]), part.locator or locator) for first, last in sentence_spans(words)
    ]


def _role(kind: Kind, sentence: str) -> Role:
    if kind is not Kind.PROSE:
        return Role.ITEM
    return Role.LEAD_IN if sentence.endswith(":") else Role.PROSE
