"""Replies over HTTP, drafted and checked for real, on both makes of database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from sqlalchemy import URL

from assistant.api.application import build_api
from assistant.people.person import SYSTEM, Right
from assistant.services import Services, build_services
from assistant.settings import Settings
from evals.server import serving
from index.embedding import SentenceEmbedder

ENQUIRY = (
    "Dear team,\n\nI work in a council library service. What is a public service mutual? What does TUPE protect?\n\nKind regards\nJo Brown\njo@example.org"
)


@pytest.fixture
def desk(services: Services, database_at: URL, embedder: SentenceEmbedder) -> Services:
    """Services over the bundled library's index and an empty database."""
    return build_services(Settings(data_dir=services.settings.data_dir, database_url=database_at.render_as_string(hide_password=False)), embedder)


@pytest.fixture
def server(desk: Services) -> Iterator[str]:
    with serving(build_api(desk)) as where:
        yield where


def bearing(desk: Services, server: str, *rights: Right) -> httpx.Client:
    _, secret = desk.people.keys.add("a program", rights, SYSTEM)
    return httpx.Client(base_url=f"{server}/api/v1", headers={"Authorization": f"Bearer {secret}"}, timeout=120)


@pytest.fixture
def adviser(desk: Services, server: str) -> Iterator[httpx.Client]:
    with bearing(desk, server, "read", "draft") as client:
        yield client


def problem(response: httpx.Response) -> tuple[int, Any]:
    assert response.headers["content-type"] == "application/problem+json"
    return response.status_code, response.json()["errors"] or response.json()["detail"]


def test_nobody_drafts_without_a_key(server: str) -> None:
    assert httpx.post(f"{server}/api/v1/drafts", json={"enquiry": ENQUIRY}).status_code == 401
    assert httpx.get(f"{server}/api/v1/drafts").status_code == 401


def test_bad_input_is_named(adviser: httpx.Client) -> None:
    assert problem(adviser.post("/drafts", json={"enquiry": " "})) == (422, [{"field": "enquiry", "message": "is empty. Paste or type what was asked."}])
    long = adviser.post("/drafts", json={"enquiry": "\N{GRINNING FACE}" * 100_001})
    assert (long.status_code, long.json()["errors"][0]["field"]) == (422, "enquiry")
    assert adviser.post("/drafts", content=b" " * 1_500_000).status_code == 413
    assert problem(adviser.get("/drafts/x"))[0] == 404
    assert problem(adviser.put("/drafts/x", json={"version": "1", "body": ""}))[0] == 422
    assert adviser.get("/cases").json()["total"] == 0


