"""What is held about a person: found, handed over, erased to the last byte, and gone with age."""

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from sqlalchemy import select

from assistant.answers import Scope
from assistant.audit import AuditLog
from assistant.database.conversation_tables import ConversationRow
from assistant.database.desk_tables import AuditRow, CaseRow, DraftRow, DraftVersionRow
from assistant.database.engine import Database, database_url
from assistant.database.use_tables import AskedRow, BatchItemRow, BatchRow, FeedbackRow
from assistant.desk.cases import CaseService, Proposed
from assistant.desk.drafts import Drafted
from assistant.desk.kept_drafts import drafted_json, stored_draft
from assistant.desk.retention import Ages, Removed, Retention
from assistant.desk.subjects import ERASED, ErasedCase, FoundBatch, SubjectService
from assistant.errors import BadInputError, NotFoundError
from assistant.people.person import SYSTEM, Actor, ForbiddenError

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ADMIN = Actor(id="a" * 32, name="Ada Admin", rights=frozenset({"read", "draft", "administer"}))
ADVISER = Actor(id="b" * 32, name="Ann Adviser", rights=frozenset({"read", "draft", "approve"}))
ENQUIRY = "Dear all,\n\nHow do we begin? Zebedee\u2019s team is in Leeds.\n\nZebedee Quill, 07700 900123"
SECRETS = ("Zebedee", "Quill", "07700", "zq@example.org", "Quill Libraries")


def service(database: Database) -> SubjectService:
    return SubjectService(database, AuditLog(database, lambda: NOW), NOW.date, lambda: NOW)


def cases_of(database: Database) -> CaseService:
    return CaseService(database, AuditLog(database, lambda: NOW), today=NOW.date, now=lambda: NOW)


def filled(database: Database) -> str:
    """A case with a draft in two versions, a question asked and something said of its answer; and another person's case."""
    cases = cases_of(database)
    empty = {"questions": [], "letter": "", "body": "", "sentences": [], "citations": [], "unanswered": ["Zebedee?"], "notices": [], "scope": Scope()}
    drafted = drafted_json(Drafted.model_validate(empty | {"channel": "email", "name": "Zebedee Quill"}))
    with database.writing() as session:
        case_id = cases.open_case(
            session, ADVISER, ENQUIRY, ENQUIRY, "email", "Zebedee Quill", "zq@example.org", Proposed(sector="libraries"), "Quill Libraries"
        )
        cases.open_case(session, ADVISER, "Hello?", "Hello?", "phone", "Jo Brown", "020 7946 0018", Proposed())
        times = {"created_at": NOW, "submitted_at": None, "decided_at": None, "sent_at": None}
        by = {"created_by": ADVISER.id, "submitted_by": None, "decided_by": None}
        session.add(
            DraftRow(
                id="d" * 32,
                case_id=case_id,
                state="returned",
                version=2,
                drafted=drafted,
                citations="[]",
                index_version="v1",
                reason="Zebedee asked more",
                **times,
                **by,
            )
        )
        session.flush()
        for number in (1, 2):
            session.add(DraftVersionRow(draft_id="d" * 32, number=number, saved_at=NOW, saved_by=ADVISER.id, body=f"Dear Zebedee, {number}", sentences="[]"))
        fixed = {"at": NOW, "channel": "desk", "outcome": "answered", "confidence": 0.5, "sector": None, "nation": None, "stage": None, "index_version": "v1"}
        session.add(AskedRow(id="e" * 32, question="How does Zebedee begin?", case_id=case_id, **fixed))
        session.add(FeedbackRow(id="f" * 32, at=NOW, answer_id="e" * 32, verdict="wrong", comment="Zebedee says so"))
    return case_id


@pytest.mark.parametrize("wanted", ["", "  ", "ab", "x" * 255])
def test_too_little_or_too_much_to_look_for(database: Database, wanted: str) -> None:
    with pytest.raises(BadInputError):
        service(database).find(ADMIN, wanted)


