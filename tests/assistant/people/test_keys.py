"""Keys for programs, on both makes of database."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from assistant.audit import AuditLog
from assistant.database.engine import Database
from assistant.errors import BadInputError, NotFoundError
from assistant.people.keys import Keys
from assistant.people.person import SYSTEM, Actor, ForbiddenError
from assistant.people.views import KeyView

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(database: Database, clock: Clock) -> Keys:
    return Keys(database, AuditLog(database, clock), clock)


@pytest.mark.parametrize("secret", ["", "mut_", "mut_\x00", "mut_" + "a" * 40, "a" * 44, "mut_\udcff", "mut_" + "a" * 100_000])
def test_what_is_no_key_is_nobodys(keys: Keys, secret: str) -> None:
    assert keys.actor(secret) is None


def test_a_key_is_made_used_and_revoked(keys: Keys, database: Database, clock: Clock) -> None:
    view, secret = keys.add("  Web  site ", ["draft", "ask", "ask"], SYSTEM)
    assert re.fullmatch(r"mut_[A-Za-z0-9_-]{40}", secret)
    made = KeyView(id=view.id, name="Web site", start=secret[:8], rights=["ask", "draft"], created_by="system", created_at=START, used_at=None, revoked_at=None)
    assert view == made
    assert keys.list(SYSTEM) == [made]
    actor = Actor(id=f"key:{view.id}", name="Web site", rights=frozenset({"ask", "draft"}))
    assert keys.actor(secret) == actor
    clock.now += timedelta(seconds=59)
    assert keys.actor(secret) == actor
    assert keys.list(SYSTEM)[0].used_at == START  # written down once a minute at most
    clock.now += timedelta(seconds=1)
    assert keys.actor(secret) == actor
    used = made.model_copy(update={"used_at": clock.now})
    assert keys.list(SYSTEM) == [used]
    for forged in (secret[:-1], secret + "a", secret.upper()):
        assert keys.actor(forged) is None
    revoked = used.model_copy(update={"revoked_at": clock.now})
    assert keys.revoke(view.id, SYSTEM) == revoked
    clock.now += timedelta(hours=1)
    assert keys.revoke(view.id, SYSTEM) == revoked
    assert keys.actor(secret) is None
    assert [(entry.action, entry.subject, entry.details) for entry in AuditLog(database).entries()] == [
        ("key.revoked", f"key:{view.id}", {}),
        ("key.added", f"key:{view.id}", {"rights": ["ask", "draft"]}),
    ]


@pytest.mark.parametrize(
    ("name", "rights", "message"),
    [
        ("", ["ask"], "name: is missing"),
        ("k", [], "rights: are some of ask, check, draft, read, administer; choose one at least."),
        ("k", ["ask", "fly"], "rights: are some of ask, check, draft, read, administer; choose one at least."),
        ("k", ["approve"], "rights: hold “approve”, which no key can have: a person approves. Leave it out."),
    ],
)
def test_a_key_that_cannot_be_is_refused(keys: Keys, name: str, rights: list[str], message: str) -> None:
    with pytest.raises(BadInputError, match=re.escape(message)):
        keys.add(name, rights, SYSTEM)
    assert keys.list(SYSTEM) == []


def test_a_key_has_no_more_rights_than_its_maker(keys: Keys) -> None:
    maker = Actor(id="key:" + "0" * 32, name="k", rights=frozenset({"administer", "ask"}))
    with pytest.raises(ForbiddenError, match=r"^You may not make a key with more rights than you have: you lack draft\.$"):
        keys.add("more", ["ask", "draft"], maker)
    view, _ = keys.add("as much", ["ask", "administer"], maker)
    assert (view.rights, view.created_by) == (["ask", "administer"], maker.id)


@pytest.mark.parametrize("key_id", ["", "0" * 32, "\x00", "a" * 1000])
def test_a_key_that_is_not_there_is_not_found(keys: Keys, key_id: str) -> None:
    with pytest.raises(NotFoundError, match="there is no key"):
        keys.revoke(key_id, SYSTEM)
