"""A person's own data at the desk: found, handed over, erased. Only who has the right `administer` does any of it."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from pydantic import BaseModel
from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from assistant.answers import Scope
from assistant.audit import AuditLog
from assistant.database.desk_tables import CaseRow, DraftRow, DraftVersionRow
from assistant.database.engine import Database
from assistant.database.use_tables import AskedRow, BatchItemRow, BatchRow, FeedbackRow
from assistant.desk.case_views import CaseSummary, storable
from assistant.desk.drafts import Drafted
from assistant.desk.kept_drafts import drafted_json
from assistant.desk.reading_cases import case_of, summary_of
from assistant.desk.subject_files import Held, HeldAsked, HeldDraft, HeldVersion, as_zip
from assistant.errors import BadInputError, NotFoundError
from assistant.people.person import Actor, require
from assistant.personal_data import found

ERASED = "[erased]"
SHORTEST = 3
"""Characters that a search needs: fewer stand in nearly every case."""
LONGEST = 254
"""Characters of the longest email address."""
CASES_AT_ONCE = 100
"""Cases exported or erased in one go: far more than one person has, and a bound on what a slip can do."""
_REFERENCE = re.compile(r"(?:MIS-?)?0*([1-9][0-9]{0,8})", re.IGNORECASE)
_ID = re.compile("[0-9a-f]{32}")
_PHONE = re.compile(r"\+?[\d\s().-]{7,25}")
_NOT_DIGIT = re.compile(r"\D")
_CODE = re.compile(r"^(?:0044|44)?0?")
_ADVICE = "Look for the person first: the list shows the numbers of their cases."


class FoundBatch(BaseModel):
    """A batch in which what was looked for stands. Batches are removed whole, by who made them or an administrator."""

    batch_id: str
    name: str
    lines: list[int]


class FoundSubject(BaseModel):
    """What is held about a person: their cases, the oldest first, and batches that name them."""

    cases: list[CaseSummary]
    batches: list[FoundBatch]


class ErasedCase(BaseModel):
    """What was overwritten in one case."""

    case_id: str
    reference: str
    drafts: int
    versions: int
    questions: int
    was_erased: bool


class SubjectService:
    """Meets the requests of people whose data is held. Safe to share between threads and processes.

    Every method raises ForbiddenError without the right `administer`, and DatabaseUnavailableError.
    """

    def __init__(self, database: Database, audit: AuditLog, today: Callable[[], date] = date.today, now: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._database = database
        self._audit = audit
        self._today = today
        self._now = now

    def find(self, actor: Actor, wanted: str) -> FoundSubject:
        """The cases and batches that hold an email address, a telephone number, a name, or any other words; or the case of a number, as MIS-000123.

        Capitals and spaces do not count, nor how a telephone number is written. Raises BadInputError for what is too short or too long to look for.
        """
        require(actor, "administer", "look for a person's data")
        words = " ".join(storable(wanted).split()).casefold()
        if not _REFERENCE.fullmatch(words) and len(words) < SHORTEST:
            raise BadInputError(
                "wanted", f"is too short: give {SHORTEST} characters or more of an email address, telephone number or name, or a case's number."
            )
        if len(words) > LONGEST:
            raise BadInputError("wanted", f"has {len(words):,} characters; {LONGEST} are the most. Give an email address, telephone number or name.")
        with self._database.session() as session:
            cases = [summary_of(row, self._today()) for row in session.scalars(_every_case()) if _is_it(row, words)]
            return FoundSubject(cases=cases, batches=_batches(session, words))

    def export(self, actor: Actor, cases: Sequence[str]) -> bytes:
        """A ZIP with all that is held in these cases, as JSON and as a Word document. `cases` are ids or numbers, as MIS-000123.

        Raises BadInputError for none or too many, and NotFoundError.
        """
        require(actor, "administer", "hand over a person's data")
        with self._database.writing() as session:
            for row in _rows(session, cases):
                self._audit.record(session, actor, "subject.exported", f"case:{row.id}", {"number": row.number})
        with self._database.session() as session:
            held = [self._held(session, row) for row in _rows(session, cases)]
        return as_zip(held, self._now())

    def erase(self, actor: Actor, cases: Sequence[str]) -> list[ErasedCase]:
        """Overwrite what these cases say of and by the person, in all versions of all drafts too: all of them, or none. It cannot be undone.

        The number, days, status, and what the figures count stay. A case that was erased before is erased again, which does no harm. Raises as `export`.
        """
        require(actor, "administer", "erase a person's data")
        with self._database.writing() as session:
            erased = [self.erase_in(session, actor, row, "request") for row in _rows(session, cases)]
        self._database.forget()
        return erased

    def erase_in(self, session: Session, actor: Actor, row: CaseRow, why: str) -> ErasedCase:
        """Overwrite one case in the caller's `writing()` transaction. `why` is `request` or `age`. The caller calls `Database.forget` afterwards."""
        was_erased = row.erased_at is not None
        now = self._now()
        row.name = row.contact = row.organisation = row.enquiry = row.searchable = ERASED
        row.version += 1
        row.updated_at = now
        row.erased_at = row.erased_at or now
        drafts = session.scalars(select(DraftRow).where(DraftRow.case_id == row.id)).all()
        versions = 0
        for draft in drafts:
            draft.drafted, draft.citations = _empty(row), "[]"
            draft.reason = ERASED if draft.reason else ""
            for version in session.scalars(select(DraftVersionRow).where(DraftVersionRow.draft_id == draft.id)):
                version.body, version.sentences = ERASED, "[]"
                versions += 1
        asked = session.scalars(select(AskedRow).where(AskedRow.case_id == row.id)).all()
        for question in asked:
            question.question = ERASED
        said = FeedbackRow.answer_id.in_([question.id for question in asked])
        session.execute(update(FeedbackRow).where(said, FeedbackRow.comment != "").values(comment=ERASED))
        counts = {"drafts": len(drafts), "versions": versions, "questions": len(asked)}
        self._audit.record(session, actor, "subject.erased", f"case:{row.id}", {"number": row.number, "why": why, **counts})
        reference = summary_of(row, self._today()).reference
        return ErasedCase(case_id=row.id, reference=reference, was_erased=was_erased, **counts)

    def _held(self, session: Session, row: CaseRow) -> Held:
        drafts = session.scalars(select(DraftRow).where(DraftRow.case_id == row.id).order_by(DraftRow.created_at, DraftRow.id)).all()
        asked = session.scalars(select(AskedRow).where(AskedRow.case_id == row.id).order_by(AskedRow.at, AskedRow.id)).all()
        subjects = [f"case:{row.id}", *(f"draft:{draft.id}" for draft in drafts)]
        return Held(
            case=case_of(row, self._today()),
            drafts=[_held_draft(session, draft) for draft in drafts],
            questions=[HeldAsked(asked_at=each.at, question=each.question, outcome=each.outcome) for each in asked],
            history=self._audit.entries_of(subjects, limit=1000),
        )


