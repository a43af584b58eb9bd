"""Batches: kept line by line, in order, through stops, kills and faults; and their results as files."""

import csv
import io
import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from sqlalchemy import URL
from turns import made_answer

from assistant.answers import Answer, Citation, Notice, Outcome, Scope
from assistant.asked import AskedLog
from assistant.audit import AuditLog
from assistant.database.engine import Database
from assistant.desk.batch_results import result_file
from assistant.desk.batch_running import NO_INDEX, BatchRunner
from assistant.desk.batches import BatchAnswer, BatchService, digest_of
from assistant.desk.drafts import Drafted, FoundQuestion
from assistant.errors import BadInputError, NotFoundError
from assistant.people.person import Actor, ForbiddenError
from corpus.sources import Authority, Standing
from index.versions import NoIndexError

ADVISER = Actor(id="a" * 32, name="Ann", rights=frozenset({"read", "draft"}))
READER = Actor(id="b" * 32, name="Rob", rights=frozenset({"read"}))
NOBODY = Actor(id="c" * 32, name="Nobody", rights=frozenset({"ask"}))
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FILE = b"reference,question,sector\nA1,One?,youth\nA2,Two?,\nA3,Three?,\n"
CITATION = Citation(
    number=1,
    quote="A quote.",
    passage_id="act.s-1",
    source_id="act",
    title="An Act",
    publisher="HM Government",
    published="2023",
    authority=Authority.STATUTE,
    standing=Standing.IN_FORCE,
    superseded_by=[],
    locator="s. 1",
    url="https://example.org/act",
)


@pytest.fixture
def service(database: Database) -> BatchService:
    return BatchService(database, AuditLog(database, lambda: NOW), 2000, lambda: NOW)


def answered(question: str, scope: Scope) -> Answer:
    """Text in Markdown, with a citation and a notice; a question that cannot be used, and one that meets no index."""
    if "unusable" in question:
        raise BadInputError("question", "is not one. Ask something.")
    if "no index" in question:
        raise NoIndexError("nowhere")  # type: ignore[arg-type]
    if "fault" in question:
        raise RuntimeError(f"A fault at {question}")
    notices = [Notice(kind="scope", text=f"For {scope.sector}.")] if scope.sector else []
    return made_answer("c" * 32, question, outcome=Outcome.ANSWERED, text=f"\\[So\\]: {question} [1]", citations=[CITATION], notices=notices)


def drafted(enquiry: str, scope: Scope) -> Drafted:
    """A reply whose questions have the outcomes that the enquiry names."""
    named = [outcome for outcome in Outcome if f"<{outcome.value}>" in enquiry]
    questions = [FoundQuestion(text=each.value, span=(0, 1), answer=made_answer("c" * 32, each.value, outcome=each)) for each in named]
    letter = f"Thank you.\n\nSources: {len(named)}"
    return Drafted(questions=questions, letter=letter, body="", sentences=[], citations=[CITATION], unanswered=[], notices=[], scope=scope, channel="email")


@pytest.fixture
def runner(database: Database, service: BatchService) -> Iterator[BatchRunner]:
    asked = AskedLog(database, lambda: "v1", is_on=False)
    made = BatchRunner(service, asked, answered, drafted)
    yield made
    made.close()


def until(done: Callable[[], Any]) -> None:
    """Wait until it is so; a batch of a few lines takes far less than this."""
    for _ in range(600):
        if done():
            return
        threading.Event().wait(0.05)
    raise AssertionError("it never came to that")


def outcomes(service: BatchService, batch_id: str) -> list[tuple[int, str | None]]:
    return [(item.line, item.answer and item.answer.outcome) for item in service.items(READER, batch_id)]


