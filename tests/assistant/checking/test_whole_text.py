"""Claims pasted line by line, and whole texts."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking.whole_text import MOST_CLAIMS, TEXT_LIMIT, TextCheckService, claims_in, spans_in
from assistant.errors import BadInputError
from assistant.services import Services


@pytest.mark.parametrize("pasted", ["", " \n\t\n", "-  \n"])
def test_nothing_pasted(pasted: str) -> None:
    with pytest.raises(BadInputError) as error:
        claims_in(pasted)
    assert error.value.field == "claim"


def test_claims_are_taken_line_by_line_without_their_bullets() -> None:
    pasted = "1. Staff must own it all\r\n\n- The fund was £10m\n•  (a) is a letter\n  2012 was the year  "
    assert claims_in(pasted) == ["Staff must own it all", "The fund was £10m", "(a) is a letter", "2012 was the year"]


def test_more_claims_than_are_checked_at_once() -> None:
    with pytest.raises(BadInputError) as error:
        claims_in("claim\n" * (MOST_CLAIMS + 1))
    assert str(error.value) == "claim: has 21 lines; the most at once is 20. Check a longer text as a whole text."


def test_sentences_lists_and_headings_stand_by_themselves_and_lines_that_run_on_are_read_together() -> None:
    text = "Our plan\n\nWe leave in May. The law\nsays so:\n- one thing\n2) another thing. And more\nThe end."
    assert [text[start:end] for start, end in spans_in(text)] == [
        "Our plan",
        "We leave in May.",
        "The law\nsays so:",
        "one thing",
        "another thing.",
        "And more\nThe end.",
    ]


@given(st.text(alphabet=st.sampled_from("ab.?!:-1)(\n •"), max_size=60))
def test_spans_are_in_order_apart_and_hold_no_space_at_their_ends(text: str) -> None:
    spans = spans_in(text)
    assert spans == sorted(spans)
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("text", ["", " \n", "x" * (TEXT_LIMIT + 1), "a\u202eb"])
def test_a_text_that_cannot_be_used(text: str, services: Services) -> None:
    with pytest.raises(BadInputError) as error:
        TextCheckService(services.checks).check(text)
    assert error.value.field == "text"


def test_a_text_keeps_every_character_and_its_checkable_sentences_get_the_verdict_they_get_alone(services: Services) -> None:
    text = "Dear all,\n\nThe Mutuals Support Programme was worth £10 million. Thank you!"
    told: list[tuple[int, int]] = []
    checked = TextCheckService(services.checks).check(text, progress=lambda done, total: told.append((done, total)))
    alone = services.checks.check("The Mutuals Support Programme was worth £10 million.")
    assert checked.text == text
    assert [text[each.start : each.end] for each in checked.sentences] == [each.text for each in checked.sentences]
    found = {each.text: each.check.verdict for each in checked.sentences if each.check}
    assert found == {"The Mutuals Support Programme was worth £10 million.": alone.verdict}
    assert sum(checked.counts.values()) == 1
    assert told == [(number, 3) for number in (1, 2, 3)]
