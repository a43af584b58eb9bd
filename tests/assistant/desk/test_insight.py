"""The figures, each from cases, questions and feedback put into a real database; filters; small numbers hidden."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import numpy as np
import pytest

from assistant.database.desk_tables import CaseRow
from assistant.database.engine import Database
from assistant.database.use_tables import AskedRow, AskedSourceRow, FeedbackRow
from assistant.desk.figures import InsightFilters, InsightTable, suppressed
from assistant.desk.insight import TABLES, InsightService
from assistant.desk.labels import REGION_WORDS
from assistant.desk.sheets import Cell
from assistant.errors import BadInputError, NotFoundError
from assistant.people.person import SYSTEM, Actor, ForbiddenError
from index.embedding import Vectors
from index.live import LiveIndex
from index.versions import Versions

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
"""A Monday."""
NOBODY = Actor(id="n", name="Nobody", rights=frozenset({"ask"}))
QUESTIONS = {"May we keep our cars?": (1.0, 0.0), "Can the cars be kept?": (0.8, 0.6), "Is there parking?": (0.0, 1.0)}


class Words:
    """An embedder of a few questions, so that what is alike is known."""

    name = "words"

    def encode(self, texts: Any, progress: Any = None) -> Vectors:
        return np.array([QUESTIONS[text] for text in texts], dtype=np.float32)


@pytest.fixture
def service(database: Database, small_index: Versions) -> InsightService:
    return InsightService(database, LiveIndex(small_index), Words(), now=lambda: NOW)


def add(database: Database, *rows: Any) -> None:
    with database.writing() as session:
        session.add_all(rows)


def case(number: int, received: str = "2026-11-02", **fields: Any) -> CaseRow:
    day = date.fromisoformat(received)
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    texts = dict.fromkeys(("name", "contact", "organisation", "enquiry", "searchable", "unconfirmed"), "")
    usual = {"channel": "email", "status": "new", "due_on": day + timedelta(days=14), "version": 1, "updated_at": at}
    return CaseRow(**{"id": f"{number:032d}", "number": number, "received_at": at, **texts, **usual, **fields})


def asked(question: str, outcome: str = "not_covered", **fields: Any) -> AskedRow:
    usual = {"id": uuid4().hex, "at": NOW, "channel": "chat", "confidence": 0.5, "index_version": "v"}
    return AskedRow(**{**usual, "question": question, "outcome": outcome, **fields})


def rows(service: InsightService, name: str, **filters: Any) -> list[list[Cell]]:
    return service.table(SYSTEM, name, InsightFilters.model_validate(filters)).rows


def test_an_empty_desk(service: InsightService) -> None:
    insight = service.insight(SYSTEM, InsightFilters())
    told = {table.name: table.rows for table in insight.tables}
    regions: list[list[Cell]] = [[words, 0] for words in REGION_WORDS.values()]
    assert told == {name: [] for name in TABLES} | {"regions": regions, "replies": [["Enquiries replied to", 0], ["Open and past the due date", 0]]}
    assert [table.title for table in insight.tables][:2] == ["Enquiries by service area", "Enquiries by region"]


def test_who_may_see_them_and_what_there_is(service: InsightService) -> None:
    with pytest.raises(ForbiddenError, match="You may not see the figures: that needs the right “read”"):
        service.insight(NOBODY, InsightFilters())
    with pytest.raises(NotFoundError) as missing:
        service.table(SYSTEM, "salaries", InsightFilters())
    assert (missing.value.what, missing.value.identifier) == ("table", "salaries")
    with pytest.raises(BadInputError) as error:
        rows(service, "sectors", **{"from": "2026-02-01", "to": "2026-01-31"})
    assert (error.value.field, error.value.message) == ("to", "is 2026-01-31, before the first day 2026-02-01; swap the two")


def test_counts_of_enquiries(service: InsightService, database: Database) -> None:
    add(
        database,
        case(1, sector="libraries", region="london", stage="pre_spin_out", organisation_type="council"),
        case(2, sector="libraries", region="wales", channel="phone", status="sent", organisation_type="council"),
        case(3, sector="youth", region="london", stage="spinning_out", channel="phone"),
        case(4),
    )
    assert rows(service, "sectors") == [["Libraries", 2], ["Youth services", 1], ["Not known", 1]]
    counts = {"London": 2, "Wales": 1}
    assert rows(service, "regions") == [*([words, counts.get(words, 0)] for words in REGION_WORDS.values()), ["Not known", 1]]
    assert rows(service, "stages") == [["Before spinning out", 1], ["Spinning out", 1], ["Not known", 2]]
    assert rows(service, "organisations") == [["Council", 2], ["Not known", 2]]
    assert rows(service, "channels") == [["Email", 2], ["Phone", 2]]
    assert rows(service, "statuses") == [["New", 3], ["Sent", 1]]


def test_filters_go_together(service: InsightService, database: Database) -> None:
    add(
        database,
        case(1, "2026-10-31", sector="libraries", region="london"),
        case(2, "2026-11-01", sector="libraries", region="london", channel="phone"),
        case(3, "2026-11-30", sector="libraries", region="london", channel="phone", status="sent"),
        case(4, "2026-12-01", sector="youth", region="wales"),
    )
    assert rows(service, "sectors", **{"from": "2026-11-01", "to": "2026-11-30"}) == [["Libraries", 2]]
    assert rows(service, "sectors", region="wales") == [["Youth services", 1]]
    assert rows(service, "sectors", channel="phone", status="new") == [["Libraries", 1]]
    assert rows(service, "sectors", sector="youth", region="london") == []
    assert rows(service, "sectors", to="9999-12-31") == [["Libraries", 3], ["Youth services", 1]]


def test_over_time_by_month_and_week_without_gaps(service: InsightService, database: Database) -> None:
    add(database, case(1, "2025-11-30"), case(2, "2026-01-31"), case(3, "2026-02-01"), case(4, "2026-02-01"))
    assert rows(service, "time") == [["Nov 2025", 1], ["Dec 2025", 0], ["Jan 2026", 1], ["Feb 2026", 2]]
    assert rows(service, "time", by="week", **{"from": "2026-01-01"}) == [["26 Jan 2026", 3]]
    assert rows(service, "time", by="week", to="2026-01-31")[:2] == [["24 Nov 2025", 1], ["1 Dec 2025", 0]]


def test_time_to_reply_in_working_days(service: InsightService, database: Database) -> None:
    sent = {"status": "sent"}
    add(
        database,
        case(1, "2026-11-06", replied_at=datetime(2026, 11, 9, 8, tzinfo=UTC), **sent),  # Friday to Monday
        case(2, "2026-11-07", replied_at=datetime(2026, 11, 8, 8, tzinfo=UTC), **sent),  # within a weekend
        case(3, "2026-11-02", replied_at=datetime(2026, 11, 20, 8, tzinfo=UTC), due_on=date(2026, 11, 16), **sent),
        case(4, "2026-11-02", due_on=date(2026, 11, 20)),
        case(5, "2026-11-02", due_on=date(2026, 11, 23)),
        case(6, "2026-11-02", due_on=date(2026, 11, 3), status="closed"),
    )
    assert rows(service, "replies") == [
        ["Enquiries replied to", 3],
        ["Working days to reply, median", 1.0],
        ["Working days to reply, 90th percentile", 14],
        ["Replied to after the due date, per cent", 33.3],
        ["Open and past the due date", 1],
    ]
    assert rows(service, "replies", suppress_small=True) == [["Enquiries replied to", "fewer than 5"], ["Open and past the due date", "fewer than 5"]]


def test_what_the_guidance_does_not_cover_is_grouped(service: InsightService, database: Database) -> None:
    add(
        database,
        asked("Is there parking?"),
        asked("Is there parking?", outcome="answered"),
        *(asked("May we keep our cars?") for _ in range(2)),
        asked("Can the cars be kept?", sector="youth"),
    )
    assert rows(service, "uncovered") == [["May we keep our cars?", 3, "Can the cars be kept?"], ["Is there parking?", 1, ""]]
    assert rows(service, "uncovered", sector="youth") == [["Can the cars be kept?", 1, ""]]
    assert rows(service, "uncovered", suppress_small=True) == []


def test_outcomes_by_where_they_were_asked_and_those_of_enquiries(service: InsightService, database: Database) -> None:
    held = case(1, region="london")
    add(database, held)
    add(
        database,
        asked("a", "answered"),
        asked("b", "answered", channel="api"),
        asked("c", "refused", channel="batch"),
        asked("d", "answered", channel="desk", case_id=f"{1:032d}", at=NOW - timedelta(days=40)),
    )
    assert rows(service, "outcomes") == [["Answered", 3, 1, 1, 1, 0], ["Refused", 1, 0, 0, 0, 1]]
    assert rows(service, "outcomes", region="london") == [["Answered", 1, 0, 0, 1, 0]]
    assert rows(service, "outcomes", region="wales") == []
    assert rows(service, "outcomes", **{"from": "2026-11-23"}) == [["Answered", 2, 1, 1, 0, 0], ["Refused", 1, 0, 0, 0, 1]]


def test_sources_used_and_those_that_no_longer_stood(service: InsightService, database: Database) -> None:
    first, second = "1" * 32, "2" * 32
    add(database, asked("a", "answered", id=first), asked("b", "answered", id=second, sector="youth"))
    with database.writing() as session:
        for held, source, standing, times in (
            (first, "old-regulations", "superseded", 2),
            (second, "old-regulations", "superseded", 1),
            (second, "report-2012", "in_force", 4),
            (first, "not-in-the-catalogue", "in_force", 1),
        ):
            session.add(AskedSourceRow(asked_id=held, source_id=source, standing=standing, times=times))
    assert rows(service, "sources") == [["The Report of 2012", 4, 1], ["The Old Regulations 2010", 3, 2], ["not-in-the-catalogue", 1, 1]]
    assert rows(service, "sources", sector="youth") == [["The Report of 2012", 4, 1], ["The Old Regulations 2010", 1, 1]]
    assert rows(service, "superseded") == [["The Old Regulations 2010", 2, "Superseded", "The New Act 2020"]]


def test_what_readers_said(service: InsightService, database: Database) -> None:
    held = "a" * 32
    add(database, asked("May we keep our cars?", id=held, sector="youth"))
    said = [("useful", "Thanks", held), ("wrong", "It was changed.", held), ("not_useful", "", "f" * 32)]
    add(database, *(FeedbackRow(id=f"{n:032d}", at=NOW - timedelta(days=n), answer_id=answer, verdict=v, comment=c) for n, (v, c, answer) in enumerate(said)))
    assert rows(service, "feedback") == [["Useful", 1], ["Not useful", 1], ["Wrong", 1]]
    assert rows(service, "feedback", sector="youth") == [["Useful", 1], ["Wrong", 1]]
    assert rows(service, "comments") == [
        ["2026-11-22", "Wrong", "May we keep our cars?", "It was changed."],
        ["2026-11-21", "Not useful", "(not kept)", ""],
    ]
    assert rows(service, "comments", **{"from": "2026-11-22"}) == [["2026-11-22", "Wrong", "May we keep our cars?", "It was changed."]]
    assert rows(service, "comments", suppress_small=True) == []


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([], []),
        ([0, 5, 100], [0, 5, 100]),
        ([4, 1, 9], ["fewer than 5", "fewer than 5", 9]),
        ([12, 4, 7, 0], [12, "fewer than 5", "not shown", 0]),
        ([3], ["fewer than 5"]),
    ],
)
def test_small_numbers_are_hidden_and_cannot_be_worked_out_from_a_total(counts: list[int], shown: list[Cell]) -> None:
    table = InsightTable(name="t", title="", note="", columns=["", ""], rows=[["x", count] for count in counts])
    assert [row[1] for row in suppressed(table, (1,)).rows] == shown


def test_small_numbers_are_hidden_in_every_table(service: InsightService, database: Database) -> None:
    add(database, *(case(number, sector="youth" if number < 7 else "fire") for number in range(1, 9)))
    assert rows(service, "sectors", suppress_small=True) == [["Youth services", "not shown"], ["Fire and rescue", "fewer than 5"]]


def test_without_an_index_sources_are_shown_by_their_ids(database: Database, tmp_path: Any) -> None:
    service = InsightService(database, LiveIndex(Versions(tmp_path / "none")), Words(), now=lambda: NOW)
    add(database, asked("a", "answered", id="a" * 32))
    add(database, AskedSourceRow(asked_id="a" * 32, source_id="report-2012", standing="withdrawn", times=1))
    assert rows(service, "superseded") == [["report-2012", 1, "Withdrawn", ""]]
