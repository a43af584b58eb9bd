"""Cases: opened, read, changed by one at a time, brought to an end; and the faults of whoever or whatever is in the way."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from postgres import Cluster
from sqlalchemy import event, select, text

from assistant.audit import AuditLog
from assistant.conversations import new_id
from assistant.database.desk_tables import CaseRow, DraftRow
from assistant.database.engine import Database, DatabaseUnavailableError, database_url
from assistant.desk.case_views import storable
from assistant.desk.cases import Case, CaseChange, CaseService, Proposed, due_day
from assistant.desk.prospects import NewProspect, ProspectService
from assistant.errors import BadInputError, ConflictError, NotFoundError
from assistant.people.person import SYSTEM, Actor, ForbiddenError
from assistant.people.service import PeopleService

ADVISER = Actor(id="a" * 32, name="Ann Adviser", rights=frozenset({"read", "draft"}))
READER = Actor(id="b" * 32, name="Rob Reader", rights=frozenset({"read"}))
NOBODY = Actor(id="c" * 32, name="Nobody", rights=frozenset({"ask"}))
NOW = datetime(2026, 11, 23, 12, 0, 0, 123456, UTC)
LATER = NOW + timedelta(hours=1)
ENQUIRY = "Dear all,\n\nWe run a library service in Leeds. How do we begin?\n\nBest wishes\nJo Brown, jo@example.org"
MASKED = ENQUIRY.replace("jo@example.org", "[email]")
PROPOSED = Proposed(sector="libraries", region="yorkshire_and_the_humber", nation="england")


@pytest.fixture
def service(database: Database) -> CaseService:
    return made(database)


def made(database: Database, now: datetime = NOW) -> CaseService:
    return CaseService(database, AuditLog(database, lambda: now), today=now.date, now=lambda: now)


def opened(database: Database, service: CaseService, **fields: Any) -> str:
    given = {"enquiry": ENQUIRY, "searchable": MASKED, "channel": "email", "name": "Jo Brown", "contact": "jo@example.org", "proposed": PROPOSED} | fields
    with database.writing() as session:
        return service.open_case(session, ADVISER, **given)


def log_of(service: CaseService, case_id: str) -> list[tuple[str, str, dict[str, Any]]]:
    return [(entry.actor, entry.action, entry.details) for entry in service.history(READER, case_id)]


def test_a_case_is_read_back_as_it_was_opened(database: Database, service: CaseService) -> None:
    case_id = opened(database, service, organisation="Leeds City Council")
    assert service.case(READER, case_id) == Case(
        case_id=case_id,
        number=1,
        reference="MIS-000001",
        received_at=NOW,
        channel="email",
        name="Jo Brown",
        contact="jo@example.org",
        organisation="Leeds City Council",
        matter="We run a library service in Leeds. How do we begin? Best wishes Jo Brown, [email]",
        enquiry=ENQUIRY,
        status="new",
        due_on=date(2026, 12, 7),
        is_overdue=False,
        sector="libraries",
        region="yorkshire_and_the_humber",
        nation="england",
        unconfirmed=["sector", "region", "nation"],
        assigned_to=None,
        prospect_id=None,
        version=1,
        updated_at=NOW,
        replied_at=None,
        closed_at=None,
        erased_at=None,
    )
    assert log_of(service, case_id) == [("a" * 32, "case.opened", {"number": 1, "channel": "email", "proposed": ["sector", "region", "nation"]})]


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 11, 23), date(2026, 12, 7)),  # a Monday
        (date(2026, 11, 27), date(2026, 12, 11)),  # a Friday
        (date(2026, 11, 28), date(2026, 12, 11)),  # a Saturday: Monday is the first working day after it
        (date(2026, 11, 29), date(2026, 12, 11)),
    ],
)
def test_a_reply_is_due_after_ten_working_days(received: date, due: date) -> None:
    assert due_day(received, 10) == due


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 365))
def test_a_due_day_is_a_working_day_with_so_many_since(received: date, days: int) -> None:
    due = due_day(received, days)
    between = [received + timedelta(days=step) for step in range(1, (due - received).days + 1)]
    assert (due.weekday() < 5, sum(day.weekday() < 5 for day in between)) == (True, days)


@pytest.mark.parametrize("enquiry", ["", " \n\t"])
def test_an_empty_enquiry_opens_no_case(database: Database, service: CaseService, enquiry: str) -> None:
    with pytest.raises(BadInputError) as error:
        opened(database, service, enquiry=enquiry)
    assert (error.value.field, error.value.message) == ("enquiry", "is empty. Paste or type what was asked.")
    assert service.cases(READER).total == 0


def test_the_longest_enquiry_is_kept_and_a_longer_one_is_not(database: Database, service: CaseService) -> None:
    case_id = opened(database, service, enquiry="é" * 100_000)
    assert service.case(READER, case_id).enquiry == "é" * 100_000
    with pytest.raises(BadInputError) as error:
        opened(database, service, enquiry="é" * 100_001)
    assert error.value.message == "has 100,001 characters; the most is 100,000. Leave out what does not belong to it."


def test_characters_that_no_database_keeps_are_replaced_each_at_its_place(database: Database, service: CaseService) -> None:
    case_id = opened(database, service, enquiry="a\x00b\ud83dc🙂d", name="N\x00", contact="x" * 300)
    case = service.case(READER, case_id)
    assert (case.enquiry, case.name, case.contact) == ("a�b�c🙂d", "N�", "x" * 254)


@given(st.text(st.characters(exclude_categories=())))
def test_what_can_be_stored_has_the_length_of_what_was_given(given_text: str) -> None:
    stored = storable(given_text)
    assert "\x00" not in stored
    assert stored.encode("utf-8").decode("utf-8") == stored
    assert (len(stored), storable(stored)) == (len(given_text), stored)


def test_numbers_have_no_gaps_whoever_opens_at_once(database: Database, service: CaseService) -> None:
    with ThreadPoolExecutor(6) as advisers:
        list(advisers.map(lambda _: opened(database, service), range(30)))
    with database.session() as session:
        assert sorted(session.scalars(select(CaseRow.number))) == list(range(1, 31))


def test_an_opening_that_fails_uses_no_number(database: Database, service: CaseService) -> None:
    with pytest.raises(BadInputError):
        opened(database, service, enquiry="")
    opened(database, service)
    assert [case.number for case in service.cases(READER).cases] == [1]


@pytest.mark.parametrize("case_id", ["", "x", "0" * 32, "A" * 32, "\x00", "\ud83d", "' OR 1=1 --", "x" * 5000])
def test_a_case_that_is_not_there(service: CaseService, case_id: str) -> None:
    for attempt in (
        lambda: service.case(READER, case_id),
        lambda: service.change(ADVISER, case_id, 1, CaseChange()),
        lambda: service.similar(READER, case_id),
        lambda: service.history(READER, case_id),
    ):
        with pytest.raises(NotFoundError) as error:
            attempt()
        assert (error.value.what, error.value.identifier) == ("case", case_id)


def test_who_may_not_is_told_and_nothing_is_done(database: Database, service: CaseService) -> None:
    case_id = opened(database, service)
    for attempt in (
        lambda: service.case(NOBODY, case_id),
        lambda: service.cases(NOBODY),
        lambda: service.similar(NOBODY, case_id),
        lambda: service.history(NOBODY, case_id),
        lambda: service.change(READER, case_id, 1, CaseChange(name="x")),
    ):
        with pytest.raises(ForbiddenError, match=r"^You may not (read|change) cases: that needs the right “(read|draft)”\.$"):
            attempt()
    assert service.case(READER, case_id).version == 1


def test_fields_that_are_given_are_changed_and_confirmed(database: Database, service: CaseService) -> None:
    case_id = opened(database, service)
    before = service.case(READER, case_id)
    after = made(database, LATER).change(
        ADVISER, case_id, 1, CaseChange(sector="youth", region=None, name="  Jo\nBrown-Smith ", due_on=date(2026, 12, 1), channel="phone")
    )
    changes: dict[str, Any] = {"sector": "youth", "region": None, "name": "Jo Brown-Smith", "due_on": date(2026, 12, 1), "channel": "phone"}
    assert after == before.model_copy(update=changes | {"unconfirmed": ["nation"], "version": 2, "updated_at": LATER})
    assert service.case(READER, case_id) == after
    fields = ["sector", "region", "channel", "name", "due_on", "unconfirmed"]
    assert log_of(service, case_id)[0][:2] == ("a" * 32, "case.changed")
    assert sorted(log_of(service, case_id)[0][2]["fields"]) == sorted(fields)
    assert "Smith" not in str(log_of(service, case_id))


def test_one_call_confirms_all_that_was_proposed(database: Database, service: CaseService) -> None:
    case_id = opened(database, service)
    confirmed = service.change(ADVISER, case_id, 1, CaseChange(confirm=True))
    assert (confirmed.unconfirmed, confirmed.sector, confirmed.version) == ([], "libraries", 2)


def test_a_change_that_changes_nothing_makes_no_version(database: Database, service: CaseService) -> None:
    case_id = opened(database, service, proposed=Proposed())
    before = service.case(READER, case_id)
    assert made(database, LATER).change(ADVISER, case_id, 1, CaseChange()) == before
    assert made(database, LATER).change(ADVISER, case_id, 1, CaseChange(name="Jo Brown", closed=False, confirm=True)) == before
    assert len(service.history(READER, case_id)) == 1


def test_of_two_who_change_the_same_case_the_second_is_told_and_nothing_is_lost(database: Database, service: CaseService) -> None:
    case_id = opened(database, service)
    first = service.change(ADVISER, case_id, 1, CaseChange(organisation="Leeds"))
    with pytest.raises(ConflictError) as error:
        service.change(ADVISER, case_id, 1, CaseChange(organisation="York", due_on=date(2026, 12, 1)))
    assert (error.value.current, error.value.yours) == (first, {"organisation": "York", "due_on": "2026-12-01"})
    assert service.case(READER, case_id) == first


def test_of_many_at_once_one_wins_and_the_others_are_told(database: Database, service: CaseService) -> None:
    case_id = opened(database, service)

    def change(number: int) -> bool:
        try:
            service.change(ADVISER, case_id, 1, CaseChange(organisation=f"Council {number}"))
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(6) as advisers:
        assert sorted(advisers.map(change, range(6))) == [False] * 5 + [True]
    assert service.case(READER, case_id).version == 2


def test_a_case_is_given_to_somebody_who_has_an_account(database: Database, service: CaseService) -> None:
    case_id = opened(database, service)
    people = PeopleService(database, AuditLog(database))
    ann, gone = (people.add(f"{name}@example.org", name.title(), "adviser", "a fine long pass phrase", SYSTEM).id for name in ("ann", "bob"))
    people.disable(gone, SYSTEM)
    for nobody in (gone, "e" * 32, "x", "\x00"):
        with pytest.raises(BadInputError) as error:
            service.change(ADVISER, case_id, 1, CaseChange(assigned_to=nobody))
        assert (error.value.field, error.value.message) == ("assigned_to", "is not the id of an account that is in use. The people page lists them.")
    assert service.change(ADVISER, case_id, 1, CaseChange(assigned_to=ann)).assigned_to == ann
    assert service.change(ADVISER, case_id, 2, CaseChange(assigned_to=None)).assigned_to is None


def test_a_due_day_cannot_be_taken_away(database: Database, service: CaseService) -> None:
    case_id = opened(database, service)
    with pytest.raises(BadInputError) as error:
        service.change(ADVISER, case_id, 1, CaseChange(due_on=None))
    assert (error.value.field, error.value.message) == ("due_on", "cannot be empty. Give a day, YYYY-MM-DD.")


def test_a_case_belongs_to_a_potential_mutual_until_that_is_removed(database: Database, service: CaseService) -> None:
    case_id = opened(database, service)
    prospects = ProspectService(database, AuditLog(database), NOW.date, lambda: NOW)
    prospect = prospects.add(ADVISER, NewProspect(name="Leeds Libraries"))
    for none in ("x", "e" * 32):
        with pytest.raises(BadInputError) as error:
            service.change(ADVISER, case_id, 1, CaseChange(prospect_id=none))
        assert error.value.field == "prospect_id"
    linked = service.change(ADVISER, case_id, 1, CaseChange(prospect_id=prospect.prospect_id))
    assert (linked.prospect_id, prospects.prospect(READER, prospect.prospect_id).prospect.cases) == (prospect.prospect_id, 1)
    prospects.remove(ADVISER, prospect.prospect_id, 1)
    assert (service.case(READER, case_id).prospect_id, service.case(READER, case_id).version) == (None, 3)


def add_draft(database: Database, case_id: str, state: str) -> str:
    draft_id = new_id()
    fields: dict[str, Any] = {"version": 1, "drafted": "{}", "citations": "[]", "index_version": "v", "created_by": "system", "reason": ""}
    with database.writing() as session:
        session.add(DraftRow(id=draft_id, case_id=case_id, state=state, created_at=NOW, **fields))
    return draft_id


def test_a_case_is_closed_and_opened_again_where_its_reply_stands(database: Database, service: CaseService) -> None:
    case_id = opened(database, service)
    closed = service.change(ADVISER, case_id, 1, CaseChange(closed=True))
    assert (closed.status, closed.closed_at, closed.version) == ("closed", NOW, 2)
    again = service.change(ADVISER, case_id, 2, CaseChange(closed=False))
    assert (again.status, again.closed_at) == ("new", None)
    for version, (state, status) in enumerate([("draft", "drafted"), ("submitted", "submitted"), ("sent", "sent")]):
        with database.writing() as session:
            session.execute(text("DELETE FROM drafts"))
        add_draft(database, case_id, state)
        service.change(ADVISER, case_id, 3 + 2 * version, CaseChange(closed=True))
        assert service.change(ADVISER, case_id, 4 + 2 * version, CaseChange(closed=False)).status == status


def test_the_status_follows_the_reply(database: Database, service: CaseService) -> None:
    case_id = opened(database, service)
    with database.writing() as session:
        made(database, LATER).set_status(session, case_id, "sent")
        made(database, LATER).set_status(session, case_id, "sent")
    case = service.case(READER, case_id)
    assert (case.status, case.replied_at, case.version, case.updated_at) == ("sent", LATER, 2, LATER)
    with pytest.raises(NotFoundError), database.writing() as session:
        service.set_status(session, "0" * 32, "sent")


def test_the_history_tells_of_the_drafts_too(database: Database, service: CaseService) -> None:
    case_id, other = opened(database, service), opened(database, service)
    draft_id = add_draft(database, case_id, "draft")
    with database.writing() as session:
        AuditLog(database, lambda: NOW).record(session, ADVISER, "draft.saved", f"draft:{draft_id}", {"version": 2})
    assert [action for _, action, _ in log_of(service, case_id)] == ["draft.saved", "case.opened"]
    assert [action for _, action, _ in log_of(service, other)] == ["case.opened"]


def test_a_case_whose_data_was_erased_is_not_changed(database: Database, service: CaseService) -> None:
    case_id = opened(database, service)
    with database.writing() as session:
        session.get_one(CaseRow, case_id).erased_at = NOW
    with pytest.raises(BadInputError) as error:
        service.change(ADVISER, case_id, 1, CaseChange(name="Jo"))
    assert (error.value.field, error.value.message) == ("case_id", "names a case whose data has been erased; it cannot be changed.")


def test_a_day_that_has_gone_by_is_overdue_until_the_reply_is_sent(database: Database, service: CaseService) -> None:
    case_id = opened(database, service)
    on_the_day, after = made(database, datetime(2026, 12, 7, tzinfo=UTC)), made(database, datetime(2026, 12, 8, tzinfo=UTC))
    assert (on_the_day.case(READER, case_id).is_overdue, after.case(READER, case_id).is_overdue) == (False, True)
    with database.writing() as session:
        service.set_status(session, case_id, "sent")
    assert after.case(READER, case_id).is_overdue is False


def test_a_full_disk_is_told_and_leaves_what_was_there(tmp_path: Path) -> None:
    database = Database(database_url(None, tmp_path))
    service = made(database)
    case_id = opened(database, service)

    @event.listens_for(database.engine, "checkout")
    def fill(connection: Any, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # SQLite takes the pages there are as the most there may be

    with pytest.raises(DatabaseUnavailableError):
        opened(database, service, enquiry="x" * 90_000)
    assert [case.case_id for case in service.cases(READER).cases] == [case_id]
    assert AuditLog(database).verify().rows == 1


def test_a_writer_in_the_way_is_told_after_a_wait(database: Database, service: CaseService) -> None:
    case_id = opened(database, service)
    hasty = Database(database.engine.url, wait_seconds=0.1)
    with database.writing() as session:
        assert session.scalar(text("SELECT count(*) FROM cases")) == 1  # on SQLite it begins with its first statement
        with pytest.raises(DatabaseUnavailableError):
            made(hasty).change(ADVISER, case_id, 1, CaseChange(name="x"))
        assert made(hasty).case(READER, case_id).version == 1  # what is there can be read
    assert made(hasty).change(ADVISER, case_id, 1, CaseChange(name="x")).name == "x"
    hasty.engine.dispose()


def test_a_server_that_goes_away_in_the_middle_of_a_change_leaves_all_or_nothing(postgresql: Cluster) -> None:
    address = postgresql.new_database()
    database = Database(address)
    service = made(database)
    case_id = opened(database, service)

    @event.listens_for(database.engine, "before_cursor_execute")
    def end(connection: Any, cursor: Any, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO audit"):
            postgresql.end_others(address)

    with pytest.raises(DatabaseUnavailableError):
        service.change(ADVISER, case_id, 1, CaseChange(name="x"))
    event.remove(database.engine, "before_cursor_execute", end)
    assert service.case(READER, case_id).version == 1
    assert service.change(ADVISER, case_id, 1, CaseChange(name="x")).version == 2
    assert AuditLog(database).verify().rows == 2
    database.engine.dispose()
