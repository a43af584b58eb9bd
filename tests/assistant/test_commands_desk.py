"""The desk's commands: what they print, and the code they end with."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import URL, text
from typer.testing import CliRunner, Result

from assistant.audit import START, AuditLog, Verified
from assistant.cli import app
from assistant.database.engine import Database
from assistant.desk.case_views import CaseFilters, CasePage, Proposed
from assistant.desk.cases import CaseService
from assistant.people.person import SYSTEM

Run = Callable[..., Result]
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def run(database_at: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command over the test's database, from a folder without a settings file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MUTUALS_DATABASE_URL", database_at.render_as_string(hide_password=False))
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


def told(result: Result) -> tuple[int, str, str]:
    """Exit code, what was printed, and what was said on the error stream, as one line."""
    return result.exit_code, result.stdout, " ".join(result.stderr.split())


def opened(database: Database) -> CaseService:
    """Two cases, received on a Monday."""
    service = CaseService(database, AuditLog(database), now=lambda: MONDAY)
    with database.writing() as session:
        for enquiry, sector in (("How do we begin?", "youth"), ("And our pensions?", None)):
            service.open_case(session, SYSTEM, enquiry, enquiry, "email", "Jo", "", Proposed.model_validate({"sector": sector}))
    return service


def test_an_empty_log_is_sound(run: Run) -> None:
    assert told(run("audit", "verify")) == (0, "The log is sound: 0 rows.\n", "")
    result = run("audit", "verify", "--json")
    assert (result.exit_code, Verified.model_validate_json(result.stdout)) == (0, Verified(rows=0, number=0, digest=START))


def test_a_sound_log_is_told_with_what_to_note_down(run: Run, database: Database) -> None:
    opened(database)
    found = AuditLog(database).verify()
    note = f"2:{found.digest}"
    assert told(run("audit", "verify")) == (0, f"The log is sound: 2 rows.\nNote this down elsewhere, for --expect: {note}\n", "")
    assert run("audit", "verify", "--expect", note).exit_code == 0
    with database.writing() as session:
        session.execute(text("DELETE FROM audit WHERE number = 2"))
    why = "The log was tampered with at row 2. Row 2 is missing: the log ends at row 1, and row 2 was noted down. What stands before it is sound."
    assert told(run("audit", "verify", "--expect", note)) == (1, "", why)


def test_a_row_that_was_changed_is_named(run: Run, database: Database) -> None:
    opened(database)
    with database.writing() as session:
        session.execute(text("UPDATE audit SET actor = 'somebody else' WHERE number = 1"))
    why = "Row 1 is not as it was written, or does not follow the row before it."
    assert told(run("audit", "verify")) == (1, "", f"The log was tampered with at row 1. {why} What stands before it is sound.")
    result = run("audit", "verify", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (1, {"rows": 0, "number": 0, "digest": START, "broken": 1, "why": why})


def test_a_note_that_is_none(run: Run) -> None:
    assert told(run("audit", "verify", "--expect", "x")) == (2, "", "The expect is not NUMBER:DIGEST, as `mutuals audit verify` prints it. Copy it whole.")


def test_no_cases(run: Run) -> None:
    assert told(run("cases", "list")) == (0, "0 cases; page 1 of 1.\n", "")


def test_cases_are_listed_newest_first(run: Run, database: Database) -> None:
    opened(database)
    overdue = " OVERDUE" if date.today() > date(2026, 11, 16) else ""
    second = f"MIS-000002  2026-11-02  new        due 2026-11-16{overdue}  -\n            And our pensions?\n"
    first = f"MIS-000001  2026-11-02  new        due 2026-11-16{overdue}  youth\n            How do we begin?\n"
    assert told(run("cases", "list")) == (0, f"{second}{first}2 cases; page 1 of 1.\n", "")
    assert told(run("cases", "list", "--sector", "youth", "--status", "new", "--q", "begin")) == (0, f"{first}1 case; page 1 of 1.\n", "")


def test_cases_as_json(run: Run, database: Database) -> None:
    service = opened(database)
    result = run("cases", "list", "--size", "1", "--page", "2", "--json")
    assert (result.exit_code, CasePage.model_validate_json(result.stdout)) == (0, service.cases(SYSTEM, CaseFilters(size=1, page=2)))


def test_a_filter_that_is_none_is_named(run: Run) -> None:
    code, printed, said = told(run("cases", "list", "--status", "lost"))
    assert (code, printed) == (2, "")
    assert said.startswith("status.0: Input should be 'new', 'drafted', 'submitted',")


def test_a_database_that_is_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MUTUALS_DATABASE_URL", "postgresql+pg8000://nobody@127.0.0.1:9/none")
    code, printed, said = told(CliRunner().invoke(app, ["audit", "verify"]))
    assert (code, printed, said) == (1, "", "The database cannot be read or written now; the reason is above. Nothing was changed.")
