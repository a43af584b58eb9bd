"""PDF files, made here for each case: columns, running lines, hyphens, and files that cannot be read."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.readers.cleaning import without_running_lines
from corpus.readers.cutting import cut
from corpus.readers.pages import Document
from corpus.readers.pdf import pdf_title, read_pdf
from corpus.readers.unreadable import UnreadableOriginalError

LEFT = [
    "Staff of the first service may",
    "wish to set up a body of their",
    "own, which takes time and care.",
    "They ask for help and for short-",
    "term funds, which the perform-",
]
RIGHT = [
    "ance of the body repays. A short-",
    "term loan is one way of many to",
    "pay for the first year of costs.",
    "The short-term performance of",
    "such bodies is good in part",
]


def write(canvas: Canvas, lines: Iterable[str], left: float, top: float, size: float = 10, font: str = "Helvetica") -> None:
    canvas.setFont(font, size)
    for number, line in enumerate(lines):
        canvas.drawString(left, top - number * size * 1.3, line)


def two_columns(path: Path, count: int = 4) -> Path:
    """Pages of two columns under a heading, with a running head and a page number each."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setTitle("A Small Report")
    for number in range(1, count + 1):
        write(canvas, ["A Small Report of 2012"], 220, 805, 8)
        write(canvas, [f"{number}. TITLE OF PART {'ABCDEFG'[number]}"], 60, 760, 18, "Helvetica-Bold")
        write(canvas, LEFT, 60, 720)
        write(canvas, [*RIGHT, f"{'ABCDEFG'[number]} of the report."], 320, 720)
        write(canvas, [str(number)], 295, 40, 8)
        canvas.showPage()
    canvas.save()
    return path


def test_columns_are_read_in_order(tmp_path: Path) -> None:
    pages = without_running_lines(read_pdf(two_columns(tmp_path / "report.pdf")))
    assert [(page.number, [line.text for line in page.lines]) for page in pages] == [
        (number, [f"{number}. TITLE OF PART {'ABCDEFG'[number]}", *LEFT, *RIGHT, f"{'ABCDEFG'[number]} of the report."]) for number in range(1, 5)
    ]


def test_headings_know_their_type(tmp_path: Path) -> None:
    heading, words = read_pdf(two_columns(tmp_path / "report.pdf"))[0].lines[1:3]
    assert (heading.size, heading.bold, words.size, words.bold) == (18, True, 10, False)


def test_sentences_run_on_from_column_to_column(tmp_path: Path) -> None:
    original = cut(Document(None, tuple(read_pdf(two_columns(tmp_path / "report.pdf")))), "small", "A Small Report")
    section = original.sections[1]
    assert (section.locator, section.page, section.heading_path) == ("Chapter 2", 2, ("A Small Report", "2. TITLE OF PART C"))
    assert [section.quote(sentence) for sentence in section.sentences] == [
        "Staff of the first service may wish to set up a body of their own, which takes time and care.",
        "They ask for help and for short-term funds, which the performance of the body repays.",
        "A short-term loan is one way of many to pay for the first year of costs.",
        "The short-term performance of such bodies is good in part C of the report.",
    ]


def test_one_column_of_full_lines(tmp_path: Path) -> None:
    lines = [f"{a} {b}" for a, b in zip(LEFT, RIGHT, strict=True)]
    canvas = Canvas(str(tmp_path / "plain.pdf"), pagesize=A4)
    write(canvas, lines, 60, 720)
    canvas.save()
    assert [line.text for line in read_pdf(tmp_path / "plain.pdf")[0].lines] == lines


def test_the_last_short_page_is_read_as_the_others(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "short.pdf"), pagesize=A4)
    for _ in range(3):
        write(canvas, LEFT, 60, 720)
        write(canvas, RIGHT, 320, 720)
        canvas.showPage()
    write(canvas, LEFT[:2], 60, 720)
    write(canvas, RIGHT[:2], 320, 720)
    canvas.save()
    assert [line.text for line in read_pdf(tmp_path / "short.pdf")[3].lines] == [*LEFT[:2], *RIGHT[:2]]


def test_raised_numbers_become_superscripts(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "notes.pdf"), pagesize=A4)
    write(canvas, ["It says so in the paper"], 60, 700)
    write(canvas, ["12"], 60 + stringWidth("It says so in the paper", "Helvetica", 10), 704, 6)
    write(canvas, ["12"], 60, 103, 5)
    write(canvas, ["Our paper, p. 3."], 60 + stringWidth("12", "Helvetica", 5), 100, 8)
    canvas.save()
    assert [line.text for line in read_pdf(tmp_path / "notes.pdf")[0].lines] == ["It says so in the paper¹²", "¹²Our paper, p. 3."]


def test_titles(tmp_path: Path) -> None:
    assert pdf_title(two_columns(tmp_path / "report.pdf")) == "A Small Report"
    canvas = Canvas(str(tmp_path / "other.pdf"))
    canvas.drawString(60, 60, "Words")
    canvas.save()
    assert pdf_title(tmp_path / "other.pdf") is None


def reason(path: Path) -> str:
    with pytest.raises(UnreadableOriginalError) as caught:
        read_pdf(path)
    assert caught.value.path == path
    return caught.value.reason


def test_a_locked_file(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "locked.pdf"), encrypt=StandardEncryption("user", "owner"))
    canvas.drawString(60, 60, "Words")
    canvas.save()
    assert reason(tmp_path / "locked.pdf") == "is locked with a password; save a copy without one and add that"


def test_a_file_without_words(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "scan.pdf"))
    canvas.rect(10, 10, 100, 100)
    canvas.save()
    assert reason(tmp_path / "scan.pdf") == "has no words on any page, so it is probably a scan; put it through text recognition (OCR) and add the result"


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_a_file_cut_short(tmp_path: Path, kept: float) -> None:
    data = two_columns(tmp_path / "whole.pdf").read_bytes()
    path = tmp_path / "cut.pdf"
    path.write_bytes(data[: int(len(data) * kept)])
    assert reason(path) == "is cut short: its end is missing; download it again from the publisher"


@pytest.mark.parametrize(("data", "start"), [(b"", "is not a PDF"), (b"<html>404</html>", "is not a PDF"), (b"%PDF-1.4\nrubbish\n%%EOF", "is damaged")])
def test_files_that_are_no_pdf(tmp_path: Path, data: bytes, start: str) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(data)
    assert reason(path).startswith(start)
    assert reason(path).endswith("download it again from the publisher")


def test_a_missing_file(tmp_path: Path) -> None:
    assert reason(tmp_path / "absent.pdf").startswith("cannot be opened (No such file")
