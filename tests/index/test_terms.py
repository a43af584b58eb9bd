"""Terms as keyword search counts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.terms import terms


@pytest.mark.parametrize("text", ["", " ", "?!", "—", "What is the", "can't won’t", "éè"])
def test_a_text_without_content_words_has_no_terms(text: str) -> None:
    assert terms(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mutuals", ["mutual"]),
        ("MUTUALS, mutual!", ["mutual", "mutual"]),
        ("£10 million", ["10", "million"]),
        ("section 33(2)", ["section", "33", "2"]),
        ("the employer's refusal", ["employ", "refus"]),
        ("the employer’s refusal", ["employ", "refus"]),
        ("we spun out and they paid", ["spin", "pay"]),
        ("reserved contracts lasting five years", ["reserv", "contract", "last", "five", "year"]),
        ("spin-out", ["spin"]),
        ("a co-operative", ["co", "oper"]),
        ("2012-06-30", ["2012", "06", "30"]),
    ],
)
def test_content_words_are_stemmed_in_order_with_repeats(text: str, found: list[str]) -> None:
    assert terms(text) == found


@given(st.text(), st.text())
def test_the_terms_of_two_texts_are_those_of_each(one: str, other: str) -> None:
    assert terms(f"{one} {other}") == terms(one) + terms(other)


@given(st.text())
def test_capitals_do_not_matter(text: str) -> None:
    assert terms(text.lower()) == terms(text)