def test_a_batch_is_kept_and_answered_in_order(service: BatchService, runner: BatchRunner, database: Database) -> None:
    batch = service.create(ADVISER, "C:\\files\\Questions, May.csv", FILE, Scope(nation="wales"))
    assert batch.model_dump(exclude={"batch_id"}) == {
        "name": "Questions, May.csv",
        "kind": "question",
        "state": "waiting",
        "reason": "",
        "total": 3,
        "answered": 0,
        "created_at": NOW,
        "created_by": ADVISER.id,
        "finished_at": None,
    }
    assert service.claim() == batch.batch_id
    told: list[int] = []
    runner.run(batch.batch_id, told=lambda: told.append(service.batch(READER, batch.batch_id).answered))
    assert told == [1, 2, 3]
    done = service.batch(READER, batch.batch_id)
    assert (done.state, done.answered, done.finished_at, service.claim()) == ("done", 3, NOW, None)
    first, *others = service.items(READER, batch.batch_id)
    assert (first.position, first.line, first.reference, first.asked, first.scope) == (1, 2, "A1", "One?", Scope(sector="youth", nation="wales"))
    assert first.answer == BatchAnswer(outcome="answered", text="[So]: One? [1]", notices=["For youth."], citations=[CITATION])
    assert [(item.reference, item.scope) for item in others] == [("A2", Scope(nation="wales")), ("A3", Scope(nation="wales"))]
    assert service.batches(READER) == [done]
    assert [(entry.actor, entry.action, entry.details) for entry in AuditLog(database).entries(f"batch:{batch.batch_id}")] == [
        (ADVISER.id, "batch.created", {"kind": "question", "lines": 3})
    ]


def test_a_file_with_faults_begins_nothing(service: BatchService) -> None:
    with pytest.raises(BadInputError, match="line 2: the question is empty; line 4: the question is empty"):
        service.create(ADVISER, "x.csv", b"question,reference\n,1\nWhy?,2\n,3\n")
    assert (service.batches(READER), service.claim()) == ([], None)


def test_who_may_do_what(service: BatchService) -> None:
    batch_id = service.create(ADVISER, "x.csv", FILE).batch_id
    for attempt in (
        lambda: service.create(READER, "x.csv", FILE),
        lambda: service.stop(READER, batch_id),
        lambda: service.resume(READER, batch_id),
        lambda: service.remove(READER, batch_id),
        lambda: service.batch(NOBODY, batch_id),
        lambda: service.batches(NOBODY),
        lambda: service.items(NOBODY, batch_id),
    ):
        with pytest.raises(ForbiddenError):
            attempt()
    assert service.batch(READER, batch_id).state == "waiting"


@pytest.mark.parametrize("identifier", ["", "0" * 32, "x' OR 1=1 --", "\x00", "é", "../a"])
def test_a_batch_that_is_not_there(service: BatchService, identifier: str) -> None:
    for attempt in (service.batch, service.items, service.stop, service.resume, service.remove):
        with pytest.raises(NotFoundError) as error:
            attempt(ADVISER, identifier)
        assert (error.value.what, error.value.identifier) == ("batch", identifier)


def test_stopped_and_gone_on_with(service: BatchService, runner: BatchRunner) -> None:
    batch_id = service.create(ADVISER, "x.csv", FILE).batch_id
    service.claim()
    runner.run(batch_id, told=lambda: service.stop(ADVISER, batch_id) and None)
    assert (service.batch(READER, batch_id).state, outcomes(service, batch_id)) == ("stopped", [(2, "answered"), (3, None), (4, None)])
    assert service.claim() is None
    assert service.resume(ADVISER, batch_id).state == "waiting"
    runner.run(service.claim() or "")
    assert service.batch(READER, batch_id).state == "done"
    assert (service.stop(ADVISER, batch_id).state, service.resume(ADVISER, batch_id).state) == ("done", "done")


def test_a_batch_that_is_removed_while_it_is_answered(service: BatchService, runner: BatchRunner) -> None:
    batch_id = service.create(ADVISER, "x.csv", FILE).batch_id
    service.claim()
    runner.run(batch_id, told=lambda: service.remove(ADVISER, batch_id))
    assert service.batches(READER) == []


