"""Casework: an enquiry is opened as a case, read, changed, and brought to its end; with who did what when."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.audit import AuditEntry, AuditLog
from assistant.conversations import new_id
from assistant.database.desk_tables import CaseRow, DraftRow, ProspectRow
from assistant.database.engine import Database
from assistant.database.people_tables import AccountRow
from assistant.desk.case_search import listed
from assistant.desk.case_views import PROPOSED_FIELDS, Case, CaseChange, CaseFilters, CasePage, CaseSummary, Proposed, SimilarCase, storable
from assistant.desk.reading_cases import case_of, summary_of
from assistant.desk.similar_cases import Likeness
from assistant.desk.words import CaseStatus, Channel
from assistant.errors import BadInputError, ConflictError, NotFoundError
from assistant.people.person import Actor, require
from index.embedding import Embedder

__all__ = ["Case", "CaseChange", "CaseFilters", "CasePage", "CaseService", "CaseSummary", "Proposed", "SimilarCase"]

REPLY_DAYS = 10
ENQUIRY_LIMIT = 100_000
"""Characters of the longest enquiry that is kept."""
_ID = re.compile("[0-9a-f]{32}")
_ADVICE = "It may have been removed. The inbox shows the cases that there are."


def due_day(received: date, days: int) -> date:
    """So many working days after a day: Mondays to Fridays. Bank holidays are not known here and count as working days."""
    offset: date = np.busday_offset(np.datetime64(received, "D"), days, roll="backward").astype(object)
    return offset


class CaseService:
    """Keeps cases. Safe to share between threads and processes.

    Every method raises ForbiddenError for an actor without the right, NotFoundError for a case that is not there, and DatabaseUnavailableError.
    """

    def __init__(
        self,
        database: Database,
        audit: AuditLog,
        reply_days: int = REPLY_DAYS,
        today: Callable[[], date] = date.today,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        embedder: Embedder | None = None,
    ):
        self._database = database
        self._audit = audit
        self._reply_days = reply_days
        self._today = today
        self._now = now
        self._likeness = Likeness(embedder)

    def open_case(
        self,
        session: Session,
        actor: Actor,
        enquiry: str,
        searchable: str,
        channel: Channel,
        name: str,
        contact: str,
        proposed: Proposed,
        organisation: str = "",
        received_at: datetime | None = None,
    ) -> str:
        """Open a case in the caller's `writing()` transaction and give its id. `searchable` is the enquiry with personal data masked.

        Raises BadInputError for an enquiry that is empty or too long.
        """
        require(actor, "draft", "open a case")
        if not enquiry.strip():
            raise BadInputError("enquiry", "is empty. Paste or type what was asked.")
        if len(enquiry) > ENQUIRY_LIMIT:
            raise BadInputError("enquiry", f"has {len(enquiry):,} characters; the most is {ENQUIRY_LIMIT:,}. Leave out what does not belong to it.")
        now = self._now()
        received = received_at or now
        number = (session.scalar(select(func.max(CaseRow.number))) or 0) + 1
        told = [field for field in PROPOSED_FIELDS if getattr(proposed, field)]
        row = CaseRow(
            id=new_id(),
            number=number,
            received_at=received,
            channel=channel,
            name=storable(name)[:200],
            contact=storable(contact)[:254],
            organisation=storable(organisation)[:200],
            enquiry=storable(enquiry),
            searchable=storable(searchable),
            status="new",
            due_on=due_day(received.date(), self._reply_days),
            unconfirmed=" ".join(told),
            version=1,
            updated_at=now,
            **proposed.model_dump(),
        )
        session.add(row)
        session.flush()
        self._audit.record(session, actor, "case.opened", f"case:{row.id}", {"number": number, "channel": channel, "proposed": list(told)})
        return row.id

    def set_status(self, session: Session, case_id: str, status: CaseStatus) -> None:
        """Say where a case stands, in the caller's `writing()` transaction. Whoever calls it writes to the log what was done."""
        row = _row(session, case_id)
        if row.status != status:
            self._stand(row, status)
            row.version += 1
            row.updated_at = self._now()

    def case(self, actor: Actor, case_id: str) -> Case:
        """One case, whole."""
        require(actor, "read", "read cases")
        with self._database.session() as session:
            return case_of(_row(session, case_id), self._today())

    def cases(self, actor: Actor, filters: CaseFilters | None = None) -> CasePage:
        """One page of the cases asked for."""
        require(actor, "read", "read cases")
        with self._database.session() as session:
            return listed(session, filters or CaseFilters(), self._today())

    def change(self, actor: Actor, case_id: str, version: int, change: CaseChange) -> Case:
        """Change the fields that are given; the case as it is then.

        Raises ConflictError where the version is not the one that is stored, and BadInputError for an account or a prospect that is none.
        """
        require(actor, "draft", "change cases")
        given = {name: getattr(change, name) for name in sorted(change.model_fields_set)}
        with self._database.writing() as session:
            row = _row(session, case_id)
            if row.version != version:
                raise ConflictError(case_of(row, self._today()), change.model_dump(mode="json", exclude_unset=True))
            if row.erased_at:
                raise BadInputError("case_id", "names a case whose data has been erased; it cannot be changed.")
            _check(session, given)
            before = case_of(row, self._today())
            self._apply(session, row, given)
            changed = _changed(before, case_of(row, self._today()))
            if changed:
                row.version += 1
                row.updated_at = self._now()
                self._audit.record(session, actor, "case.changed", f"case:{case_id}", {"fields": list(changed), "version": row.version})
            return case_of(row, self._today())

    def similar(self, actor: Actor, case_id: str, k: int = 5) -> list[SimilarCase]:
        """The past cases most like this one, best first, each with the reason; none of those whose data has been erased."""
        require(actor, "read", "read cases")
        with self._database.session() as session:
            row = _row(session, case_id)
            if row.erased_at:
                return []
            found = self._likeness.nearest(session, row, k)
            rows = {each.id: each for each in session.scalars(select(CaseRow).where(CaseRow.id.in_([each.case_id for each in found])))}
            return [SimilarCase(case=summary_of(rows[each.case_id], self._today()), score=each.score, why=each.why) for each in found if each.case_id in rows]

    def history(self, actor: Actor, case_id: str) -> list[AuditEntry]:
        """What was done to a case and to its drafts, newest first."""
        require(actor, "read", "read cases")
        with self._database.session() as session:
            _row(session, case_id)
            drafts = session.scalars(select(DraftRow.id).where(DraftRow.case_id == case_id)).all()
        return self._audit.entries_of([f"case:{case_id}", *(f"draft:{each}" for each in drafts)])

    def _apply(self, session: Session, row: CaseRow, given: dict[str, object]) -> None:
        """Put what is given into the row."""
        closed, confirm = given.pop("closed", None), given.pop("confirm", False)
        for name, value in given.items():
            setattr(row, name, value)
        left = [] if confirm else [field for field in row.unconfirmed.split() if field not in given]
        row.unconfirmed = " ".join(left)
        if closed is True and row.status != "closed":
            self._stand(row, "closed")
        elif closed is False and row.status == "closed":
            self._stand(row, _status_of_drafts(session, row.id))

    def _stand(self, row: CaseRow, status: CaseStatus) -> None:
        """Set the status with the moments that go with it."""
        now = self._now()
        row.status = status
        row.closed_at = now if status == "closed" else None
        if status == "sent":
            row.replied_at = row.replied_at or now


