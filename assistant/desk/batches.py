"""Batches: many questions or enquiries from one file, answered one after another, each kept as soon as it is answered."""

import hashlib
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, NamedTuple, cast
from uuid import uuid4

from pydantic import BaseModel, ConfigDict
from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from assistant.answers import Citation, Scope
from assistant.audit import AuditLog
from assistant.database.engine import Database
from assistant.database.use_tables import BatchItemRow, BatchRow
from assistant.desk.batch_files import BatchKind, read_batch
from assistant.errors import NotFoundError
from assistant.people.person import Actor, require

BatchState = Literal["waiting", "running", "stopped", "done"]
NAME_LIMIT = 200
LISTED = 200
"""Batches listed, the latest first."""


class BatchAnswer(BaseModel):
    """What one line got. `outcome` is that of an answer; for an enquiry that of its questions together, `no_question` where it asks none; `failed`
    where the line could not be used, and `text` says why."""

    model_config = ConfigDict(frozen=True)

    outcome: str
    text: str
    notices: list[str] = []
    citations: list[Citation] = []


class BatchItem(BaseModel):
    """One line of a batch, with its answer once there is one."""

    model_config = ConfigDict(frozen=True)

    position: int
    line: int
    reference: str
    asked: str
    scope: Scope
    answer: BatchAnswer | None


class BatchView(BaseModel):
    """A batch and how far it is. `reason` says why it stopped by itself; `created_by` is an actor's id."""

    batch_id: str
    name: str
    kind: BatchKind
    state: BatchState
    reason: str
    total: int
    answered: int
    created_at: datetime
    created_by: str
    finished_at: datetime | None


class Task(NamedTuple):
    """The next line to answer."""

    kind: BatchKind
    position: int
    line: int
    asked: str
    scope: Scope


