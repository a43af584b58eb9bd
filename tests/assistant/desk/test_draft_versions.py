"""Word-level comparison of two texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.desk.versions import Piece, differences, differences_html


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", []),
        ("same text", "same text", [("same", "same text")]),
        ("", "new", [("added", "new")]),
        ("old", "", [("removed", "old")]),
        (
            "You must wait 30 days. [1]",
            "You may wait 60 days. [1]",
            [("same", "You "), ("removed", "must"), ("added", "may"), ("same", " wait "), ("removed", "30"), ("added", "60"), ("same", " days. [1]")],
        ),
    ],
)
def test_the_pieces_are_whole_words(before: str, after: str, pieces: list[tuple[str, str]]) -> None:
    assert [(piece.kind, piece.text) for piece in differences(before, after)] == pieces


@given(st.text(alphabet="ab1 .\n’é[]"), st.text(alphabet="ab1 .\n’é[]"))
def test_both_texts_can_be_read_back_from_the_pieces(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


def test_html_is_escaped() -> None:
    pieces = [Piece(kind="same", text="a & b "), Piece(kind="removed", text="<i>"), Piece(kind="added", text="'x'")]
    assert differences_html(pieces) == "a &amp; b <del>&lt;i&gt;</del><ins>&#x27;x&#x27;</ins>"
