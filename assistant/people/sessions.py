"""Browsers that somebody is signed in at. A session ends when it was not used for some hours, after some days, or when somebody signs out."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from assistant.database.engine import Database, DatabaseUnavailableError
from assistant.database.people_tables import AccountRow, SessionRow
from assistant.people.accounts import actor_of
from assistant.people.person import Actor
from assistant.people.tokens import hash_of, new_token

SESSION_COOKIE = "mutuals_session"
SEEN_EVERY = timedelta(minutes=1)
"""How often it is written down that a session, or a key, is in use."""


class Sessions:
    """The sessions in the database. `idle` and `whole` say how long one lasts unused, and at most."""

    def __init__(self, database: Database, idle: timedelta, whole: timedelta, now: Callable[[], datetime]):
        self._database = database
        self._idle = idle
        self._whole = whole
        self._now = now

    def begin(self, session: Session, account_id: str) -> str:
        """Begin one, in the caller's transaction; gives its token. Those that have ended are taken away."""
        now, token = self._now(), new_token()
        session.execute(delete(SessionRow).where(or_(SessionRow.expires_at <= now, SessionRow.seen_at <= now - self._idle)))
        session.add(SessionRow(token_hash=hash_of(token), account_id=account_id, created_at=now, seen_at=now, expires_at=now + self._whole))
        return token

    def actor(self, token: str) -> Actor | None:
        """Who is signed in, or nobody where the token is forged, has ended, or the account was disabled."""
        now, mine = self._now(), SessionRow.token_hash == hash_of(token)
        with self._database.session() as session:
            found = session.execute(select(SessionRow, AccountRow).join(AccountRow, AccountRow.id == SessionRow.account_id).where(mine)).first()
            if not found:
                return None
            row, account = found
            if account.is_disabled or now >= row.expires_at or now - row.seen_at >= self._idle:
                return None
            actor, seen_at = actor_of(account), row.seen_at
        if now - seen_at >= SEEN_EVERY:
            with suppress(DatabaseUnavailableError), self._database.writing() as session:  # who may read may read, also where nothing can be written
                session.execute(update(SessionRow).where(mine, SessionRow.seen_at < now).values(seen_at=now))
        return actor

    def end(self, token: str) -> None:
        """Sign out."""
        with self._database.writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.token_hash == hash_of(token)))


def end_all(session: Session, account_id: str) -> None:
    """Sign somebody out everywhere, in the caller's transaction."""
    session.execute(delete(SessionRow).where(SessionRow.account_id == account_id))
