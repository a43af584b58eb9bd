"""Drafts that are kept: made from an enquiry, edited with their evidence, approved by another person, sent."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.answers import Citation, Scope
from assistant.asked import AskedLog
from assistant.audit import AuditLog
from assistant.citing import cite
from assistant.conversations import new_id
from assistant.database.desk_tables import CaseRow, DraftRow, DraftVersionRow
from assistant.database.engine import Database
from assistant.desk import approval
from assistant.desk.case_views import storable
from assistant.desk.cases import CaseService
from assistant.desk.drafting import DraftingService, Progress
from assistant.desk.drafts import Draft, Drafted
from assistant.desk.editing import Checker, checked, doubtful, usable
from assistant.desk.enquiries import read_enquiry
from assistant.desk.exporting import ExportFormat, File, export_file
from assistant.desk.kept_drafts import citations_json, citations_of, draft_row, drafted_json, sentences_json, stored_draft, version_row
from assistant.desk.proposing import proposed
from assistant.desk.reading_cases import reference
from assistant.desk.versions import Comparison, DraftVersion, differences
from assistant.desk.words import Channel, DraftState
from assistant.errors import BadInputError, ConflictError, NotFoundError
from assistant.people.person import Actor, require
from assistant.personal_data import found, masked
from index.live import LiveIndex

MOST_CITATIONS = 999
"""Markers have three digits at most."""
LISTED = 200
"""Most drafts listed at once."""


class DraftService:
    """Keeps drafts and takes them from step to step. Safe to share between threads and processes.

    Every method raises ForbiddenError for an actor without the right, NotFoundError for a draft that is not there, BadInputError with `state` for a step that
    its state does not allow, and DatabaseUnavailableError; what fails leaves everything as it was. What is slow is done outside any transaction.
    """

    def __init__(
        self,
        database: Database,
        audit: AuditLog,
        cases: CaseService,
        drafting: DraftingService,
        checker: Checker,
        live: LiveIndex,
        today: Callable[[], date] = date.today,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        asked: AskedLog | None = None,
    ):
        self._database = database
        self._audit = audit
        self._cases = cases
        self._drafting = drafting
        self._checker = checker
        self._live = live
        self._today = today
        self._now = now
        self._asked = asked

    def create(
        self,
        actor: Actor,
        enquiry: str,
        scope: Scope | None = None,
        channel: Channel = "email",
        case_id: str | None = None,
        contact: str = "",
        progress: Progress | None = None,
    ) -> Draft:
        """Draft a reply and keep it, with the case that it opens, unless it is one more draft for a case that is there.

        Without a `contact`, the email address is taken that the enquirer signs with, where it is the only one.
        Raises BadInputError for an enquiry that is empty or too long, and NoIndexError while no index is live.
        """
        require(actor, "draft", "draft replies")
        text = storable(enquiry)
        if case_id is not None and self._cases.case(actor, case_id).erased_at:
            raise BadInputError("case_id", "names a case whose data has been erased. No reply can be drafted for it.")
        drafted = self._drafting.draft(text, scope, channel, progress)
        fields = proposed(text, scope)
        reach = contact or _contact(text)
        with self._database.writing() as session:
            if case_id is None:
                case_id = self._cases.open_case(session, actor, text, masked(text), channel, drafted.name, reach, fields)
            row = self._kept(session, actor, drafted, case_id)
            self._cases.set_status(session, case_id, "drafted")
            self._record(session, actor, "draft.created", row, {"case": case_id, "passages": _passages(drafted.citations)})
            made = stored_draft(session, row)
        for question in drafted.questions if self._asked else ():
            self._asked.record(question.answer, "desk", case_id)  # type: ignore[union-attr]
        return made

    def draft(self, actor: Actor, draft_id: str, version: int | None = None) -> Draft:
        """One draft, with its latest text or that of another version."""
        require(actor, "read", "read drafts")
        with self._database.session() as session:
            return stored_draft(session, draft_row(session, draft_id), version)

    def drafts(self, actor: Actor, state: DraftState | None = None, case_id: str | None = None) -> list[Draft]:
        """Drafts in a state, of a case, or all; those first that were made last, those that wait for approval longest first."""
        require(actor, "read", "read drafts")
        order = (DraftRow.submitted_at, DraftRow.id) if state == "submitted" else (DraftRow.created_at.desc(), DraftRow.id)
        wanted = select(DraftRow).order_by(*order).limit(LISTED)
        if state is not None:
            wanted = wanted.where(DraftRow.state == state)
        if case_id is not None:
            wanted = wanted.where(DraftRow.case_id == storable(case_id))
        with self._database.session() as session:
            return [stored_draft(session, row) for row in session.scalars(wanted).all()]

    def drafts_of(self, actor: Actor, case_id: str) -> list[Draft]:
        """The drafts of a case, the newest first."""
        return self.drafts(actor, case_id=case_id)

    def queue(self, actor: Actor) -> list[Draft]:
        """The drafts that wait for approval, the longest waiting first."""
        return self.drafts(actor, "submitted")

    def authors(self, actor: Actor, draft_id: str) -> set[str]:
        """The ids of those whose text it is, who may not decide on it."""
        require(actor, "read", "read drafts")
        with self._database.session() as session:
            return approval.authors(session, draft_row(session, draft_id))

    def save(self, actor: Actor, draft_id: str, version: int, body: str) -> Draft:
        """Keep a text as the next version, its changed sentences checked again. The same text again makes no version. A change re-opens an approved draft.

        Raises ConflictError where `version` is not the latest, and BadInputError for a text that is empty, too long, or cites a number that is none.
        """
        require(actor, "draft", "change replies")
        text = storable(usable(body))
        with self._database.session() as session:
            row = draft_row(session, draft_id)
            before = _writable(session, row, version, body)
        if text == before.body:
            return before
        sentences = checked(text, before.sentences, before.citations, before.scope, self._checker)
        with self._database.writing() as session:
            row = draft_row(session, draft_id)
            _writable(session, row, version, body)
            reopened = row.state == "approved"
            undecided = {"submitted_at": None, "submitted_by": None, "decided_at": None, "decided_by": None} if reopened else {}
            after: DraftState = "returned" if row.state == "returned" else "draft"
            approval.move(session, row, approval.WRITABLE, after, version=version + 1, **undecided)
            session.add(
                DraftVersionRow(draft_id=row.id, number=row.version, saved_at=self._now(), saved_by=actor.id, body=text, sentences=sentences_json(sentences))
            )
            session.flush()
            if reopened:
                self._cases.set_status(session, row.case_id, "drafted")
                self._record(session, actor, "draft.reopened", row, {})
            used = [citation for citation in before.citations if any(citation.number in sentence.citations for sentence in sentences)]
            contradicted, needing = doubtful(sentences)
            told = {"passages": _passages(used), "contradicted": contradicted, "needs_source": needing, "index": self._index_version()}
            self._record(session, actor, "draft.saved", row, told)
            return stored_draft(session, row)

    def attach(self, actor: Actor, draft_id: str, passage_id: str, sentence: int) -> Citation:
        """Put one sentence of a passage, counted from 0, among the draft's numbered citations; the same span again has the number it had.

        Raises NotFoundError for a passage that the live index does not have, and BadInputError for a sentence that the passage does not have.
        """
        require(actor, "draft", "change replies")
        index = self._live.current()
        passage = index.store.passage(storable(passage_id))
        if passage is None:
            raise NotFoundError("passage", passage_id, "The library may have changed since it was found. Search for it again.")
        if not 0 <= sentence < len(passage.sentences):
            raise BadInputError("sentence", f"is {sentence}; this passage has sentences 0 to {len(passage.sentences) - 1}.")
        with self._database.writing() as session:
            row = draft_row(session, draft_id)
            if row.state not in approval.WRITABLE:
                raise approval.refused(stored_draft(session, row).state)
            citations = citations_of(row)
            as_of = stored_draft(session, row).scope.as_of
            number = max((each.number for each in citations), default=0) + 1
            citation = cite(number, passage, sentence, index.store, as_of.last if as_of else self._today())
            for there in citations:
                if (there.passage_id, there.locator, there.quote) == (citation.passage_id, citation.locator, citation.quote):
                    return there
            if number > MOST_CITATIONS:
                raise BadInputError("passage_id", f"cannot be attached: a draft has at most {MOST_CITATIONS} sources.")
            row.citations = citations_json([*citations, citation])
            self._record(session, actor, "draft.attached", row, {"passage": passage_id, "number": number, "index": index.manifest.version})
            return citation

    def versions(self, actor: Actor, draft_id: str) -> list[DraftVersion]:
        """The versions of a draft, the first one first."""
        require(actor, "read", "read drafts")
        with self._database.session() as session:
            row = draft_row(session, draft_id)
            wanted = select(DraftVersionRow).where(DraftVersionRow.draft_id == row.id).order_by(DraftVersionRow.number)
            return [_told(version) for version in session.scalars(wanted)]

    def compare(self, actor: Actor, draft_id: str, before: int, after: int) -> Comparison:
        """What changed from one version to another, word by word."""
        require(actor, "read", "read drafts")
        with self._database.session() as session:
            row = draft_row(session, draft_id)
            old, new = version_row(session, row, before), version_row(session, row, after)
            return Comparison(before=_told(old), after=_told(new), pieces=differences(old.body, new.body))

    def submit(self, actor: Actor, draft_id: str, version: int, confirm: bool = False) -> Draft:
        """Hand the latest version to another person for approval.

        Raises ConflictError where `version` is not the latest, and BadInputError where sentences are contradicted or need a source and it is not confirmed.
        """
        require(actor, "draft", "submit replies")
        with self._database.writing() as session:
            row = draft_row(session, draft_id)
            draft = _latest(session, row, version, None)
            contradicted, needing = doubtful(draft.sentences)
            if row.state in ("draft", "returned") and contradicted + needing and not confirm:
                raise BadInputError("confirm", _doubts(contradicted, needing))
            fields = approval.moments(actor, self._now(), "submitted")
            approval.move(session, row, ("draft", "returned"), "submitted", decided_at=None, decided_by=None, reason="", **fields)
            self._cases.set_status(session, row.case_id, "submitted")
            told = {"contradicted": contradicted, "needs_source": needing, "confirmed": bool(contradicted + needing)}
            self._record(session, actor, "draft.submitted", row, told)
            return stored_draft(session, row)

    def approve(self, actor: Actor, draft_id: str, version: int | None = None) -> Draft:
        """Approve a submitted draft, whose text is then frozen: its digest goes into the log. `version` is the one that was read.

        Raises ForbiddenError for one's own text and for a key, and ConflictError where `version` is not the latest.
        """
        with self._database.writing() as session:
            row = draft_row(session, draft_id)
            approval.require_other(session, row, actor)
            draft = _latest(session, row, version, None)
            approval.move(session, row, ("submitted",), "approved", approved_version=row.version, reason="", **approval.moments(actor, self._now(), "decided"))
            self._cases.set_status(session, row.case_id, "approved")
            self._record(session, actor, approval.APPROVED, row, {"digest": approval.seal(draft.body, draft.citations)})
            return stored_draft(session, row)

    def send_back(self, actor: Actor, draft_id: str, reason: str, version: int | None = None) -> Draft:
        """Return a submitted draft with a reason. Raises as `approve` does, and BadInputError without a reason."""
        with self._database.writing() as session:
            row = draft_row(session, draft_id)
            approval.require_other(session, row, actor)
            said = storable(approval.reason_of(reason))
            _latest(session, row, version, reason)
            approval.move(session, row, ("submitted",), "returned", reason=said, **approval.moments(actor, self._now(), "decided"))
            self._cases.set_status(session, row.case_id, "returned")
            self._record(session, actor, "draft.returned", row, {})
            return stored_draft(session, row)

    def mark_sent(self, actor: Actor, draft_id: str) -> Draft:
        """Say that an approved reply has gone out. Nothing changes it any more."""
        require(actor, "draft", "mark replies as sent")
        with self._database.writing() as session:
            row = draft_row(session, draft_id)
            if row.state == "approved":
                self._require_sealed(session, stored_draft(session, row))
            approval.move(session, row, ("approved",), "sent", sent_at=self._now())
            self._cases.set_status(session, row.case_id, "sent")
            self._record(session, actor, "draft.sent", row, {})
            return stored_draft(session, row)

    def export(self, actor: Actor, draft_id: str, kind: ExportFormat) -> File:
        """The latest text as a file. Until it is approved, its text and its name say that it is a draft.

        Raises BadInputError where an approved text is not the one that was approved.
        """
        require(actor, "read", "export replies")
        with self._database.writing() as session:
            row = draft_row(session, draft_id)
            draft = stored_draft(session, row)
            if draft.state in ("approved", "sent"):
                self._require_sealed(session, draft)
            case = session.get_one(CaseRow, row.case_id)
            file = export_file(draft, reference(case.number), case.name, case.contact, kind)
            self._record(session, actor, "draft.exported", row, {"format": kind})
            return file

    def _kept(self, session: Session, actor: Actor, drafted: Drafted, case_id: str) -> DraftRow:
        now = self._now()
        row = DraftRow(
            id=new_id(),
            case_id=case_id,
            state="draft",
            version=1,
            drafted=drafted_json(drafted),
            citations=citations_json(drafted.citations),
            index_version=drafted.index_version,
            created_at=now,
            created_by=actor.id,
            reason="",
        )
        session.add(row)
        session.flush()
        session.add(
            DraftVersionRow(
                draft_id=row.id, number=1, saved_at=now, saved_by=actor.id, body=storable(drafted.body), sentences=sentences_json(drafted.sentences)
            )
        )
        session.flush()
        return row

    def _record(self, session: Session, actor: Actor, action: str, row: DraftRow, details: Mapping[str, object]) -> None:
        """Write to the log what was done, to which version, with which index."""
        told = {"version": row.version, "index": row.index_version, **details}
        self._audit.record(session, actor, action, f"draft:{row.id}", told)  # type: ignore[arg-type]

    @staticmethod
    def _require_sealed(session: Session, draft: Draft) -> None:
        """Raises BadInputError where the text is not the one whose digest the log has from its approval."""
        if approval.sealed(session, draft.draft_id) != approval.seal(draft.body, draft.citations):
            raise BadInputError("draft", "is not the text that was approved: it was changed in the database. Do not send it; tell your administrator.")

    def _index_version(self) -> str:
        return self._live.current().manifest.version


def _latest(session: Session, row: DraftRow, version: int | None, yours: str | None) -> Draft:
    """The draft as it stands. Raises ConflictError where what was meant is another version."""
    draft = stored_draft(session, row)
    if version is not None and version != draft.version:
        raise ConflictError(draft, yours)
    return draft


def _writable(session: Session, row: DraftRow, version: int, body: str) -> Draft:
    """The same, of a draft that can be changed. Raises BadInputError where it cannot."""
    draft = _latest(session, row, version, body)
    if draft.state not in approval.WRITABLE:
        raise approval.refused(draft.state)
    if session.get_one(CaseRow, row.case_id).erased_at:
        raise BadInputError("body", "cannot be kept: the data of this draft's case has been erased.")
    return draft


def _told(version: DraftVersionRow) -> DraftVersion:
    return DraftVersion(version=version.number, saved_at=version.saved_at, saved_by=version.saved_by)


def _passages(citations: Sequence[Citation]) -> list[str]:
    return list(dict.fromkeys(citation.passage_id for citation in citations))


def _contact(enquiry: str) -> str:
    """The one email address that an enquirer signs with, or nothing."""
    signed = [enquiry[part.start : part.end] for part in read_enquiry(enquiry).parts if part.kind == "signature"]
    addresses = {text[finding.start : finding.end] for text in signed for finding in found(text) if finding.kind == "email"}
    return addresses.pop() if len(addresses) == 1 else ""


def _doubts(contradicted: int, needing: int) -> str:
    told = [words for count, words in ((contradicted, f"{contradicted} contradicted"), (needing, f"{needing} without a source")) if count]
    return f"is needed, as some sentences are not borne out by the guidance: {' and '.join(told)}. Mend them, or submit again with `confirm`: true."
