"""What in a question leans on what was said before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.leaning import Shape, read_leaning


def seen(question: str) -> tuple[str, Shape, list[str], bool]:
    leaning = read_leaning(question)
    return leaning.core, leaning.shape, [leaning.core[start:end] for start, end in leaning.pronouns], leaning.leans


@pytest.mark.parametrize("question", ["What is TUPE?", "Who can use the Right to Request?", "Are there limits on dividends?"])
def test_a_whole_question_leans_on_nothing(question: str) -> None:
    assert seen(question) == (question.rstrip("?"), Shape.WHOLE, [], False)


@pytest.mark.parametrize(
    ("question", "pronouns"),
    [
        ("who owns it?", ["it"]),
        ("how long is its contract?", ["its"]),
        ("does cheap rent count towards it?", ["it"]),
        ("what must they put in their form?", ["they", "their"]),
        ("does that apply in Wales too?", ["that"]),
        ("is the first one still going?", ["the first one"]),
        ("what happened to the people who worked there?", ["there"]),
    ],
)
def test_a_pronoun_that_nothing_explains_leans(question: str, pronouns: list[str]) -> None:
    assert seen(question) == (question.rstrip("?"), Shape.WHOLE, pronouns, True)


@pytest.mark.parametrize(
    "question",
    [
        "If a trust says no, can it stop us?",
        "Achieving for Children, whose company is it?",
        "Do staff keep their pension?",
        "Is it legal to pay staff in shares?",
        "How long does it take to spin out?",
        "What has happened this year?",
        "What do mutuals pay for advice these days?",
    ],
)
def test_a_pronoun_explained_in_its_own_question_does_not(question: str) -> None:
    assert seen(question) == (question.rstrip("?"), Shape.WHOLE, [], False)


@pytest.mark.parametrize("question", ["why?", "since when?", "and how much?", "up to what age?"])
def test_a_question_word_alone_leans(question: str) -> None:
    assert seen(question) == (question.removeprefix("and ").rstrip("?"), Shape.BARE, [], True)


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("and councils?", "councils"),
        ("and now?", "now"),
        ("for the NHS?", "for the NHS"),
        ("what about youth services?", "youth services"),
        ("sorry no, I meant the civil service one", "the civil service one"),
        ("and my husband? he works for the council", "my husband, who works for the council"),
    ],
)
def test_a_part_alone_leans(question: str, part: str) -> None:
    core, shape, _, leans = seen(question)
    assert (core, shape, leans) == (part, Shape.PART, True)


def test_a_question_that_says_it_is_new_leans_on_nothing() -> None:
    assert seen("New question: who owns it?") == ("New question: who owns it", Shape.PART, [], False)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    leaning = read_leaning(text)
    assert all(0 <= start < end <= len(leaning.core) for start, end in leaning.pronouns)
    assert read_leaning(f"Another question: {text}").leans is False
