"""Putting a subject into a question."""

import pytest

from assistant.agreement import acts, agreeing, lower_first, many, put_in


def test_somebody_and_something() -> None:
    assert [acts(subject) for subject in ("SEQOL", "the council", "civil servants", "the Right to Provide", "the Fund", "bonuses")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert [many(subject) for subject in ("societies", "the staff", "SEQOL", "the members of a society", "a business")] == [True, True, False, True, False]


@pytest.mark.parametrize(
    ("question", "pronoun", "subject", "told"),
    [
        ("who owns it", "it", "the Fund", "who owns the Fund"),
        ("is their lease long", "their", "societies", "is societies' lease long"),
        ("do they vote", "they", "SEQOL", "does SEQOL vote"),
        ("does it end", "it", "the codes", "do the codes end"),
        ("what if it's wound up", "it", "a CIC", "what if a CIC is wound up"),
        ("do they vote", "they", "the Fund", ""),
        ("is that money safe", "that", "the Fund", ""),
        ("who works there", "there", "SEQOL", "who works with SEQOL"),
    ],
)
def test_a_subject_takes_the_place_of_a_pronoun(question: str, pronoun: str, subject: str, told: str) -> None:
    start = question.index(pronoun)
    assert put_in(question, start, start + len(pronoun), subject) == told


def test_a_verb_agrees_and_a_small_letter_opens() -> None:
    assert [agreeing("Does ", "councils"), agreeing("Were ", "the council"), agreeing("who has ", ""), agreeing("who has to do ", "the test")] == [
        "Do ",
        "Was ",
        "who has ",
        "who has to do ",
    ]
    assert [lower_first("The Act"), lower_first("SEQOL"), lower_first("")] == ["the Act", "SEQOL", ""]
