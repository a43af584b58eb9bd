"""What turns a statement round or widens it keeps a sentence from bearing it out."""

import pytest

from assistant.checking.statements import read_statement
from assistant.checking.turning import turned


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("Trade unions were kept out of the talks", "Trade unions took part in the talks."),
        ("every pilot had to become a mutual", "Some of the pilots became mutuals."),
        ("only one of the trustees has to live in the UK", "The trustees must be UK resident."),
        ("a contract must be advertised even where a ground applies", "A contract must be advertised unless a ground applies."),
        ("the government extended the relief to co-operatives", "The government declined to extend the relief to co-operatives."),
        ("the two agreed on the cost", "The charity disputed the council's figures on the cost."),
    ],
)
def test_a_word_that_the_other_lacks_turns(claim: str, told: str) -> None:
    assert turned(read_statement(claim), read_statement(told))


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("the fund was worth ten million", "The fund was £10 million."),
        ("everybody who works there is a member", "All staff are members."),
        ("only charities can register", "The form is open solely to charities."),
        ("charities are exempt from the tax", "Charities are excluded from the tax."),
        ("you don't have to become a company", "Staff need not become a company."),
        ("without a bond you can't join", "A body may not join unless it gives a bond."),
    ],
)
def test_what_both_have_or_neither_does_not(claim: str, told: str) -> None:
    assert not turned(read_statement(claim), read_statement(told))
