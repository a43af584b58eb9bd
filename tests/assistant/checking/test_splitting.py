"""Claims and their parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking.splitting import MOST_PARTS, parts_of, stripped


@pytest.mark.parametrize(
    ("claim", "parts"),
    [
        ("Pensions", ["Pensions"]),
        ("The fund was £10 million and it closed in 2015.", ["The fund was £10 million", "The fund closed in 2015"]),
        ("The scheme came in in 2008 and it's still open", ["The scheme came in in 2008", "The scheme is still open"]),
        ("Section 33 is in force and has replaced regulation 77", ["Section 33 is in force", "Section 33 has replaced regulation 77"]),
        ("You must be a CIC but you don't have to have an asset lock", ["You must be a CIC", "You don't have to have an asset lock"]),
        ("Trusts and councils must inform and consult unions.", ["Trusts and councils must inform and consult unions"]),
        ("Employees must manage and control it", ["Employees must manage and control it"]),
        ("It is tax free only if the members and the customers are the same", ["It is tax free only if the members and the customers are the same"]),
        ("The board is elected. The staff own the shares.", ["The board is elected", "The staff own the shares"]),
    ],
)
def test_clauses_with_predicates_of_their_own_are_parts(claim: str, parts: list[str]) -> None:
    assert parts_of(claim) == parts


def test_openings_and_tags_claim_nothing() -> None:
    assert stripped("Well, I heard that trusts have to give you a contract, right?") == "Trusts have to give you a contract"
    assert stripped("Trusts give contracts") == "Trusts give contracts"


@given(st.text(max_size=200))
def test_any_text_has_a_few_parts_that_are_not_empty(text: str) -> None:
    parts = parts_of(text)
    assert len(parts) <= MOST_PARTS
    assert all(part.strip() for part in parts)
