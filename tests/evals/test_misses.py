"""Misses: what fell short is told with what was wanted and what came; what did not is not."""

from typing import Any

import pytest
from cases import ANSWERABLE, COMPLETE, DIALOGUE, FULL, SILENT, UNANSWERABLE, answer, case, run

from assistant.answers import Answer
from evals.metrics import Case
from evals.misses import misses

GOLD = [("act", ["s. 33"])]
CITED = answer("answered", [("Under section 33 it may never exceed five years.", [1])], [("act", "s. 33", "x")])


def headings(*cases: Case) -> list[str]:
    return [line for line in misses(run(cases)).splitlines() if line.startswith("## ")]


def test_nothing_missed_leaves_only_the_heading() -> None:
    assert misses(run([])) == "# Misses\n"
    assert misses(run([case(ANSWERABLE, CITED, GOLD), case(UNANSWERABLE, SILENT)])) == "# Misses\n"


def test_a_miss_is_told_with_what_was_wanted_and_what_came() -> None:
    silent = answer("not_covered", confidence=0.25, text="Nothing.", notices=["Guidance was replaced."])
    asked = ANSWERABLE.model_copy(update={"as_of": "2016-06-30", "sector": "youth", "notice": "2020"})
    assert misses(run([case(asked, silent, [("act", ["s. 1", "s. 2"])])])) == (
        "# Misses\n\n## one: fact recall, needed citation present, notice correct, refused\n\n**Asked:** How long? (as of 2016-06-30) (youth)\n\n"
        "**Wanted:** five years, section 33, \\bnever\\b at act s. 33, report Recommendation 2\n\n**Outcome:** not_covered (0.25)\n\nNothing.\n\n"
        "! Guidance was replaced.\n\n**Cited:** nothing\n\n**Found:** act s. 1\n"
    )


def test_a_question_answered_that_should_not_be_is_a_miss() -> None:
    first, asked, wanted = misses(run([case(UNANSWERABLE, FULL)])).split("\n\n")[1:4]
    assert (first, asked, wanted) == ("## two: unanswerable recognised", "**Asked:** How long?", "**Wanted:** no answer at no place")


@pytest.mark.parametrize(
    ("changes", "given", "places", "failures", "short"),
    [
        ({}, CITED, [("act", ["s. 1"])], 0, "hit@5"),
        ({}, answer("answered", [("Five years.", [1])], [("act", "s. 33", "x")]), GOLD, 0, "fact recall"),
        ({}, COMPLETE, GOLD, 0, "needed citation present"),
        ({"notice": "replaced"}, CITED, GOLD, 0, "notice correct"),
        ({"wrong": ("exceed",)}, CITED, GOLD, 0, "nothing wrong said"),
        ({"outcomes": ("refused",)}, CITED, GOLD, 0, "outcome correct"),
        ({}, CITED, GOLD, 1, "gate passed"),
        ({"outcomes": ("refused",)}, CITED, [("act", ["s. 1"])], 3, "hit@5, outcome correct, gate passed"),
    ],
)
def test_what_fell_short_is_named(changes: dict[str, Any], given: Answer, places: list[Any], failures: int, short: str) -> None:
    assert headings(case(ANSWERABLE.model_copy(update=changes), given, places, failures)) == [f"## one: {short}"]


def test_only_the_first_five_found_are_told() -> None:
    told = misses(run([case(ANSWERABLE, SILENT, [("act", [f"s. {number}"]) for number in range(1, 9)])]))
    assert told.splitlines()[-1] == "**Found:** act s. 1, act s. 2, act s. 3, act s. 4, act s. 5"


def test_each_turn_that_came_out_wrong_is_told_with_what_was_understood() -> None:
    wrong = answer("answered", [("On Mars ten.", [])], text="On Mars ten.")
    told = (answer("answered", [("Five.", [])]), wrong, SILENT)
    assert misses(run([], [(DIALOGUE, told)])) == (
        "# Misses\n\n"
        "## talk, turn 2\n\n**Asked:** And on Mars? (How long on Mars?)\n\n**Understood:** q\n\n**Wanted:** no answer\n\n**Outcome:** answered\n\nOn Mars ten.\n\n"
        "## talk, turn 3\n\n**Asked:** And then? (What then?)\n\n**Understood:** q\n\n**Wanted:** again\n\n**Outcome:** not_covered\n\n\n"
    )
