"""Plain-text originals."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.originals.lines import Line, UnreadableOriginalError
from corpus.originals.text import plain, read_text


def written(folder: Path, content: bytes) -> Path:
    path = folder / "original.txt"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("content", [b"", b"  \n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, content)
    with pytest.raises(UnreadableOriginalError) as caught:
        read_text(path)
    assert (caught.value.path, caught.value.reason) == (path, "is empty. Add a file that has text.")


def test_a_file_of_zero_bytes_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(UnreadableOriginalError, match="is not a text file"):
        read_text(written(tmp_path, b"PK\x03\x04\0\0"))


def test_paragraphs_open_after_a_blank_line(tmp_path: Path) -> None:
    assert read_text(written(tmp_path, b"One.\nStill one.\n\nTwo.\n")) == [
        Line("One.", opens=True),
        Line("Still one."),
        Line("Two.", opens=True),
    ]


def test_form_feeds_part_pages(tmp_path: Path) -> None:
    assert read_text(written(tmp_path, b"Head\nBody\nFoot\n\x0cNext\n")) == [
        Line("Head", 1, opens=True, edge=True),
        Line("Body", 1),
        Line("Foot", 1, edge=True),
        Line("Next", 2, opens=True, edge=True),
    ]


@pytest.mark.parametrize("content", ["£5 café".encode("cp1252"), "£5 café".encode(), b"\xef\xbb\xbf" + "£5 café".encode()])
def test_the_encoding_is_found(tmp_path: Path, content: bytes) -> None:
    assert read_text(written(tmp_path, content)) == [Line("£5 café", opens=True)]


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("**Bold** and *slanted*", "Bold and slanted"),
        ("***both***", "both"),
        ("[a link](https://example.org)", "a link"),
        ("![](picture.png)", ""),
        ("at <https://example.org/x>", "at https://example.org/x"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
    ],
)
def test_marks_become_plain_words(marked: str, words: str) -> None:
    assert plain(marked) == words


@given(st.text(st.characters(exclude_characters="\0\f*_[]<>!", exclude_categories=["Cs", "Cc"])))
def test_plain_words_stay(text: str) -> None:
    assert plain(text) == text.strip()
