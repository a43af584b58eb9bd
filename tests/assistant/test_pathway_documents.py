"""The pathway as a document: what is read back from the PDF and the Word file, and that both are always the same bytes."""

from datetime import UTC, date, datetime
from io import BytesIO

import pypdfium2
import pytest
from docx import Document
from pathway_views import NOTHING, citation, pathway

from assistant.pathway_documents import CAUTION, EMPTY, TITLE, Block, as_pdf, as_word, blocks, file_name
from assistant.pathway_views import Pathway
from assistant.services import Services

OLD = pathway(as_of=date(1999, 1, 31), stages=[], notices=[], citations=[citation()])


def pdf_text(content: bytes) -> str:
    """The words of all pages, each line break a space."""
    document = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def test_the_blocks_of_a_pathway() -> None:
    assert list(blocks(pathway())) == [
        Block("title", TITLE),
        Block("paragraph", "For: Libraries. As on 22 November 2026."),
        Block("paragraph", CAUTION),
        Block("statement", "The Report is not policy."),
        Block("stage", "1. Exploring"),
        Block("paragraph", "You look."),
        Block("step", "1.1 Find the route"),
        Block("part", "What it is"),
        Block("statement", "Statement 1 costs £10 and “stands”. [1] (Independent report, not government policy; Historic)"),
        Block("statement", "Statement 2 costs £10 and “stands”. [2]"),
        Block("part", "Who does it"),
        Block("note", NOTHING),
        Block("part", "Please note"),
        Block("statement", "The rule changed."),
        Block("stage", "2. Going live"),
        Block("paragraph", "You start."),
        Block("stage", "Sources (standing on 22 November 2026)"),
        Block("source", "1. The Report, Chapter 1 › A route (The Taskforce, June 2012). Independent report, not government policy. Historic."),
        Block("link", "https://example.org/report"),
        Block("source", "2. The Act, Chapter 2 › A route (The Taskforce, June 2012). Act or regulations. In force."),
        Block("link", "https://example.org/act"),
    ]


def test_a_library_without_pathways_gives_a_document_that_says_so() -> None:
    empty = Pathway(sector="all", as_of=date(2013, 2, 28), stages=[], citations=[], notices=[])
    assert [block.text for block in blocks(empty)] == [TITLE, "For: All services. As on 28 February 2013.", CAUTION, EMPTY]
    assert EMPTY in pdf_text(as_pdf(empty))
    assert Document(BytesIO(as_word(empty))).paragraphs[-1].text == EMPTY


def test_an_address_stands_once_however_many_places_lie_in_it() -> None:
    both = pathway([citation(1), citation(2)])
    assert [block.text for block in blocks(both) if block.style == "link"] == ["https://example.org/report"]


def test_the_word_file_holds_every_block_in_order() -> None:
    made = Document(BytesIO(as_word(pathway())))
    assert [paragraph.text for paragraph in made.paragraphs] == [block.text for block in blocks(pathway())]
    assert [paragraph.text for paragraph in made.paragraphs if paragraph.style.name == "Heading 2"] == ["1.1 Find the route"]
    about = made.core_properties
    assert (about.title, about.author, about.language, about.created, about.modified) == (
        TITLE,
        "",
        "en-GB",
        datetime(2026, 11, 22, tzinfo=UTC),
        datetime(2026, 11, 22, tzinfo=UTC),
    )


def test_the_pdf_holds_every_block_in_order_with_every_letter() -> None:
    made = as_pdf(pathway())
    text = pdf_text(made)
    at = 0
    for block in blocks(pathway()):
        found = text.find(block.text, at)
        assert found >= at, block
        at = found
    assert "Pathway to a public service mutual: Libraries, 22 November 2026. Not legal advice." in text
    assert "Page 1" in text
    document = pypdfium2.PdfDocument(made)
    about = document.get_metadata_dict()
    assert (about["Title"], about["Subject"], about["CreationDate"]) == (TITLE, "Libraries", "D:20261122000000Z")
    assert [(mark.get_title(), mark.level) for mark in document.get_toc()] == [
        ("1. Exploring", 0),
        ("1.1 Find the route", 1),
        ("2. Going live", 0),
        ("Sources (standing on 22 November 2026)", 0),
    ]


def test_nothing_in_a_text_becomes_markup() -> None:
    hostile = '<b>bold</b> & "quoted" <script>alert(1)</script> [7] – ›'
    made = pathway([citation(1, title=hostile, url='https://example.org/?a="b"&c=<d>'), citation(2, title=hostile)])
    assert pdf_text(as_pdf(made)).count(hostile) == 2
    assert hostile in "\n".join(paragraph.text for paragraph in Document(BytesIO(as_word(made))).paragraphs)


@pytest.mark.parametrize("made", [pathway(), OLD])
def test_the_same_pathway_gives_the_same_bytes(made: Pathway) -> None:
    assert as_pdf(made) == as_pdf(made)
    assert as_word(made) == as_word(made)


def test_the_name_of_the_file() -> None:
    assert file_name(pathway(), "pdf") == "pathway-libraries-2026-11-22.pdf"
    assert file_name(pathway(sector="nhs_trust"), "docx") == "pathway-nhs-trust-2026-11-22.docx"


def test_every_statement_of_the_bundled_pathway_can_be_read_back(services: Services) -> None:
    found = services.pathways.pathway("libraries")
    held = [paragraph.text for paragraph in Document(BytesIO(as_word(found))).paragraphs]
    assert held == [block.text for block in blocks(found)]
    text = pdf_text(as_pdf(found)).replace("\ufffe", "-")
    assert "\ufffd" not in text
    assert all(f"{citation.number}. {citation.title[:20]}" in text for citation in found.citations)
