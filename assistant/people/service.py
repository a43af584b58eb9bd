"""The people who use the desk, as every face calls it: accounts, signing in, one-time links, keys."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from assistant.audit import AuditLog
from assistant.database.engine import Database
from assistant.database.people_tables import AccountRow, KeyRow
from assistant.errors import BadInputError, NotFoundError
from assistant.people.accounts import (
    account,
    actor_of,
    add_account,
    any_account,
    by_email,
    change_role,
    disable,
    email_in,
    name_in,
    person_of,
    recorder,
    role_in,
)
from assistant.people.keys import Keys
from assistant.people.links import SET_UP, LinkGoneError, Links, void
from assistant.people.lockout import LOCKED, LockedOutError, begin_try, forget_tries
from assistant.people.passwords import LONGEST, Passwords, check_password
from assistant.people.person import SYSTEM, Actor, require
from assistant.people.sessions import Sessions, end_all
from assistant.people.views import LinkView, Person

IDLE = timedelta(hours=8)
WHOLE = timedelta(days=7)


class WrongPasswordError(Exception):
    """The address and the password do not go together. It is not told whether there is such an account."""

    def __init__(self) -> None:
        super().__init__("The email address or the password is wrong.")


class PeopleService:
    """Accounts, sessions, links and keys in the database. Safe to share between threads and processes.

    Every method raises DatabaseUnavailableError too; those that take `by` raise ForbiddenError where that actor may not administer.
    `base` is the address of the server, as `http://127.0.0.1:7860`.
    """

    def __init__(
        self,
        database: Database,
        audit: AuditLog,
        idle: timedelta = IDLE,
        whole: timedelta = WHOLE,
        passwords: Passwords | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ):
        self._database = database
        self._audit = audit
        self._record = recorder(audit)
        self._passwords = passwords or Passwords()
        self._now = now
        self.whole = whole
        self.sessions = Sessions(database, idle, whole, now)
        self.links = Links(database, now)
        self.keys = Keys(database, audit, now)

    def has_accounts(self) -> bool:
        """Whether there is an account at all."""
        with self._database.session() as session:
            return any_account(session)

    def sign_in(self, email: str, password: str) -> str:
        """Begin a session; gives its token. Raises WrongPasswordError, or LockedOutError, for an address without an account just so."""
        email = email.strip().lower()
        with self._database.writing() as session:
            locks = begin_try(session, email, self._now())
            row = by_email(session, email)
            account_id, kept = (row.id, row.password) if row and not row.is_disabled else ("", "")
        is_right = self._passwords.is_right(kept, password[: LONGEST + 1])
        anew = self._passwords.hash(password) if is_right and self._passwords.is_outdated(kept) else kept
        with self._database.writing() as session:
            row = session.get(AccountRow, account_id) if is_right else None
            if row and not row.is_disabled and row.password == kept:  # neither disabled nor given another password meanwhile
                row.password = anew
                forget_tries(session, email)
                return self.sessions.begin(session, row.id)
            if locks and account_id:
                self._record(session, SYSTEM, "account.locked", account_id)
        if locks:
            raise LockedOutError(round(LOCKED.total_seconds()))
        raise WrongPasswordError

    def sign_out(self, token: str) -> None:
        """End a session; one that has ended already is left at that."""
        self.sessions.end(token)

    def actor_of_session(self, token: str) -> Actor | None:
        """Who is signed in under a session's token."""
        return self.sessions.actor(token)

    def actor_of_key(self, key: str) -> Actor | None:
        """The program that bears a key."""
        return self.keys.actor(key)

    def people(self, by: Actor) -> list[Person]:
        """All accounts by name. Everybody who may read cases sees them: cases are assigned to them."""
        require(by, "read", "see who there is")
        with self._database.session() as session:
            return [person_of(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.name, AccountRow.id))]

    def person(self, by: Actor, email: str) -> Person:
        """The account of an address. Raises NotFoundError."""
        require(by, "administer", "look up an account")
        with self._database.session() as session:
            row = by_email(session, email)
            if row is None:
                raise NotFoundError("account", email[:100], "The list of people shows who there is.")
            return person_of(row)

    def name_of(self, actor_id: str) -> str:
        """The name to show for who did something."""
        if actor_id == SYSTEM.id:
            return SYSTEM.name
        with self._database.session() as session:
            if actor_id.startswith("key:"):
                named = session.scalar(select(KeyRow.name).where(KeyRow.id == actor_id.removeprefix("key:")))
                return f"{named} (a key)" if named else "a key that is gone"
            return session.scalar(select(AccountRow.name).where(AccountRow.id == actor_id)) or "somebody who is gone"

    def set_up_link(self, base: str) -> str:
        """A one-time link to make the first account, an administrator's; an earlier one is void. Raises BadInputError where there is an account."""
        with self._database.writing() as session:
            if any_account(session):
                raise BadInputError("account", "of an administrator exists already. Sign in, or have a link made with `mutuals people link`.")
            return f"{base}{SET_UP}/{self.links.make(session, None)}"

    def invite(self, email: str, name: str, role: str, by: Actor, base: str) -> tuple[Person, str]:
        """A new account without a password, and the link by which its owner chooses one. Raises BadInputError."""
        require(by, "administer", "invite people")
        email, name, known = email_in(email), name_in(name), role_in(role)
        with self._database.writing() as session:
            row = add_account(session, email, name, known, "", self._now())
            self._audit.record(session, by, "account.invited", f"account:{row.id}", {"role": known})
            return person_of(row), f"{base}{SET_UP}/{self.links.make(session, row)}"

    def add(self, email: str, name: str, role: str, password: str, by: Actor) -> Person:
        """A new account with its password. Raises BadInputError."""
        require(by, "administer", "add people")
        email, name, known = email_in(email), name_in(name), role_in(role)
        check_password(password, email, name)
        kept = self._passwords.hash(password)
        with self._database.writing() as session:
            row = add_account(session, email, name, known, kept, self._now())
            void(session, None)
            self._audit.record(session, by, "account.added", f"account:{row.id}", {"role": known})
            return person_of(row)

    def reset(self, account_id: str, by: Actor, base: str) -> str:
        """A link by which somebody chooses a new password; the old one holds until then. Raises NotFoundError, BadInputError for a disabled account."""
        require(by, "administer", "make links")
        with self._database.writing() as session:
            row = account(session, account_id)
            if row.is_disabled:
                raise BadInputError("account", "is disabled. Enable it first.")
            self._record(session, by, "account.link", row.id)
            return f"{base}{SET_UP}/{self.links.make(session, row)}"

    def change(self, account_id: str, by: Actor, role: str | None = None, is_disabled: bool | None = None) -> Person:
        """Give somebody another role, disable or enable an account: all of it or nothing. None leaves a thing as it is.

        A role holds from the next thing its owner does; who is disabled is signed out everywhere, and their links are void.
        Raises NotFoundError, and BadInputError for the last administrator.
        """
        require(by, "administer", "change accounts")
        with self._database.writing() as session:
            row = account(session, account_id)
            if role is not None and role_in(role) != row.role:
                change_role(session, row, role_in(role))
                self._audit.record(session, by, "account.role", f"account:{row.id}", {"role": role})
            if is_disabled is not None and is_disabled != row.is_disabled:
                if is_disabled:
                    disable(session, row)
                    end_all(session, row.id)
                    void(session, row.id)
                else:
                    row.is_disabled = False
                    forget_tries(session, row.email)
                self._record(session, by, "account.disabled" if is_disabled else "account.enabled", row.id)
            return person_of(row)

    def change_role(self, account_id: str, role: str, by: Actor) -> Person:
        """As `change`, the role alone."""
        return self.change(account_id, by, role=role)

    def disable(self, account_id: str, by: Actor) -> Person:
        """As `change`: take somebody's way in."""
        return self.change(account_id, by, is_disabled=True)

    def enable(self, account_id: str, by: Actor) -> Person:
        """As `change`: give the way in back, with the password there was."""
        return self.change(account_id, by, is_disabled=False)

    def link(self, token: str) -> LinkView:
        """What a one-time link is for. Raises LinkGoneError."""
        return self.links.view(token)

    def use_link(self, token: str, password: str, email: str = "", name: str = "") -> str:
        """Choose a password, for the first account with its email and name; gives the token of a session. Other sessions end, the link is void.

        Raises LinkGoneError, and BadInputError, after which the link still works.
        """
        shown = self.links.view(token)
        email, name = (email_in(email), name_in(name)) if shown.is_first else (shown.email, shown.name)
        check_password(password, email, name)
        kept = self._passwords.hash(password)
        with self._database.writing() as session:
            row = self.links.account(session, token)  # another may have used it meanwhile
            if (row is None) != shown.is_first:
                raise LinkGoneError
            if row is None:
                row = add_account(session, email, name, "admin", kept, self._now())
                void(session, None)
            row.password = kept
            void(session, row.id)
            end_all(session, row.id)
            forget_tries(session, row.email)
            self._record(session, actor_of(row), "account.set_up" if shown.is_first else "account.password", row.id)
            return self.sessions.begin(session, row.id)
