"""Ways of telling a follow-up in full."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.leaning import read_leaning
from assistant.rewording import Wording, sentence, wordings


def texts(question: str, before: str, subjects: list[str], items: list[str] | None = None) -> list[str]:
    return [wording.text for wording in wordings(read_leaning(question), before, subjects, items or [])]


@pytest.mark.parametrize(
    ("question", "before", "subjects", "told"),
    [
        ("who owns it?", "What is Explore York?", ["Explore York"], ["Who owns Explore York?", "With Explore York, who owns it?"]),
        (
            "how long is its lease?",
            "Who are Libraries?",
            ["Suffolk Libraries"],
            ["How long is Suffolk Libraries' lease?", "With Suffolk Libraries, how long is its lease?"],
        ),
        ("do they vote?", "Who runs SEQOL?", ["SEQOL"], ["Does SEQOL vote?", "With SEQOL, do they vote?"]),
        ("what's it for?", "Is there a Fund?", ["the Fund"], ["What's the Fund for?", "With the Fund, what's it for?"]),
        ("do they vote?", "What is the Act?", ["the Act"], ["With the Act, do they vote?"]),
        ("does that apply in Wales?", "What is the Act?", ["the Act"], ["Does the Act apply in Wales?", "With the Act, does that apply in Wales?"]),
        (
            "what does the regime cover?",
            "What is the Provider Selection Regime?",
            ["the Provider Selection Regime"],
            ["What does the Provider Selection Regime cover?", "With the Provider Selection Regime, what does the regime cover?"],
        ),
        ("since when?", "Can a trust pay bonuses?", [], ["Since when can a trust pay bonuses?"]),
        ("why?", "When did the codes end?", [], ["Why did the codes end?"]),
        ("since when?", "Who owns SEQOL?", [], ["Who owns SEQOL, and since when?"]),
        ("and in 2019?", "How many mutuals were there in 2014?", [], ["How many mutuals were there in 2019?"]),
        ("and now?", "Who owned SEQOL in 2014?", ["SEQOL"], ["Who owns SEQOL now?", "What has become of SEQOL now?"]),
        (
            "and Wales?",
            "Does the Act cover England?",
            ["the Act"],
            [
                "Does the Act cover Wales?",
                "Does the Wales cover England?",
                "Does Wales cover England?",
                "Does the Act cover England, in the case of Wales?",
                "What about Wales, with the Act?",
            ],
        ),
    ],
)
def test_every_way_likeliest_first(question: str, before: str, subjects: list[str], told: list[str]) -> None:
    assert sorted(texts(question, before, subjects)) == sorted(told)


def test_an_item_of_a_list_is_named() -> None:
    found = wordings(read_leaning("is the second one still going?"), "Which are there?", [], ["Explore York", "SEQOL"])
    assert found == [Wording("Is SEQOL still going?", "item", 0, "SEQOL")]
    assert texts("and the other one?", "Is SEQOL going?", [], ["Explore York", "SEQOL"])[0] == "Is Explore York going?"
    assert texts("is the third one still going?", "Which are there?", [], ["Explore York", "SEQOL"]) == []


def test_a_sentence_is_tidy() -> None:
    assert sentence("  who   owns the a trust , really? ") == "Who owns a trust, really?"


@given(st.text(), st.text(), st.lists(st.text(min_size=1).filter(str.strip), max_size=3), st.lists(st.text(min_size=1), max_size=3))
def test_any_text_is_told_without_loose_ends(question: str, before: str, subjects: list[str], items: list[str]) -> None:
    for wording in wordings(read_leaning(question), before, subjects, items):
        assert wording.text
        assert "  " not in wording.text
