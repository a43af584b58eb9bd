"""Facts: what is read out of a sentence, in every way it may be written."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.facts import Facts, read_facts

NOTHING = Facts(numbers=frozenset(), dates=frozenset(), names=frozenset(), modality=frozenset(), negations=0)


@pytest.mark.parametrize("text", ["", " ", "\n", "a plain phrase", "…—–", "the staff of a service", "互助"])
def test_no_facts(text: str) -> None:
    assert read_facts(text) == NOTHING


def test_a_whole_sentence() -> None:
    text = "The Taskforce recommended in Recommendation 2(ii) that each department should not wait beyond 30 April 2013 to spend £10 million, or 5% of it."
    assert read_facts(text) == Facts(
        numbers=frozenset({"2", "30", "2013", "£10000000", "5%"}),
        dates=frozenset({"30 april 2013"}),
        names=frozenset({"Taskforce", "Recommendation"}),
        modality=frozenset({"recommended", "recommendation", "should"}),
        negations=1,
    )


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0", {"0"}),
        ("007", {"7"}),
        ("1,000", {"1000"}),
        ("1,00", {"1", "0"}),
        ("3.50", {"3.5"}),
        ("£10 million", {"£10000000"}),
        ("£10m", {"£10000000"}),
        ("£10,000,000", {"£10000000"}),
        ("10,000,000", {"10000000"}),
        ("£1.5bn", {"£1500000000"}),
        ("£2k", {"£2000"}),
        ("€5", {"€5"}),
        ("50%", {"50%"}),
        ("50 per cent", {"50%"}),
        ("50 percent", {"50%"}),
        ("50 people", {"50"}),
        ("2012-13", {"2012", "13"}),
        ("reg. 77(3)", {"77", "3"}),
        ("five", {"5"}),
        ("Five years", {"5"}),
        ("two million", {"2000000"}),
        ("ninety days", {"90"}),
        ("twenty-one", {"20", "1"}),
        ("half", {"0.5"}),
        ("a third", {"1/3"}),
        ("1.1 million", {"1100000"}),
        ("someone", set()),
        ("often", set()),
    ],
)
def test_numbers(text: str, numbers: set[str]) -> None:
    assert read_facts(text).numbers == numbers


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("1 April 2013", {"1 april 2013"}),
        ("1st April 2013", {"1 april 2013"}),
        ("april 2013", {"april 2013"}),
        ("in June", {"june"}),
        ("May 2013", {"may 2013"}),
        ("staff may", set()),
        ("in May", set()),
        ("2013", set()),
        ("31 December", {"31 december"}),
    ],
)
def test_dates(text: str, dates: set[str]) -> None:
    assert read_facts(text).dates == dates


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Cabinet Office's plan", {"Cabinet", "Office"}),
        ("Department for Work and Pensions", {"Department", "Work", "Pensions"}),
        ("Staff of NAViGO", {"NAViGO"}),
        ("Ministers decide", {"Ministers"}),
        ("it began in April", set()),
        ("and I agree", set()),
        ("O’Neill & Sons", {"O’Neill", "Sons"}),
        ("in the NHS", {"NHS"}),
    ],
)
def test_names(text: str, names: set[str]) -> None:
    assert read_facts(text).names == names


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("staff must agree", {"must"}),
        ("staff shall agree", {"must"}),
        ("the council is required to consult", {"must"}),
        ("staff should agree", {"should"}),
        ("staff may agree", {"may"}),
        ("staff cannot agree", {"may"}),
        ("section 33 may be used", {"may"}),
        ("section 33 can be used", {"may"}),
        ("May staff agree?", {"may"}),
        ("on 1 May 2013", set()),
        ("in May 2013", set()),
        ("it will and would", {"will"}),
        ("it is recommended", {"recommended"}),
        ("Recommendation 2", {"recommendation"}),
        ("the proposal", {"proposed"}),
        ("a plan is expected", {"planned"}),
        ("he suggested it", {"suggested"}),
        ("a mustard shoulder", set()),
    ],
)
def test_modality(text: str, modality: set[str]) -> None:
    assert read_facts(text).modality == modality


@pytest.mark.parametrize(
    ("text", "negations"),
    [
        ("they may not refuse", 1),
        ("no one may refuse, nor wait", 2),
        ("they don't", 1),
        ("they don’t and can't", 2),
        ("cannot", 1),
        ("without notice, and never", 2),
        ("a note about nothingness", 0),
    ],
)
def test_negations(text: str, negations: int) -> None:
    assert read_facts(text).negations == negations


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    facts = read_facts(text)
    assert facts == read_facts(text)
    assert facts.negations >= 0


@given(st.integers(min_value=0, max_value=10**12))
def test_an_amount_is_the_same_with_and_without_separators(amount: int) -> None:
    assert read_facts(f"£{amount:,}").numbers == read_facts(f"£{amount}").numbers == {f"£{amount}"}


@given(st.decimals(min_value=0, max_value=10**10, places=2), st.decimals(min_value=0, max_value=10**10, places=2))
def test_two_amounts_to_the_penny_are_never_taken_for_the_same(one: object, other: object) -> None:
    assume(one != other)
    assert read_facts(f"£{one:,}").numbers != read_facts(f"£{other:,}").numbers
