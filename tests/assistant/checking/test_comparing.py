"""What decides between a claim and a sentence on the same matter. The sentences stand in a passage made for the test; nothing is searched for."""

import pytest

from assistant.checking.comparing import differences
from assistant.checking.differences import Decides, Difference
from assistant.checking.matching import Alike, Match
from assistant.checking.statements import clauses, read_statement, set_aside
from corpus.sections import Role
from corpus.sources import Authority
from index.passages import Passage, PassageSentence, text_digest


def match(text: str) -> Match:
    """A sentence as it is matched: with its first clause, and what it sets aside."""
    passage = Passage(
        id="note.section",
        document_id="note",
        source_id="source",
        locator="page 1",
        heading_path=("A note", "A section"),
        text=text,
        start=0,
        end=len(text),
        sha256=text_digest(text),
        page=None,
        sentences=(PassageSentence(start=0, end=len(text), role=Role.PROSE, locator="page 1"),),
        asks=(),
        topics=("rights",),
        sectors=("all",),
        audiences=("staff",),
        theme="rights",
    )
    whole, *pieces = clauses(text)
    clause = next((piece for piece in pieces if not set_aside(piece)), whole)
    alike = Alike(*[0.0] * 15)
    return Match(passage, 0, alike, read_statement(text), read_statement(clause), tuple(filter(set_aside, pieces)))


def compared(claim: str, told: str, authority: Authority = Authority.STATUTE) -> list[tuple[str, str, str, str]]:
    found = differences(read_statement(claim), match(told), authority)
    return [(each.kind, each.decides.value, each.claimed, each.told) for each in found]


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("Councils must tell the union", "Councils have to tell the union."),
        ("A reserved contract can last five years", "A contract reserved for a mutual may last five years at most."),
        ("The fund was £10m", "The fund was £10 million."),
        ("It began in 2025", "It began on 24 February 2025."),
        ("Staff needn't become a company", "No form is compulsory for staff."),
        ("It is not a right to run a service", "It is a right to compete rather than a right to run a service."),
        ("It isn't open any more", "It is closed for applications."),
        ("It was owned by the Cabinet Office", "It was wholly owned by the Cabinet Office."),
    ],
)
def test_what_says_the_same_differs_in_nothing(claim: str, told: str) -> None:
    assert compared(claim, told) == []


@pytest.mark.parametrize(
    ("claim", "told", "expected"),
    [
        ("The fund was £100 million", "The fund was £10 million.", ("figure", "contrary", "£100 million", "£10 million")),
        ("A contract can last ten years", "A contract may last five years at most.", ("figure", "contrary", "ten years", "at most five years")),
        ("It began in 2024", "It began on 24 February 2025.", ("day", "contrary", "2024", "24 February 2025")),
        ("Boards must consider bids", "Boards should consider bids.", ("force", "contrary", "must", "should")),
        ("Employers don't have to tell the union", "Employers must tell the union.", ("force", "contrary", "need not", "must")),
        ("Staff can vote", "Staff cannot vote.", ("denial", "contrary", "", "not")),
        ("Applications are open", "Applications are closed.", ("ended", "contrary", "", "Applications are closed")),
        ("UNISON supported the policy", "UNISON opposed the policy.", ("denial", "contrary", "supported", "opposed")),
        ("All mutuals are charities", "Some mutuals are charities.", ("reach", "contrary", "all", "some")),
        ("It is run by HM Treasury", "It is run by the Cabinet Office.", ("body", "contrary", "by HM Treasury", "by the Cabinet Office")),
        ("It applies in Wales", "It applies in England.", ("nation", "contrary", "Wales", "England")),
        (
            "It is owned by its staff",
            "It is owned by three councils and not by its staff.",
            ("aside", "contrary", "and not by its staff", "It is owned by three councils"),
        ),
        (
            "It gives a contract without competition",
            "It gives a contract after a competition.",
            ("without", "contrary", "without competition", "It gives a contract after a competition"),
        ),
    ],
)
def test_what_cannot_both_be_so_is_contrary(claim: str, told: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in compared(claim, told)


@pytest.mark.parametrize(
    ("claim", "told", "expected"),
    [
        ("Only councils may apply", "Councils may apply.", ("reach", "more", "only", "plain")),
        ("A mutual always gets help", "A mutual gets help.", ("emphasis", "more", "always", "")),
        ("It lasts four years", "It lasts up to five years.", ("figure", "more", "four years", "at most five years")),
    ],
)
def test_a_claim_may_say_more(claim: str, told: str, expected: tuple[str, str, str, str]) -> None:
    assert compared(claim, told) == [expected]


def test_what_is_not_told_is_left_open() -> None:
    assert compared("The fund was £10 million", "The fund helped mutuals.") == [("figure", "open", "£10 million", "")]
    assert compared("It began in 2024", "It began well.") == [("day", "open", "2024", "")]


def test_a_recommendation_is_never_the_law() -> None:
    found = compared("By law departments should set out a route", "The Taskforce recommended that departments set out a route.", Authority.INDEPENDENT_REPORT)
    assert found == [("weight", "contrary", "the law", "a recommendation")]
    assert compared("By law departments set out a route", "Departments set out a route.", Authority.CASE_STUDY) == [("weight", "open", "the law", "")]


def test_a_figure_may_stand_in_the_next_sentence() -> None:
    claim, told = read_statement("The fund was launched with £10 million"), match("The fund was launched in spring.")
    beside = [read_statement("It had £10 million.")]
    assert differences(claim, told, Authority.EVIDENCE) == [Difference("figure", Decides.OPEN, "£10 million")]
    assert differences(claim, told, Authority.EVIDENCE, beside) == []
