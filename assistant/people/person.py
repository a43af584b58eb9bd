"""Who does something at the desk, and what they may do."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Role = Literal["adviser", "approver", "admin"]
Right = Literal["ask", "check", "draft", "approve", "read", "administer"]
"""`read`: cases, drafts and figures. `draft`: also make and change them. `approve`: decide on others' drafts. `administer`: people, keys, removal of data."""

RIGHTS: dict[Role, frozenset[Right]] = {
    "adviser": frozenset({"ask", "check", "read", "draft"}),
    "approver": frozenset({"ask", "check", "read", "draft", "approve"}),
    "admin": frozenset({"ask", "check", "read", "draft", "approve", "administer"}),
}


class Actor(BaseModel):
    """Who does something: a person, a program with a key, or the system itself. `id` is what the log keeps: an account's id, `key:ID`, or `system`."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    rights: frozenset[Right]
    email: str = ""
    role: Role | None = None


SYSTEM = Actor(id="system", name="the system", rights=frozenset({"ask", "check", "read", "draft", "administer"}))
"""The command line and what runs by itself: whoever can run it has the database in their hands already. It approves nothing."""


class ForbiddenError(Exception):
    """The one who asks may not do this. The message says what is missing."""


def require(actor: Actor, right: Right, what: str) -> None:
    """Raises ForbiddenError where the actor lacks a right; `what` completes "You may not ..."."""
    if right not in actor.rights:
        raise ForbiddenError(f"You may not {what}: that needs the right “{right}”.")
