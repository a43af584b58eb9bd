"""Figures, batches and feedback through HTTP: who may, what is answered, and what is wrong with a request."""

import io
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import openpyxl
import pytest

from assistant.api.application import build_api
from assistant.desk.insight import TABLES
from assistant.people.person import SYSTEM
from assistant.services import Services, build_services
from assistant.settings import Settings
from evals.server import serving
from index.embedding import SentenceEmbedder
from index.versions import Versions

FILE = b"reference,question\n1,What is recommendation 2?\n"


@dataclass(frozen=True)
class Desk:
    services: Services
    client: httpx.Client
    signed: dict[str, str]
    reading: dict[str, str]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder, small_index: Versions) -> Iterator[Desk]:
    """A server over the small library, with a key that may draft and one that may only read."""
    root = tmp_path_factory.mktemp("desk")
    (root / "index").symlink_to(Path(small_index.root))
    services = build_services(Settings(data_dir=root), embedder)
    keys = {right: services.people.keys.add(right, [right, "read"], SYSTEM)[1] for right in ("draft", "read")}
    with serving(build_api(services)) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield Desk(services, client, {"Authorization": f"Bearer {keys['draft']}"}, {"Authorization": f"Bearer {keys['read']}"})


def finished(desk: Desk, batch_id: str) -> dict[str, object]:
    """The batch once it is done: its one line takes far less than this."""
    for _ in range(600):
        view = desk.client.get(f"/api/v1/batches/{batch_id}", headers=desk.signed).json()
        if view["state"] == "done":
            return dict(view)
        time.sleep(0.05)
    raise AssertionError("the batch was not done")


@pytest.mark.parametrize("path", ["/api/v1/insight", "/api/v1/insight/sectors.csv", "/api/v1/insight/sectors.png", "/api/v1/batches", "/api/v1/batches/x"])
def test_nobody_in_particular_sees_nothing(desk: Desk, path: str) -> None:
    response = desk.client.get(path)
    assert (response.status_code, response.headers["content-type"]) == (401, "application/problem+json")


def test_what_is_asked_through_http_is_in_the_figures(desk: Desk) -> None:
    answer = desk.client.post("/api/v1/ask", json={"question": "What is recommendation 2? Write to jo@example.org", "scope": {"sector": "youth"}}).json()
    desk.services.asked.settle()
    said = {"answer_id": answer["answer_id"], "verdict": "wrong", "comment": "Ring 020 7946 0018"}
    given = desk.client.post("/api/v1/feedback", json=said)
    assert (given.status_code, list(given.json())) == (201, ["feedback_id"])
    response = desk.client.get("/api/v1/insight", params={"sector": "youth"}, headers=desk.reading)
    assert (response.status_code, response.headers["cache-control"]) == (200, "no-store")
    tables = {table["name"]: table["rows"] for table in response.json()["tables"]}
    assert list(tables) == list(TABLES)
    assert [row[:3] for row in tables["outcomes"]] == [[TABLES_OUTCOME[answer["outcome"]], 1, 0]]
    assert tables["feedback"] == [["Wrong", 1]]
    assert [row[1:] for row in tables["comments"]] == [["Wrong", "What is recommendation 2? Write to [email]", "Ring [phone]"]]
    assert desk.client.get("/api/v1/insight/comments.csv", headers=desk.reading).text.startswith("\ufeffDay,Verdict,Question,Comment\r\n")


TABLES_OUTCOME = {"answered": "Answered", "partial": "Answered in part", "not_covered": "Not covered by the guidance", "clarify": "Asked back"}