def test_old_batches_are_removed(service: BatchService, database: Database) -> None:
    service.create(ADVISER, "x.csv", FILE)
    later = BatchService(database, AuditLog(database), 2000, lambda: NOW + timedelta(days=31))
    newer = later.create(ADVISER, "y.csv", FILE)
    assert [later.remove_old(days) for days in (0, 32, 30)] == [0, 0, 1]
    assert later.batches(READER) == [newer]


def test_in_the_background_one_after_another_with_what_cannot_be_used_told(service: BatchService, runner: BatchRunner) -> None:
    runner.start()
    first = service.create(ADVISER, "x.csv", b"question\nOne?\nunusable\nThree?\n").batch_id
    second = service.create(ADVISER, "y.csv", b"enquiry\nDear all <answered>\n<answered> <not_covered>\n<refused> <not_covered>\nThanks!\n").batch_id
    until(lambda: {each.state for each in service.batches(READER)} == {"done"})
    assert outcomes(service, first) == [(2, "answered"), (3, "failed"), (4, "answered")]
    failed = service.items(READER, first)[1].answer
    assert failed == BatchAnswer(outcome="failed", text="The question is not one. Ask something.")
    assert outcomes(service, second) == [(2, "answered"), (3, "partial"), (4, "not_covered"), (5, "no_question")]
    third = service.create(ADVISER, "z.csv", FILE).batch_id
    until(lambda: service.batch(READER, third).state == "done")


def test_what_was_running_goes_first_at_the_next_start(service: BatchService, runner: BatchRunner, database: Database) -> None:
    other = service.create(ADVISER, "other.csv", FILE).batch_id
    later = BatchService(database, AuditLog(database), 2000, lambda: NOW + timedelta(days=1))
    interrupted = later.create(ADVISER, "x.csv", FILE, state="running").batch_id
    assert (service.claim(), service.batch(READER, other).state) == (interrupted, "waiting")
    runner.start()
    until(lambda: {each.state for each in service.batches(READER)} == {"done"})


def test_without_an_index_a_batch_stops_and_says_why(service: BatchService, runner: BatchRunner) -> None:
    runner.start()
    batch_id = service.create(ADVISER, "x.csv", b"question\nOne?\nno index\n").batch_id
    until(lambda: service.batch(READER, batch_id).state == "stopped")
    held = service.batch(READER, batch_id)
    assert (held.reason, held.answered, service.resume(ADVISER, batch_id).reason) == (NO_INDEX, 1, "")


def test_a_fault_of_ours_stops_one_batch_and_tells_nothing_of_the_question(
    service: BatchService, runner: BatchRunner, caplog: pytest.LogCaptureFixture
) -> None:
    runner.start()
    with caplog.at_level(logging.WARNING):
        batch_id = service.create(ADVISER, "x.csv", b"question\nfault secret\n").batch_id
        until(lambda: service.batch(READER, batch_id).state == "stopped")
    assert service.batch(READER, batch_id).reason == "Something went wrong on the server (RuntimeError). Resume to try the line again."
    assert "secret" not in caplog.text
    sound = service.create(ADVISER, "y.csv", FILE).batch_id
    until(lambda: service.batch(READER, sound).state == "done")


def test_the_same_file_is_known_again(service: BatchService) -> None:
    batch_id = service.create(ADVISER, "x.csv", FILE, Scope(sector="youth")).batch_id
    assert service.known(digest_of(FILE, Scope(sector="youth"))) == batch_id
    assert [service.known(digest_of(FILE, None)), service.known(digest_of(FILE + b"\n", Scope(sector="youth")))] == [None, None]


