"""Links that work once: to make the first account, or to choose a password. Whoever makes one hands it over; no mail is sent."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from assistant.database.engine import Database
from assistant.database.people_tables import AccountRow, LinkRow
from assistant.people.accounts import any_account
from assistant.people.tokens import hash_of, new_token
from assistant.people.views import LinkView

SET_UP = "/set-up"
LASTS = timedelta(hours=24)
INVITATION_LASTS = timedelta(days=7)


class LinkGoneError(Exception):
    """The link was used, has expired, was replaced by a newer one, or never was."""

    def __init__(self) -> None:
        super().__init__("This link does not work any more: it was used, has expired, or was replaced by a newer one. Ask an administrator for a new one.")


class Links:
    """The links in the database."""

    def __init__(self, database: Database, now: Callable[[], datetime]):
        self._database = database
        self._now = now

    def make(self, session: Session, account: AccountRow | None) -> str:
        """A new link's token, for an account or for the first one; earlier links for the same are void. In the caller's transaction."""
        now, token = self._now(), new_token()
        lasts = INVITATION_LASTS if account and not account.password else LASTS
        void(session, account.id if account else None)
        session.add(LinkRow(token_hash=hash_of(token), account_id=account.id if account else None, created_at=now, expires_at=now + lasts))
        session.flush()
        return token

    def view(self, token: str) -> LinkView:
        """What a link is for. Raises LinkGoneError."""
        with self._database.session() as session:
            account = self.account(session, token)
            return LinkView(is_first=False, email=account.email, name=account.name) if account else LinkView(is_first=True)

    def account(self, session: Session, token: str) -> AccountRow | None:
        """Whose link it is; None for the first account's. Raises LinkGoneError."""
        row = session.get(LinkRow, hash_of(token))
        if row is None or row.expires_at <= self._now():
            raise LinkGoneError
        account = session.get(AccountRow, row.account_id) if row.account_id else None
        works = not account.is_disabled if account else row.account_id is None and not any_account(session)
        if not works:
            raise LinkGoneError
        return account


def void(session: Session, account_id: str | None) -> None:
    """Make all links of an account void, or those for the first account."""
    mine = LinkRow.account_id == account_id if account_id else LinkRow.account_id.is_(None)
    session.execute(delete(LinkRow).where(mine))
