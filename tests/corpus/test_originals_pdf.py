"""PDF originals, on small files made here."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from corpus.originals.lines import UnreadableOriginalError
from corpus.originals.pdf import read_pdf
from corpus.originals.reading import read_original

LEFT, RIGHT, TOP, PITCH = 60, 320, 740, 14


def columns(canvas: Canvas, left: Sequence[str], right: Sequence[str]) -> None:
    """Two columns, drawn line by line across the page, so that the order in the file is not the order to read."""
    for number in range(max(len(left), len(right))):
        for x, lines in ((LEFT, left), (RIGHT, right)):
            if number < len(lines):
                canvas.setFont("Helvetica", 10)
                canvas.drawString(x, TOP - number * PITCH, lines[number])


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Four pages in two columns with a running head, page numbers, a heading across both columns and parted words."""
    path = tmp_path / "report.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for page in range(1, 5):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(220, 810, "The Report of 2012")
        canvas.drawString(295, 30, str(page))
        if page == 1:
            canvas.setFont("Helvetica-Bold", 16)
            canvas.drawString(LEFT, 770, "1. THE CASE FOR A CHANGE OF EVERYTHING")
        columns(
            canvas,
            [
                f"Page {page} begins in the left column and",
                "goes on for a while about the develop-",
                "ment of services, until at the foot it",
                "runs over into",
            ],
            [
                "the right column, where it ends at last.",
                "A further sentence stands here to fill",
                "the space on the right of the page, and",
                f"that is all for page {page}.",
            ],
        )
        canvas.showPage()
    canvas.save()
    return path


def test_columns_are_read_one_after_the_other_without_head_foot_or_hyphens(report: Path) -> None:
    sections = read_original(report, "report")
    text = " ".join(section.text for section in sections)
    expected = " ".join(
        f"Page {page} begins in the left column and goes on for a while about the development of services, until at the foot it runs over into "
        f"the right column, where it ends at last. A further sentence stands here to fill the space on the right of the page, and that is all for page {page}."
        for page in range(1, 5)
    )
    assert " ".join(text.split()) == expected
    assert [(section.locator, section.heading_path, section.page) for section in sections] == [("Chapter 1", ("THE CASE FOR A CHANGE OF EVERYTHING",), 1)]


def test_recommendations_and_their_sub_points(tmp_path: Path) -> None:
    path = tmp_path / "one.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    lines = [
        "Recommendation 12: The office should:",
        "i. Press for the first thing.",
        "ii. Ensure the second.",
        "",
        "Other Matters",
        "",
        "Prose of another kind follows here.",
    ]
    canvas.setFont("Helvetica", 10)
    for number, line in enumerate(lines):
        canvas.drawString(LEFT, TOP - number * PITCH, line)
    canvas.save()
    sections = read_original(path, "one")
    assert [(section.id, section.locator, section.page) for section in sections] == [
        ("one.recommendation-12", "Recommendation 12", 1),
        ("one.other-matters", "Other Matters", 1),
    ]
    assert [(sections[0].quote(sentence), sentence.locator) for sentence in sections[0].sentences] == [
        ("Recommendation 12: The office should:", "Recommendation 12"),
        ("Press for the first thing.", "Recommendation 12(i)"),
        ("Ensure the second.", "Recommendation 12(ii)"),
    ]


def test_a_protected_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(100, 700, "Hidden")
    canvas.save()
    with pytest.raises(UnreadableOriginalError, match="is protected by a password") as caught:
        read_pdf(path)
    assert caught.value.path == path


def test_a_file_without_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    canvas = Canvas(str(path))
    canvas.rect(100, 100, 200, 200)
    canvas.save()
    with pytest.raises(UnreadableOriginalError, match="has no text on any page"):
        read_pdf(path)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"not a pdf at all"])
def test_what_is_no_pdf_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(content)
    with pytest.raises(UnreadableOriginalError, match="is damaged or no PDF"):
        read_pdf(path)


def test_a_file_cut_short_is_named_and_never_a_traceback(report: Path, tmp_path: Path) -> None:
    whole = report.read_bytes()
    path = tmp_path / "short.pdf"
    for share in (0.1, 0.3):
        path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(UnreadableOriginalError):
            read_pdf(path)
