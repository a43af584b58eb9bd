"""What statements commit themselves to."""

import pytest

from assistant.checking.statements import Day, Force, Reach, bare, clauses, read_statement


@pytest.mark.parametrize(
    ("text", "force", "denies"),
    [
        ("", Force.PLAIN, False),
        ("Section 33 is in force", Force.PLAIN, False),
        ("Councils must tell the union", Force.MUST, False),
        ("Councils have to tell the union", Force.MUST, False),
        ("Employers don't have to tell the union anything", Force.NEED_NOT, False),
        ("No one legal form is compulsory, so it is optional", Force.NEED_NOT, False),
        ("A buyer must not reserve a contract for longer", Force.MUST_NOT, True),
        ("You can't be a mutual unless you're a CIC", Force.MUST, False),
        ("Boards should consider every bid", Force.SHOULD, False),
        ("The Taskforce recommended a clear route", Force.SHOULD, False),
        ("A contract may last five years", Force.MAY, False),
        ("The scheme was not only for mutuals", Force.PLAIN, False),
        ("A supplier must be excluded if a conflict gives it an advantage that cannot be avoided", Force.MUST, False),
        ("None of the bids had been approved", Force.PLAIN, True),
    ],
)
def test_force_and_denial(text: str, force: Force, denies: bool) -> None:
    read = read_statement(text)
    assert (read.force, read.denies) == (force, denies)


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ("All mutuals are companies", Reach.ALL),
        ("Only a council may apply", Reach.ONLY),
        ("Some mutuals are charities", Reach.SOME),
        ("No mutual is exempt", Reach.NONE),
        ("Mutuals are companies", Reach.PLAIN),
        ("It only came into force in 2025", Reach.PLAIN),
    ],
)
def test_reach(text: str, reach: Reach) -> None:
    assert read_statement(text).reach is reach


def test_who_said_it_is_no_part_of_what_is_said() -> None:
    assert bare("NAViGO cut its costs by £600,000, the Mutuals Taskforce reported in 2012.") == "NAViGO cut its costs by £600,000"
    assert bare("Ceri Jones said in 2011 that a contract could be short.") == "a contract could be short"
    assert bare("According to the form, an enterprise may apply.") == "an enterprise may apply"
    assert bare("It said so.") == "It said so"


def test_clauses_stand_beside_the_whole() -> None:
    text = "The rules apply in England only, so they do not apply in Wales at all."
    assert clauses(text) == [text[:-1], "The rules apply in England only", "so they do not apply in Wales at all"]
    assert clauses("It is owned by three councils and not by its staff.") == [
        "It is owned by three councils and not by its staff",
        "It is owned by three councils",
        "and not by its staff",
    ]
    assert clauses("Councils must consult.") == ["Councils must consult"]


def test_days_have_roles_and_titles_have_none() -> None:
    assert read_statement("Under the Procurement Act 2023 it has applied since 24 February 2025 until March 2026").days == (
        Day(2025, "february", 24, "since", "24 February 2025"),
        Day(2026, "march", None, "until", "March 2026"),
    )
    assert Day(2025, "", None, "at", "2025").agrees(Day(2025, "february", 24, "since", "24 February 2025"))
    assert not Day(2024, "", None, "at", "2024").agrees(Day(2025, "february", 24, "since", "24 February 2025"))
    assert not Day(2024, "", None, "at", "2024").agrees(Day(None, "february", 24, "at", "24 February"))


def test_what_is_compared_by_itself_is_no_part_of_the_matter() -> None:
    read = read_statement("By law every council must always give the Cabinet Office £10 million for three years")
    assert read.matter == "council give the Cabinet Office for"
    assert (read.legal, read.boosters, read.bodies) == (True, frozenset({"always"}), frozenset({"the Cabinet Office"}))


def test_contractions_and_small_words_are_no_part_of_the_matter() -> None:
    assert read_statement("You can't be a mutual unless you're a CIC").matter == "be a mutual a CIC"


@pytest.mark.parametrize(("text", "past"), [("It was a fund", True), ("It is a fund", False), ("3BM grew by a quarter", True), ("You can apply", False)])
def test_a_statement_of_the_past_tells_of_nothing_else(text: str, past: bool) -> None:
    assert read_statement(text).past is past
