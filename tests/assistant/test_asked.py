"""The log of what was asked: masked, off the answer's path, and never in the way of an answer."""

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from turns import made_answer

from assistant.answers import Citation, Outcome, Scope
from assistant.asked import AskedLog
from assistant.database.engine import Database, database_url
from assistant.database.use_tables import AskedRow, AskedSourceRow
from corpus.sources import Authority, Standing

NOW = datetime(2026, 11, 23, 12, 0, 0, 5, UTC)


def log(database: Database, **fields: Any) -> AskedLog:
    return AskedLog(database, lambda: "v1", now=lambda: NOW, **fields)


def cited(number: int, source: str, standing: Standing) -> Citation:
    fixed = {"title": "T", "publisher": "P", "published": "2012", "authority": Authority.STATUTE, "superseded_by": [], "locator": "s. 1", "url": None}
    return Citation(number=number, quote="q", passage_id=f"{source}.1", source_id=source, standing=standing, **fixed)  # type: ignore[arg-type]


def kept(database: Database) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    columns = ("id", "at", "channel", "question", "outcome", "confidence", "sector", "nation", "stage", "case_id", "index_version")
    with database.session() as session:
        rows = session.scalars(select(AskedRow).order_by(AskedRow.id)).all()
        sources = session.scalars(select(AskedSourceRow).order_by(AskedSourceRow.source_id)).all()
        return (
            [tuple(getattr(row, name) for name in columns) for row in rows],
            [(row.asked_id, row.source_id, row.standing, row.times) for row in sources],
        )


def test_a_question_is_kept_with_its_sources_and_without_personal_data(database: Database) -> None:
    citations = [cited(1, "act", Standing.IN_FORCE), cited(2, "act", Standing.IN_FORCE), cited(3, "rules", Standing.SUPERSEDED)]
    scope = Scope(sector="youth", nation="wales", stage="spinning_out")
    answer = made_answer("c" * 32, "Who? Write to jo@example.org", outcome=Outcome.ANSWERED, scope=scope, citations=citations, confidence=0.75)
    asked = log(database)
    asked.record(answer, "desk", "d" * 32)
    asked.settle()
    row = ("a" * 32, NOW, "desk", "Who? Write to [email]", "answered", 0.75, "youth", "wales", "spinning_out", "d" * 32, "v1")
    assert kept(database) == ([row], [("a" * 32, "act", "in_force", 2), ("a" * 32, "rules", "superseded", 1)])


def test_the_same_answer_twice_is_kept_once(database: Database) -> None:
    asked = log(database)
    for channel in ("chat", "api"):
        asked.record(made_answer("c" * 32, "Why?"), channel)  # type: ignore[arg-type]
    asked.settle()
    assert [(row[2], row[3]) for row in kept(database)[0]] == [("chat", "Why?")]


def test_switched_off_nothing_is_kept(database: Database) -> None:
    asked = log(database, is_on=False)
    asked.record(made_answer("c" * 32, "Why?"), "chat")
    asked.settle()
    assert kept(database) == ([], [])


def test_many_at_once_are_all_kept(database: Database) -> None:
    asked = log(database)
    for number in range(50):
        asked.record(made_answer("c" * 32, f"Why {number}?", answer_id=f"{number:032d}"), "api")
    asked.settle()
    assert [row[3] for row in kept(database)[0]] == [f"Why {number}?" for number in range(50)]


def test_a_database_that_is_gone_is_told_in_the_log_and_nowhere_else(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("no folder")
    asked = log(Database(database_url(f"sqlite:///{tmp_path}/file/assistant.db", tmp_path)))
    with caplog.at_level(logging.WARNING, "assistant.asked"):
        asked.record(made_answer("c" * 32, "A secret question?"), "chat")
        asked.settle()
    assert [record.message for record in caplog.records if record.name == "assistant.asked"] == [
        "a question is left out of the figures: the database is unavailable"
    ]
    assert "secret" not in caplog.text


def test_a_fault_of_ours_is_told_without_the_question(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    def version() -> str:
        raise RuntimeError("A secret question?")

    asked = AskedLog(database, version)
    asked.record(made_answer("c" * 32, "A secret question?"), "chat")
    asked.settle()
    assert [record.message for record in caplog.records if record.name == "assistant.asked"] == ["a question is left out of the figures: RuntimeError"]
    assert kept(database) == ([], [])
