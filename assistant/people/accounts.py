"""Accounts: made, changed and disabled by an administrator. They are never deleted, so that what was done keeps its name."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import get_args
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from assistant.audit import AuditLog
from assistant.database.people_tables import AccountRow
from assistant.errors import BadInputError, NotFoundError
from assistant.people.person import RIGHTS, Actor, Role
from assistant.people.views import Person

_EMAIL = re.compile(r"[^@\s\x00-\x1f<>\"]+@[^@\s\x00-\x1f<>\"]+\.[^@\s\x00-\x1f<>\".]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\u2028\u2029]")
ID = re.compile("[0-9a-f]{32}")
EMAIL_LIMIT = 254
NAME_LIMIT = 200


def actor_of(row: AccountRow) -> Actor:
    """The person as an actor, with the rights of the role."""
    role = _role(row.role)
    return Actor(id=row.id, name=row.name, rights=RIGHTS[role], email=row.email, role=role)


def person_of(row: AccountRow) -> Person:
    """The account as it is shown."""
    return Person(
        id=row.id,
        email=row.email,
        name=row.name,
        role=_role(row.role),
        is_disabled=row.is_disabled,
        is_invited=not row.password,
        created_at=row.created_at,
    )


def email_in(text: str) -> str:
    """An email address in small letters. Raises BadInputError for what is none."""
    email = text.strip().lower()
    if not email:
        raise BadInputError("email", "is missing. Give an address as name@organisation.org.uk.")
    if len(email) > EMAIL_LIMIT or not _EMAIL.fullmatch(email) or _CONTROL.search(email):
        raise BadInputError("email", "is not an email address. Give one as name@organisation.org.uk.")
    return email


def name_in(text: str) -> str:
    """A name on one line. Raises BadInputError for an empty or overlong one."""
    name = " ".join(text.split())
    if not name:
        raise BadInputError("name", "is missing. Give the name as others should see it.")
    if len(name) > NAME_LIMIT or _CONTROL.search(name):
        raise BadInputError("name", f"cannot be used. Give at most {NAME_LIMIT} letters on one line.")
    return name


def role_in(text: str) -> Role:
    """A role. Raises BadInputError for any other word."""
    if text not in RIGHTS:
        raise BadInputError("role", f"is none that there is. Choose one of {', '.join(get_args(Role))}.")
    return _role(text)


def add_account(session: Session, email: str, name: str, role: Role, password: str, now: datetime) -> AccountRow:
    """Add an account in the caller's transaction; `password` is the hash, or empty. Raises BadInputError where the address has one already."""
    if session.scalar(select(AccountRow.id).where(AccountRow.email == email)):
        raise BadInputError("email", "has an account already. Change its role, enable it, or make a new link for it.")
    row = AccountRow(id=uuid4().hex, email=email, name=name, role=role, password=password, is_disabled=False, created_at=now)
    session.add(row)
    session.flush()
    return row


def account(session: Session, account_id: str) -> AccountRow:
    """One account. Raises NotFoundError."""
    row = session.get(AccountRow, account_id) if ID.fullmatch(account_id) else None
    if row is None:
        raise NotFoundError("account", account_id[:100], "The list of people shows who there is.")
    return row


def by_email(session: Session, email: str) -> AccountRow | None:
    """The account of an address, however it is written; none for what is no address, which a database may not even take."""
    try:
        known = email_in(email)
    except BadInputError:
        return None
    return session.scalar(select(AccountRow).where(AccountRow.email == known))


def change_role(session: Session, row: AccountRow, role: Role) -> None:
    """Give somebody another role; it holds from the next thing they do. Raises BadInputError for the last administrator."""
    if role != "admin":
        _keep_one(session, row, "role")
    row.role = role


def disable(session: Session, row: AccountRow) -> None:
    """Take somebody's way in. Raises BadInputError for the last administrator."""
    _keep_one(session, row, "account")
    row.is_disabled = True


def any_account(session: Session) -> bool:
    """Whether there is an account at all."""
    return session.scalar(select(AccountRow.id).limit(1)) is not None


Recorder = Callable[[Session, Actor, str, str], None]


def recorder(audit: AuditLog) -> Recorder:
    """Writes what was done to an account into the log: `record(session, actor, action, account id)`."""
    return lambda session, actor, action, account_id: audit.record(session, actor, action, f"account:{account_id}", {})


def _keep_one(session: Session, row: AccountRow, field: str) -> None:
    able: ColumnElement[bool] = and_(AccountRow.role == "admin", AccountRow.is_disabled.is_(False), AccountRow.password != "")
    is_able = row.role == "admin" and not row.is_disabled and row.password != ""
    if is_able and not session.scalar(select(func.count()).where(able, AccountRow.id != row.id)):
        raise BadInputError(field, "is that of the last administrator who can sign in. Make somebody else an administrator first.")


def _role(text: str) -> Role:
    for role in RIGHTS:
        if role == text:
            return role
    raise ValueError("there is an account with a role that this release does not know")
