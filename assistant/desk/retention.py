"""What goes by itself with age: idle conversations, closed cases, what is kept for the figures, and batches."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from pydantic import BaseModel
from sqlalchemy import ColumnElement, CursorResult, delete, func, select
from sqlalchemy.orm import Session

from assistant.audit import AuditLog
from assistant.database.base import Base
from assistant.database.conversation_tables import ConversationRow
from assistant.database.desk_tables import CaseRow
from assistant.database.engine import Database
from assistant.database.use_tables import AskedRow, BatchRow, FeedbackRow
from assistant.desk.subjects import SubjectService
from assistant.people.person import SYSTEM


@dataclass(frozen=True)
class Ages:
    """After how many days each goes; 0 keeps it. Conversations count from their last turn, cases from when they were closed, the rest from its making."""

    conversations: int
    cases: int
    asked: int


class Removed(BaseModel):
    """How many were removed, or would be; cases are not removed but erased."""

    conversations: int
    cases: int
    asked: int
    feedback: int
    batches: int


class Retention:
    """Removes what is older than it may be. Safe to share between threads and processes. Raises DatabaseUnavailableError."""

    def __init__(self, database: Database, audit: AuditLog, subjects: SubjectService, ages: Ages, now: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._database = database
        self._audit = audit
        self._subjects = subjects
        self._ages = ages
        self._now = now

    def due(self) -> Removed:
        """How many of each `remove` would take; nothing is changed."""
        with self._database.session() as session:
            cases = session.scalar(select(func.count()).select_from(CaseRow).where(*self._closed())) if self._ages.cases else 0
            return Removed(cases=cases or 0, **{name: _count(session, row, old) for name, row, old in self._plain()})

    def remove(self) -> Removed:
        """Remove what is due, all of it or nothing, and say in the audit log how many of each. Where nothing is due nothing is written."""
        with self._database.writing() as session:
            rows = list(session.scalars(select(CaseRow).where(*self._closed()))) if self._ages.cases else []
            for row in rows:
                self._subjects.erase_in(session, SYSTEM, row, "age")
            counts = {name: _remove(session, row, old) for name, row, old in self._plain()}
            removed = Removed(cases=len(rows), **counts)
            if any(removed.model_dump().values()):
                self._audit.record(session, SYSTEM, "retention.applied", "retention", removed.model_dump())
        if any(removed.model_dump().values()):
            self._database.forget()
        return removed

    def _closed(self) -> tuple[ColumnElement[bool], ...]:
        """Which cases are due."""
        return CaseRow.status == "closed", CaseRow.closed_at < self._before(self._ages.cases), CaseRow.erased_at.is_(None)

    def _plain(self) -> list[tuple[str, type[Base], ColumnElement[bool] | None]]:
        """What is removed row by row, and which rows of it are due; None for none. A batch that is still at work is left."""
        talks, asked = self._ages.conversations, self._ages.asked
        return [
            ("conversations", ConversationRow, ConversationRow.active_at < self._before(talks) if talks else None),
            ("asked", AskedRow, AskedRow.at < self._before(asked) if asked else None),
            ("feedback", FeedbackRow, FeedbackRow.at < self._before(asked) if asked else None),
            ("batches", BatchRow, BatchRow.finished_at < self._before(asked) if asked else None),
        ]

    def _before(self, days: int) -> datetime:
        return self._now() - timedelta(days=days)


def _count(session: Session, row: type[Base], old: ColumnElement[bool] | None) -> int:
    return 0 if old is None else session.scalar(select(func.count()).select_from(row).where(old)) or 0


def _remove(session: Session, row: type[Base], old: ColumnElement[bool] | None) -> int:
    return 0 if old is None else cast(CursorResult[Any], session.execute(delete(row).where(old))).rowcount
