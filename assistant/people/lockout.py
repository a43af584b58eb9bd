"""Guessing is slowed down: five wrong passwords in a row lock an email address for a quarter of an hour, whether it has an account or not."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from assistant.database.people_tables import TryRow
from assistant.people.tokens import hash_of

TRIES = 5
LOCKED = timedelta(minutes=15)
REMEMBERED = timedelta(days=1)
"""How long wrong passwords count that did not lock the address."""


class LockedOutError(Exception):
    """Too many wrong passwords. `seconds` says how long to wait."""

    def __init__(self, seconds: int):
        self.seconds = seconds
        super().__init__("Too many wrong passwords. Wait a quarter of an hour, then try again; or ask an administrator for a link to choose a new one.")


def begin_try(session: Session, email: str, now: datetime) -> bool:
    """Count a try as wrong before it is known to be: many at once can then not guess more often than one after the other.

    In the caller's writing transaction. Gives whether the address is locked where this try is wrong. Raises LockedOutError where it is already.
    """
    session.execute(delete(TryRow).where(TryRow.at <= now - REMEMBERED))
    row = session.get(TryRow, hash_of(email))
    if row and row.locked_until and row.locked_until > now:
        raise LockedOutError(max(1, round((row.locked_until - now).total_seconds())))
    if row is None or row.locked_until:
        row = session.merge(TryRow(email_hash=hash_of(email), failures=0, locked_until=None, at=now))
    row.failures += 1
    row.at = now
    row.locked_until = now + LOCKED if row.failures >= TRIES else None
    return row.locked_until is not None


def forget_tries(session: Session, email: str) -> None:
    """The password was right, or a new one was chosen."""
    session.execute(delete(TryRow).where(TryRow.email_hash == hash_of(email)))
