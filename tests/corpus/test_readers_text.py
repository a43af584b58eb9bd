"""Text files: every encoding met in practice, pages at form feeds, and no character lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.pages import Line, Page
from corpus.readers.text import decode, pages_of, read_text
from corpus.readers.unreadable import UnreadableOriginalError

INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"caf\xc3\xa9", "café"),
        (b"\xef\xbb\xbfcaf\xc3\xa9", "café"),
        (b"caf\xe9 \x93quoted\x94 \x96 dash", "café “quoted” – dash"),
        (b"caf\xe9 \x81", "café \ufffd"),
        ("café".encode("utf-16"), "café"),
        (b"", ""),
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    assert decode(data) == text


def test_lines_know_the_blank_line_above_them() -> None:
    assert pages_of("One\ntwo\n\n  three\u200b\n") == [Page(None, (Line("One", None), Line("two", 0.0), Line("three", 1.0, indent=2.0)))]


def test_form_feeds_part_pages() -> None:
    assert [(page.number, [line.text for line in page.lines]) for page in pages_of("One\n\fTwo\n\f")] == [(1, ["One"]), (2, ["Two"])]


def test_tabs_between_cells_are_kept() -> None:
    assert pages_of("Youth  services\tDraft   guidance ")[0].lines[0].text == "Youth services\tDraft guidance"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty; check that the document was saved with its words"),
        (b" \n\x0c\n", "is empty; check that the document was saved with its words"),
        (b"PK\x03\x04\x00\x00", "is not a text file; save the document as PDF or plain text and add that"),
    ],
)
def test_files_without_words_are_named(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "guide.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableOriginalError) as caught:
        read_text(path)
    assert (caught.value.path, caught.value.reason, str(caught.value)) == (path, reason, f"{path}: {reason}")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableOriginalError, match="cannot be opened"):
        read_text(tmp_path / "absent.txt")


@given(st.binary())
def test_any_bytes_decode(data: bytes) -> None:
    assert isinstance(decode(data), str)


@given(st.text())
def test_no_character_is_lost_but_white_space(text: str) -> None:
    kept = "".join(line.text for page in pages_of(text) for line in page.lines)
    assert "".join(kept.split()) == "".join("".join(letter for letter in text if letter not in INVISIBLE).split())


@given(st.text())
def test_pages_are_numbered_from_one_or_not_at_all(text: str) -> None:
    numbers = [page.number for page in pages_of(text)]
    assert numbers in ([None], list(range(1, len(numbers) + 1)))
