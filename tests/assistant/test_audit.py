"""The audit log: in one chain, whoever writes at once; and any change to it after that is found."""

import hashlib
import json
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import URL, text

from assistant.audit import START, AuditEntry, AuditLog, Verified, digest_of
from assistant.database.engine import Database
from assistant.errors import BadInputError
from assistant.people.person import SYSTEM, Actor

ADVISER = Actor(id="a" * 32, name="Ann Adviser", rights=frozenset({"read", "draft"}))
NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, UTC)


@pytest.fixture
def log(database: Database) -> AuditLog:
    return AuditLog(database, lambda: NOON)


def filled(log: AuditLog, database: Database, rows: int = 5) -> Verified:
    with database.writing() as session:
        for number in range(1, rows + 1):
            log.record(session, ADVISER, "case.changed", f"case:{number}", {"version": number})
    return log.verify()


def test_an_empty_log_is_sound(log: AuditLog) -> None:
    assert log.entries() == []
    assert log.verify() == Verified(rows=0, number=0, digest=START)


def test_a_digest_is_made_of_the_one_before_and_of_every_field() -> None:
    fields = '["' + "0" * 64 + '",1,"2026-11-23T12:00:00.123456+00:00","é","b","c","{}"]'
    assert digest_of(START, 1, NOON, "é", "b", "c", "{}") == hashlib.sha256(fields.encode()).hexdigest()


def test_what_was_done_is_told_newest_first(log: AuditLog, database: Database) -> None:
    with database.writing() as session:
        log.record(session, ADVISER, "case.opened", "case:1", {"number": 1, "passages": ["a:1", "é"], "none": None})
        log.record(session, SYSTEM, "case.erased", "case:2")
    first = AuditEntry(number=1, at=NOON, actor="a" * 32, action="case.opened", subject="case:1", details={"number": 1, "passages": ["a:1", "é"], "none": None})
    second = AuditEntry(number=2, at=NOON, actor="system", action="case.erased", subject="case:2", details={})
    assert log.entries() == [second, first]
    assert (log.entries("case:1"), log.entries("case:3"), log.entries(limit=1), log.entries(before=2)) == ([first], [], [second], [first])
    assert log.entries_of(["case:1", "case:2"]) == [second, first]


def test_a_transaction_that_fails_leaves_no_row(log: AuditLog, database: Database) -> None:
    with suppress(RuntimeError), database.writing() as session:
        log.record(session, ADVISER, "case.opened", "case:1")
        raise RuntimeError
    assert log.verify() == Verified(rows=0, number=0, digest=START)


def test_it_is_written_only_where_writers_follow_one_another(log: AuditLog, database: Database) -> None:
    with pytest.raises(RuntimeError) as error, database.session() as session:
        log.record(session, ADVISER, "case.opened", "case:1")
    assert str(error.value) == "the audit log is written inside Database.writing() only"


def test_many_at_once_make_one_chain(log: AuditLog, database: Database) -> None:
    def add(number: int) -> None:
        with database.writing() as session:
            log.record(session, ADVISER, "case.changed", f"case:{number}", {"version": number})

    with ThreadPoolExecutor(6) as advisers:
        list(advisers.map(add, range(60)))
    found = log.verify()
    assert (found.rows, found.number, found.broken) == (60, 60, None)
    assert sorted(entry.subject for entry in log.entries()) == sorted(f"case:{number}" for number in range(60))


@pytest.mark.parametrize(
    ("tampering", "broken", "why"),
    [
        ("UPDATE audit SET actor = 'b' WHERE number = 3", 3, "Row 3 is not as it was written, or does not follow the row before it."),
        ("UPDATE audit SET action = 'x' WHERE number = 1", 1, "Row 1 is not as it was written, or does not follow the row before it."),
        ("UPDATE audit SET subject = 'case:9' WHERE number = 5", 5, "Row 5 is not as it was written, or does not follow the row before it."),
        ("UPDATE audit SET details = '{\"version\":9}' WHERE number = 2", 2, "Row 2 is not as it was written, or does not follow the row before it."),
        (
            "UPDATE audit SET at = '2026-11-23 12:00:00.123457+00:00' WHERE number = 4",
            4,
            "Row 4 is not as it was written, or does not follow the row before it.",
        ),
        (f"UPDATE audit SET digest = '{START}' WHERE number = 2", 2, "Row 2 is not as it was written, or does not follow the row before it."),
        ("DELETE FROM audit WHERE number = 1", 1, "Row 1 is missing."),
        ("DELETE FROM audit WHERE number = 3", 3, "Row 3 is missing."),
        ("DELETE FROM audit WHERE number IN (2, 3)", 2, "Row 2 is missing."),
        (
            "INSERT INTO audit SELECT 0, at, actor, action, subject, details, digest FROM audit WHERE number = 1",
            0,
            "Row 0 was put in before the first row.",
        ),
        (
            "INSERT INTO audit SELECT 6, at, actor, action, subject, details, digest FROM audit WHERE number = 5",
            6,
            "Row 6 is not as it was written, or does not follow the row before it.",
        ),
        ("DELETE FROM audit WHERE number = 2; UPDATE audit SET number = number - 1 WHERE number = 3", 2, ""),
        ("UPDATE audit SET number = 9 WHERE number = 2; UPDATE audit SET number = 2 WHERE number = 3; UPDATE audit SET number = 3 WHERE number = 9", 2, ""),
    ],
)
def test_a_row_that_was_changed_removed_put_in_or_moved_is_named(log: AuditLog, database: Database, tampering: str, broken: int, why: str) -> None:
    filled(log, database)
    with database.writing() as session:
        digests = session.scalars(text("SELECT digest FROM audit ORDER BY number")).all()
        for statement in tampering.split(";"):
            session.connection().exec_driver_sql(statement)
    why = why or f"Row {broken} is not as it was written, or does not follow the row before it."
    sound = max(0, broken - 1)
    assert log.verify() == Verified(rows=sound, number=sound, digest=digests[sound - 1] if sound else START, broken=broken, why=why)


