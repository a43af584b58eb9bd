"""Drafts: kept, edited by one at a time, approved by another person, frozen; on both makes of database."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from desk_parts import BODY, CITATIONS, SENTENCES, Drafting, Rules
from sqlalchemy import URL, select, update

from assistant.audit import AuditLog
from assistant.database.desk_tables import DraftVersionRow
from assistant.database.engine import Database, DatabaseUnavailableError
from assistant.desk.cases import CaseService
from assistant.desk.draft_service import DraftService
from assistant.desk.drafts import Draft
from assistant.desk.letters import letter_text
from assistant.errors import BadInputError, ConflictError, NotFoundError
from assistant.people.person import RIGHTS, Actor, ForbiddenError
from index.live import LiveIndex
from index.versions import Versions

ANN = Actor(id="a" * 32, name="Ann", rights=RIGHTS["approver"], role="approver")
BOB = Actor(id="b" * 32, name="Bob", rights=RIGHTS["approver"], role="approver")
CAT = Actor(id="c" * 32, name="Cat", rights=RIGHTS["adviser"], role="adviser")
READER = Actor(id="d" * 32, name="Rob", rights=frozenset({"read"}))
KEY = Actor(id="key:1", name="a program", rights=RIGHTS["approver"])
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ENQUIRY = "Dear all,\n\nHow long must staff be consulted?\n\nKind regards\nJo Brown\njo@example.org"


class Live:
    """Names an index version, and holds nothing."""

    def current(self) -> Any:
        return self

    @property
    def manifest(self) -> Any:
        return self

    version = "i2"


def made(database: Database) -> DraftService:
    audit = AuditLog(database, lambda: NOW)
    cases = CaseService(database, audit, today=NOW.date, now=lambda: NOW)
    return DraftService(database, audit, cases, cast(Any, Drafting()), Rules(), cast(Any, Live()), NOW.date, lambda: NOW)


@pytest.fixture
def service(database: Database) -> DraftService:
    return made(database)


@pytest.fixture
def draft(service: DraftService) -> Draft:
    return service.create(CAT, ENQUIRY)


def log_of(database: Database, draft: Draft) -> list[tuple[str, str, dict[str, Any]]]:
    return [(each.actor, each.action, each.details) for each in reversed(AuditLog(database).entries(f"draft:{draft.draft_id}"))]


def status(database: Database, draft: Draft) -> str:
    return CaseService(database, AuditLog(database)).case(READER, draft.case_id).status


def refused(kind: type[Exception], do: Any) -> str:
    with pytest.raises(kind) as error:
        do()
    return error.value.message if isinstance(error.value, BadInputError) else str(error.value)


def test_a_draft_is_kept_with_the_case_that_it_opens(database: Database, service: DraftService, draft: Draft) -> None:
    assert draft == service.draft(READER, draft.draft_id)
    assert draft == Draft(
        draft_id=draft.draft_id,
        case_id=draft.case_id,
        state="draft",
        version=1,
        created_at=NOW,
        created_by=CAT.id,
        saved_at=NOW,
        saved_by=CAT.id,
        questions=[],
        letter=letter_text(BODY, CITATIONS),
        body=BODY,
        sentences=SENTENCES,
        citations=CITATIONS,
        unanswered=["And when?"],
        notices=[],
        scope=draft.scope,
        channel="email",
        name="Jo",
        index_version="i1",
    )
    case = CaseService(database, AuditLog(database)).case(READER, draft.case_id)
    assert (case.status, case.name, case.contact, case.enquiry) == ("drafted", "Jo", "jo@example.org", ENQUIRY)
    assert log_of(database, draft) == [(CAT.id, "draft.created", {"version": 1, "index": "i1", "case": draft.case_id, "passages": ["p1", "p2"]})]
    again = service.create(CAT, ENQUIRY, case_id=draft.case_id)
    assert {each.draft_id for each in service.drafts_of(READER, draft.case_id)} == {draft.draft_id, again.draft_id}


def test_what_is_not_there_is_said(service: DraftService, draft: Draft) -> None:
    assert refused(NotFoundError, lambda: service.draft(CAT, "x\x00")) == "there is no draft 'x\\x00'"
    assert refused(NotFoundError, lambda: service.draft(CAT, draft.draft_id, 2)) == "there is no version '2'"
    assert refused(NotFoundError, lambda: service.create(CAT, ENQUIRY, case_id="x")) == "there is no case 'x'"
    assert refused(ForbiddenError, lambda: service.create(READER, ENQUIRY)) == "You may not draft replies: that needs the right “draft”."


def test_a_save_makes_a_version_and_the_same_text_none(database: Database, service: DraftService, draft: Draft) -> None:
    assert service.save(CAT, draft.draft_id, 1, BODY) == draft
    saved = service.save(ANN, draft.draft_id, 1, BODY + "\n\nWait 60 days.")
    assert (saved.version, saved.saved_by, saved.body, [each.support for each in saved.sentences[4:]]) == (
        2,
        ANN.id,
        BODY + "\n\nWait 60 days.",
        ["contradicted"],
    )
    assert service.draft(CAT, draft.draft_id, 1).body == BODY
    assert [(each.version, each.saved_by) for each in service.versions(CAT, draft.draft_id)] == [(1, CAT.id), (2, ANN.id)]
    assert [(each.kind, each.text) for each in service.compare(CAT, draft.draft_id, 1, 2).pieces] == [("same", BODY), ("added", "\n\nWait 60 days.")]
    told = {"version": 2, "index": "i2", "passages": ["p1", "p2"], "contradicted": 1, "needs_source": 0}
    assert log_of(database, draft)[1:] == [(ANN.id, "draft.saved", told)]


def test_of_two_who_save_at_once_one_wins_and_nothing_is_lost(service: DraftService, draft: Draft) -> None:
    def save(number: int) -> Draft | ConflictError:
        try:
            return service.save(CAT, draft.draft_id, 1, f"Text {number}.")
        except ConflictError as error:
            return error

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(save, range(4)))
    won = [result for result in results if isinstance(result, Draft)]
    lost = [result for result in results if isinstance(result, ConflictError)]
    assert (len(won), len(lost)) == (1, 3)
    assert [error.current for error in lost] == won * 3
    assert sorted([won[0].body, *(str(error.yours) for error in lost)]) == [f"Text {number}." for number in range(4)]


def test_doubtful_sentences_must_be_confirmed(database: Database, service: DraftService, draft: Draft) -> None:
    service.save(CAT, draft.draft_id, 1, "Wait 60 days.\nPerhaps perhaps.")
    expected = "is needed, as some sentences are not borne out by the guidance: 1 contradicted and 1 without a source. Mend them, or submit again with `confirm`: true."
    assert refused(BadInputError, lambda: service.submit(CAT, draft.draft_id, 2)) == expected
    assert service.submit(CAT, draft.draft_id, 2, confirm=True).state == "submitted"
    told = {"version": 2, "index": "i1", "contradicted": 1, "needs_source": 1, "confirmed": True}
    assert log_of(database, draft)[-1] == (CAT.id, "draft.submitted", told)


def test_another_person_approves(database: Database, service: DraftService, draft: Draft) -> None:
    service.save(ANN, draft.draft_id, 1, "Wait 30 days. [1]")
    service.submit(CAT, draft.draft_id, 2)
    own = "You may not decide on this reply: you wrote or submitted it. Another person must."
    assert refused(ForbiddenError, lambda: service.approve(ANN, draft.draft_id)) == own
    assert refused(ForbiddenError, lambda: service.approve(CAT, draft.draft_id)) == "You may not decide on replies: that needs the right “approve”."
    by_key = "You may not decide on replies with a key: a person must read and decide."
    assert refused(ForbiddenError, lambda: service.approve(KEY, draft.draft_id)) == by_key
    assert refused(ConflictError, lambda: service.approve(BOB, draft.draft_id, 1)) == "it has been changed since"
    with_approver = "of this draft is “submitted”. An approver has it: it can be approved or returned, and be changed once it is returned."
    assert refused(BadInputError, lambda: service.save(CAT, draft.draft_id, 2, "x")) == with_approver
    assert [each.draft_id for each in service.queue(READER)] == [draft.draft_id]
    approved = service.approve(BOB, draft.draft_id, 2)
    assert (approved.state, approved.decided_by, status(database, draft), service.queue(READER)) == ("approved", BOB.id, "approved", [])
    again = "of this draft is “approved”. It can be sent, or changed, which makes it a draft again."
    assert refused(BadInputError, lambda: service.approve(BOB, draft.draft_id)) == again
    sent = service.mark_sent(CAT, draft.draft_id)
    assert (sent.state, status(database, draft)) == ("sent", "sent")
    gone = "of this draft is “sent”. Nothing changes a reply that was sent. Make a new draft on its case."
    for do in (
        lambda: service.save(CAT, draft.draft_id, 2, "x"),
        lambda: service.submit(CAT, draft.draft_id, 2),
        lambda: service.approve(BOB, draft.draft_id),
        lambda: service.mark_sent(CAT, draft.draft_id),
    ):
        assert refused(BadInputError, do) == gone
    assert AuditLog(database).verify().broken is None


def test_a_return_gives_a_reason_and_makes_nobody_free_to_approve_their_own(database: Database, service: DraftService) -> None:
    draft = service.create(ANN, ENQUIRY)
    service.submit(ANN, draft.draft_id, 1)
    assert refused(BadInputError, lambda: service.send_back(BOB, draft.draft_id, " ")) == "is missing. Say what has to change."
    returned = service.send_back(BOB, draft.draft_id, "Too long.")
    assert (returned.state, returned.reason, returned.decided_by, status(database, draft)) == ("returned", "Too long.", BOB.id, "returned")
    service.submit(CAT, draft.draft_id, 1)
    assert service.authors(READER, draft.draft_id) == {ANN.id, CAT.id}
    assert service.approve(BOB, draft.draft_id).state == "approved"


def test_a_change_opens_an_approved_text_again(database: Database, service: DraftService, draft: Draft) -> None:
    service.submit(CAT, draft.draft_id, 1)
    service.approve(BOB, draft.draft_id)
    opened = service.save(BOB, draft.draft_id, 1, BODY + "\n\nSoon.")
    assert (opened.state, opened.submitted_by, opened.decided_by, status(database, draft)) == ("draft", None, None, "drafted")
    assert [each[1] for each in log_of(database, draft)][-2:] == ["draft.reopened", "draft.saved"]
    service.submit(CAT, draft.draft_id, 2)
    assert service.authors(READER, draft.draft_id) == {BOB.id, CAT.id}
    assert service.approve(ANN, draft.draft_id).state == "approved"


def test_of_two_who_decide_at_once_one_wins(service: DraftService, draft: Draft) -> None:
    service.submit(CAT, draft.draft_id, 1)

    def decide(approves: bool) -> str:
        try:
            return (service.approve(ANN, draft.draft_id) if approves else service.send_back(BOB, draft.draft_id, "No.")).state
        except BadInputError:
            return "refused"

    with ThreadPoolExecutor(2) as pool:
        states = sorted(pool.map(decide, (True, False)))
    assert states == sorted([service.draft(READER, draft.draft_id).state, "refused"])


def test_an_approved_text_that_was_tampered_with_goes_nowhere(database: Database, service: DraftService, draft: Draft) -> None:
    service.submit(CAT, draft.draft_id, 1)
    service.approve(BOB, draft.draft_id)
    assert service.export(READER, draft.draft_id, "txt").name == "reply-MIS-000001-v1.txt"
    with database.writing() as session:
        session.execute(update(DraftVersionRow).values(body="Another text."))
    expected = "is not the text that was approved: it was changed in the database. Do not send it; tell your administrator."
    assert refused(BadInputError, lambda: service.export(READER, draft.draft_id, "txt")) == expected
    assert refused(BadInputError, lambda: service.mark_sent(CAT, draft.draft_id)) == expected


def test_a_passage_is_attached_under_the_next_number(database: Database, small_index: Versions) -> None:
    service = made(database)
    live = LiveIndex(small_index)
    service._live = live
    draft = service.create(CAT, ENQUIRY)
    passage_id = live.current().store.by_source(next(iter(live.current().store.sources)))[0].id
    first = service.attach(CAT, draft.draft_id, passage_id, 0)
    assert (first.number, service.attach(CAT, draft.draft_id, passage_id, 0)) == (3, first)
    assert service.draft(CAT, draft.draft_id).citations == [*CITATIONS, first]
    assert service.save(CAT, draft.draft_id, 1, "Now 30. [3]").sentences[0].citations == [3]
    assert refused(NotFoundError, lambda: service.attach(CAT, draft.draft_id, "x", 0)) == "there is no passage 'x'"
    with pytest.raises(BadInputError, match=r"sentence: is 99; this passage has sentences 0 to \d+\."):
        service.attach(CAT, draft.draft_id, passage_id, 99)


def test_a_database_that_goes_away_in_a_save_keeps_nothing_of_it(
    database: Database, service: DraftService, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: Any) -> None:
        raise DatabaseUnavailableError

    with monkeypatch.context() as patch:
        patch.setattr(AuditLog, "record", gone)
        with pytest.raises(DatabaseUnavailableError):
            service.save(CAT, draft.draft_id, 1, "Other.")
    assert service.draft(CAT, draft.draft_id) == draft
    with database.session() as session:
        assert session.scalars(select(DraftVersionRow.number)).all() == [1]


_SAVING = """
import sys
from sqlalchemy import make_url
sys.path[:0] = sys.argv[3:]
from test_draft_service import CAT, Database, made
service, draft_id = made(Database(make_url(sys.argv[1]), wait_seconds=30)), sys.argv[2]
version = service.draft(CAT, draft_id).version
while True:
    version = service.save(CAT, draft_id, version, f"Text {version + 1}.").version
    print(version, flush=True)
"""


def test_killed_in_the_middle_of_saves_ten_times_nothing_acknowledged_is_lost(
    database_at: URL, database: Database, service: DraftService, draft: Draft
) -> None:
    here = Path(__file__).resolve()
    address = database_at.render_as_string(hide_password=False)
    for round_number in range(10):
        command = [sys.executable, "-c", _SAVING, address, draft.draft_id, str(here.parent), str(here.parents[2])]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            told = [int(process.stdout.readline()) for _ in range(2 + round_number)]
            process.kill()
            told += [int(line) for line in process.stdout.read().split("\n")[:-1]]
        now = service.draft(CAT, draft.draft_id)
        assert now.version >= told[-1]
        assert (now.body, now.sentences[0].text) == (f"Text {now.version}.", f"Text {now.version}.")
        assert [each.version for each in service.versions(CAT, draft.draft_id)] == list(range(1, now.version + 1))
    assert AuditLog(database).verify().broken is None
