"""An adviser's text against its evidence: what keeps its marks, what is checked again."""

import pytest
from desk_parts import BODY, CITATIONS, QUOTE, SENTENCES, Rules, citation

from assistant.answers import Scope
from assistant.desk.drafts import LetterSentence
from assistant.desk.editing import BODY_LIMIT, checked, doubtful, usable
from assistant.errors import BadInputError


def told(body: str, rules: Rules | None = None) -> list[LetterSentence]:
    return checked(body, SENTENCES, CITATIONS, Scope(), rules or Rules())


@pytest.mark.parametrize("body", ["", " \n\t"])
def test_an_empty_text_is_refused(body: str) -> None:
    with pytest.raises(BadInputError) as error:
        usable(body)
    assert (error.value.field, error.value.message) == ("body", "is empty. Write the reply, or leave the page to keep the version before.")


def test_the_longest_text_is_kept_and_a_longer_one_refused() -> None:
    assert usable("a" * BODY_LIMIT) == "a" * BODY_LIMIT
    with pytest.raises(BadInputError) as error:
        usable("a" * (BODY_LIMIT + 1))
    assert error.value.message == "has 60,001 characters; the most is 60,000. Shorten the reply, or send it in parts."


def test_line_breaks_become_of_one_kind() -> None:
    assert usable("a\r\nb\rc\n") == "a\nb\nc\n"


def test_what_is_unchanged_is_not_checked_again_wherever_it_now_stands() -> None:
    rules = Rules()
    assert told(BODY, rules) == SENTENCES
    moved = told(f"{QUOTE} [1]\n\nDear Jo,", rules)
    assert moved == [SENTENCES[1].model_copy(update={"paragraph": 0}), SENTENCES[0].model_copy(update={"paragraph": 1})]
    assert rules.asked == []


def test_a_changed_sentence_that_its_span_still_carries_stays_evidence() -> None:
    rules = Rules()
    sentence = told("The staff must be consulted for 30 days. [1]", rules)
    assert sentence == [
        LetterSentence(text="The staff must be consulted for 30 days.", kind="evidence", citations=[1], support="supported", paragraph=0, item=False)
    ]
    assert rules.asked == [("The staff must be consulted for 30 days.", [1])]


def test_the_advisers_own_sentences_are_marked() -> None:
    body = f"{BODY}\nWait 60 days. [2]\nI perhaps agree.\nSee you soon.\nAlso 30."
    own = told(body)[len(SENTENCES) :]
    assert own == [
        LetterSentence(text="Wait 60 days.", kind="human", citations=[2], support="contradicted", paragraph=2, against=citation(1), why="30, not 60."),
        LetterSentence(text="I perhaps agree.", kind="human", support="needs_source", paragraph=2, why="Nothing found."),
        LetterSentence(text="See you soon.", kind="human", support="not_needed", paragraph=2),
        LetterSentence(
            text="Also 30.", kind="human", support="supported", paragraph=2, why="s. 9, Guide, bears this out. Attach it so that the reply cites it."
        ),
    ]
    assert doubtful(own) == (1, 1)


def test_a_marker_that_is_nobodys_is_named() -> None:
    with pytest.raises(BadInputError) as error:
        told("Wait. [9]")
    expected = "cites [9] in “Wait.”, but this draft has 2 sources and none with that number. Correct the number, or attach the passage first."
    assert (error.value.field, error.value.message) == ("body", expected)
