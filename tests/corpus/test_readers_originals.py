"""Originals by their kind, one at a time and many."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.readers.originals import cut_original, read_original, read_originals
from corpus.readers.unreadable import UnreadableOriginalError

TEXT = "SUMMARY\n\nThe plan covers every service.\n"


def test_kinds_are_told_by_suffix(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.MD").write_text("# Guide\n\nThe plan covers every service.\n")
    canvas = Canvas(str(tmp_path / "c.pdf"))
    canvas.setTitle("The Plan")
    canvas.drawString(60, 700, "The plan covers every service.")
    canvas.save()
    found = [read_original(tmp_path / name, "x") for name in ("a.txt", "b.MD", "c.pdf")]
    assert [[(section.id, section.heading_path, section.locator, section.page) for section in sections] for sections in found] == [
        [("x.summary", ("a", "SUMMARY"), "Summary", None)],
        [("x.guide", ("b", "Guide"), "Guide", None)],
        [("x.p-1", ("The Plan",), "p. 1", 1)],
    ]


def test_a_title_that_is_given_begins_the_heading_path(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    section = read_original(tmp_path / "a.txt", "x", "Our Plan")[0]
    assert (section.heading_path, section.document_id, section.source_id, section.path) == (("Our Plan", "SUMMARY"), "x", "x", tmp_path / "a.txt")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.doc", "is of a kind that cannot be read (.doc); save it as one of .pdf, .docx, .html, .htm, .txt, .md and add that"),
        ("a", "is of a kind that cannot be read (no suffix); save it as one of .pdf, .docx, .html, .htm, .txt, .md and add that"),
    ],
)
def test_other_kinds_are_named(name: str, reason: str) -> None:
    with pytest.raises(UnreadableOriginalError) as caught:
        read_original(Path(name), "x")
    assert caught.value.reason == reason


def test_a_file_of_contents_alone_holds_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Foreword ... 3\nSummary ... 6\nAnnex ... 9\n")
    with pytest.raises(UnreadableOriginalError, match="holds no running text"):
        cut_original(tmp_path / "a.txt", "x")


def test_one_unreadable_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "bad.pdf").write_text("no")
    (tmp_path / "a.md").write_text(TEXT)
    found, failures = read_originals([tmp_path / name for name in ("a.txt", "bad.pdf", "absent.txt", "a.md")])
    assert {path.name: [section.id for section in sections] for path, sections in found.items()} == {"a.txt": ["a.summary"], "a.md": ["a-md.summary"]}
    assert [failure.path.name for failure in failures] == ["bad.pdf", "absent.txt"]


def test_no_files() -> None:
    assert read_originals([]) == ({}, [])
