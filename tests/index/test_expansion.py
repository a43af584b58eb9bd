"""People's words told in the guidance's terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.glossary import Glossary, Term
from index.expansion import Expanded, Expander

GLOSSARY = Glossary(
    (
        Term(term="spin out", meaning="To leave.", also=("spinout", "spin-outs"), everyday=("go it alone",)),
        Term(term="Right to Provide", meaning="A right.", also=("R2P",)),
        Term(term="escalation point", meaning="Whom to turn to.", everyday=("says no", "won't engage")),
        Term(term="parent body", meaning="The employer.", everyday=("employer", "our employer")),
    )
)
EXPANDER = Expander(GLOSSARY)


@pytest.mark.parametrize("question", ["", " ", "What is a mutual?", "R2Pable", "myR2P", "employers"])
def test_a_question_without_known_words_stays_as_it_is(question: str) -> None:
    assert EXPANDER.expand(question) == Expanded(question, (), question)


@given(st.text())
def test_an_empty_glossary_changes_nothing(question: str) -> None:
    assert Expander(Glossary(())).expand(question) == Expanded(question, (), question)


@pytest.mark.parametrize(
    ("question", "text", "added", "translated"),
    [
        ("What is R2P?", "What is R2P (Right to Provide)?", ("Right to Provide",), "What is Right to Provide?"),
        ("what is r2p?", "what is r2p (Right to Provide)?", ("Right to Provide",), "what is Right to Provide?"),
        ("Can we go it alone?", "Can we go it alone (spin out)?", ("spin out",), "Can we spin out?"),
        ("Can we go  it-alone?", "Can we go  it-alone (spin out)?", ("spin out",), "Can we spin out?"),
        ("Do spin outs last?", "Do spin outs last?", (), "Do spin out last?"),
        ("R2P or not R2P", "R2P (Right to Provide) or not R2P", ("Right to Provide",), "Right to Provide or not Right to Provide"),
        ("Is R2P the Right to Provide?", "Is R2P the Right to Provide?", (), "Is Right to Provide the Right to Provide?"),
        ("our employer says no", "our employer (parent body) says no (escalation point)", ("parent body", "escalation point"), "parent body escalation point"),
    ],
)
def test_a_term_is_put_beside_its_other_words_once(question: str, text: str, added: tuple[str, ...], translated: str) -> None:
    assert EXPANDER.expand(question) == Expanded(text, added, translated)


@given(st.text(alphabet="R2P goitalonespout-'’"))
def test_taking_the_added_terms_away_gives_the_question_back(question: str) -> None:
    expanded = EXPANDER.expand(question)
    plain = expanded.text
    for term in expanded.added:
        plain = plain.replace(f" ({term})", "", 1)
    assert plain == question


@pytest.mark.parametrize(
    ("text", "phrases", "own"),
    [
        ("", [], []),
        ("What is a mutual?", [], []),
        ("R2P lets us go  it-alone", [("R2P", "Right to Provide"), ("go  it-alone", "spin out")], []),
        ("The right to provide lets us spin out by R2P", [("R2P", "Right to Provide")], ["Right to Provide", "spin out"]),
    ],
)
def test_other_names_and_own_names_of_terms_are_told_apart(text: str, phrases: list[tuple[str, str]], own: list[str]) -> None:
    assert (EXPANDER.phrases(text), EXPANDER.own(text)) == (phrases, own)
    assert (Expander(Glossary(())).phrases(text), Expander(Glossary(())).own(text)) == ([], [])
