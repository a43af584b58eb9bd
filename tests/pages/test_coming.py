"""An answer as it comes to a page."""

import pytest
from turns import made_answer

from assistant.answers import Answer, AnswerSentence
from assistant.ask import Said
from assistant.errors import BadInputError
from assistant.pages.coming import coming

ANSWER = made_answer("c" * 32, "Who?")
FIRST, SECOND = AnswerSentence(text="A.", citations=[1]), AnswerSentence(text="B.", citations=[1, 2])


def test_an_answer_of_which_nothing_is_told_before_comes_alone() -> None:
    assert list(coming(lambda said: ANSWER)) == [ANSWER]


def test_each_sentence_comes_with_those_before_it_and_the_answer_last() -> None:
    def ask(said: Said) -> Answer:
        said(FIRST, [])
        said(SECOND, [])
        return ANSWER

    assert list(coming(ask)) == [[FIRST], [FIRST, SECOND], ANSWER]


def test_what_goes_wrong_is_raised_where_it_is_read() -> None:
    def ask(said: Said) -> Answer:
        said(FIRST, [])
        raise BadInputError("question", "is empty")

    told = coming(ask)
    assert next(told) == [FIRST]
    with pytest.raises(BadInputError, match="question: is empty"):
        next(told)
