"""Word files, made here for each case: styles, lists as Word numbers them, tables, tracked changes, and files that cannot be read."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.originals import MOST_BYTES, read_document, read_original
from corpus.readers.pages import Document, Line, Page
from corpus.readers.unreadable import UnreadableOriginalError
from corpus.readers.word import read_word


def lines(folder: Path, document: Any) -> list[str]:
    """The lines of a document, saved and read again."""
    document.save(folder / "plan.docx")
    [page] = read_word(folder / "plan.docx").pages
    return [line.text for line in page.lines]


def add_list(document: Any, *levels: tuple[str, str, int]) -> int:
    """A list whose levels have each a format, what is printed and a start; the number id that paragraphs name it by."""
    numbering = document.part.numbering_part.element
    inside = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text, start) in enumerate(levels)
    )
    name = 100 + len(numbering)
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{name}">{inside}</w:abstractNum>'))
    return int(numbering.add_num(name).numId)


def add_again(document: Any, number: int, start: int | None = None) -> int:
    """Another list of the same kind; with a start, one that begins there."""
    numbering = document.part.numbering_part.element
    again = numbering.add_num(numbering.num_having_numId(number).abstractNumId.val)
    if start is not None:
        again.add_lvlOverride(0).add_startOverride(start)
    return int(again.numId)


def add_numbered(document: Any, words: str, number: int, depth: int = 0, style: str | None = None) -> None:
    properties = document.add_paragraph(words, style)._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = depth
    properties.get_or_add_numId().val = number


def add_xml(document: Any, xml: str) -> None:
    """Add to the end of the body what python-docx cannot write."""
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))


def test_a_whole_document(tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.title = " The  Plan of 2012 "
    document.add_paragraph("The Plan", style="Title")
    document.add_heading("Summary", 1)
    document.add_paragraph("It covers every\nservice.")
    document.add_paragraph("  ")
    document.add_heading("Staff", 2)
    document.add_paragraph("a bullet", style="List Bullet")
    document.add_heading("Deep", 9)
    document.save(tmp_path / "plan.docx")
    texts = ("# The Plan", "# Summary", "It covers every service.", "## Staff", "- a bullet", "###### Deep")
    assert read_word(tmp_path / "plan.docx") == Document("The Plan of 2012", (Page(None, tuple(Line(text, 1.0) for text in texts)),))


def test_a_title_said_again_as_heading_stands_once(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("The Plan", style="Title")
    document.add_heading("The Plan", 1)
    document.add_paragraph("Words.")
    assert lines(tmp_path, document) == ["# The Plan", "Words."]


def test_lists_by_style(tmp_path: Path) -> None:
    document = docx.Document()
    for style in ("List Number", "List Number", "List Number 2", "List Bullet 2", "List", "List Continue", "List Paragraph"):
        document.add_paragraph(f"of {style}", style=style)
    assert lines(tmp_path, document) == [
        "- (1) of List Number",
        "- (2) of List Number",
        "- (1) of List Number 2",
        "- of List Bullet 2",
        "- of List",
        "- of List Continue",
        "of List Paragraph",
    ]


@pytest.mark.parametrize(
    ("form", "printed", "first"),
    [
        ("lowerRoman", "(%1)", "- (iv) x"),
        ("upperRoman", "%1.", "- (iv) x"),
        ("lowerLetter", "%1)", "- (d) x"),
        ("upperLetter", "%1", "- (d) x"),
        ("decimal", "%1.", "- (4) x"),
        ("decimal", "Recommendation %1:", "Recommendation 4: x"),
        ("upperLetter", "Annex %1 –", "Annex D – x"),
        ("bullet", "·", "- x"),
        ("none", "", "- x"),
        ("chicago", "%1", "- x"),
    ],
)
def test_numbers_as_word_prints_them(tmp_path: Path, form: str, printed: str, first: str) -> None:
    document = docx.Document()
    add_numbered(document, "x", add_list(document, (form, printed, 4)))
    assert lines(tmp_path, document) == [first]


def test_deeper_levels_begin_anew_under_each_item(tmp_path: Path) -> None:
    document = docx.Document()
    number = add_list(document, ("lowerRoman", "(%1)", 1), ("lowerLetter", "(%2)", 1), ("decimal", "%3.", 3))
    for depth in (0, 1, 1, 2, 1, 2, 0, 1):
        add_numbered(document, "x", number, depth)
    assert lines(tmp_path, document) == ["- (i) x", "- (a) x", "- (b) x", "- (3) x", "- (c) x", "- (3) x", "- (ii) x", "- (a) x"]


def test_deeper_levels_begin_anew_under_each_bullet(tmp_path: Path) -> None:
    document = docx.Document()
    number = add_list(document, ("bullet", "·", 1), ("lowerRoman", "(%2)", 1))
    for depth in (0, 1, 1, 0, 1):
        add_numbered(document, "x", number, depth)
    assert lines(tmp_path, document) == ["- x", "- (i) x", "- (ii) x", "- x", "- (i) x"]


def test_numbers_of_several_levels_are_words_of_the_paragraph(tmp_path: Path) -> None:
    document = docx.Document()
    number = add_list(document, ("decimal", "%1", 1), ("decimal", "%1.%2", 1), ("lowerLetter", "(%3)", 1))
    add_numbered(document, "Scope", number, 0, "Heading 1")
    add_numbered(document, "Staff may ask.", number, 1)
    add_numbered(document, "Write to:", number, 1)
    add_numbered(document, "us", number, 2)
    add_numbered(document, "Pay", number, 0, "Heading 1")
    add_numbered(document, "Pay stays.", number, 1)
    assert lines(tmp_path, document) == ["# 1 Scope", "1.1 Staff may ask.", "1.2 Write to:", "- (a) us", "# 2 Pay", "2.1 Pay stays."]


def test_a_second_list_goes_on_counting_unless_it_begins_anew(tmp_path: Path) -> None:
    document = docx.Document()
    first = add_list(document, ("decimal", "%1.", 1))
    for number in (first, first, add_again(document, first), fresh := add_again(document, first, 7), fresh, add_list(document, ("decimal", "%1.", 1))):
        add_numbered(document, "x", number)
    assert lines(tmp_path, document) == ["- (1) x", "- (2) x", "- (3) x", "- (7) x", "- (8) x", "- (1) x"]


def test_paragraphs_without_words_are_not_counted(tmp_path: Path) -> None:
    document = docx.Document()
    number = add_list(document, ("decimal", "%1.", 1))
    for words in ("one", " ", "two"):
        add_numbered(document, words, number)
    assert lines(tmp_path, document) == ["- (1) one", "- (2) two"]


def test_a_paragraph_may_be_taken_off_its_list_or_name_one_that_is_not_there(tmp_path: Path) -> None:
    document = docx.Document()
    add_numbered(document, "a paragraph", 0)
    add_numbered(document, "an item", 999)
    assert lines(tmp_path, document) == ["a paragraph", "- an item"]


def test_tables(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(4, 3)
    for row, words in enumerate((("Region", "Year", "Number"), ("North", "2011", "12"), ("", "2012", "34"), ("All of them", "", ""))):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 2))
    document.add_paragraph("After it.")
    assert lines(tmp_path, document) == ["| Region | Year | Number |", "| North | 2011 | 12 |", "| North | 2012 | 34 |", "All of them", "After it."]


def test_figures_in_tables_are_kept(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Regions", 1)
    table = document.add_table(0, 2)
    for name, number in (("North", 12), ("South", 34), ("East", 5), ("West", 6)):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, str(number)
    document.save(tmp_path / "plan.docx")
    [section] = read_original(tmp_path / "plan.docx", "x")
    assert (section.id, section.text) == ("x.regions", "North: 12\nSouth: 34\nEast: 5\nWest: 6")


def test_a_box_is_read_as_what_stands_in_it_and_a_table_in_a_cell_is_not_lost(tmp_path: Path) -> None:
    document = docx.Document()
    box = document.add_table(1, 1).cell(0, 0)
    box.paragraphs[0].style = "Heading 2"
    box.paragraphs[0].text = "A box"
    box.add_paragraph("an item", "List Bullet")
    inner = box.add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "a", "b"
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "first"
    outer.cell(0, 1).add_table(1, 1).cell(0, 0).text = "second"
    assert lines(tmp_path, document) == ["## A box", "- an item", "| a | b |", "| first | second |"]


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        ("<w:p><w:r><w:t>so</w:t><w:noBreakHyphen/><w:t>called</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r></w:p>", ["so-called two three"]),
        ("<w:p><w:ins><w:r><w:t>put in</w:t></w:r></w:ins><w:del><w:r><w:delText>taken out</w:delText></w:r></w:del></w:p>", ["put in"]),
        ("<w:p><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:r><w:t>still</w:t></w:r></w:p>", ["still"]),
        ("<w:p><w:hyperlink><w:r><w:t>a link</w:t></w:r></w:hyperlink></w:p>", ["a link"]),
        ("<w:p><w:fldSimple><w:r><w:t>Section 3</w:t></w:r></w:fldSimple></w:p>", ["Section 3"]),
        ("<w:p><w:r><w:instrText>PAGEREF x</w:instrText><w:t>kept</w:t></w:r></w:p>", ["kept"]),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control</w:t></w:r></w:p></w:sdtContent></w:sdt>", ["In a control"]),
        (
            "<w:p><w:r><w:t>By </w:t></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Enter text</w:t></w:r></w:sdtContent></w:sdt></w:p>",
            ["By"],
        ),
        ('<w:p><w:pPr><w:pStyle w:val="NoSuchStyle"/></w:pPr><w:r><w:t>plain</w:t></w:r></w:p>', ["plain"]),
    ],
)
def test_words_are_found_wherever_word_puts_them(tmp_path: Path, xml: str, words: list[str]) -> None:
    document = docx.Document()
    document.add_paragraph("Before.")
    add_xml(document, xml)
    document.add_paragraph("After.")
    assert lines(tmp_path, document) == ["Before.", *words, "After."]


def test_a_table_of_contents_is_left_out(tmp_path: Path) -> None:
    document = docx.Document()
    for style in ("TOC Heading", "toc 1", "toc 2"):
        if style not in document.styles:
            document.styles.add_style(style, 1)
        document.add_paragraph("Summary\t3", style)
    document.add_paragraph("Words.")
    assert lines(tmp_path, document) == ["Words."]


def reason(path: Path) -> str:
    with pytest.raises(UnreadableOriginalError) as caught:
        read_word(path)
    assert caught.value.path == path
    return caught.value.reason


NOT_WORD = "is not a whole Word file (.docx), whatever its name says; download it again from the publisher"
DAMAGED = "is damaged and cannot be opened; download it again from the publisher"
SWOLLEN = "unpacks to far more than a document holds, as files made to do harm do; it was not opened"


def plan(path: Path) -> Path:
    """A small sound file."""
    document = docx.Document()
    document.core_properties.title = "The Plan"
    document.add_heading("Summary", 1)
    document.add_paragraph("Every service.", style="List Number")
    document.add_table(1, 2).cell(0, 0).text = "a"
    document.save(str(path))
    return path


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """A file with its parts changed; those changed to None are left out."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            changed = change(name, data)
            if changed is not None:
                package.writestr(name, changed)
    return path


