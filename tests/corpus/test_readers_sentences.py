"""The splitter: abbreviations of official prose, and spans that lose nothing."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "It covers services, e.g. libraries, i.e. council ones.",
        "The report was led by Prof. Le Grand and Dr. Smith with Mr. J. K. Brown.",
        "See reg. 77(3), regs. 1 and 2, s. 33, ss. 4 to 6, para. 2, Sch. 1 and No. 5.",
        "It is on p. 31 and pp. 40-41 of the paper.",
        "Costs fell by 3.5 per cent to £6.7 million.",
        "Advice, training etc. is offered.",
        "Rt. Hon. Francis Maude spoke.",
        "The U.K. Government agreed.",
        "The firm Smith Ltd. Limited trades on.",
        "It asks: may staff bid? and if so, when.",
        "Well ... perhaps.",
        "The site www.example.org/a.b is open.",
        "3BM is one such body.",
        "1. Set out the plan.",
        "ii. Set out the plan.",
        "(a) Set out the plan.",
        "It covers vol. 2 and fig. 3 as well.",
        "",
    ],
)
def test_one_sentence_stays_whole(text: str) -> None:
    assert sentences(text) == ([text] if text else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One ends. Two begins.", ["One ends.", "Two begins."]),
        ("She said “it works.” They agreed.", ["She said “it works.”", "They agreed."]),
        ("It works (see below.) They agreed.", ["It works (see below.)", "They agreed."]),
        ("Is it so? It is! Good.", ["Is it so?", "It is!", "Good."]),
        ("It covers libraries etc. The rest follow.", ["It covers libraries etc.", "The rest follow."]),
        ("It was set up by Smith Ltd. It trades.", ["It was set up by Smith Ltd.", "It trades."]),
        ("The rules are in Part B. The others are in Part C.", ["The rules are in Part B.", "The others are in Part C."]),
        ("The answer is no. Nothing changed.", ["The answer is no.", "Nothing changed."]),
        ("It rose in 2010. 40 bodies followed.", ["It rose in 2010.", "40 bodies followed."]),
        ("The norm is 84%.¹² Others differ.", ["The norm is 84%.¹²", "Others differ."]),
        ("A line without a stop\n\nAnother", ["A line without a stop", "Another"]),
        ("  Spaces around.   ", ["Spaces around."]),
        ("It ended at 5 p.m. The staff left.", ["It ended at 5 p.m.", "The staff left."]),
        ("MyCSP began. NAViGO followed.", ["MyCSP began.", "NAViGO followed."]),
    ],
)
def test_sentences_are_parted(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


PROSE = st.text(alphabet=st.sampled_from('aZ .?!\n"”)(1,pe.gN–²'), max_size=80)


@given(st.one_of(st.text(), PROSE))
def test_spans_are_faithful(text: str) -> None:
    spans = sentence_spans(text)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(PROSE)
def test_no_sentence_spans_a_blank_line(text: str) -> None:
    assert all("\n\n" not in sentence for sentence in sentences(text))
