"""Accounts, signing in, links: on both makes of database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, text

from assistant.audit import AuditLog
from assistant.database.engine import Database
from assistant.database.people_tables import AccountRow, LinkRow, SessionRow, TryRow
from assistant.errors import BadInputError, NotFoundError
from assistant.people.links import LinkGoneError
from assistant.people.lockout import LockedOutError
from assistant.people.passwords import Passwords
from assistant.people.person import RIGHTS, SYSTEM, Actor, ForbiddenError
from assistant.people.service import PeopleService, WrongPasswordError
from assistant.people.views import LinkView, Person

BASE = "https://desk.example.org"
GOOD = "four lighthouse pens"
BETTER = "seven quiet otters"
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
def people(database: Database, clock: Clock) -> PeopleService:
    """The service, with passwords that cost little."""
    quick = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    return PeopleService(database, AuditLog(database, clock), passwords=quick, now=clock)


def token_of(link: str) -> str:
    assert link.startswith(f"{BASE}/set-up/")
    return link.rpartition("/")[2]


def add(people: PeopleService, email: str = "ada@example.org", role: str = "adviser") -> Person:
    return people.add(email, "Ada Byron", role, GOOD, SYSTEM)


def fails(people: PeopleService, email: str, times: int) -> None:
    for _ in range(times):
        with pytest.raises(WrongPasswordError):
            people.sign_in(email, "not the right one")


def done(people: PeopleService, database: Database) -> list[tuple[str, str, str, dict[str, object]]]:
    """What the audit log holds, in order."""
    log = AuditLog(database)
    assert log.verify().broken is None
    return [(entry.actor, entry.action, entry.subject, dict(entry.details)) for entry in reversed(log.entries())]


def test_without_accounts_nobody_signs_in_and_there_is_nobody(people: PeopleService) -> None:
    assert not people.has_accounts()
    assert people.people(SYSTEM) == []
    assert people.actor_of_session("") is None
    assert people.actor_of_session("forged") is None
    assert people.name_of("system") == "the system"
    assert people.name_of("0" * 32) == "somebody who is gone"
    assert people.name_of("key:" + "0" * 32) == "a key that is gone"
    fails(people, "ada@example.org", 1)
    people.sign_out("forged")


def test_the_set_up_link_makes_the_first_administrator_once(people: PeopleService, database: Database, clock: Clock) -> None:
    older = token_of(people.set_up_link(BASE))
    token = token_of(people.set_up_link(BASE))
    with pytest.raises(LinkGoneError):
        people.link(older)
    assert people.link(token) == LinkView(is_first=True)
    with pytest.raises(BadInputError, match="password: is shorter"):
        people.use_link(token, "short", "Ada@Example.org", "Ada Byron")
    session = people.use_link(token, GOOD, " Ada@Example.org ", " Ada  Byron ")
    [person] = people.people(SYSTEM)
    assert person == Person(id=person.id, email="ada@example.org", name="Ada Byron", role="admin", is_disabled=False, is_invited=False, created_at=START)
    assert people.actor_of_session(session) == Actor(id=person.id, name="Ada Byron", rights=RIGHTS["admin"], email="ada@example.org", role="admin")
    assert people.name_of(person.id) == "Ada Byron"
    assert done(people, database) == [(person.id, "account.set_up", f"account:{person.id}", {})]
    for again in (token, older):
        with pytest.raises(LinkGoneError):
            people.use_link(again, GOOD, "eve@example.org", "Eve")
    with pytest.raises(BadInputError, match="account: of an administrator exists already"):
        people.set_up_link(BASE)


def test_a_set_up_link_ends_after_a_day_and_when_an_account_is_made_otherwise(people: PeopleService, clock: Clock) -> None:
    token = token_of(people.set_up_link(BASE))
    clock.now += timedelta(hours=23, minutes=59)
    assert people.link(token) == LinkView(is_first=True)
    clock.now += timedelta(minutes=1)
    with pytest.raises(LinkGoneError):
        people.link(token)
    token = token_of(people.set_up_link(BASE))
    people.invite("ada@example.org", "Ada", "admin", SYSTEM, BASE)
    with pytest.raises(LinkGoneError):
        people.use_link(token, GOOD, "eve@example.org", "Eve")


def test_one_set_up_link_used_by_many_at_once_makes_one_account(people: PeopleService) -> None:
    token = token_of(people.set_up_link(BASE))
    together = Barrier(4)

    def use(number: int) -> bool:
        together.wait()
        try:
            people.use_link(token, GOOD, f"person{number}@example.org", "Somebody")
        except LinkGoneError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(use, range(4))) == [False, False, False, True]
    assert len(people.people(SYSTEM)) == 1


def test_who_is_invited_chooses_a_password_by_the_link(people: PeopleService, database: Database, clock: Clock) -> None:
    person, link = people.invite("grace@example.org", "Grace", "approver", SYSTEM, BASE)
    assert person.is_invited
    fails(people, "grace@example.org", 4)
    with pytest.raises(WrongPasswordError):
        PeopleService(database, AuditLog(database)).sign_in("hopper@example.org", "")
    clock.now += timedelta(days=6)
    token = token_of(link)
    assert people.link(token) == LinkView(is_first=False, email="grace@example.org", name="Grace")
    session = people.use_link(token, GOOD, "ignored@example.org", "Ignored")
    actor = people.actor_of_session(session)
    assert actor
    assert (actor.id, actor.email, actor.role) == (person.id, "grace@example.org", "approver")
    assert people.actor_of_session(people.sign_in("GRACE@example.org ", GOOD)) == actor
    subject = f"account:{person.id}"
    assert done(people, database) == [("system", "account.invited", subject, {"role": "approver"}), (person.id, "account.password", subject, {})]


def test_a_reset_link_ends_all_sessions_when_it_is_used(people: PeopleService, clock: Clock) -> None:
    person = add(people)
    before = people.sign_in(person.email, GOOD)
    older = token_of(people.reset(person.id, SYSTEM, BASE))
    token = token_of(people.reset(person.id, SYSTEM, BASE))
    assert people.actor_of_session(before)
    assert people.actor_of_session(people.sign_in(person.email, GOOD))
    with pytest.raises(LinkGoneError):
        people.use_link(older, BETTER)
    after = people.use_link(token, BETTER)
    assert people.actor_of_session(before) is None
    assert people.actor_of_session(after)
    with pytest.raises(WrongPasswordError):
        people.sign_in(person.email, GOOD)
    late = token_of(people.reset(person.id, SYSTEM, BASE))
    clock.now += timedelta(days=1)
    with pytest.raises(LinkGoneError):
        people.use_link(late, GOOD)


def test_a_session_ends_when_unused_after_its_days_and_by_signing_out(people: PeopleService, database: Database, clock: Clock) -> None:
    person = add(people)
    idle, used, out = (people.sign_in(person.email, GOOD) for _ in range(3))
    people.sign_out(out)
    assert people.actor_of_session(out) is None
    for _ in range(23):
        clock.now += timedelta(hours=7)
        assert people.actor_of_session(used)
    assert people.actor_of_session(idle) is None
    clock.now += timedelta(hours=6, minutes=59)
    assert people.actor_of_session(used)
    clock.now += timedelta(minutes=1)  # seven days
    assert people.actor_of_session(used) is None
    newest = people.sign_in(person.email, GOOD)
    with database.session() as session:
        kept = session.scalars(select(SessionRow.token_hash)).all()
    assert len(kept) == 1
    assert newest not in kept


def test_a_token_is_not_kept_and_a_changed_one_is_nobodys(people: PeopleService, database: Database) -> None:
    token = people.sign_in(add(people).email, GOOD)
    for forged in (token[:-1], token + "a", token.swapcase(), "\udcff", "\x00", "a" * 100_000):
        assert people.actor_of_session(forged) is None
    with database.session() as session:
        row = session.scalars(select(SessionRow)).one()
        assert token not in (row.token_hash, row.account_id)


def test_who_is_disabled_is_out_at_once_and_in_again_when_enabled(people: PeopleService, database: Database) -> None:
    person = add(people)
    token, link = people.sign_in(person.email, GOOD), token_of(people.reset(person.id, SYSTEM, BASE))
    assert people.disable(person.id, SYSTEM) == person.model_copy(update={"is_disabled": True})
    assert people.actor_of_session(token) is None
    fails(people, person.email, 1)
    with pytest.raises(WrongPasswordError):
        people.sign_in(person.email, GOOD)
    for use in (lambda: people.link(link), lambda: people.use_link(link, BETTER)):
        with pytest.raises(LinkGoneError):
            use()
    with pytest.raises(BadInputError, match=r"^account: is disabled\. Enable it first\.$"):
        people.reset(person.id, SYSTEM, BASE)
    assert people.disable(person.id, SYSTEM).is_disabled
    assert people.enable(person.id, SYSTEM) == person
    assert people.actor_of_session(people.sign_in(person.email, GOOD))
    subject = f"account:{person.id}"
    assert done(people, database) == [
        ("system", "account.added", subject, {"role": "adviser"}),
        ("system", "account.link", subject, {}),
        ("system", "account.disabled", subject, {}),
        ("system", "account.enabled", subject, {}),
    ]


@pytest.mark.parametrize("known", [True, False])
def test_five_wrong_passwords_lock_an_address_alike_with_and_without_an_account(people: PeopleService, database: Database, clock: Clock, known: bool) -> None:
    person = add(people)
    email = person.email if known else "nobody@example.org"
    fails(people, email, 4)
    clock.now += timedelta(minutes=1)
    with pytest.raises(LockedOutError) as locked:
        people.sign_in(email, "still wrong")
    assert locked.value.seconds == 15 * 60
    clock.now += timedelta(minutes=5)
    with pytest.raises(LockedOutError) as locked:
        people.sign_in(email, GOOD)
    assert locked.value.seconds == 10 * 60
    told = [("system", "account.locked", f"account:{person.id}", {})] if known else []
    assert done(people, database)[1:] == told
    clock.now += timedelta(minutes=10)
    fails(people, email, 4)
    if known:
        assert people.actor_of_session(people.sign_in(email, GOOD))
        fails(people, email, 4)


def test_wrong_passwords_at_once_are_all_counted_and_no_more_than_five_are_tried(people: PeopleService, database: Database) -> None:
    add(people)
    together = Barrier(12)

    def guess(number: int) -> type[Exception]:
        together.wait()
        try:
            people.sign_in("ada@example.org", f"guess number {number}")
        except (WrongPasswordError, LockedOutError) as error:
            return type(error)
        raise AssertionError("a guess was right")

    with ThreadPoolExecutor(12) as pool:
        told = list(pool.map(guess, range(12)))
    assert (told.count(WrongPasswordError), told.count(LockedOutError)) == (4, 8)
    with database.session() as session:
        assert session.scalars(select(TryRow.failures)).all() == [5]
    assert [action for _, action, _, _ in done(people, database)] == ["account.added", "account.locked"]


def test_wrong_passwords_of_yesterday_are_forgotten(people: PeopleService, clock: Clock) -> None:
    add(people)
    fails(people, "ada@example.org", 4)
    clock.now += timedelta(days=1)
    fails(people, "ada@example.org", 4)


def test_a_password_is_hashed_anew_when_the_parameters_have_changed(people: PeopleService, database: Database, clock: Clock) -> None:
    add(people)
    dearer = Passwords(PasswordHasher(time_cost=2, memory_cost=64, parallelism=1))
    later = PeopleService(database, AuditLog(database), passwords=dearer, now=clock)

    def kept() -> str:
        with database.session() as session:
            return session.scalars(select(AccountRow.password)).one()

    assert "t=1" in kept()
    fails(later, "ada@example.org", 1)
    assert "t=1" in kept()
    later.sign_in("ada@example.org", GOOD)
    assert "t=2" in kept()
    assert GOOD not in kept()
    later.sign_in("ada@example.org", GOOD)


def test_the_last_administrator_stays_one(people: PeopleService) -> None:
    first = add(people, role="admin")
    second, link = people.invite("grace@example.org", "Grace", "admin", SYSTEM, BASE)
    for change in (lambda: people.disable(first.id, SYSTEM), lambda: people.change_role(first.id, "adviser", SYSTEM)):
        with pytest.raises(BadInputError, match=r"is that of the last administrator who can sign in\. Make somebody else an administrator first\.$"):
            change()  # one who has not chosen a password yet cannot take over
    assert people.change_role(first.id, "admin", SYSTEM) == first
    people.use_link(token_of(link), GOOD)
    assert people.change_role(first.id, "adviser", SYSTEM).role == "adviser"
    with pytest.raises(BadInputError):
        people.change(second.id, SYSTEM, role="approver", is_disabled=True)
    assert [person.role for person in people.people(SYSTEM)] == ["adviser", "admin"]


def test_two_administrators_who_disable_each_other_at_once_do_not_both_succeed(people: PeopleService) -> None:
    both = [add(people, f"{name}@example.org", "admin") for name in ("ada", "grace")]
    together = Barrier(2)

    def disable(person: Person) -> bool:
        together.wait()
        try:
            people.disable(person.id, SYSTEM)
        except BadInputError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(disable, both)) == [False, True]


def test_a_new_role_holds_at_once(people: PeopleService) -> None:
    person = add(people)
    token = people.sign_in(person.email, GOOD)
    people.change_role(person.id, "approver", SYSTEM)
    actor = people.actor_of_session(token)
    assert actor
    assert (actor.role, actor.rights) == ("approver", RIGHTS["approver"])


@pytest.mark.parametrize(
    ("email", "name", "role", "password", "message"),
    [
        ("", "Ada", "admin", GOOD, "email: is missing"),
        ("ada", "Ada", "admin", GOOD, "email: is not an email address"),
        ("a b@example.org", "Ada", "admin", GOOD, "email: is not an email address"),
        ("ada@example.org\x00", "Ada", "admin", GOOD, "email: is not an email address"),
        ("a" * 250 + "@example.org", "Ada", "admin", GOOD, "email: is not an email address"),
        ("ada@example.org", " \n", "admin", GOOD, "name: is missing"),
        ("ada@example.org", "A" * 201, "admin", GOOD, "name: cannot be used"),
        ("ada@example.org", "A\x00", "admin", GOOD, "name: cannot be used"),
        ("ada@example.org", "Ada", "owner", GOOD, "role: is none that there is. Choose one of adviser, approver, admin."),
        ("ada@example.org", "Ada", "admin", "", "password: is shorter"),
        ("taken@example.org", "Ada", "admin", GOOD, "email: has an account already"),
        ("TAKEN@example.org", "Ada", "admin", GOOD, "email: has an account already"),
    ],
)
def test_what_cannot_be_an_account_is_named_and_nothing_is_kept(people: PeopleService, email: str, name: str, role: str, password: str, message: str) -> None:
    taken = add(people, "taken@example.org")
    with pytest.raises(BadInputError, match=message.replace("(", r"\(")):
        people.add(email, name, role, password, SYSTEM)
    assert people.people(SYSTEM) == [taken]


@pytest.mark.parametrize("account_id", ["", "0" * 32, "\x00", "../../etc", "a" * 1000])
def test_an_account_that_is_not_there_is_not_found(people: PeopleService, account_id: str) -> None:
    for change in (people.disable, people.enable):
        with pytest.raises(NotFoundError, match="there is no account"):
            change(account_id, SYSTEM)
    with pytest.raises(NotFoundError, match="there is no account"):
        people.person(SYSTEM, account_id)


def test_only_who_may_administer_changes_anything(people: PeopleService, database: Database) -> None:
    person = add(people)
    actor = people.actor_of_session(people.sign_in(person.email, GOOD))
    assert actor
    attempts: list[Callable[[], object]] = [
        lambda: people.add("eve@example.org", "Eve", "admin", GOOD, actor),
        lambda: people.invite("eve@example.org", "Eve", "admin", actor, BASE),
        lambda: people.reset(person.id, actor, BASE),
        lambda: people.change(person.id, actor, role="admin"),
        lambda: people.disable(person.id, actor),
        lambda: people.person(actor, person.email),
        lambda: people.keys.add("mine", ["ask"], actor),
        lambda: people.keys.list(actor),
        lambda: people.keys.revoke("0" * 32, actor),
    ]
    for attempt in attempts:
        with pytest.raises(ForbiddenError, match=r"^You may not .*: that needs the right “administer”\.$"):
            attempt()
    assert people.people(actor) == [person]  # cases are assigned to people, so that advisers see who there is
    assert len(done(people, database)) == 1


def test_no_secret_stands_in_the_database(people: PeopleService, database: Database) -> None:
    person = add(people)
    secrets = [GOOD, people.sign_in(person.email, GOOD), token_of(people.reset(person.id, SYSTEM, BASE)), people.keys.add("k", ["ask"], SYSTEM)[1]]
    with database.session() as session:
        rows = [
            str(tuple(row)) for table in ("accounts", "sessions", "links", "keys", "audit", "tries") for row in session.execute(text(f"SELECT * FROM {table}"))
        ]
        assert session.scalars(select(LinkRow.account_id)).all() == [person.id]
    assert rows
    assert not any(secret in row for secret in secrets for row in rows)
    assert not any(person.email in row or "Ada" in row for row in rows if "account.added" in row)
