"""Conversations that are kept: their turns in order, each with its answer, for whoever holds the id and the key they were begun with."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import uuid4

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, CursorResult, delete, select, update
from sqlalchemy.orm import Session

from assistant.answers import Answer
from assistant.database.conversation_tables import ConversationRow, TurnRow
from assistant.database.engine import Database
from assistant.errors import BadInputError, NotFoundError

TURN_LIMIT = 200
"""Turns one conversation holds: some ten times what anybody asks in a sitting, and as much as a browser shows and an export holds with ease."""
_ID = re.compile("[0-9a-f]{32}")
GONE = "It may have been deleted, or removed after a time without use. To start a new conversation, leave conversation_id out."


class Turn(BaseModel):
    """One question with its answer. Positions count from 1 without a gap."""

    model_config = ConfigDict(frozen=True)

    position: int
    asked_at: datetime
    answer: Answer


def owner_of(key: str | None) -> str:
    """Who holds a conversation: nobody, or the bearer of a key, known by its SHA-256 alone."""
    return hashlib.sha256(key.encode()).hexdigest() if key else ""


def new_id() -> str:
    """An id that cannot be guessed: 122 random bits from the operating system. Who has it, and the key if there was one, has the conversation."""
    return uuid4().hex


class ConversationStore:
    """Keeps conversations in the database. Safe to share between threads and processes.

    Another owner's conversation is told exactly as one that does not exist: NotFoundError. Every method raises DatabaseUnavailableError too.
    """

    def __init__(self, database: Database):
        self._database = database

    def open(self) -> None:
        """Make the database ready. Raises NewerDatabaseError."""
        self._database.open()

    def close(self) -> None:
        """Let the database go; it is opened again where it is used again."""
        self._database.engine.dispose()

    def begin(self, answer: Answer, owner: str = "") -> None:
        """Keep the first turn of a new conversation, the one that the answer names."""
        now = datetime.now(UTC)
        with self._database.session() as session:
            session.add(ConversationRow(id=answer.conversation_id, owner=owner, turn_count=1, active_at=now))
            session.flush()
            _add(session, answer, 1, now)

    def add_turn(self, answer: Answer, owner: str = "") -> None:
        """Keep the next turn of the conversation that the answer names.

        Two at once are both kept, one after the other: the count is raised first, which holds off every other writer to the conversation.
        Raises BadInputError where the conversation is full.
        """
        _check_id(answer.conversation_id)
        now = datetime.now(UTC)
        with self._database.session() as session:
            mine = (ConversationRow.id == answer.conversation_id, ConversationRow.owner == owner)
            session.execute(update(ConversationRow).where(*mine).values(turn_count=ConversationRow.turn_count + 1, active_at=now))
            position = session.scalar(select(ConversationRow.turn_count).where(*mine))
            if position is None:
                raise not_found(answer.conversation_id)
            if position > TURN_LIMIT:
                raise full()
            _add(session, answer, position, now)

    def turns(self, conversation_id: str, owner: str = "", last: int | None = None) -> list[Turn]:
        """The turns in order, or only so many of the last ones."""
        _check_id(conversation_id)
        with self._database.session() as session:
            count = session.scalar(select(ConversationRow.turn_count).where(ConversationRow.id == conversation_id, ConversationRow.owner == owner))
            if count is None:
                raise not_found(conversation_id)
            first = 0 if last is None else count - last
            wanted = select(TurnRow).where(TurnRow.conversation_id == conversation_id, TurnRow.position > first, TurnRow.position <= count)
            rows = session.scalars(wanted.order_by(TurnRow.position))
            turns = [Turn(position=row.position, asked_at=row.asked_at, answer=Answer.model_validate_json(row.answer)) for row in rows]
        if not turns:  # deleted since it was counted, which a database other than SQLite lets happen
            raise not_found(conversation_id)
        return turns

    def delete(self, conversation_id: str, owner: str = "") -> None:
        """Remove a conversation with all its turns."""
        _check_id(conversation_id)
        with self._database.session() as session:
            mine = (ConversationRow.id == conversation_id, ConversationRow.owner == owner)
            removed = _remove(session, *mine)
        if not removed:
            raise not_found(conversation_id)
        self._database.forget()

    def remove_idle(self, days: int) -> int:
        """Remove the conversations that nobody has gone on with for so many days; 0 removes none. How many were removed."""
        if not days:
            return 0
        limit = datetime.now(UTC) - timedelta(days=days)
        with self._database.session() as session:
            removed = _remove(session, ConversationRow.active_at < limit)
        if removed:
            self._database.forget()
        return removed


def not_found(conversation_id: str) -> NotFoundError:
    """The error for a conversation that is not there, or is another's."""
    return NotFoundError("conversation", conversation_id, GONE)


def full() -> BadInputError:
    """The error for a turn more than a conversation holds."""
    return BadInputError("conversation_id", f"names a conversation with {TURN_LIMIT} turns, the most that one holds. Leave it out to start a new one.")


def _check_id(conversation_id: str) -> None:
    """An id that was never one of ours is not looked for: a database may not even take it as text."""
    if not _ID.fullmatch(conversation_id):
        raise not_found(conversation_id)


def _remove(session: Session, *which: ColumnElement[bool]) -> int:
    return cast(CursorResult[Any], session.execute(delete(ConversationRow).where(*which))).rowcount


def _add(session: Session, answer: Answer, position: int, now: datetime) -> None:
    session.add(TurnRow(conversation_id=answer.conversation_id, position=position, asked_at=now, answer=answer.model_dump_json()))
