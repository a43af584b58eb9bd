"""Sentences altered in the one thing that turns them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking.verdicts import Verdict
from evals.alterations import alterations

S, C = Verdict.SUPPORTED, Verdict.CONTRADICTED


@pytest.mark.parametrize(
    ("sentence", "made"),
    [
        ("", []),
        ("Too short to say anything.", []),
        (
            "A company must send its report to Companies House within nine months.",
            [
                ("none", "A company must send its report to Companies House within nine months", S),
                ("number", "A company must send its report to Companies House within ten months", C),
                ("body", "A company must send its report to the Charity Commission within nine months", C),
                ("force", "A company need not send its report to Companies House within nine months", C),
                ("denied", "A company must not send its report to Companies House within nine months", C),
            ],
        ),
        (
            "The fund was not open to new bidders in 2012, the newspaper said.",
            [
                ("none", "The fund was not open to new bidders in 2012", S),
                ("year", "The fund was not open to new bidders in 2014", C),
                ("undenied", "The fund was open to new bidders in 2012", C),
            ],
        ),
        (
            "Some mutuals received grants of at least £5,000 from it.",
            [
                ("none", "Some mutuals received grants of at least £5,000 from it", S),
                ("number", "Some mutuals received grants of at least £50,000 from it", C),
                ("bound", "Some mutuals received grants of at most £5,000 from it", C),
                ("reach", "All mutuals received grants of at least £5,000 from it", C),
            ],
        ),
    ],
)
def test_each_alteration_that_the_words_allow_is_made_once(sentence: str, made: list[tuple[str, str, Verdict]]) -> None:
    assert [(each.kind, each.claim, each.verdict) for each in alterations(sentence)] == made


@given(st.text(max_size=200))
def test_any_text_can_be_altered_or_left(text: str) -> None:
    found = list(alterations(text))
    assert len({(each.kind, each.claim) for each in found}) == len(found)
    assert all(each.claim.strip() for each in found)