def test_an_end_that_was_cut_off_shows_by_what_was_noted_down(log: AuditLog, database: Database) -> None:
    noted = filled(log, database)
    expect = f"{noted.number}:{noted.digest}"
    with database.writing() as session:
        session.execute(text("DELETE FROM audit WHERE number > 3"))
    found = log.verify()
    assert (found.rows, found.broken) == (3, None)  # without a note nothing can tell
    assert log.verify(expect) == Verified(
        rows=3, number=3, digest=found.digest, broken=4, why="Row 4 is missing: the log ends at row 3, and row 5 was noted down."
    )


def test_a_log_that_was_written_anew_shows_by_what_was_noted_down(log: AuditLog, database: Database) -> None:
    noted = filled(log, database, 3)
    expect = f"{noted.number}:{noted.digest}"
    filled(log, database, 2)
    assert log.verify(expect).broken is None  # what came after is no fault
    with database.writing() as session:
        session.execute(text("DELETE FROM audit"))
    anew = filled(log, database, 4)
    assert (anew.rows, anew.broken) == (4, None)
    with database.writing() as session:
        session.execute(text("DELETE FROM audit"))
        for number in range(1, 5):
            log.record(session, SYSTEM, "case.changed", f"case:{number}")
    found = log.verify(expect)
    assert (found.broken, found.why) == (3, "Row 3 is not the one that was noted down: it, or rows before it, were written anew.")


@pytest.mark.parametrize("expect", ["x", "1", "0:" + "a" * 64, "1:" + "a" * 63, "1:" + "A" * 64, "-1:" + "a" * 64])
def test_a_note_that_is_none(log: AuditLog, expect: str) -> None:
    with pytest.raises(BadInputError) as error:
        log.verify(expect)
    assert (error.value.field, error.value.message) == ("expect", "is not NUMBER:DIGEST, as `mutuals audit verify` prints it. Copy it whole.")


def test_a_long_log_is_read_a_part_at_a_time(log: AuditLog, database: Database) -> None:
    found = filled(log, database, 2_500)
    assert (found.rows, found.number, found.broken) == (2_500, 2_500, None)


@given(st.lists(st.tuples(st.text(), st.integers(), st.text()), min_size=2, max_size=2, unique=True))
def test_rows_that_differ_have_digests_that_differ(rows: list[tuple[str, int, str]]) -> None:
    first, second = (digest_of(START, number, NOON, actor, "a", "b", json.dumps(details)) for actor, number, details in rows)
    assert first != second


WRITER = """
import sys
from sqlalchemy import make_url
from assistant.audit import AuditLog
from assistant.database.engine import Database
from assistant.desk.cases import CaseService, CaseChange, Proposed
from assistant.people.person import SYSTEM

database = Database(make_url(sys.argv[1]))
audit = AuditLog(database)
cases = CaseService(database, audit)
while True:
    with database.writing() as session:
        case_id = cases.open_case(session, SYSTEM, "How do we begin?", "How do we begin?", "email", "", "", Proposed(sector="youth"))
    case = cases.case(SYSTEM, case_id)
    print(case.number, case_id, 1, flush=True)
    changed = cases.change(SYSTEM, case_id, case.version, CaseChange(confirm=True))
    print(case.number, case_id, changed.version, flush=True)
"""


def test_what_was_acknowledged_survives_being_killed_ten_times_and_the_chain_holds(database: Database, database_at: URL) -> None:
    log = AuditLog(database)
    acknowledged: dict[int, tuple[str, int]] = {}
    for kill in range(10):
        command = [sys.executable, "-c", WRITER, database_at.render_as_string(False)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as writer:
            assert writer.stdout is not None
            lines = [writer.stdout.readline() for _ in range(1 + kill)]
            writer.send_signal(signal.SIGKILL)
            lines += writer.stdout.readlines()
        for line in lines:
            if line.endswith("\n"):
                number, case_id, version = line.split()
                acknowledged[int(number)] = (case_id, int(version))
        with database.session() as session:
            kept = {row.number: row for row in session.execute(text("SELECT number, id, version, unconfirmed FROM cases"))}
        assert sorted(kept) == list(range(1, len(kept) + 1))
        assert {number: kept[number].id for number in acknowledged} == {number: case_id for number, (case_id, _) in acknowledged.items()}
        assert all(kept[number].version >= version for number, (_, version) in acknowledged.items())
        assert all((row.version, row.unconfirmed) in ((1, "sector"), (2, "")) for row in kept.values())  # a change is whole or not at all
        found = log.verify()
        assert (found.broken, found.rows) == (None, sum(row.version for row in kept.values()))