def _every_case() -> Select[CaseRow]:
    return select(CaseRow).where(CaseRow.erased_at.is_(None)).order_by(CaseRow.number).execution_options(yield_per=200)


def _is_it(row: CaseRow, words: str) -> bool:
    number = _REFERENCE.fullmatch(words)
    if number and row.number == int(number[1]):
        return True
    return any(_stands_in(words, text) for text in (row.name, row.contact, row.organisation, row.enquiry))


def _stands_in(words: str, text: str) -> bool:
    """Whether the words stand in a text, or a telephone number with the same digits does, however either is written."""
    if len(words) >= SHORTEST and words in " ".join(text.split()).casefold():
        return True
    digits = _digits(words) if _PHONE.fullmatch(words) else ""
    return len(digits) >= 7 and any(_digits(text[finding.start : finding.end]).startswith(digits) for finding in found(text) if finding.kind == "phone")


def _digits(phone: str) -> str:
    """The digits of a telephone number without the country's code and the nought before the area's."""
    return _CODE.sub("", _NOT_DIGIT.sub("", phone.replace("(0)", "")))


def _batches(session: Session, words: str) -> list[FoundBatch]:
    """Batches with lines in which the words stand."""
    lines: dict[str, list[int]] = {}
    for row in session.scalars(select(BatchItemRow).order_by(BatchItemRow.batch_id, BatchItemRow.line).execution_options(yield_per=200)):
        if _stands_in(words, row.asked) or _stands_in(words, row.reference):
            lines.setdefault(row.batch_id, []).append(row.line)
    rows = session.scalars(select(BatchRow).where(BatchRow.id.in_(lines)).order_by(BatchRow.created_at, BatchRow.id))
    return [FoundBatch(batch_id=row.id, name=row.name, lines=lines[row.id]) for row in rows]


def _rows(session: Session, cases: Sequence[str]) -> list[CaseRow]:
    """The rows of cases named by id or number, each once, in the order given."""
    if not cases:
        raise BadInputError("cases", "names none. " + _ADVICE)
    if len(cases) > CASES_AT_ONCE:
        raise BadInputError("cases", f"names {len(cases)} cases; {CASES_AT_ONCE} at once are the most.")
    rows: dict[str, CaseRow] = {}
    for named in cases:
        number = _REFERENCE.fullmatch(named.strip())
        if _ID.fullmatch(named):
            row = session.get(CaseRow, named)
        else:
            row = session.scalar(select(CaseRow).where(CaseRow.number == int(number[1]))) if number else None
        if row is None:
            raise NotFoundError("case", named, _ADVICE)
        rows[row.id] = row
    return list(rows.values())


def _empty(row: CaseRow) -> str:
    """What drafting found, as a draft keeps it, with nothing left in it."""
    fixed = {"questions": [], "letter": "", "body": "", "sentences": [], "citations": [], "unanswered": [], "notices": [], "scope": Scope()}
    return drafted_json(Drafted.model_validate(fixed | {"channel": row.channel}))


def _held_draft(session: Session, draft: DraftRow) -> HeldDraft:
    versions = session.scalars(select(DraftVersionRow).where(DraftVersionRow.draft_id == draft.id).order_by(DraftVersionRow.number))
    return HeldDraft(
        draft_id=draft.id,
        state=draft.state,
        created_at=draft.created_at,
        reason=draft.reason,
        sent_at=draft.sent_at,
        versions=[HeldVersion(number=each.number, saved_at=each.saved_at, body=each.body) for each in versions],
    )
