"""The application's own description of itself, and what it answers to requests made from that description."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

ROUTES = {
    ("post", "/api/v1/feedback"),
    ("post", "/api/v1/subjects/erase"),
    ("post", "/api/v1/subjects/export"),
    ("post", "/api/v1/subjects/find"),
    ("get", "/api/v1/insight"),
    ("get", "/api/v1/insight/{table}.csv"),
    ("get", "/api/v1/insight/{table}.png"),
    ("post", "/api/v1/batches"),
    ("get", "/api/v1/batches"),
    ("get", "/api/v1/batches/{batch_id}"),
    ("post", "/api/v1/batches/{batch_id}/stop"),
    ("post", "/api/v1/batches/{batch_id}/resume"),
    ("get", "/api/v1/batches/{batch_id}/result"),
    ("delete", "/api/v1/batches/{batch_id}"),
    ("get", "/healthz"),
    ("get", "/readyz"),
    ("post", "/api/v1/ask"),
    ("post", "/api/v1/ask/stream"),
    ("get", "/api/v1/conversations/{conversation_id}"),
    ("delete", "/api/v1/conversations/{conversation_id}"),
    ("get", "/api/v1/conversations/{conversation_id}/export"),
    ("get", "/api/v1/search"),
    ("get", "/api/v1/sources"),
    ("get", "/api/v1/sources/{source_id}"),
    ("get", "/api/v1/passages/{passage_id}"),
    ("get", "/api/v1/timeline"),
    ("get", "/api/v1/glossary"),
    ("get", "/api/v1/pathways"),
    ("get", "/api/v1/pathways/{sector}"),
    ("get", "/api/v1/pathways/{sector}/download"),
    ("get", "/api/v1/cases"),
    ("get", "/api/v1/cases/{case_id}"),
    ("patch", "/api/v1/cases/{case_id}"),
    ("get", "/api/v1/cases/{case_id}/history"),
    ("get", "/api/v1/cases/{case_id}/similar"),
    ("get", "/api/v1/prospects"),
    ("post", "/api/v1/prospects"),
    ("get", "/api/v1/prospects/{prospect_id}"),
    ("patch", "/api/v1/prospects/{prospect_id}"),
    ("delete", "/api/v1/prospects/{prospect_id}"),
    ("get", "/api/v1/prospects/{prospect_id}/history"),
    ("post", "/api/v1/checks"),
    ("get", "/api/v1/drafts"),
    ("post", "/api/v1/drafts"),
    ("get", "/api/v1/drafts/{draft_id}"),
    ("put", "/api/v1/drafts/{draft_id}"),
    ("post", "/api/v1/drafts/{draft_id}/approve"),
    ("post", "/api/v1/drafts/{draft_id}/attach"),
    ("get", "/api/v1/drafts/{draft_id}/compare"),
    ("get", "/api/v1/drafts/{draft_id}/export"),
    ("post", "/api/v1/drafts/{draft_id}/return"),
    ("post", "/api/v1/drafts/{draft_id}/sent"),
    ("post", "/api/v1/drafts/{draft_id}/submit"),
    ("get", "/api/v1/drafts/{draft_id}/versions"),
    ("get", "/api/v1/keys"),
    ("post", "/api/v1/keys"),
    ("delete", "/api/v1/keys/{key_id}"),
    ("get", "/api/v1/people"),
    ("post", "/api/v1/people"),
    ("patch", "/api/v1/people/{account_id}"),
    ("post", "/api/v1/people/{account_id}/link"),
    ("get", "/api/v1/audit"),
    ("get", "/api/v1/audit/verify"),
}


def test_the_description_lists_the_routes(client: httpx.Client) -> None:
    response = client.get("/openapi.json")
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    assert {(method, path) for path, operations in response.json()["paths"].items() for method in operations} == ROUTES


def test_every_error_is_described_as_a_problem(client: httpx.Client) -> None:
    description = client.get("/openapi.json").json()
    problem = description["components"]["schemas"]["Problem"]
    assert (sorted(problem["properties"]), sorted(problem["required"])) == (["detail", "errors", "status", "title", "type"], ["detail", "status", "title"])
    for path, operations in description["paths"].items():
        for operation in operations.values():
            errors = {status: set(response["content"]) for status, response in operation["responses"].items() if status[0] != "2"}
            assert all(kinds == {"application/problem+json"} for kinds in errors.values()), (path, errors)


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_no_page_that_loads_from_elsewhere_is_served(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_requests_made_from_the_description_are_answered_as_it_says(address: str, tmp_path: Path) -> None:
    """Sound requests and unsound ones: never a 5xx, and always a status, type and body that the description names.

    What characters a question may hold the description does not tell, so that a request sound by it may still be refused.
    """
    program = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "run", f"{address}/openapi.json"]
    options = ["--max-examples=15", "--exclude-checks=positive_data_acceptance", "--seed=1", "--no-color"]
    ended = subprocess.run([*program, *options], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=240)
    assert ended.returncode == 0, ended.stdout + ended.stderr