def test_a_table_as_a_chart(desk: Desk) -> None:
    response = desk.client.get("/api/v1/insight/regions.png", headers=desk.reading)
    assert (response.status_code, response.headers["content-type"], response.content[:4]) == (200, "image/png", b"\x89PNG")


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("/api/v1/insight/salaries.csv", 404, "There is no table with the id 'salaries'. There are: " + ", ".join(TABLES) + "."),
        ("/api/v1/insight/replies.png", 404, "There is no chart with the id 'replies'. This table is not drawn; take it as CSV."),
        ("/api/v1/insight?from=2026-02-01&to=2026-01-01", 422, "to: is 2026-01-01, before the first day 2026-02-01; swap the two"),
        ("/api/v1/insight?county=kent", 422, "county: is not a known field; remove it"),
    ],
)
def test_what_is_wrong_with_a_request_for_figures(desk: Desk, path: str, status: int, detail: str) -> None:
    response = desk.client.get(path, headers=desk.reading)
    assert (response.status_code, response.json()["detail"]) == (status, detail)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"verdict": "useful"}, "answer_id"),
        ({"answer_id": "x", "verdict": "useful"}, "answer_id"),
        ({"answer_id": "a" * 32, "verdict": "superb"}, "verdict"),
        ({"answer_id": "a" * 32, "verdict": "wrong", "comment": "x" * 2001}, "comment"),
    ],
)
def test_what_is_wrong_with_feedback(desk: Desk, body: dict[str, str], field: str) -> None:
    response = desk.client.post("/api/v1/feedback", json=body)
    assert (response.status_code, [error["field"] for error in response.json()["errors"]]) == (422, [field])


def test_a_batch_from_file_to_answers(desk: Desk) -> None:
    sent = desk.client.post("/api/v1/batches", files={"file": ("may.csv", FILE)}, data={"sector": "youth"}, headers=desk.signed)
    assert (sent.status_code, sent.json()["name"], sent.json()["total"]) == (201, "may.csv", 1)
    batch_id = sent.json()["batch_id"]
    view = finished(desk, batch_id)
    assert desk.client.get("/api/v1/batches", headers=desk.reading).json() == {"batches": [view]}
    result = desk.client.get(f"/api/v1/batches/{batch_id}/result", params={"format": "xlsx"}, headers=desk.reading)
    assert result.headers["content-disposition"] == 'attachment; filename="may-answers.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(result.content))
    assert [cell.value for cell in book["Answers"][2]][:3] == [2, "1", "What is recommendation 2?"]
    assert [desk.client.post(f"/api/v1/batches/{batch_id}/{what}", headers=desk.signed).json()["state"] for what in ("stop", "resume")] == ["done", "done"]
    assert desk.client.delete(f"/api/v1/batches/{batch_id}", headers=desk.reading).status_code == 403
    assert desk.client.delete(f"/api/v1/batches/{batch_id}", headers=desk.signed).status_code == 204
    assert desk.client.get(f"/api/v1/batches/{batch_id}", headers=desk.signed).status_code == 404


def test_a_file_with_faults(desk: Desk) -> None:
    response = desk.client.post("/api/v1/batches", files={"file": ("x.csv", b"question,reference\n,1\n")}, headers=desk.signed)
    assert (response.status_code, response.json()["errors"]) == (
        422,
        [{"field": "file", "message": "cannot be used; nothing was begun. line 2: the question is empty."}],
    )
    missing = desk.client.post("/api/v1/batches", data={"sector": "youth"}, headers=desk.signed)
    assert (missing.status_code, [error["field"] for error in missing.json()["errors"]]) == (422, ["file"])


def test_a_file_may_be_larger_than_other_bodies(desk: Desk) -> None:
    large = b"question\n" + b"".join(b"Why is number %d so long? %s\n" % (number, b"x" * 1900) for number in range(300))
    sent = desk.client.post("/api/v1/batches", files={"file": ("large.csv", large)}, headers=desk.signed)
    assert (sent.status_code, sent.json()["total"]) == (201, 300)
    assert desk.client.delete(f"/api/v1/batches/{sent.json()['batch_id']}", headers=desk.signed).status_code == 204
    assert desk.client.post("/api/v1/batches", content=b"x" * (17 * 1024 * 1024), headers=desk.signed).status_code == 413
