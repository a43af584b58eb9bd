"""What is told of people, links and keys. No secret is in any of it."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from assistant.people.person import Right, Role


class Person(BaseModel):
    """One account. Who `is_invited` has not chosen a password yet."""

    model_config = ConfigDict(frozen=True)

    id: str
    email: str
    name: str
    role: Role
    is_disabled: bool
    is_invited: bool
    created_at: datetime


class LinkView(BaseModel):
    """What a one-time link is for: the first account, whose name and email are still to be given, or a new password for an account."""

    model_config = ConfigDict(frozen=True)

    is_first: bool
    email: str = ""
    name: str = ""


class KeyView(BaseModel):
    """A key for a program. `start` are its first characters; `created_by` the id of who made it."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    start: str
    rights: list[Right]
    created_by: str
    created_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None
