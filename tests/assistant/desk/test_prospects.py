"""The pipeline of potential mutuals: put on, changed by one at a time, moved on, taken off."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from assistant.audit import AuditLog
from assistant.database.engine import Database
from assistant.desk.case_views import Proposed
from assistant.desk.cases import CaseChange, CaseService
from assistant.desk.prospects import STAGES, NewProspect, Prospect, ProspectChange, ProspectService
from assistant.errors import ConflictError, NotFoundError
from assistant.people.person import SYSTEM, Actor, ForbiddenError

READER = Actor(id="b" * 32, name="Rob Reader", rights=frozenset({"read"}))
NOBODY = Actor(id="c" * 32, name="Nobody", rights=frozenset({"ask"}))
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def service(database: Database) -> ProspectService:
    return made(database)


def made(database: Database, now: datetime = NOW) -> ProspectService:
    return ProspectService(database, AuditLog(database, lambda: now), now.date, lambda: now)


def test_an_empty_pipeline_has_every_stage(service: ProspectService) -> None:
    assert [(each.stage, each.prospects) for each in service.pipeline(READER)] == [(stage, []) for stage in STAGES]


def test_one_is_read_back_as_it_was_put_on(service: ProspectService) -> None:
    added = service.add(SYSTEM, NewProspect(name=" Leeds\nLibraries ", organisation="Leeds", sector="libraries", region="london", staff=40, note="a\nb"))
    wanted: dict[str, Any] = {"name": "Leeds Libraries", "organisation": "Leeds", "sector": "libraries", "region": "london", "staff": 40, "note": "a\nb"}
    assert added == Prospect(**wanted, stage="idea", prospect_id=added.prospect_id, version=1, updated_at=NOW, cases=0)
    whole = service.prospect(READER, added.prospect_id)
    assert (whole.prospect, whole.cases) == (added, [])


@pytest.mark.parametrize("fields", [{}, {"name": ""}, {"name": "x" * 201}, {"name": "x", "staff": -1}, {"name": "x", "stage": "z"}, {"name": "x", "b": 1}])
def test_one_that_cannot_be_put_on(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        NewProspect.model_validate(fields)


def test_a_name_of_spaces_is_none() -> None:
    with pytest.raises(ValidationError):
        NewProspect(name="  ")


def test_it_moves_on_by_stage_and_says_who_moved_it(database: Database, service: ProspectService) -> None:
    first, second = (service.add(SYSTEM, NewProspect(name=name)) for name in ("beta", "Alpha"))
    later = NOW + timedelta(days=1)
    moved = made(database, later).change(SYSTEM, first.prospect_id, 1, ProspectChange(stage="procurement"))
    assert moved == first.model_copy(update={"stage": "procurement", "version": 2, "updated_at": later})
    assert {each.stage: [one.name for one in each.prospects] for each in service.pipeline(READER) if each.prospects} == {
        "idea": ["Alpha"],
        "procurement": ["beta"],
    }
    told = [(entry.actor, entry.action, entry.details) for entry in service.history(READER, first.prospect_id)]
    assert told == [("system", "prospect.changed", {"fields": ["stage"], "stage": "procurement"}), ("system", "prospect.added", {"stage": "idea"})]
    assert service.change(SYSTEM, second.prospect_id, 1, ProspectChange(name="Alpha")) == second  # nothing changed, no version


def test_of_two_who_change_it_the_second_is_told(service: ProspectService) -> None:
    added = service.add(SYSTEM, NewProspect(name="Leeds Libraries"))
    changed = service.change(SYSTEM, added.prospect_id, 1, ProspectChange(staff=12))
    with pytest.raises(ConflictError) as error:
        service.change(SYSTEM, added.prospect_id, 1, ProspectChange(staff=13))
    assert (error.value.current, error.value.yours) == (changed, {"staff": 13})
    with pytest.raises(ConflictError):
        service.remove(SYSTEM, added.prospect_id, 1)


def test_cases_that_belong_to_it_are_told(database: Database, service: ProspectService) -> None:
    added = service.add(SYSTEM, NewProspect(name="Leeds Libraries"))
    cases = CaseService(database, AuditLog(database))
    with database.writing() as session:
        case_id = cases.open_case(session, SYSTEM, "How?", "How?", "email", "", "", Proposed())
    cases.change(SYSTEM, case_id, 1, CaseChange(prospect_id=added.prospect_id))
    whole = service.prospect(READER, added.prospect_id)
    assert (whole.prospect.cases, [case.case_id for case in whole.cases]) == (1, [case_id])
    assert [each.prospects[0].cases for each in service.pipeline(READER) if each.prospects] == [1]


@pytest.mark.parametrize("prospect_id", ["", "x", "0" * 32, "\x00"])
def test_one_that_is_not_there(service: ProspectService, prospect_id: str) -> None:
    for attempt in (
        lambda: service.prospect(READER, prospect_id),
        lambda: service.change(SYSTEM, prospect_id, 1, ProspectChange()),
        lambda: service.remove(SYSTEM, prospect_id, 1),
        lambda: service.history(READER, prospect_id),
    ):
        with pytest.raises(NotFoundError):
            attempt()


def test_who_may_not_is_told(service: ProspectService) -> None:
    added = service.add(SYSTEM, NewProspect(name="Leeds Libraries"))
    for attempt in (
        lambda: service.pipeline(NOBODY),
        lambda: service.prospect(NOBODY, added.prospect_id),
        lambda: service.history(NOBODY, added.prospect_id),
        lambda: service.add(READER, NewProspect(name="x")),
        lambda: service.change(READER, added.prospect_id, 1, ProspectChange(name="y")),
        lambda: service.remove(READER, added.prospect_id, 1),
    ):
        with pytest.raises(ForbiddenError):
            attempt()
