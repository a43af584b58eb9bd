"""What an earlier turn spoke of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.subjects import Subject, abbreviates, in_full, items, names, noun_phrases, spoken_of, topic


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Who pays for it?", []),
        ("Who owns Explore York?", ["Explore York"]),
        ("MyCSP had owners.", ["MyCSP"]),
        ("Does section 33 of the Procurement Act 2023 apply?", ["section 33", "Procurement Act 2023"]),
        ("Who could use the Right to Request in June?", ["Right to Request"]),
        ("When did Mutuals Support Programme 2 close?", ["Mutuals Support Programme 2"]),
    ],
)
def test_names(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_names_are_told_as_the_text_speaks_of_them() -> None:
    text = "Can an NHS body use the Right to Provide, as SEQOL in Swindon did?"
    assert in_full(names(text), text) == ["an NHS body", "the Right to Provide", "SEQOL in Swindon", "SEQOL"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("", []),
        ("why?", []),
        ("What is the threshold for goods and services?", ["the threshold for goods and services"]),
        ("What changes to pension protection are proposed?", ["the changes to pension protection"]),
        ("Can a council sell us a building?", ["a council", "a building"]),
    ],
)
def test_noun_phrases(question: str, found: list[str]) -> None:
    assert noun_phrases(question) == found


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("", ""),
        ("The duty to get best consideration", ""),
        ("The asset lock: another account", "the asset lock"),
        ("What an asset lock is", ""),
        ("Explore York: who owns it", "Explore York"),
    ],
)
def test_a_heading_is_spoken_of_by_its_topic(heading: str, told: str) -> None:
    assert topic(heading, "The asset lock is for good.") == told


def test_the_items_of_a_list_are_called_by_their_names() -> None:
    text = "There are three: [1]\n\n- Explore York was the first. [2]\n- **Suffolk Libraries**, a charity, came next. [3]\n- the last of the lot [4]\n\nMore."
    assert items(text) == ["Explore York", "Suffolk Libraries", "the last of the lot"]
    assert items("No list here. [1]") == []


def test_what_a_turn_spoke_of_comes_likeliest_first_and_once() -> None:
    found = spoken_of("Who owns the Explore York library?", "Explore York is owned by staff in 2014. [1] The Guild helps it.", [], ["What is SEQOL?"])
    assert found == [
        Subject("the Explore York library", "name"),
        Subject("Explore York", "answer"),
        Subject("the Guild", "answer"),
        Subject("SEQOL", "older"),
    ]


@pytest.mark.parametrize(
    ("name", "phrase", "is_one"),
    [
        ("CIC", "a community interest company", True),
        ("the MSP", "the Mutuals Support Programme", True),
        ("DH", "the Department of Health", True),
        ("CIC", "a charity", False),
        ("Cic", "a community interest company", False),
        ("C", "a company", False),
        ("", "", False),
    ],
)
def test_what_abbreviates_a_phrase(name: str, phrase: str, is_one: bool) -> None:
    assert abbreviates(name, phrase) is is_one


def test_what_the_question_spells_out_is_not_called_by_its_letters() -> None:
    found = spoken_of("What is a community interest company?", "A community interest company (CIC) serves a community. [1]", [], [])
    assert [subject.text for subject in found] == ["a community interest company"]


@given(st.text(), st.text())
def test_any_text_is_read(question: str, answer: str) -> None:
    found = spoken_of(question, answer, [], [answer])
    assert all(subject.text for subject in found)
    assert all([*noun_phrases(question), *names(question), *items(answer)])
