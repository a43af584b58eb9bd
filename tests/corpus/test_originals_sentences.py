"""Sentences of originals."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.originals.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("   ", []),
        ("No stop", ["No stop"]),
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("See s. 33 and reg. 77 of the rules. Then stop.", ["See s. 33 and reg. 77 of the rules.", "Then stop."]),
        ("Prof. Le Grand and Mr. Maude met. They spoke.", ["Prof. Le Grand and Mr. Maude met.", "They spoke."]),
        ("Services, e.g. youth work, vary. Others do not.", ["Services, e.g. youth work, vary.", "Others do not."]),
        ("It rose by 4.5 per cent. It fell.", ["It rose by 4.5 per cent.", "It fell."]),
        ("He said “stop.” She did.", ["He said “stop.”", "She did."]),
        ("(It was so.) It is not.", ["(It was so.)", "It is not."]),
        ("J. Smith wrote it. A. B. Jones read it.", ["J. Smith wrote it.", "A. B. Jones read it."]),
        ("Acme Ltd. sold it. Good.", ["Acme Ltd. sold it.", "Good."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text())
def test_nothing_but_white_space_is_lost_and_spans_run_forwards(text: str) -> None:
    spans = list(split_sentences(text))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
