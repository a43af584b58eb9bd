"""Understanding: which text can be used as a question, what a question asks for, and whether a sentence holds it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import BadInputError
from assistant.understanding import Kind, holds, question_kind, usable_text

EMPTY = "is empty. Type a question, for example: What is a public service mutual?"


@pytest.mark.parametrize("text", ["", " ", "\n\t\r ", "\u00a0\u2003", "\u2028\u2029"])
def test_empty_and_blank_text_is_refused(text: str) -> None:
    with pytest.raises(BadInputError) as error:
        usable_text(text, "question", 2000)
    assert (error.value.field, error.value.message) == ("question", EMPTY)


def test_text_of_exactly_the_limit_is_taken() -> None:
    assert usable_text("a" * 2000, "question", 2000) == "a" * 2000


@pytest.mark.parametrize("text", ["a" * 2001, " " * 2001, "\u200b" * 2001])
def test_one_character_over_the_limit_is_refused_before_anything_else(text: str) -> None:
    with pytest.raises(BadInputError) as error:
        usable_text(text, "claim", 2000)
    assert (error.value.field, error.value.message) == ("claim", "has 2,001 characters; the most is 2,000. Shorten it or ask in parts.")


@pytest.mark.parametrize(
    ("character", "code"),
    [
        ("\x00", "U+0000"),
        ("\x07", "U+0007"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\u00ad", "U+00AD"),
        ("\u200b", "U+200B"),
        ("\u200d", "U+200D"),
        ("\u200e", "U+200E"),
        ("\u202e", "U+202E"),
        ("\u2066", "U+2066"),
        ("\ufeff", "U+FEFF"),
        ("\ue000", "U+E000"),
        ("\ud800", "U+D800"),
        ("\U000e0041", "U+E0041"),
        ("\U0010ffff", "U+10FFFF"),
    ],
)
def test_control_and_invisible_characters_are_refused_by_name_and_position(character: str, code: str) -> None:
    with pytest.raises(BadInputError) as error:
        usable_text(f"What is a{character} mutual?", "question", 2000)
    assert (error.value.field, error.value.message) == (
        "question",
        f"has a control or invisible character ({code}) at position 10; remove it and ask again.",
    )


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("  What is\n a\tmutual?\r\n", "What is a mutual?"),
        ("What\u00a0is\u2028it?", "What is it?"),
        ("Beth yw cydfuddiannol? Ŵy ‘ô’ – £5", "Beth yw cydfuddiannol? Ŵy ‘ô’ – £5"),
        ("互助 🙂", "互助 🙂"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_spaces_are_tidied_and_all_else_is_left_alone(text: str, tidy: str) -> None:
    assert usable_text(text, "question", 2000) == tidy


@given(st.text(max_size=60), st.integers(min_value=1, max_value=50))
def test_text_is_either_refused_or_clean(text: str, limit: int) -> None:
    try:
        tidy = usable_text(text, "question", limit)
    except BadInputError:
        return
    assert tidy == usable_text(tidy, "question", limit) == " ".join(tidy.split())
    assert 0 < len(tidy) <= limit
    assert not any(unicodedata.category(character).startswith("C") for character in tidy)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("", Kind.OTHER),
        ("TUPE", Kind.OTHER),
        ("Tell me about pensions", Kind.OTHER),
        ("Is a CIC compulsory?", Kind.YES_NO),
        ("so can our employer refuse?", Kind.YES_NO),
        ("MUST WE TRANSFER", Kind.YES_NO),
        ("Can you list the stages?", Kind.LIST),
        ("What are the three stages?", Kind.LIST),
        ("What must a department's pathway contain?", Kind.LIST),
        ("Which services could spin out?", Kind.LIST),
        ("How big was the support fund?", Kind.MONEY),
        ("how much money is there", Kind.MONEY),
        ("Was it the £10 million fund?", Kind.YES_NO),
        ("What was the £10 million for?", Kind.MONEY),
        ("How long may a contract be reserved?", Kind.NUMBER),
        ("What percentage of staff have to agree?", Kind.NUMBER),
        ("When did the Act come into force?", Kind.DATE),
        ("What year was it?", Kind.DATE),
        ("Who chaired the Taskforce?", Kind.WHO),
        ("Which department runs it?", Kind.WHO),
        ("What is a public service mutual?", Kind.DEFINITION),
        ("what does MSP stand for", Kind.DEFINITION),
        ("How do we start?", Kind.HOW),
    ],
)
def test_question_kind(question: str, kind: Kind) -> None:
    assert question_kind(question) is kind


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("", set()),
        ("a plain word", set()),
        ("The fund was £10 million.", {Kind.MONEY, Kind.NUMBER}),
        ("A contract lasts five years.", {Kind.NUMBER}),
        ("It began in April 2013.", {Kind.NUMBER, Kind.DATE}),
        ("It began in 2013.", {Kind.NUMBER, Kind.DATE}),
        ("It has 2500 members.", {Kind.NUMBER}),
        ("The Taskforce was chaired by Julian Le Grand.", {Kind.WHO}),
        ("The Taskforce reported.", set()),
    ],
)
def test_which_sorts_of_fact_a_sentence_holds(sentence: str, kinds: set[Kind]) -> None:
    assert {kind for kind in Kind if holds(kind, sentence)} == kinds


@given(st.text(max_size=200))
def test_any_text_has_a_kind(text: str) -> None:
    assert question_kind(text) in Kind