def test_only_who_administers(database: Database) -> None:
    subjects = service(database)
    for call in (lambda: subjects.find(ADVISER, "Quill"), lambda: subjects.export(ADVISER, ["1"]), lambda: subjects.erase(ADVISER, ["1"])):
        with pytest.raises(ForbiddenError):
            call()


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ("zq@EXAMPLE.org", [1]),
        (" zebedee   quill ", [1]),
        ("+44 7700 900123", [1]),
        ("07700-900-123", [1]),
        ("(020) 79460018", [2]),
        ("MIS-000002", [2]),
        ("2", [2]),
        ("nobody@example.org", []),
        ("07700 900124", []),
        ("99", []),
    ],
)
def test_a_person_is_found(database: Database, wanted: str, numbers: list[int]) -> None:
    filled(database)
    assert [case.number for case in service(database).find(ADMIN, wanted).cases] == numbers


def test_a_batch_that_names_a_person_is_found(database: Database) -> None:
    with database.writing() as session:
        fixed = {"digest": "0", "kind": "enquiries", "state": "done", "reason": "", "total": 1, "created_at": NOW, "created_by": "system", "finished_at": NOW}
        session.add(BatchRow(id="b" * 32, name="may.csv", **fixed))
        session.flush()
        session.add(BatchItemRow(batch_id="b" * 32, position=1, reference="R1", line=2, asked=ENQUIRY, scope="{}", answered=None))
    found = service(database).find(ADMIN, "07700900123")
    assert (found.cases, found.batches) == ([], [FoundBatch(batch_id="b" * 32, name="may.csv", lines=[2])])


@pytest.mark.parametrize(("cases", "error"), [([], BadInputError), (["1"] * 101, BadInputError), (["x"], NotFoundError), (["MIS-000009"], NotFoundError)])
def test_cases_that_cannot_be_used(database: Database, cases: list[str], error: type[Exception]) -> None:
    filled(database)
    for call in (service(database).export, service(database).erase):
        with pytest.raises(error):
            call(ADMIN, cases)


def test_all_that_is_held_is_handed_over(database: Database) -> None:
    case_id = filled(database)
    with ZipFile(io.BytesIO(service(database).export(ADMIN, [case_id, "MIS-000001"]))) as archive:
        names = archive.namelist()
        data = json.loads(archive.read("data.json"))
        paragraphs = [paragraph.text for paragraph in Document(io.BytesIO(archive.read("MIS-000001.docx"))).paragraphs]
    assert names == ["data.json", "MIS-000001.docx"]
    (held,) = data["cases"]
    assert (held["case"]["enquiry"], held["case"]["contact"]) == (ENQUIRY, "zq@example.org")
    assert [version["body"] for version in held["drafts"][0]["versions"]] == ["Dear Zebedee, 1", "Dear Zebedee, 2"]
    assert [entry["action"] for entry in held["history"]] == ["subject.exported", "case.opened"]
    assert {"Name: Zebedee Quill", "Contact: zq@example.org", ENQUIRY, "Dear Zebedee, 2", "How does Zebedee begin?"} <= set(paragraphs)


