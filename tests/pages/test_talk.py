"""A conversation as the page shows it: what was understood, for whom, what to ask next, and nothing that becomes markup."""

import pytest

from assistant.answers import Answer, AnswerSentence, Choice, Clarify, Notice, Outcome, Scope
from assistant.pages.talk import is_reworded, keep_links, messages, messages_so_far, nation_choices, scope_line, sector_choices, stage_choices, suggested
from assistant.rendering import REWORDED


def answer(**fields: object) -> Answer:
    return Answer.model_validate(
        {
            "answer_id": "a",
            "conversation_id": "c" * 32,
            "question": "who ran it?",
            "standalone_question": "Who ran it?",
            "outcome": Outcome.ANSWERED,
            "text": "Somebody did. [1]",
            "engine": "extractive",
            "confidence": 0.9,
            "timings_ms": {},
            **fields,
        }
    )


def test_a_question_answered_as_typed_is_shown_with_its_answer_alone() -> None:
    assert messages(answer(standalone_question="who ran it?")) == [
        {"role": "user", "content": "who ran it?"},
        {"role": "assistant", "content": "Somebody did. [1]"},
    ]


def test_an_answer_with_sentences_of_a_model_says_so_before_the_notices() -> None:
    given = answer(standalone_question="who ran it?", engine="llm", notices=[Notice(kind="standing", text="It ended.")])
    assert messages(given)[1]["content"] == f"Somebody did. [1]\n\n*{REWORDED}*\n\n**Please note**\n\n- It ended."


def test_an_answer_under_way_shows_what_has_passed_and_nothing_that_becomes_markup() -> None:
    sentences = [AnswerSentence(text="It was <b>one</b>.", citations=[1]), AnswerSentence(text="And [two].", citations=[1, 2])]
    assert messages_so_far("*Who*?", sentences) == [
        {"role": "user", "content": "\\*Who\\*?"},
        {"role": "assistant", "content": "It was &lt;b&gt;one&lt;/b&gt;. And \\[two\\]. …"},
    ]


def test_what_was_understood_and_for_whom_stand_before_the_answer_and_notices_after_it() -> None:
    given = answer(
        standalone_question="Who ran the *fund*?",
        scope=Scope.model_validate({"sector": "libraries", "nation": "wales", "as_of": "2016-03-01"}),
        notices=[Notice(kind="standing", text="It <has> ended.")],
    )
    assert messages(given)[1]["content"] == (
        "**Understood as:** Who ran the \\*fund\\*?\n\n*Answered for: libraries, Wales, as of 1 March 2016*\n\nSomebody did. [1]\n\n**Please note**\n\n- It &lt;has&gt; ended."
    )


@pytest.mark.parametrize(("typed", "taken", "reworded"), [("a  b", "a b", False), (" a b ", "a b", False), ("a b", "A b", True)])
def test_only_other_words_count_as_reworded(typed: str, taken: str, reworded: bool) -> None:
    assert is_reworded(answer(question=typed, standalone_question=taken)) is reworded


@pytest.mark.parametrize(
    ("scope", "line"),
    [
        ({}, ""),
        ({"sector": "all"}, ""),
        ({"sector": "nhs_trust"}, "Answered for: NHS trusts"),
        ({"stage": "spinning_out", "nation": "scotland"}, "Answered for: Scotland, stage: spinning out"),
        ({"audience": "staff"}, ""),
    ],
)
def test_whom_an_answer_is_for(scope: dict[str, str], line: str) -> None:
    assert scope_line(Scope.model_validate(scope)) == line


def test_choices_come_before_suggestions_and_suggestions_are_few() -> None:
    choices = [Choice(value="youth", label="Youth services"), Choice(value="fire", label="Fire and rescue")]
    back = answer(outcome=Outcome.CLARIFY, clarify=Clarify(question="Which?", field="sector", choices=choices), suggestions=["x"])
    assert suggested(back) == ["Youth services", "Fire and rescue"]
    assert suggested(answer(suggestions=["1", "2", "3", "4"])) == ["1", "2", "3"]
    assert suggested(None) == []


def test_there_is_nothing_to_download_before_there_is_a_conversation() -> None:
    assert keep_links("") == ""
    assert keep_links("ab").count("/api/v1/conversations/ab/export?format=") == 2


def test_every_choice_can_be_unset_and_is_one_that_a_scope_takes() -> None:
    for field, choices in (("sector", sector_choices()), ("nation", nation_choices()), ("stage", stage_choices())):
        assert choices[0] == ("Not set", "")
        assert [getattr(Scope.model_validate({field: value}), field) for _, value in choices[1:]] == [value for _, value in choices[1:]]
