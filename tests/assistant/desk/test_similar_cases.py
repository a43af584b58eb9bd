"""Past cases that are like one: best first, with the reason, and none that was erased."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from assistant.audit import AuditLog
from assistant.database.desk_tables import CaseRow
from assistant.database.engine import Database
from assistant.desk.cases import CaseService, Proposed
from assistant.people.person import SYSTEM
from corpus.words import Sector
from index.embedding import SentenceEmbedder

PENSIONS = "Would our staff keep the local government pension when the library transfers to a new mutual?"
PAST: list[tuple[str, Sector | None]] = [
    ("What happens to the pension of library staff who transfer to a mutual under TUPE?", "libraries"),
    ("How long may a contract for youth services be reserved?", "youth"),
    ("My staff ask about their pension if the service transfers to a mutual.", "adult_social_care"),
    ("[email] [phone]", None),
    ("", None),
]


@pytest.fixture
def service(database: Database) -> CaseService:
    """Without a model: words alone decide."""
    return CaseService(database, AuditLog(database))


@pytest.fixture
def model_service(database: Database, embedder: SentenceEmbedder) -> CaseService:
    """As the product is."""
    return CaseService(database, AuditLog(database), embedder=embedder)


def opened(database: Database, service: CaseService, searchable: str, sector: Sector | None = None) -> str:
    with database.writing() as session:
        return service.open_case(session, SYSTEM, "An enquiry", searchable, "email", "", "", Proposed(sector=sector))


def found(service: CaseService, case_id: str, k: int = 5) -> list[tuple[int, float, str]]:
    return [(each.case.number, each.score, each.why) for each in service.similar(SYSTEM, case_id, k)]


def test_the_only_case_is_like_none(database: Database, service: CaseService) -> None:
    assert found(service, opened(database, service, PENSIONS)) == []


def test_an_enquiry_without_words_is_like_none(database: Database, service: CaseService) -> None:
    empty = opened(database, service, "[email], and of the")
    assert found(service, empty) == []
    opened(database, service, "[email], and of the")
    assert found(service, empty) == []


def test_those_that_share_the_rarest_words_come_first_and_say_which(database: Database, service: CaseService) -> None:
    for text, sector in PAST:
        opened(database, service, text, sector)
    own = opened(database, service, PENSIONS, "libraries")
    told = found(service, own)
    assert [(number, why) for number, _, why in told] == [
        (1, "Both speak of library, pension, staff, transfers, mutual. Both are about the same service."),
        (3, "Both speak of pension, staff, transfers, mutual."),
    ]
    assert 0.1 < told[1][1] < told[0][1] <= 1
    assert found(service, own, 1) == told[:1]


def test_the_same_enquiry_again_is_as_like_as_can_be(database: Database, service: CaseService) -> None:
    first, second = opened(database, service, PENSIONS), opened(database, service, PENSIONS)
    (told,) = service.similar(SYSTEM, first)
    assert (told.case.case_id, told.score) == (second, 1.0)


def test_cases_opened_and_erased_since_are_reckoned_with(database: Database, service: CaseService) -> None:
    own = opened(database, service, PENSIONS)
    first = opened(database, service, PENSIONS)
    assert [number for number, _, _ in found(service, own)] == [2]
    opened(database, service, PENSIONS)
    assert [number for number, _, _ in found(service, own)] == [2, 3]
    with database.writing() as session:
        session.execute(update(CaseRow).where(CaseRow.id == first).values(erased_at=datetime.now(UTC), searchable="[erased]"))
    assert [number for number, _, _ in found(service, own)] == [3]
    assert service.similar(SYSTEM, first) == []


def test_many_may_ask_while_others_open_cases(database: Database, service: CaseService) -> None:
    own = opened(database, service, PENSIONS)

    def work(number: int) -> int:
        return len(opened(database, service, PENSIONS)) if number % 2 else len(service.similar(SYSTEM, own, 20))

    with ThreadPoolExecutor(4) as advisers:
        list(advisers.map(work, range(20)))
    assert len(service.similar(SYSTEM, own, 20)) == 10


def test_by_meaning_those_that_ask_the_same_come_first(database: Database, model_service: CaseService) -> None:
    own = opened(database, model_service, PENSIONS, "libraries")
    assert found(model_service, own) == []
    for text, sector in PAST:
        opened(database, model_service, text, sector)
    told = found(model_service, own)
    assert [(number, why) for number, _, why in told] == [
        (2, "Both speak of library, staff, pension, transfers, mutual. Both are about the same service."),
        (4, "Both speak of staff, pension, transfers, mutual."),
    ]
    assert 0.58 <= told[1][1] < told[0][1] <= 1
    again = opened(database, model_service, PENSIONS)
    assert found(model_service, own, 1)[0][:2] == (7, 1.0)
    with database.writing() as session:
        session.execute(update(CaseRow).where(CaseRow.id == again).values(erased_at=datetime.now(UTC), searchable="[erased]"))
    assert found(model_service, own) == told
