"""The desk's cases, pipeline and log over HTTP, on both makes of database."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from postgres import Cluster
from sqlalchemy import URL, text

from assistant.api.application import build_api
from assistant.desk.case_views import Proposed
from assistant.people.person import SYSTEM, Right
from assistant.services import Services, build_services
from assistant.settings import Settings
from evals.server import serving
from index.embedding import SentenceEmbedder

ENQUIRY = "Dear all,\n\nHow do we begin?"
NOT_THERE = "It may have been removed. The inbox shows the cases that there are."


@pytest.fixture
def desk(database_at: URL, tmp_path: Path, embedder: SentenceEmbedder) -> Services:
    """Services over an empty database; no index is needed for the desk's own routes."""
    return build_services(Settings(data_dir=tmp_path, database_url=database_at.render_as_string(hide_password=False)), embedder)


@pytest.fixture
def server(desk: Services) -> Iterator[str]:
    with serving(build_api(desk)) as where:
        yield where


def bearing(desk: Services, server: str, *rights: Right) -> httpx.Client:
    """A client with a key that has these rights."""
    _, secret = desk.people.keys.add("a program", rights, SYSTEM)
    return httpx.Client(base_url=f"{server}/api/v1", headers={"Authorization": f"Bearer {secret}"}, timeout=60)


@pytest.fixture
def adviser(desk: Services, server: str) -> Iterator[httpx.Client]:
    with bearing(desk, server, "read", "draft") as client:
        yield client


def opened(desk: Services, enquiry: str = ENQUIRY) -> str:
    with desk.database.writing() as session:
        return desk.cases.open_case(session, SYSTEM, enquiry, enquiry, "email", "Jo", "jo@example.org", Proposed(sector="youth"))


def assert_problem(response: httpx.Response, status: int, detail: str) -> None:
    assert (response.status_code, response.headers["content-type"], response.json()["detail"]) == (status, "application/problem+json", detail)


@pytest.mark.parametrize("path", ["cases", "cases/x", "cases/x/history", "cases/x/similar", "prospects", "prospects/x", "prospects/x/history", "audit"])
def test_nobody_reads_without_a_key(server: str, path: str) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        response = httpx.get(f"{server}/api/v1/{path}", headers=headers)
        assert (response.status_code, response.headers["content-type"]) == (401, "application/problem+json")
        assert response.headers["www-authenticate"].startswith("Bearer")


def test_a_key_does_what_its_rights_allow(desk: Services, server: str) -> None:
    case_id = opened(desk)
    with bearing(desk, server, "ask") as nobody, bearing(desk, server, "read") as reader:
        assert_problem(nobody.get("/cases"), 403, "You may not read cases: that needs the right “read”.")
        assert reader.get("/cases").json()["total"] == 1
        assert_problem(reader.patch(f"/cases/{case_id}", json={"version": 1}), 403, "You may not change cases: that needs the right “draft”.")
        assert_problem(reader.post("/prospects", json={"name": "x"}), 403, "You may not change the pipeline: that needs the right “draft”.")
        assert_problem(reader.get("/audit"), 403, "You may not read the audit log: that needs the right “administer”.")
        assert_problem(reader.get("/audit/verify"), 403, "You may not verify the audit log: that needs the right “administer”.")


