"""The commands for personal data: what they print, and the code they end with."""

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import URL
from typer.testing import CliRunner, Result

from assistant.audit import AuditLog
from assistant.cli import app
from assistant.database.engine import Database
from assistant.desk.case_views import Proposed
from assistant.desk.cases import CaseService
from assistant.people.person import SYSTEM

Run = Callable[..., Result]


@pytest.fixture
def run(database: Database, database_at: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command over the test's database with one case, from a folder without a settings file."""
    with database.writing() as session:
        CaseService(database, AuditLog(database)).open_case(session, SYSTEM, "How?", "How?", "email", "Jo Brown", "jo@example.org", Proposed())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MUTUALS_DATABASE_URL", database_at.render_as_string(hide_password=False))
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


def told(result: Result) -> tuple[int, str]:
    return result.exit_code, " ".join((result.stdout + result.stderr).split())


def test_bad_use(run: Run, tmp_path: Path) -> None:
    assert told(run("subject", "find", "x"))[0] == 2
    assert told(run("subject", "find", "nobody@example.org")) == (0, "Nothing is held that fits.")
    missing = "There is no case 'MIS-000009'. Look for the person first: the list shows the numbers of their cases."
    assert told(run("subject", "erase", "MIS-000009", "--yes")) == (2, missing)
    (tmp_path / "there.zip").write_bytes(b"kept")
    assert run("subject", "export", "1", "--to", "there.zip").exit_code == 2
    assert (tmp_path / "there.zip").read_bytes() == b"kept"
    assert run("subject", "export", "9", "--to", "new.zip").exit_code == 2
    assert not (tmp_path / "new.zip").exists()


def test_found_handed_over_and_erased(run: Run, tmp_path: Path) -> None:
    found = json.loads(run("subject", "find", "JO@example.org", "--json").stdout)
    assert [case["reference"] for case in found["cases"]] == ["MIS-000001"]
    assert told(run("subject", "export", "MIS-000001", "--to", "held.zip")) == (0, "Written: held.zip")
    assert stat.S_IMODE((tmp_path / "held.zip").stat().st_mode) == 0o600
    assert run("subject", "erase", "MIS-000001").exit_code == 1
    assert [case["reference"] for case in json.loads(run("subject", "find", "Jo Brown", "--json").stdout)["cases"]] == ["MIS-000001"]
    assert told(run("subject", "erase", "MIS-000001", "--yes")) == (0, "MIS-000001: erased, with 0 drafts in 0 versions and 0 questions.")
    assert told(run("subject", "find", "Jo Brown")) == (0, "Nothing is held that fits.")
    assert run("audit", "verify").exit_code == 0


def test_retention(run: Run) -> None:
    nothing = {"conversations": 0, "cases": 0, "asked": 0, "feedback": 0, "batches": 0}
    assert json.loads(run("retention", "--dry-run", "--json").stdout) == nothing
    assert told(run("retention")) == (0, "Gone: idle conversations 0 closed cases, erased 0 questions for figures 0 readers' feedback 0 finished batches 0")