def _row(session: Session, case_id: str) -> CaseRow:
    """The row of a case. An id that was never one of ours is not looked for: a database may not even take it as text."""
    row = session.get(CaseRow, case_id) if _ID.fullmatch(case_id) else None
    if row is None:
        raise NotFoundError("case", case_id, _ADVICE)
    return row


def _check(session: Session, given: dict[str, object]) -> None:
    """Raises BadInputError for what cannot be put into a case."""
    account, prospect = given.get("assigned_to"), given.get("prospect_id")
    if "due_on" in given and given["due_on"] is None:
        raise BadInputError("due_on", "cannot be empty. Give a day, YYYY-MM-DD.")
    if account is not None:
        person = session.get(AccountRow, account) if _ID.fullmatch(str(account)) else None
        if person is None or person.is_disabled:
            raise BadInputError("assigned_to", "is not the id of an account that is in use. The people page lists them.")
    if prospect is not None and (not _ID.fullmatch(str(prospect)) or session.get(ProspectRow, prospect) is None):
        raise BadInputError("prospect_id", "is not the id of a potential mutual. The list of prospects shows them.")


def _changed(before: Case, after: Case) -> list[str]:
    """The names of the fields that are not as they were."""
    return [name for name in type(after).model_fields if getattr(before, name) != getattr(after, name) and name not in ("is_overdue", "closed_at")]


def _status_of_drafts(session: Session, case_id: str) -> CaseStatus:
    """Where a case stands by its latest draft."""
    state = session.scalar(select(DraftRow.state).where(DraftRow.case_id == case_id).order_by(DraftRow.created_at.desc(), DraftRow.id).limit(1))
    known: dict[str | None, CaseStatus] = {None: "new", "draft": "drafted", "submitted": "submitted", "returned": "returned", "approved": "approved"}
    return known.get(state, "sent")
