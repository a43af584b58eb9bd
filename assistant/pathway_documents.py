"""A pathway as a document to print or keep, in PDF and Word: the same day and sector always give the same bytes."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache
from io import BytesIO
from typing import Any, Literal, NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document

from assistant.answers import Citation
from assistant.citing import AUTHORITY_WORDS, STANDING_WORDS
from assistant.pathway_views import Pathway, PathwayPart
from assistant.pdf import pdf, styles
from assistant.rendering import citation_line
from assistant.sectors import SECTOR_WORDS
from corpus.sources import Authority, Standing

TITLE = "Pathway to a public service mutual"
CAUTION = (
    "Each statement is quoted from a library of notes on official and other sources, listed by number at the end with what each one weighs and "
    "whether it stood on the day given. This is general guidance. It is not legal, tax, pensions or employment advice, it does not come from the "
    "government, and it does not know your case."
)
EMPTY = "This library has no pathway."
DocumentFormat = Literal["pdf", "docx"]
_WEIGHED = (Authority.INDEPENDENT_REPORT, Authority.COMMENTARY)


class Block(NamedTuple):
    """One paragraph: what it is, and its plain text."""

    style: Literal["title", "paragraph", "stage", "step", "part", "statement", "note", "source", "link"]
    text: str


def file_name(pathway: Pathway, kind: DocumentFormat) -> str:
    """`pathway-libraries-2026-11-22.pdf`."""
    return f"pathway-{pathway.sector.replace('_', '-')}-{pathway.as_of}.{kind}"


def blocks(pathway: Pathway) -> Iterator[Block]:
    """The document, paragraph by paragraph."""
    yield Block("title", TITLE)
    yield Block("paragraph", f"For: {SECTOR_WORDS[pathway.sector]}. As on {_spoken(pathway.as_of)}.")
    yield Block("paragraph", CAUTION)
    yield from (Block("statement", notice.text) for notice in pathway.notices)
    if not pathway.stages:
        yield Block("paragraph", EMPTY)
    for number, stage in enumerate(pathway.stages, start=1):
        yield Block("stage", f"{number}. {stage.title}")
        yield Block("paragraph", stage.plain)
        for count, step in enumerate(stage.steps, start=1):
            yield Block("step", f"{number}.{count} {step.title}")
            for part in step.parts:
                yield Block("part", part.title)
                yield from _part(part, pathway)
            if step.notices:
                yield Block("part", "Please note")
                yield from (Block("statement", notice.text) for notice in step.notices)
    if pathway.citations:
        yield Block("stage", f"Sources (standing on {_spoken(pathway.as_of)})")
    linked: set[str] = set()
    for citation in pathway.citations:
        yield Block("source", f"{citation.number}. {citation_line(citation)}")
        if citation.url and citation.url not in linked:  # once is enough: hundreds of places lie in a few dozen documents
            yield Block("link", citation.url)
            linked.add(citation.url)


def _part(part: PathwayPart, pathway: Pathway) -> Iterator[Block]:
    for statement in part.statements:
        numbers = "".join(f"[{number}]" for number in statement.citations)
        yield Block("statement", " ".join([statement.text, numbers, *_labels(pathway.cited(statement.citations))]))
    if part.not_found:
        yield Block("note", part.note)


def _labels(citations: Sequence[Citation]) -> Iterator[str]:
    """What must be seen beside a statement, and not only at the end: that a source is not official policy, or does not simply stand."""
    words = [AUTHORITY_WORDS[citation.authority] for citation in citations if citation.authority in _WEIGHED]
    words += [STANDING_WORDS[citation.standing] for citation in citations if citation.standing is not Standing.IN_FORCE]
    if words:
        yield f"({'; '.join(dict.fromkeys(words))})"


def as_word(pathway: Pathway) -> bytes:
    """The pathway as a Word document (DOCX)."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.language = TITLE, "", "", "en-GB"
    properties.created = properties.modified = datetime(pathway.as_of.year, pathway.as_of.month, pathway.as_of.day)
    styles = {name: document.styles[style] for name, style in _WORD.items()}
    for block in blocks(pathway):
        document.add_paragraph(block.text, style=styles[block.style])
    file = BytesIO()
    document.save(file)
    return _undated(file.getvalue())


_WORD = {
    "title": "Title",
    "paragraph": "Normal",
    "stage": "Heading 1",
    "step": "Heading 2",
    "part": "Heading 3",
    "statement": "List Bullet",
    "note": "Quote",
    "source": "Normal",
    "link": "Quote",
}


def _undated(word: bytes) -> bytes:
    """The same archive without the time at which its files were packed."""
    file = BytesIO()
    with ZipFile(BytesIO(word)) as packed, ZipFile(file, "w") as fresh:
        for name in packed.namelist():
            fresh.writestr(ZipInfo(name), packed.read(name), compress_type=ZIP_DEFLATED)
    return file.getvalue()


def as_pdf(pathway: Pathway) -> bytes:
    """The pathway as a PDF with an outline of its stages and steps."""
    from reportlab.platypus import Paragraph  # here and not above: starting up need not wait for it

    styled = styles()
    story: list[Any] = []
    marks = 0
    for block in blocks(pathway):
        text = escape(block.text)
        if block.style in _LEVELS:
            marks += 1
            story.append(_outlined(Paragraph)(text, styled[block.style], f"mark-{marks}", block.text, _LEVELS[block.style]))
        elif block.style == "statement":
            story.append(Paragraph(text, styled["statement"], bulletText="•"))
        elif block.style == "link":
            story.append(Paragraph(f'<link href="{escape(block.text, {chr(34): "&quot;"})}">{text}</link>', styled["link"]))
        else:
            story.append(Paragraph(text, styled[block.style]))
    foot = f"{TITLE}: {SECTOR_WORDS[pathway.sector]}, {_spoken(pathway.as_of)}. Not legal advice."
    return pdf(story, TITLE, SECTOR_WORDS[pathway.sector], foot, pathway.as_of)


_LEVELS = {"stage": 0, "step": 1}


@cache
def _outlined(paragraph: Any) -> Any:
    """A paragraph that stands in the document's outline."""

    class Outlined(paragraph):  # type: ignore[misc]
        def __init__(self, text: str, style: Any, key: str, name: str, level: int):
            super().__init__(text, style)
            self._entry = (name, key, level)

        def draw(self) -> None:
            name, key, level = self._entry
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(name, key, level, closed=level == 0)
            super().draw()

    return Outlined


def _spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