KILLED = """
import sys, time
from sqlalchemy import make_url
from test_batches import ADVISER, answered, drafted
from assistant.asked import AskedLog
from assistant.audit import AuditLog
from assistant.database.engine import Database
from assistant.desk.batch_running import BatchRunner
from assistant.desk.batches import BatchService
database = Database(make_url(sys.argv[1]))
service = BatchService(database, AuditLog(database), 2000)
runner = BatchRunner(service, AskedLog(database, lambda: "v", False), answered, drafted)
runner.run(service.claim(), told=lambda: print("kept", flush=True))
"""


def test_killed_in_the_middle_ten_times_nothing_answered_is_lost_or_asked_again(service: BatchService, database_at: URL, database: Database) -> None:
    content = b"question\n" + b"".join(b"Why %d?\n" % number for number in range(60))
    batch_id = service.create(ADVISER, "x.csv", content).batch_id
    told = 0
    address = database_at.render_as_string(hide_password=False)
    for kill in range(10):
        program = [sys.executable, "-c", KILLED, address]
        with subprocess.Popen(program, stdout=subprocess.PIPE, env={"PYTHONPATH": ":".join(filter(None, sys.path)), "PATH": ""}) as child:
            assert child.stdout is not None
            for _ in range(1 + kill % 3):
                assert child.stdout.readline() == b"kept\n"
                told += 1
            child.send_signal(signal.SIGKILL)
            told += len(child.stdout.read().splitlines())
        held = service.batch(READER, batch_id)
        assert held.answered in (told, told + 1)
        told = held.answered
        assert [answer for _, answer in outcomes(service, batch_id)] == ["answered"] * told + [None] * (60 - told)
    BatchRunner(service, AskedLog(database, lambda: "v", False), answered, drafted).run(service.claim() or "")
    assert (service.batch(READER, batch_id).state, {answer for _, answer in outcomes(service, batch_id)}) == ("done", {"answered"})
    assert AuditLog(database).verify().broken is None


def test_results_as_files(service: BatchService, runner: BatchRunner) -> None:
    batch_id = service.create(ADVISER, "../=Käse.csv", b"question,reference,sector\n=SUM(1)?,+1,youth\nunusable,,\nLater?,3,\n").batch_id
    service.claim()
    for _ in range(2):
        task = service.next_task(batch_id)
        assert task is not None
        service.keep(batch_id, task.position, runner._answered(task))
    batch, items = service.batch(READER, batch_id), service.items(READER, batch_id)
    file = result_file(batch, items, "csv")
    head = ["Line", "Reference", "Question", "Outcome", "Answer", "Please note", "Sources"]
    source = "[1] An Act, s. 1 (HM Government, 2023). Act or regulations. In force. https://example.org/act"
    assert (file.name, file.media_type) == ("K-se-answers.csv", "text/csv; charset=utf-8")
    assert list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline=""))) == [
        head,
        ["2", "'+1", "'=SUM(1)?", "Answered", "[So]: =SUM(1)? [1]", "For youth.", source],
        ["3", "", "unusable", "Could not be used", "The question is not one. Ask something.", "", ""],
        ["4", "3", "Later?", "Not answered yet", "", "", ""],
    ]
    book = openpyxl.load_workbook(io.BytesIO(result_file(batch, items, "xlsx").content))
    read = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}
    assert read == {
        "Answers": [
            head,
            [2, "+1", "=SUM(1)?", "Answered", "[So]: =SUM(1)? [1]", "For youth.", source],
            [3, None, "unusable", "Could not be used", "The question is not one. Ask something.", None, None],
            [4, "3", "Later?", "Not answered yet", None, None, None],
        ],
        "Citations": [
            ["Line", "Reference", "Number", "Title", "Locator", "Publisher", "Published", "Kind of source", "Standing", "Address", "Quote"],
            [2, "+1", 1, "An Act", "s. 1", "HM Government", "2023", "Act or regulations", "In force", "https://example.org/act", "A quote."],
        ],
    }
    assert "f" not in {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