def test_a_case_is_listed_read_changed_and_told_of(desk: Services, adviser: httpx.Client) -> None:
    case_id, other = opened(desk), opened(desk)
    listed = adviser.get("/cases", params={"q": "begin", "status": ["new", "closed"], "sector": "youth", "sort": "received"})
    assert (listed.headers["cache-control"], listed.json()["total"]) == ("no-store", 2)
    assert [case["reference"] for case in listed.json()["cases"]] == ["MIS-000001", "MIS-000002"]
    whole = adviser.get(f"/cases/{case_id}").json()
    assert (whole["enquiry"], whole["contact"], whole["unconfirmed"]) == (ENQUIRY, "jo@example.org", ["sector"])
    changed = adviser.patch(f"/cases/{case_id}", json={"version": 1, "sector": "libraries", "closed": True}).json()
    assert {name: changed[name] for name in changed if changed[name] != whole[name]} == {
        "sector": "libraries",
        "status": "closed",
        "unconfirmed": [],
        "version": 2,
        "updated_at": changed["updated_at"],
        "closed_at": changed["closed_at"],
    }
    assert adviser.get(f"/cases/{case_id}").json() == changed
    entries = adviser.get(f"/cases/{case_id}/history").json()["entries"]
    assert [(entry["actor"][:4], entry["action"]) for entry in entries] == [("key:", "case.changed"), ("syst", "case.opened")]
    (alike,) = adviser.get(f"/cases/{other}/similar", params={"k": 1}).json()["cases"]
    assert (alike["case"]["case_id"], alike["score"], alike["why"]) == (case_id, 1.0, "Both speak of dear, begin.")


def test_of_two_who_change_a_case_the_second_gets_both(desk: Services, adviser: httpx.Client) -> None:
    case_id = opened(desk)
    first = adviser.patch(f"/cases/{case_id}", json={"version": 1, "name": "Jo B"}).json()
    second = adviser.patch(f"/cases/{case_id}", json={"version": 1, "name": "Jo C"})
    assert (second.status_code, second.headers["content-type"]) == (409, "application/problem+json")
    detail = "Somebody else has changed this since you opened it, so nothing was changed. Compare the two, then send yours again with the version of `current`."
    assert second.json() == {
        "type": "about:blank",
        "title": "Conflict",
        "status": 409,
        "detail": detail,
        "errors": [],
        "current": first,
        "yours": {"name": "Jo C"},
    }


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "version"),
        ({"version": 0}, "version"),
        ({"version": "x"}, "version"),
        ({"version": 1, "sector": "space"}, "sector"),
        ({"version": 1, "name": "x" * 201}, "name"),
        ({"version": 1, "enquiry": "other"}, "enquiry"),
        ({"version": 1, "due_on": "soon"}, "due_on"),
        ({"version": 1, "due_on": None}, "due_on"),
        ({"version": 1, "assigned_to": "nobody"}, "assigned_to"),
        ({"version": 1, "prospect_id": "none"}, "prospect_id"),
    ],
)
def test_what_cannot_be_put_into_a_case_is_named(desk: Services, adviser: httpx.Client, body: dict[str, Any], field: str) -> None:
    case_id = opened(desk)
    response = adviser.patch(f"/cases/{case_id}", json=body)
    assert (response.status_code, [error["field"] for error in response.json()["errors"]]) == (422, [field])
    assert adviser.get(f"/cases/{case_id}").json()["version"] == 1


@pytest.mark.parametrize("query", ["status=lost", "page=0", "size=101", "sort=name", "received_from=x", "colour=red", f"q={'x' * 201}"])
def test_a_filter_that_is_none_is_named(adviser: httpx.Client, query: str) -> None:
    response = adviser.get(f"/cases?{query}")
    assert (response.status_code, [error["field"].split(".")[0] for error in response.json()["errors"]]) == (422, [query.split("=")[0]])


@pytest.mark.parametrize("case_id", ["0" * 32, "x", "%00", "..%2Faudit"])
def test_a_case_that_is_not_there(adviser: httpx.Client, case_id: str) -> None:
    assert adviser.get(f"/cases/{case_id}").status_code == 404
    if case_id == "x":
        assert_problem(adviser.get("/cases/x"), 404, f"There is no case with the id 'x'. {NOT_THERE}")


