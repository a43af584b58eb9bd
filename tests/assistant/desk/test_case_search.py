"""Finding cases: each filter, words, orders, pages; on both makes of database alike."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from assistant.audit import AuditLog
from assistant.database.desk_tables import CaseRow
from assistant.database.engine import Database
from assistant.desk.case_views import CaseFilters, Proposed
from assistant.desk.cases import CaseService
from assistant.desk.reading_cases import matter, reference
from assistant.people.person import SYSTEM

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
CASES: list[dict[str, Any]] = [
    {"enquiry": "Can a youth club spin out? 100% sure?", "name": "Ŵyn Ap Rhys", "proposed": Proposed(sector="youth", region="wales", nation="wales")},
    {"enquiry": "Pensions for library staff, please", "organisation": "Leeds_City", "channel": "phone", "proposed": Proposed(sector="libraries")},
    {"enquiry": "Transfer of staff in a trust", "channel": "letter", "proposed": Proposed(organisation_type="nhs_trust", stage="spinning_out")},
    {"enquiry": "Transfer of premises", "name": "Jo", "proposed": Proposed(sector="libraries", region="london", stage="pre_spin_out")},
]


@pytest.fixture
def service(database: Database) -> CaseService:
    """Four cases, one a week from a Monday; the second is given to somebody, the third sent."""
    service = CaseService(database, AuditLog(database), today=lambda: TODAY, now=lambda: MONDAY)
    with database.writing() as session:
        for week, fields in enumerate(CASES):
            given = {"channel": "email", "name": "", "contact": "kept@example.org", "searchable": fields["enquiry"]} | fields
            service.open_case(session, SYSTEM, received_at=MONDAY + timedelta(weeks=week), **given)
        second, third = (session.scalars(select(CaseRow).where(CaseRow.number == number)).one() for number in (2, 3))
        second.assigned_to = "a" * 32
        service.set_status(session, third.id, "sent")
    return service


def found(service: CaseService, **filters: Any) -> list[int]:
    return [case.number for case in service.cases(SYSTEM, CaseFilters.model_validate(filters)).cases]


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({}, [4, 3, 2, 1]),
        ({"status": ["new"]}, [4, 2, 1]),
        ({"status": ["sent", "closed"]}, [3]),
        ({"sector": "libraries"}, [4, 2]),
        ({"sector": "libraries", "region": "london"}, [4]),
        ({"nation": "wales"}, [1]),
        ({"organisation_type": "nhs_trust"}, [3]),
        ({"stage": "pre_spin_out"}, [4]),
        ({"channel": "phone"}, [2]),
        ({"assigned_to": "a" * 32}, [2]),
        ({"assigned_to": "nobody\x00"}, []),
        ({"unassigned": True}, [4, 3, 1]),
        ({"overdue": True}, [1]),
        ({"prospect_id": "x"}, []),
        ({"received_from": "2026-11-09"}, [4, 3, 2]),
        ({"received_to": "2026-11-09"}, [2, 1]),
        ({"received_from": "2026-11-09", "received_to": "2026-11-16"}, [3, 2]),
        ({"received_from": "2027-01-01"}, []),
        ({"received_to": "9999-12-31"}, [4, 3, 2, 1]),
        ({"q": "TRANSFER"}, [4, 3]),
        ({"q": "transfer staff"}, [3]),
        ({"q": "ŵYN"}, [1]),
        ({"q": "leeds"}, [2]),
        ({"q": "%"}, [1]),
        ({"q": "_"}, [2]),
        ({"q": "kept@example.org"}, []),
        ({"q": "MIS-000003"}, [3]),
        ({"q": "mis-3"}, [3]),
        ({"q": "000004"}, [4]),
        ({"q": "100"}, [1]),
        ({"q": "999999999"}, []),
        ({"q": "' OR 1=1 --"}, []),
        ({"q": "\x00"}, []),
        ({"sort": "received"}, [1, 2, 3, 4]),
        ({"sort": "due"}, [1, 2, 3, 4]),
        ({"sort": "-due"}, [4, 3, 2, 1]),
        ({"sort": "updated"}, [1, 2, 3, 4]),
        ({"size": 3}, [4, 3, 2]),
        ({"size": 3, "page": 2}, [1]),
        ({"size": 3, "page": 3}, []),
    ],
)
def test_cases_that_fit(service: CaseService, filters: dict[str, Any], numbers: list[int]) -> None:
    assert found(service, **filters) == numbers


def test_a_page_tells_how_many_there_are_in_all(service: CaseService) -> None:
    page = service.cases(SYSTEM, CaseFilters(sector="libraries", size=1, page=2))
    assert ([case.number for case in page.cases], page.total, page.page, page.size) == ([2], 2, 2, 1)


def test_no_cases_at_all(database: Database) -> None:
    page = CaseService(database, AuditLog(database)).cases(SYSTEM)
    assert (page.cases, page.total, page.page, page.size) == ([], 0, 1, 25)


@pytest.mark.parametrize(("number", "told"), [(1, "MIS-000001"), (123456, "MIS-123456"), (1234567, "MIS-1234567")])
def test_how_people_name_a_case(number: int, told: str) -> None:
    assert reference(number) == told


@pytest.mark.parametrize(
    ("searchable", "told"),
    [
        ("", ""),
        ("Dear team,\n\nHow do\nwe begin?", "How do we begin?"),
        ("Dear team, how do we begin?", "Dear team, how do we begin?"),
        ("word " * 40, "word " * 26 + "word…"),
        ("x" * 200, "x" * 139 + "…"),
    ],
)
def test_the_opening_of_an_enquiry(searchable: str, told: str) -> None:
    assert matter(searchable) == told
