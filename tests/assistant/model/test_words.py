"""A sentence as words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.model.words import Kind, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Staff can't move.", "Staff can not move."),
        ("It was 5 per cent.", "It was 5%."),
        ("A mutual has to consult its employees.", "A mutual must consult its staff."),
        ("The pensions were kept.", "The pension were retained."),
        ("Two bodies are paid £1,000.", "Two body is paid £1000."),
        ("not more than three years", "no more than three years"),
    ],
)
def test_forms_that_say_the_same_are_one(one: str, other: str) -> None:
    assert [word.key for word in words_of(one)] == [word.key for word in words_of(other)]


def test_nobody_has_to_is_not_nobody_must() -> None:
    assert [word.key for word in words_of("Nobody has to move.")] == ["nobody", "has", "to", "move"]


def test_every_word_has_its_kind_and_the_marks_before_it() -> None:
    found = words_of("If (all) Suffolk staff, 5 of 9, may not stay until May 2014")
    assert [(word.key, word.kind, word.marks) for word in found] == [
        ("if", Kind.CONDITION, ""),
        ("all", Kind.QUANTIFIER, "("),
        ("suffolk", Kind.NAME, ")"),
        ("employee", Kind.PLAIN, ""),
        ("5", Kind.FIGURE, ","),
        ("of", Kind.PLAIN, ""),
        ("9", Kind.FIGURE, ""),
        ("can", Kind.FORCE, ","),
        ("not", Kind.NEGATION, ""),
        ("stay", Kind.PLAIN, ""),
        ("until", Kind.CONDITION, ""),
        ("can", Kind.FORCE, ""),
        ("2014", Kind.FIGURE, ""),
    ]


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    assert all(word.key and not word.key.isspace() for word in words_of(text))