@pytest.mark.parametrize("title", ["", "  "])
def test_a_document_need_not_have_a_title(tmp_path: Path, title: str) -> None:
    document = docx.Document()
    document.core_properties.title = title
    document.add_paragraph("Words.")
    document.save(tmp_path / "plan.docx")
    assert read_word(tmp_path / "plan.docx").title is None


def test_a_file_that_says_nothing_of_itself_has_no_title(tmp_path: Path) -> None:
    def without_core(name: str, data: bytes) -> bytes | None:
        if name == "_rels/.rels":
            return b"".join(part for part in data.replace(b"<Relationship ", b"\n<Relationship ").splitlines() if b"core-properties" not in part)
        return None if name == "docProps/core.xml" else data

    assert read_word(rewritten(plan(tmp_path / "plan.docx"), without_core)).title is None


@pytest.mark.parametrize("paragraphs", [0, 3])
def test_an_empty_document(tmp_path: Path, paragraphs: int) -> None:
    document = docx.Document()
    for _ in range(paragraphs):
        document.add_paragraph(" ")
    document.add_table(1, 2)
    document.save(tmp_path / "plan.docx")
    assert reason(tmp_path / "plan.docx") == "has no words to read; check that the document was saved with its words"


@pytest.mark.parametrize("kept", [0.0, 0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_short(tmp_path: Path, kept: float) -> None:
    path = plan(tmp_path / "plan.docx")
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    assert reason(path) == NOT_WORD


@pytest.mark.parametrize("data", [b"%PDF-1.4\n%%EOF", b"<html>404</html>", b"PK\x03\x04", b"PK\x05\x06" + b"\xff" * 18])
def test_files_that_are_no_word_file(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "plan.docx").write_bytes(data)
    assert reason(tmp_path / "plan.docx") == NOT_WORD


def test_a_locked_file(tmp_path: Path) -> None:
    (tmp_path / "plan.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)
    assert reason(tmp_path / "plan.docx") == "is locked with a password, or in the older .doc format; save it as .docx without a password and add that"


def test_a_missing_file(tmp_path: Path) -> None:
    assert reason(tmp_path / "absent.docx") == "cannot be opened (No such file or directory); check the path and the permissions"


@pytest.mark.parametrize(
    "change",
    [
        lambda name, data: None if name == "word/document.xml" else data,
        lambda name, data: None if name == "[Content_Types].xml" else data,
        lambda name, data: None if name == "word/styles.xml" else b"<a/>" if name == "_rels/.rels" else data,
        lambda name, data: data[: len(data) // 2] if name == "word/document.xml" else data,
        lambda name, data: b"" if name == "word/document.xml" else data,
        lambda name, data: data.replace(b'<w:numId w:val="', b'<w:numId w:val="x') if name == "word/styles.xml" else data.replace(b'w:ilvl="0"', b""),
    ],
)
def test_a_file_with_damage_inside(tmp_path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    assert reason(rewritten(plan(tmp_path / "plan.docx"), change)) == DAMAGED


def test_a_zip_of_something_else(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "plan.docx", "w") as package:
        package.writestr("readme.txt", "Words.")
    assert reason(tmp_path / "plan.docx") == DAMAGED


def test_parts_that_are_locked(tmp_path: Path) -> None:
    path = plan(tmp_path / "plan.docx")
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(mark, at + 1)
    path.write_bytes(data)
    assert reason(path) == DAMAGED


@pytest.mark.parametrize("parts", [{"word/big.xml": 30}, {f"word/media/{number}.png": 1 for number in range(66)}])
def test_a_file_that_unpacks_to_far_more_is_not_opened(tmp_path: Path, parts: dict[str, int]) -> None:
    path = plan(tmp_path / "plan.docx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        for name, size in parts.items():
            package.writestr(name, bytes(size * 1024 * 1024))
    assert path.stat().st_size < 200_000
    assert reason(path) == SWOLLEN


def with_entities(path: Path, entities: str, used: str) -> Path:
    """A file whose main part declares entities and uses one."""

    def change(name: str, data: bytes) -> bytes:
        if name != "word/document.xml":
            return data
        head, body = data.decode().split("?>", 1)
        return f"{head}?><!DOCTYPE x [{entities}]>{body.replace('Every service.', f'Every service.&{used};')}".encode()

    return rewritten(path, change)


def test_entities_inside_entities_are_not_unfolded(tmp_path: Path) -> None:
    bomb = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10 if number else "ha"}">' for number in range(9))
    assert reason(with_entities(plan(tmp_path / "plan.docx"), bomb, "e8")) == DAMAGED


def test_entities_fetch_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    [page] = read_word(with_entities(plan(tmp_path / "plan.docx"), f'<!ENTITY e SYSTEM "{(tmp_path / "secret.txt").as_uri()}">', "e")).pages
    assert [line.text for line in page.lines] == ["# Summary", "- (1) Every service.", "a"]


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return plan(tmp_path_factory.mktemp("sound") / "plan.docx").read_bytes()


@given(st.data())
def test_any_damage_is_told_or_does_no_harm(sound: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    changed = bytearray(sound)
    for at in data.draw(st.lists(st.integers(0, len(sound) - 1), min_size=1, max_size=20)):
        changed[at] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "changed.docx"
    path.write_bytes(changed)
    try:
        [page] = read_word(path).pages
    except UnreadableOriginalError as error:
        assert error.path == path  # noqa: PT017
    else:
        assert page.lines


@pytest.mark.parametrize("name", ["big.pdf", "big.docx", "big.html", "big.htm", "big.txt", "big.md"])
def test_a_file_of_more_than_the_most_is_not_read(tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(UnreadableOriginalError) as caught:
        read_document(tmp_path / name)
    assert caught.value.reason == "is 100 MB; the most is 100 MB. Save it without its pictures, or in parts"
