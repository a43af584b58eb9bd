"""A reply as a Word document: superscript numbers that lead to the numbered sources at its end."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor

from assistant.desk.laid_out import Letter, Line
from assistant.desk.letters import SOURCES
from assistant.rendering import citation_line


def as_word(letter: Letter) -> bytes:
    """The letter as DOCX. While it is a draft, its header and its first line say so."""
    document: Any = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.language = letter.title, "", "", "en-GB"
    if letter.mark:
        document.sections[0].header.paragraphs[0].text = letter.mark
        run = document.add_paragraph().add_run(letter.mark)
        run.bold = True
        run.font.color.rgb = RGBColor(0xA4, 0x00, 0x1D)
    known = {citation.number for citation in letter.sources}
    for block in letter.blocks:
        paragraph = document.add_paragraph(style="List Bullet" if block.item else "Normal")
        for number, line in enumerate(block.lines):
            if number:
                paragraph.add_run().add_break()
            _write(paragraph, line, known)
    if letter.sources:
        document.add_heading(SOURCES, level=2)
        for count, citation in enumerate(letter.sources, start=1):
            paragraph = document.add_paragraph()
            _bookmarked(paragraph, f"source_{citation.number}", count, f"[{citation.number}]")
            paragraph.add_run(f" {citation_line(citation)}" + (f" {citation.url}" if citation.url else ""))
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _write(paragraph: Any, line: Line, known: set[int]) -> None:
    for count, sentence in enumerate(line.sentences):
        paragraph.add_run((" " if count else "") + sentence.text)
        for number in sentence.citations:
            if number in known:
                _link(paragraph, f"source_{number}", f"[{number}]")


def _link(paragraph: Any, anchor: str, text: str) -> None:
    """A superscript link to a bookmark (ECMA-376 part 1, 17.16.22)."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    run = paragraph.add_run(text)
    run.font.superscript = True
    link.append(run._r)
    paragraph._p.append(link)


def _bookmarked(paragraph: Any, name: str, number: int, text: str) -> None:
    """A run inside a bookmark (ECMA-376 part 1, 17.13.6)."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), str(number))
    paragraph._p.append(start)
    paragraph.add_run(text)
    paragraph._p.append(end)