class BatchService:
    """Keeps batches in the database. Safe to share between threads. Every method raises DatabaseUnavailableError too.

    `wanted` is set whenever there may be something to answer: whoever answers in the background waits for it.
    """

    def __init__(self, database: Database, audit: AuditLog, question_limit: int, now: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._database = database
        self._audit = audit
        self._question_limit = question_limit
        self._now = now
        self.wanted = threading.Event()

    def create(self, actor: Actor, name: str, content: bytes, scope: Scope | None = None, state: BatchState = "waiting") -> BatchView:
        """Keep a file's lines, to be answered in their turn; `scope` is for the lines that tell none of their own.

        Raises BadInputError with all that is wrong with the file, and nothing is begun then; ForbiddenError without the right `draft`.
        """
        require(actor, "draft", "have a batch answered")
        file = read_batch(content, scope, self._question_limit)
        identifier = uuid4().hex
        with self._database.writing() as session:
            row = BatchRow(
                id=identifier,
                name=(name.replace("\\", "/").rsplit("/", 1)[-1].strip() or "batch.csv")[:NAME_LIMIT],
                digest=digest_of(content, scope),
                kind=file.kind,
                state=state,
                reason="",
                total=len(file.lines),
                created_at=self._now(),
                created_by=actor.id,
            )
            session.add(row)
            session.flush()
            session.add_all(
                BatchItemRow(
                    batch_id=identifier, position=position, line=each.line, reference=each.reference, asked=each.asked, scope=each.scope.model_dump_json()
                )
                for position, each in enumerate(file.lines, start=1)
            )
            self._audit.record(session, actor, "batch.created", f"batch:{identifier}", {"kind": file.kind, "lines": len(file.lines)})
        self.wanted.set()
        return self.batch(actor, identifier)

    def batch(self, actor: Actor, batch_id: str) -> BatchView:
        """How far a batch is. Raises NotFoundError, and ForbiddenError without the right `read`."""
        require(actor, "read", "see batches")
        with self._database.session() as session:
            return _view(session, _row(session, batch_id))

    def batches(self, actor: Actor) -> list[BatchView]:
        """The latest batches, newest first. Raises as `batch`."""
        require(actor, "read", "see batches")
        answered = select(BatchItemRow.batch_id, func.count(BatchItemRow.answered).label("count")).group_by(BatchItemRow.batch_id).subquery()
        wanted = select(BatchRow, answered.c.count).join(answered, answered.c.batch_id == BatchRow.id)
        with self._database.session() as session:
            return [_viewed(row, count) for row, count in session.execute(wanted.order_by(BatchRow.created_at.desc(), BatchRow.id).limit(LISTED))]

    def items(self, actor: Actor, batch_id: str) -> list[BatchItem]:
        """The lines of a batch in order, answered or not. Raises as `batch`."""
        require(actor, "read", "see batches")
        with self._database.session() as session:
            _row(session, batch_id)
            rows = session.scalars(select(BatchItemRow).where(BatchItemRow.batch_id == batch_id).order_by(BatchItemRow.position))
            return [_item(row) for row in rows]

    def stop(self, actor: Actor, batch_id: str) -> BatchView:
        """Answer no more of it; what is answered stays. A batch that is done stays so. Raises as `create`, and NotFoundError."""
        return self._turned(actor, batch_id, ("waiting", "running"), "stopped")

    def resume(self, actor: Actor, batch_id: str) -> BatchView:
        """Go on with a batch that was stopped; any other stays as it is. Raises as `stop`."""
        view = self._turned(actor, batch_id, ("stopped",), "waiting")
        self.wanted.set()
        return view

    def remove(self, actor: Actor, batch_id: str) -> None:
        """Remove a batch with its lines and answers for good. Raises as `stop`."""
        require(actor, "draft", "remove a batch")
        with self._database.writing() as session:
            _row(session, batch_id)
            session.execute(delete(BatchRow).where(BatchRow.id == batch_id))
            self._audit.record(session, actor, "batch.removed", f"batch:{batch_id}", {})
        self._database.forget()

    def remove_old(self, days: int) -> int:
        """Remove the batches that were made so many days ago; 0 removes none. How many were removed."""
        if not days:
            return 0
        with self._database.writing() as session:
            old = BatchRow.created_at < self._now() - timedelta(days=days)
            removed = cast(CursorResult[Any], session.execute(delete(BatchRow).where(old))).rowcount
        if removed:
            self._database.forget()
        return removed

    def known(self, digest: str) -> str | None:
        """The id of the latest batch that was made of the same file and scope."""
        with self._database.session() as session:
            return session.scalar(select(BatchRow.id).where(BatchRow.digest == digest).order_by(BatchRow.created_at.desc()).limit(1))

    def claim(self) -> str | None:
        """The id of the batch whose turn it is, now running: one that was running when the server ended goes first."""
        self.wanted.clear()
        with self._database.writing() as session:
            wanted = select(BatchRow).where(BatchRow.state.in_(("running", "waiting"))).order_by(BatchRow.state, BatchRow.created_at, BatchRow.id)
            row = session.scalar(wanted.limit(1))
            if row is None:
                return None
            row.state = "running"
            return row.id

    def next_task(self, batch_id: str, states: Sequence[BatchState] = ("running",)) -> Task | None:
        """The first line without an answer; none where the batch is in no such state, is gone, or has an answer to each, which makes it done."""
        with self._database.writing() as session:
            batch = session.get(BatchRow, batch_id)
            if batch is None or batch.state not in states:
                return None
            wanted = select(BatchItemRow).where(BatchItemRow.batch_id == batch_id, BatchItemRow.answered.is_(None)).order_by(BatchItemRow.position)
            row = session.scalar(wanted.limit(1))
            if row is None:
                batch.state, batch.reason, batch.finished_at = "done", "", self._now()
                return None
            return Task(cast(BatchKind, batch.kind), row.position, row.line, row.asked, Scope.model_validate_json(row.scope))

    def keep(self, batch_id: str, position: int, answer: BatchAnswer) -> None:
        """Keep the answer to one line, unless the line has one or the batch is gone."""
        line = (BatchItemRow.batch_id == batch_id, BatchItemRow.position == position, BatchItemRow.answered.is_(None))
        with self._database.writing() as session:
            session.execute(update(BatchItemRow).where(*line).values(answered=answer.model_dump_json()))

    def give_up(self, batch_id: str, reason: str) -> None:
        """Stop a batch that cannot go on by itself, and say why."""
        with self._database.writing() as session:
            session.execute(update(BatchRow).where(BatchRow.id == batch_id, BatchRow.state != "done").values(state="stopped", reason=reason))

    def _turned(self, actor: Actor, batch_id: str, before: Sequence[BatchState], after: BatchState) -> BatchView:
        require(actor, "draft", "stop or resume a batch")
        with self._database.writing() as session:
            row = _row(session, batch_id)
            if row.state in before:
                row.state, row.reason = after, ""
                self._audit.record(session, actor, "batch.stopped" if after == "stopped" else "batch.resumed", f"batch:{batch_id}", {})
            session.flush()
            return _view(session, row)


def digest_of(content: bytes, scope: Scope | None) -> str:
    """The SHA-256 of a file and of what was chosen for all its lines."""
    return hashlib.sha256((scope or Scope()).model_dump_json().encode() + b"\n" + content).hexdigest()


def _row(session: Session, batch_id: str) -> BatchRow:
    row = session.get(BatchRow, batch_id) if batch_id.isalnum() and batch_id.isascii() else None
    if row is None:
        raise NotFoundError("batch", batch_id, "It may have been removed.")
    return row


def _view(session: Session, row: BatchRow) -> BatchView:
    answered = session.scalar(select(func.count(BatchItemRow.answered)).where(BatchItemRow.batch_id == row.id))
    return _viewed(row, answered or 0)


def _viewed(row: BatchRow, answered: int) -> BatchView:
    return BatchView(
        batch_id=row.id,
        name=row.name,
        kind=cast(BatchKind, row.kind),
        state=cast(BatchState, row.state),
        reason=row.reason,
        total=row.total,
        answered=answered,
        created_at=row.created_at,
        created_by=row.created_by,
        finished_at=row.finished_at,
    )


def _item(row: BatchItemRow) -> BatchItem:
    answer = BatchAnswer.model_validate_json(row.answered) if row.answered else None
    return BatchItem(position=row.position, line=row.line, reference=row.reference, asked=row.asked, scope=Scope.model_validate_json(row.scope), answer=answer)
