"""What is held about a person, over HTTP."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest
from sqlalchemy import URL

from assistant.api.application import build_api
from assistant.desk.case_views import Proposed
from assistant.people.person import SYSTEM
from assistant.services import Services, build_services
from assistant.settings import Settings
from evals.server import serving
from index.embedding import SentenceEmbedder


@pytest.fixture
def desk(database_at: URL, tmp_path: Path, embedder: SentenceEmbedder) -> Services:
    """Services over a database with one case."""
    made = build_services(Settings(data_dir=tmp_path, database_url=database_at.render_as_string(hide_password=False)), embedder)
    with made.database.writing() as session:
        made.cases.open_case(session, SYSTEM, "How?", "How?", "email", "Jo Brown", "jo@example.org", Proposed())
    return made


@pytest.fixture
def server(desk: Services) -> Iterator[str]:
    with serving(build_api(desk)) as where:
        yield where


CALLS = (("find", {"wanted": "jo@example.org"}), ("export", {"cases": ["1"]}), ("erase", {"cases": ["1"]}))


def test_only_who_administers(desk: Services, server: str) -> None:
    _, secret = desk.people.keys.add("a program", ("read", "draft"), SYSTEM)
    for call, body in CALLS:
        assert httpx.post(f"{server}/api/v1/subjects/{call}", json=body).status_code == 401
        assert httpx.post(f"{server}/api/v1/subjects/{call}", json=body, headers={"Authorization": f"Bearer {secret}"}).status_code == 403


def test_found_handed_over_and_erased(desk: Services, server: str) -> None:
    _, secret = desk.people.keys.add("a program", ("administer",), SYSTEM)
    with httpx.Client(base_url=f"{server}/api/v1/subjects", headers={"Authorization": f"Bearer {secret}"}, timeout=60) as client:
        for call, body in (("find", {"wanted": " "}), ("find", {}), ("erase", {"cases": []}), ("erase", {"cases": ["1"] * 101}), ("export", {"cases": 1})):
            assert client.post(f"/{call}", json=body).status_code == 422
        assert client.post("/erase", json={"cases": ["1", "9"]}).status_code == 404
        found = client.post("/find", json={"wanted": "jo@example.org"})
        assert ([case["reference"] for case in found.json()["cases"]], found.json()["batches"]) == (["MIS-000001"], [])
        exported = client.post("/export", json={"cases": ["1"]})
        assert (exported.headers["content-type"], exported.headers["cache-control"]) == ("application/zip", "no-store")
        assert ZipFile(BytesIO(exported.content)).namelist() == ["data.json", "MIS-000001.docx"]
        erased = {"case_id": found.json()["cases"][0]["case_id"], "reference": "MIS-000001", "drafts": 0, "versions": 0, "questions": 0, "was_erased": False}
        assert client.post("/erase", json={"cases": ["1"]}).json() == {"cases": [erased]}
        assert client.post("/find", json={"wanted": "jo@example.org"}).json() == {"cases": [], "batches": []}
