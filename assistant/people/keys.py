"""Keys for programs: random, kept as what they hash to, with rights of their own. A key approves nothing: that takes a person."""

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import get_args
from uuid import uuid4

from sqlalchemy import select, update

from assistant.audit import AuditLog
from assistant.database.engine import Database, DatabaseUnavailableError
from assistant.database.people_tables import KeyRow
from assistant.errors import BadInputError, NotFoundError
from assistant.people.accounts import ID, name_in
from assistant.people.person import Actor, ForbiddenError, Right, require
from assistant.people.sessions import SEEN_EVERY
from assistant.people.tokens import hash_of
from assistant.people.views import KeyView

PREFIX = "mut_"
"""By which a key is known for one, also by programs that look for secrets in code."""
_SHOWN = 8
OFFERED: tuple[Right, ...] = tuple(right for right in get_args(Right) if right != "approve")


class Keys:
    """The keys in the database. Who makes, lists or revokes them needs the right `administer`."""

    def __init__(self, database: Database, audit: AuditLog, now: Callable[[], datetime]):
        self._database = database
        self._audit = audit
        self._now = now

    def add(self, name: str, rights: Sequence[str], by: Actor) -> tuple[KeyView, str]:
        """A new key, and its secret, which cannot be had again. Raises BadInputError, and ForbiddenError for more rights than the maker has."""
        require(by, "administer", "make keys")
        name, chosen = name_in(name), _rights(rights)
        missing = [right for right in chosen if right not in by.rights]
        if missing:
            raise ForbiddenError(f"You may not make a key with more rights than you have: you lack {', '.join(missing)}.")
        secret = PREFIX + secrets.token_urlsafe(30)
        now = self._now()
        with self._database.writing() as session:
            row = KeyRow(
                id=uuid4().hex,
                name=name,
                key_hash=hash_of(secret),
                start=secret[:_SHOWN],
                scopes=" ".join(chosen),
                created_by=by.id,
                created_at=now,
                used_at=None,
                revoked_at=None,
            )
            session.add(row)
            session.flush()
            self._audit.record(session, by, "key.added", f"key:{row.id}", {"rights": list(chosen)})
            return _view(row), secret

    def revoke(self, key_id: str, by: Actor) -> KeyView:
        """End a key at once. One that is revoked stays so. Raises NotFoundError."""
        require(by, "administer", "revoke keys")
        with self._database.writing() as session:
            row = session.get(KeyRow, key_id) if ID.fullmatch(key_id) else None
            if row is None:
                raise NotFoundError("key", key_id[:100], "The list of keys shows which there are.")
            if row.revoked_at is None:
                row.revoked_at = self._now()
                self._audit.record(session, by, "key.revoked", f"key:{row.id}", {})
            return _view(row)

    def list(self, by: Actor) -> list[KeyView]:
        """All keys, the newest first, those that were revoked too."""
        require(by, "administer", "see the keys")
        with self._database.session() as session:
            return [_view(row) for row in session.scalars(select(KeyRow).order_by(KeyRow.created_at.desc(), KeyRow.id))]

    def actor(self, secret: str) -> Actor | None:
        """The program that bears a key, or nobody where it is none of ours or was revoked."""
        if not secret.startswith(PREFIX):
            return None
        now = self._now()
        with self._database.session() as session:
            row = session.scalar(select(KeyRow).where(KeyRow.key_hash == hash_of(secret)))
            if row is None or row.revoked_at is not None:
                return None
            key_id, used_at = row.id, row.used_at
            actor = Actor(id=f"key:{row.id}", name=row.name, rights=frozenset(_rights(row.scopes.split())))
        if used_at is None or now - used_at >= SEEN_EVERY:
            with suppress(DatabaseUnavailableError), self._database.writing() as session:
                session.execute(update(KeyRow).where(KeyRow.id == key_id).values(used_at=now))
        return actor


def _rights(words: Sequence[str]) -> tuple[Right, ...]:
    """Known rights, each once, in the order of the vocabulary. Raises BadInputError."""
    unknown = [word for word in words if word not in OFFERED]
    if "approve" in unknown:
        raise BadInputError("rights", "hold “approve”, which no key can have: a person approves. Leave it out.")
    if unknown or not words:
        raise BadInputError("rights", f"are some of {', '.join(OFFERED)}; choose one at least.")
    return tuple(right for right in OFFERED if right in words)


def _view(row: KeyRow) -> KeyView:
    return KeyView(
        id=row.id,
        name=row.name,
        start=row.start,
        rights=list(_rights(row.scopes.split())),
        created_by=row.created_by,
        created_at=row.created_at,
        used_at=row.used_at,
        revoked_at=row.revoked_at,
    )
