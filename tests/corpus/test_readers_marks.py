"""Marks that are not words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.marks import bullet_length, footnote_number, heading_hashes, item_label, plain_words, without_references


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**bold** and *light*", "bold and light"),
        ("the *Paper*¹ and *another*, too", "the Paper¹ and another, too"),
        ("[a name](#) and [x](http://y.z)", "a name and x"),
        ("<http://example.org/a>", "http://example.org/a"),
        ("<i>Reform</i> of <b class='x'>law</b>", "Reform of law"),
        ("a_b_c and _light_", "a_b_c and light"),
        ("Phase:** In this", "Phase: In this"),
        ("3 * 4 * 5", "3 * 4 * 5"),
        ("fish &amp; chips \\* \\[x\\]", "fish & chips * [x]"),
        ("a < b and c > d", "a < b and c > d"),
        ("## A heading", "A heading"),
    ],
)
def test_plain_words(text: str, words: str) -> None:
    assert plain_words(text) == words


@pytest.mark.parametrize(
    ("text", "label", "length"),
    [
        ("ii. Words", "(ii)", 4),
        ("(ii) Words", "(ii)", 5),
        ("(a) Words", "(a)", 4),
        ("1. Words", "(1)", 3),
        ("12) Words", "(12)", 4),
        ("s. 33 applies", "", 0),
        ("p. 31", "", 0),
        ("2011. Then", "", 0),
        ("I. Smith", "", 0),
        ("Words", "", 0),
        ("ii.", "", 0),
    ],
)
def test_item_labels(text: str, label: str, length: int) -> None:
    assert item_label(text) == (label, length)


@pytest.mark.parametrize(
    ("line", "length"), [("- words", 2), ("• words", 2), ("•words", 1), ("– words", 2), ("-words", 0), ("words", 0), ("o words", 2), ("on words", 0)]
)
def test_bullets(line: str, length: int) -> None:
    assert bullet_length(line) == length


@pytest.mark.parametrize(("text", "number"), [("¹² Ibid p. 4", "12"), ("² *Our paper*", "2"), ("[3] Ibid", "3"), ("12 Ibid", ""), ("²", ""), ("Words²", "")])
def test_footnotes(text: str, number: str) -> None:
    assert footnote_number(text) == number


def test_references_to_footnotes_go_and_other_raised_numbers_stay() -> None:
    assert without_references("The paper², of 50 m², says³ it 84%.²", {"2"}) == "The paper, of 50 m², says³ it 84%."


def test_hashes() -> None:
    assert [heading_hashes(line) for line in ("# A", "### A", "#A", "A")] == [1, 3, 0, 0]


@given(st.text())
def test_nothing_raises(text: str) -> None:
    assert plain_words(text) == " ".join(plain_words(text).split())
    assert item_label(text)[1] <= len(text)
    assert bullet_length(text) <= len(text)