def test_the_pipeline(desk: Services, adviser: httpx.Client) -> None:
    added = adviser.post("/prospects", json={"name": "Leeds Libraries", "sector": "libraries", "staff": 40})
    assert added.status_code == 201
    prospect = added.json()
    address = f"/prospects/{prospect['prospect_id']}"
    moved = adviser.patch(address, json={"version": 1, "stage": "business_case"}).json()
    assert moved == prospect | {"stage": "business_case", "version": 2, "updated_at": moved["updated_at"]}
    assert adviser.patch(f"/cases/{opened(desk)}", json={"version": 1, "prospect_id": prospect["prospect_id"]}).status_code == 200
    whole = adviser.get(address).json()
    assert (whole["prospect"], [case["number"] for case in whole["cases"]]) == (moved | {"cases": 1}, [1])
    stages = {each["stage"]: each["prospects"] for each in adviser.get("/prospects").json()["stages"] if each["prospects"]}
    assert stages == {"business_case": [moved | {"cases": 1}]}
    conflict = adviser.delete(address, params={"version": 1})
    assert (conflict.status_code, conflict.json()["current"], conflict.json()["yours"]) == (409, moved | {"cases": 1}, None)
    assert [entry["action"] for entry in adviser.get(f"{address}/history").json()["entries"]] == ["prospect.changed", "prospect.added"]
    assert (adviser.delete(address, params={"version": 2}).status_code, adviser.get(address).status_code) == (204, 404)
    assert adviser.post("/prospects", json={"name": " "}).json()["errors"][0]["field"] == "name"


def test_an_administrator_reads_and_verifies_the_log(desk: Services, server: str) -> None:
    case_id = opened(desk)
    with bearing(desk, server, "administer") as admin:
        (entry,) = admin.get("/audit", params={"subject": f"case:{case_id}"}).json()["entries"]
        assert (entry["actor"], entry["action"], entry["details"]) == ("system", "case.opened", {"number": 1, "channel": "email", "proposed": ["sector"]})
        entries = admin.get("/audit").json()["entries"]
        assert admin.get("/audit", params={"before": entries[0]["number"], "limit": 1}).json()["entries"] == entries[1:2]
        found = admin.get("/audit/verify").json()
        assert (found["rows"], found["broken"]) == (len(entries), None)
        assert admin.get("/audit/verify", params={"expect": f"{found['number']}:{found['digest']}"}).json() == found
        assert admin.get("/audit/verify", params={"expect": "x"}).json()["errors"][0]["field"] == "expect"
        with desk.database.writing() as session:
            session.execute(text("DELETE FROM audit WHERE number = 1"))
        assert admin.get("/audit/verify").json()["broken"] == 1


def test_a_server_that_goes_away_is_a_503_and_used_again_once_it_is_back(postgresql: Cluster, tmp_path: Path, embedder: SentenceEmbedder) -> None:
    address = postgresql.new_database()
    desk = build_services(Settings(data_dir=tmp_path, database_url=address.render_as_string(hide_password=False)), embedder)
    case_id = opened(desk)
    detail = "The database cannot be reached at the moment, so nothing was read or kept. Try again; a question without conversation_id needs no database."
    with serving(build_api(desk)) as server, bearing(desk, server, "read", "draft") as adviser:
        assert adviser.get(f"/cases/{case_id}").status_code == 200
        postgresql.allow(address, False)
        postgresql.end_others(address)
        for response in (adviser.get("/cases"), adviser.patch(f"/cases/{case_id}", json={"version": 1, "name": "x"})):
            assert_problem(response, 503, detail)
            assert response.headers["retry-after"] == "10"
        postgresql.allow(address, True)
        assert adviser.patch(f"/cases/{case_id}", json={"version": 1, "name": "x"}).json()["version"] == 2


def test_requests_made_from_the_description_are_answered_as_it_says(desk: Services, server: str, tmp_path: Path) -> None:
    """Sound requests and unsound ones, with a key that may do everything: never a 5xx, and always a status and body that the description names."""
    opened(desk)
    _, secret = desk.people.keys.add("a program", ["read", "draft", "administer"], SYSTEM)
    program = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "run", f"{server}/openapi.json"]
    mine = ["--include-path-regex=^/api/v1/(cases|prospects|audit)", f"--header=Authorization: Bearer {secret}"]
    options = ["--max-examples=10", "--exclude-checks=positive_data_acceptance,ignored_auth", "--seed=1", "--no-color"]
    ended = subprocess.run([*program, *mine, *options], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=240)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert desk.audit.verify().broken is None