def test_what_is_erased_is_gone_and_the_figures_stay(database: Database) -> None:
    case_id = filled(database)
    subjects = service(database)
    erased = ErasedCase(case_id=case_id, reference="MIS-000001", drafts=1, versions=2, questions=1, was_erased=False)
    assert subjects.erase(ADMIN, ["MIS-000001"]) == [erased]
    case = cases_of(database).case(ADMIN, case_id)
    assert (case.name, case.contact, case.organisation, case.enquiry, case.matter, case.erased_at) == (ERASED, ERASED, ERASED, ERASED, ERASED, NOW)
    assert (case.number, case.status, case.sector, case.received_at, case.version) == (1, "new", "libraries", NOW, 2)
    with database.session() as session:
        row = session.get(DraftRow, "d" * 32)
        assert row is not None
        for number in (1, 2):
            draft = stored_draft(session, row, number)
            assert (draft.body, draft.reason, draft.name, draft.unanswered, draft.state) == (ERASED, ERASED, "", [], "returned")
        assert session.scalars(select(AskedRow.question)).all() == [ERASED]
        assert session.execute(select(FeedbackRow.comment, FeedbackRow.verdict)).all() == [(ERASED, "wrong")]
        assert session.scalars(select(CaseRow.name).order_by(CaseRow.number)).all() == [ERASED, "Jo Brown"]
        log = session.execute(select(AuditRow.action, AuditRow.details).order_by(AuditRow.number.desc())).first()
    assert log == ("subject.erased", '{"drafts":1,"number":1,"questions":1,"versions":2,"why":"request"}')
    assert AuditLog(database).verify().broken is None
    assert subjects.find(ADMIN, "Zebedee").cases == []
    assert subjects.erase(ADMIN, [case_id]) == [erased.model_copy(update={"was_erased": True})]


def test_one_case_that_is_not_there_keeps_all(database: Database) -> None:
    case_id = filled(database)
    with pytest.raises(NotFoundError):
        service(database).erase(ADMIN, [case_id, "9"])
    assert cases_of(database).case(ADMIN, case_id).enquiry == ENQUIRY


@pytest.fixture
def on_disk(tmp_path: Path) -> Iterator[Database]:
    held = Database(database_url(None, tmp_path))
    yield held
    held.engine.dispose()


def test_no_byte_is_left_in_the_file_or_its_log_of_changes(on_disk: Database, tmp_path: Path) -> None:
    case_id = filled(on_disk)
    on_disk.forget()
    assert any(secret.encode() in each.read_bytes() for each in tmp_path.iterdir() for secret in SECRETS)
    service(on_disk).erase(ADMIN, [case_id])
    assert [(each.name, secret) for each in tmp_path.iterdir() for secret in SECRETS if secret.encode() in each.read_bytes()] == []


def closed(database: Database, days: int) -> str:
    case_id = filled(database)
    with database.writing() as session:
        row = session.get_one(CaseRow, case_id)
        row.status, row.closed_at = "closed", NOW - timedelta(days=days)
    return case_id


def retention(database: Database, conversations: int = 0, cases: int = 0, asked: int = 0) -> Retention:
    return Retention(database, AuditLog(database, lambda: NOW), service(database), Ages(conversations, cases, asked), lambda: NOW)


NOTHING = Removed(conversations=0, cases=0, asked=0, feedback=0, batches=0)


def test_nothing_goes_where_nothing_is_set_or_due(database: Database) -> None:
    assert (retention(database, 1, 1, 1).due(), retention(database, 1, 1, 1).remove()) == (NOTHING, NOTHING)
    closed(database, 400)
    for held in (retention(database), retention(database, 1, 401, 1)):
        assert (held.due(), held.remove()) == (NOTHING, NOTHING)
    assert [entry.action for entry in AuditLog(database).entries()] == ["case.opened", "case.opened"]


def test_what_is_due_goes_once(database: Database) -> None:
    case_id = closed(database, 400)
    with database.writing() as session:
        session.add(ConversationRow(id="c" * 32, owner="", turn_count=1, active_at=NOW - timedelta(days=40)))
        for row in [*session.scalars(select(AskedRow)), *session.scalars(select(FeedbackRow))]:
            row.at = NOW - timedelta(days=100)
    held = retention(database, 30, 365, 90)
    gone = Removed(conversations=1, cases=1, asked=1, feedback=1, batches=0)
    assert (held.due(), held.remove(), held.due(), held.remove()) == (gone, gone, NOTHING, NOTHING)
    assert cases_of(database).case(SYSTEM, case_id).enquiry == ERASED
    actions = [(entry.actor, entry.action, entry.subject) for entry in AuditLog(database).entries(limit=2)]
    assert actions == [("system", "retention.applied", "retention"), ("system", "subject.erased", f"case:{case_id}")]
    assert AuditLog(database).verify().broken is None
