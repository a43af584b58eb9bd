"""Line-end hyphens: the document's own words decide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.hyphens import LineJoiner

WORDS = ["short-term plans", "performance of commissioners", "non-mutual bodies", "commercial risk", "co-operative and public service", "overall risk"]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("for short-", "term plans", "for short-term plans"),
        ("the perform-", "ance of", "the performance of"),
        ("the commis-", "sioners", "the commissioners"),
        ("a non-", "commercial body", "a non-commercial body"),
        ("many co-", "operatives", "many co-operatives"),
        ("an over-", "all view", "an overall view"),
        ("a public-", "service body", "a public-service body"),
        ("is cross-", "Government", "is cross-Government"),
        ("the FTSE-", "listed firms", "the FTSE-listed firms"),
        ("responsible-", "n working", "responsible-n working"),
        ("too overly-", "risk averse", "too overly-risk averse"),
        ("a once-in-a-", "generation chance", "a once-in-a-generation chance"),
        ("from 2010-", "2012", "from 2010-2012"),
        ("an unheard-", "zyx", "an unheardzyx"),
        ("soft\u00ad", "ened", "softened"),
        ("two plain", "words", "two plain words"),
        ("a dash –", "here", "a dash – here"),
        ("use and/", "or transfer", "use and/or transfer"),
        ("at http://example.org/", "guide", "at http://example.org/guide"),
        ("at <http://example.org/a-", "b>", "at <http://example.org/a-b>"),
        ("team@cabinet-", "office.example", "team@cabinet-office.example"),
    ],
)
def test_joins(above: str, below: str, joined: str) -> None:
    assert LineJoiner(WORDS).join(above, below) == joined


def test_a_word_cut_at_a_line_end_is_no_evidence() -> None:
    assert LineJoiner(["the perform-", "ance is good", "to perform"]).join("perform-", "ance") == "performance"


@given(st.text(), st.text())
def test_joining_loses_no_letter(above: str, below: str) -> None:
    joined = LineJoiner([above, below]).join(above, below)
    assert [c for c in joined if c.isalnum()] == [c for c in above + below if c.isalnum()]