def test_from_an_enquiry_to_a_submitted_reply(adviser: httpx.Client) -> None:
    draft = adviser.post("/drafts", json={"enquiry": ENQUIRY, "channel": "email"}).json()
    at = f"/drafts/{draft['draft_id']}"
    assert (draft["state"], draft["version"], len(draft["questions"])) == ("draft", 1, 2)
    assert all(ENQUIRY[slice(*each["span"])].endswith("?") for each in draft["questions"])
    assert adviser.get(at).json() == draft
    case = adviser.get(f"/cases/{draft['case_id']}").json()
    assert (case["status"], case["contact"], case["sector"]) == ("drafted", "jo@example.org", "libraries")

    found = adviser.get("/search", params={"q": "TUPE", "k": 1}).json()["results"][0]["passage_id"]
    citation = adviser.post(f"{at}/attach", json={"passage_id": found, "sentence": 0}).json()
    body = f"{draft['body']}\n\n{citation['quote']} [{citation['number']}]\n\nWe look forward to hearing from you."
    saved = adviser.put(at, json={"version": 1, "body": body}).json()
    assert saved["sentences"][: len(draft["sentences"])] == draft["sentences"]
    assert [(each["kind"], each["support"]) for each in saved["sentences"][len(draft["sentences"]) :]] == [("human", "supported"), ("human", "not_needed")]

    stale = adviser.put(at, json={"version": 1, "body": "Mine."})
    assert (stale.status_code, stale.json()["current"], stale.json()["yours"]) == (409, saved, "Mine.")
    unknown = adviser.put(at, json={"version": 2, "body": "See. [999]"})
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (422, "body")

    assert [each["version"] for each in adviser.get(f"{at}/versions").json()["versions"]] == [1, 2]
    pieces = adviser.get(f"{at}/compare", params={"from": 1, "to": 2}).json()["pieces"]
    assert "".join(piece["text"] for piece in pieces if piece["kind"] != "removed") == body
    for kind in ("docx", "html", "txt", "eml", "rich"):
        file = adviser.get(f"{at}/export", params={"format": kind})
        ending = "html" if kind == "rich" else kind
        assert (file.status_code, file.headers["content-disposition"]) == (
            200,
            f"attachment; filename*=UTF-8''reply-MIS-000001-v2-DRAFT-not-approved.{ending}",
        )
    assert adviser.get(f"{at}/export", params={"format": "exe"}).status_code == 422

    submitted = adviser.post(f"{at}/submit", json={"version": 2, "confirm": True}).json()
    assert adviser.get("/drafts", params={"state": "submitted"}).json() == {"drafts": [submitted]}
    assert problem(adviser.post(f"{at}/approve", json={"version": 2})) == (403, "You may not decide on replies: that needs the right “approve”.")
    assert adviser.get(f"/cases/{draft['case_id']}").json()["status"] == "submitted"


def signed_in(desk: Services, server: str, email: str, role: str) -> httpx.Client:
    desk.people.add(email, email.partition("@")[0], role, "four lighthouse pens", SYSTEM)
    token = desk.people.sign_in(email, "four lighthouse pens")
    return httpx.Client(base_url=f"{server}/api/v1", headers={"Cookie": f"mutuals_session={token}"}, timeout=120)


def test_another_person_approves_and_it_is_sent(desk: Services, server: str) -> None:
    with signed_in(desk, server, "ann@example.org", "approver") as ann, signed_in(desk, server, "bob@example.org", "approver") as bob:
        draft = ann.post("/drafts", json={"enquiry": ENQUIRY}).json()
        at = f"/drafts/{draft['draft_id']}"
        assert ann.post(f"{at}/submit", json={"version": 1, "confirm": True}).json()["state"] == "submitted"
        own = (403, "You may not decide on this reply: you wrote or submitted it. Another person must.")
        assert problem(ann.post(f"{at}/approve", json={"version": 1})) == own
        assert problem(bob.post(f"{at}/return", json={"version": 1, "reason": ""}))[0] == 422
        assert bob.post(f"{at}/approve", json={"version": 1}).json()["state"] == "approved"
        assert ann.get(f"{at}/export", params={"format": "eml"}).headers["content-disposition"] == "attachment; filename*=UTF-8''reply-MIS-000001-v1.eml"
        assert ann.post(f"{at}/sent").json()["state"] == "sent"
        refused = ann.put(at, json={"version": 1, "body": "x"})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "state")
        assert ann.get(f"/cases/{draft['case_id']}").json()["status"] == "sent"


def test_of_two_advisers_who_save_at_once_one_is_told(adviser: httpx.Client) -> None:
    draft = adviser.post("/drafts", json={"enquiry": ENQUIRY}).json()
    at = f"/drafts/{draft['draft_id']}"
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda body: adviser.put(at, json={"version": 1, "body": body}), ("Thank you, Ann.", "Thank you, Bob.")))
    won, lost = sorted(answers, key=lambda answer: answer.status_code)
    assert (won.status_code, lost.status_code, lost.json()["current"]) == (200, 409, won.json())
    assert {won.json()["body"], lost.json()["yours"]} == {"Thank you, Ann.", "Thank you, Bob."}
