"""The audit row of an answer that was put to the model: counts and reasons, no text, and never in the way of an answer."""

import hashlib
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.audit import AuditEntry, AuditLog
from assistant.database.engine import Database, database_url
from assistant.model.recording import RewriteLog
from assistant.model.rewritten import Rewritten

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
INVENTED, SWAPPED = "VAT on it is 19 %: ask jo@example.org.", "Staff pay the council."


def came_of(**fields: Any) -> Rewritten:
    """What came of putting an answer to the model."""
    return Rewritten((), **fields)


def details(**fields: Any) -> dict[str, Any]:
    """The row's details for nothing written at all, but for these."""
    usual = {
        "engine": "extractive",
        "model": "small",
        "index_version": "v1",
        "counts": {"written": 0, "passed": 0, "replaced": 0, "dropped": 0},
        "reasons": {},
        "dropped": [],
        "tokens": {"prompt": 0, "completion": 0},
        "failure": "",
        "ms": 0,
    }
    return {**usual, **fields}


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def rows(audit: AuditLog) -> list[AuditEntry]:
    return audit.entries()


def row(number: int, answer: str, **fields: Any) -> AuditEntry:
    return AuditEntry(number=number, at=NOW, actor="system", action="answer.rewritten", subject=f"answer:{answer}", details=details(**fields))


def test_a_model_that_wrote_nothing_is_recorded_with_why(database: Database) -> None:
    audit = AuditLog(database, now=lambda: NOW)
    log = RewriteLog(database, audit, "small")
    log.record("a" * 32, "extractive", "v1", came_of(failure="timeout"), 0.2)
    log.settle()
    assert rows(audit) == [row(1, "a" * 32, failure="timeout")]


def test_what_was_dropped_is_told_by_its_digest_and_reasons(database: Database) -> None:
    audit = AuditLog(database, now=lambda: NOW)
    log = RewriteLog(database, audit, "small")
    dropped = ((INVENTED, ("number", "words")), (SWAPPED, ("words",)))
    log.record("b" * 32, "llm", "v2", came_of(written=4, passed=2, replaced=3, dropped=dropped, prompt_tokens=900, completion_tokens=80), 1234.6)
    log.settle()
    told = [{"sha256": sha256(INVENTED), "reasons": ["number", "words"]}, {"sha256": sha256(SWAPPED), "reasons": ["words"]}]
    expected = row(
        1,
        "b" * 32,
        engine="llm",
        index_version="v2",
        counts={"written": 4, "passed": 2, "replaced": 3, "dropped": 2},
        reasons={"number": 1, "words": 2},
        dropped=told,
        tokens={"prompt": 900, "completion": 80},
        ms=1235,
    )
    assert rows(audit) == [expected]
    assert audit.verify().broken is None


def test_many_are_recorded_in_turn(database: Database) -> None:
    audit = AuditLog(database, now=lambda: NOW)
    log = RewriteLog(database, audit, "small")
    for number in range(20):
        log.record(f"{number:032d}", "extractive", "v1", came_of(), 0)
    log.settle()
    assert [entry.subject for entry in rows(audit)] == [f"answer:{number:032d}" for number in range(19, -1, -1)]
    assert audit.verify().broken is None


def test_a_database_that_is_gone_is_told_in_the_log_and_nowhere_else(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("no folder")
    database = Database(database_url(f"sqlite:///{tmp_path}/file/assistant.db", tmp_path))
    log = RewriteLog(database, AuditLog(database), "small")
    with caplog.at_level(logging.WARNING, "assistant.model.recording"):
        log.record("a" * 32, "llm", "v1", came_of(dropped=((INVENTED, ("number",)),)), 1)
        log.settle()
    assert [record.message for record in caplog.records if record.name == "assistant.model.recording"] == [
        "an answer reworded is left out of the audit log: the database is unavailable"
    ]
    assert "jo@example.org" not in caplog.text


def test_a_fault_of_ours_is_told_without_any_text(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    def now() -> datetime:
        raise RuntimeError(INVENTED)

    log = RewriteLog(database, AuditLog(database, now=now), "small")
    log.record("a" * 32, "llm", "v1", came_of(), 1)
    log.settle()
    assert [record.message for record in caplog.records if record.name == "assistant.model.recording"] == [
        "an answer reworded is left out of the audit log: RuntimeError"
    ]
