"""Notices for a reader whom the answer does not quite fit."""

from datetime import date
from typing import Any

import pytest

from assistant.answers import Citation, Notice, Scope
from assistant.citing import cite
from assistant.recognising import Recognised
from assistant.scope_notices import contradictions, for_others
from corpus.dates import PartialDate
from index.live import LiveIndex
from index.store import PassageStore
from index.versions import Versions


@pytest.fixture
def store(small_index: Versions) -> PassageStore:
    return LiveIndex(small_index).current().store


def scope(**fields: Any) -> Scope:
    return Scope.model_validate(fields)


def cited(store: PassageStore, *names: str) -> list[Citation]:
    """Citations of the first sentence of these passages of the small note."""
    passages = store.passages([f"small-note.{name}" for name in names])
    return [cite(number, passage, 0, store, date(2026, 11, 22)) for number, passage in enumerate(passages, start=1)]


def said(notices: list[Notice]) -> list[tuple[str, str, list[int]]]:
    return [(each.kind, each.text, each.citations) for each in notices]


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        (scope(), Recognised()),
        (scope(), Recognised(sector="youth", nation="wales", as_of=PartialDate("2014"), employer="council")),
        (scope(sector="all"), Recognised(sector="youth")),
        (scope(sector="youth", nation="wales"), Recognised()),
        (scope(sector="youth", nation="wales"), Recognised(sector="youth", nation="wales")),
        (scope(as_of="2014-12-31"), Recognised(as_of=PartialDate("2014"))),
        (scope(sector="community_health"), Recognised(employer="nhs_trust")),
        (scope(), Recognised(employer="nhs_trust")),
    ],
)
def test_what_agrees_needs_no_notice(given: Scope, asked: Recognised) -> None:
    assert contradictions(given, asked) == []


def test_each_thing_that_differs_is_told() -> None:
    given = scope(sector="libraries", nation="england", as_of="2015-03-31")
    asked = Recognised(sector="nhs_trust", nation="northern_ireland", as_of=PartialDate("2014"))
    texts = [
        "The question speaks of NHS trusts, but the service set is libraries, and the answer is for that. Change the service to ask for the other.",
        "The question speaks of Northern Ireland, but the nation set is England, and the answer is for that. Change the nation to ask for the other.",
        "The question speaks of 2014, but the day set is 31 March 2015, and the answer is for that. Change the day to ask for the other.",
    ]
    assert said(contradictions(given, asked)) == [("scope", text, []) for text in texts]


def test_a_service_that_the_employer_does_not_run_is_told() -> None:
    text = (
        "The question speaks of an NHS trust, and the answer is for youth services. "
        "What turns on the employer, such as pensions, may differ; ask about it by itself."
    )
    assert said(contradictions(scope(), Recognised(sector="youth", employer="nhs_trust"))) == [("scope", text, [])]


@pytest.mark.parametrize("fields", [{}, {"nation": "england"}, {"nation": "wales"}, {"sector": "all"}, {"sector": "youth"}, {"sector": "libraries"}])
def test_what_holds_for_the_reader_in_part_needs_no_notice(store: PassageStore, fields: dict[str, str]) -> None:
    assert for_others(cited(store, "recommendation-2", "reserved-now"), scope(**fields), store) == []


def test_no_citations_need_no_notice(store: PassageStore) -> None:
    assert for_others([], scope(nation="scotland", sector="police"), store) == []


def test_guidance_for_another_nation_or_service_alone_is_told(store: PassageStore) -> None:
    both = [
        ("scope", "This is guidance for England and Wales; nothing on it for Scotland was found in this library.", [1]),
        ("scope", "This is guidance for youth services; nothing on it for police was found in this library.", [1]),
    ]
    assert said(for_others(cited(store, "reserved-before"), scope(nation="scotland", sector="police"), store)) == both
    all_three = [("scope", "This is guidance for England and Wales; nothing on it for Northern Ireland was found in this library.", [1, 2, 3])]
    names = ("recommendation-2", "reserved-before", "reserved-now")
    assert said(for_others(cited(store, *names), scope(nation="northern_ireland", sector="police"), store)) == all_three


def test_what_names_the_readers_nation_speaks_to_them(store: PassageStore) -> None:
    citations = [each.model_copy(update={"quote": "The right does not extend to Scotland."}) for each in cited(store, "reserved-now")]
    assert for_others(citations, scope(nation="scotland"), store) == []
