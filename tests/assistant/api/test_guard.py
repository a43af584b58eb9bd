"""A server that others can reach lets nobody through unknown. It is bound to this machine here, and told that it is not."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from no_model import NoModel

from app import build_app
from assistant.people.person import SYSTEM
from assistant.services import Services, build_services
from assistant.settings import Settings
from evals.server import serving

GOOD = "four lighthouse pens"
NOBODY = "This needs an account or a key: sign in, or send a valid key as `Authorization: Bearer KEY`."
PAGE = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Services:
    return build_services(Settings(data_dir=tmp_path_factory.mktemp("open"), host="0.0.0.0"), NoModel())


@pytest.fixture(scope="module")
def server(desk: Services) -> Iterator[str]:
    with serving(build_app(desk)) as address:
        yield address


@pytest.mark.parametrize("path", ["/healthz", "/sign-in", "/sign-out"])
def test_what_needs_no_account_is_open(server: str, path: str) -> None:
    assert httpx.get(server + path, headers=PAGE).status_code == 200


def test_readiness_and_links_are_told_as_they_are(server: str) -> None:
    assert httpx.get(f"{server}/readyz").status_code == 503  # there is no index
    assert httpx.get(f"{server}/set-up/none", headers=PAGE).status_code == 404


@pytest.mark.parametrize(
    ("path", "after"),
    [("/", "/"), ("/library?q=a%20b&x=%22", "/library%3Fq%3Da%2520b%26x%3D%2522"), ("//evil.example", "//evil.example"), ("/sign-in/", "/sign-in/")],
)
def test_a_page_leads_to_signing_in_and_back(server: str, path: str, after: str) -> None:
    answer = httpx.get(server + path, headers=PAGE)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={after}")


@pytest.mark.parametrize("path", ["/api/v1/sources", "/openapi.json", "/config", "/gradio_api/info", "/theme.css", "/metrics", "/set-up", "/healthz/x"])
def test_all_else_is_answered_401(server: str, path: str) -> None:
    answer = httpx.get(server + path)
    assert (answer.status_code, answer.headers["www-authenticate"], answer.json()["detail"]) == (401, 'Bearer realm="mutuals"', NOBODY)
    assert httpx.get(server + path, headers={"Authorization": "Bearer any-key"}).status_code == 401


@pytest.mark.parametrize("path", ["/api/v1/ask", "/api/v1/checks", "/check", "/gradio_api/queue/join", "/"])
def test_nothing_is_sent_unknown(server: str, path: str) -> None:
    assert httpx.post(server + path, json={"question": "What is a mutual?"}, headers=PAGE).status_code == 401


def test_who_is_signed_in_or_bears_a_key_gets_through(desk: Services, server: str) -> None:
    desk.people.add("ada@example.org", "Ada", "adviser", GOOD, SYSTEM)
    cookie = {"Cookie": f"mutuals_session={desk.people.sign_in('ada@example.org', GOOD)}"}
    assert httpx.get(server, headers=PAGE | cookie).status_code == 200
    assert httpx.get(f"{server}/openapi.json", headers=cookie).status_code == 200
    _, asks = desk.people.keys.add("asks", ["ask"], SYSTEM)
    _, reads = desk.people.keys.add("reads", ["read"], SYSTEM)
    assert httpx.get(f"{server}/openapi.json", headers={"Authorization": f"Bearer {asks}"}).status_code == 200
    refused = httpx.get(f"{server}/openapi.json", headers={"Authorization": f"Bearer {reads}"})
    assert (refused.status_code, refused.json()["detail"]) == (403, "You may not use this server: that needs the right “ask”.")


def test_without_the_database_nobody_gets_through(tmp_path: Path) -> None:
    (tmp_path / "assistant.db").mkdir()
    services = build_services(Settings(data_dir=tmp_path, host="desk.example.org"), NoModel())
    with serving(build_app(services)) as address:
        assert httpx.get(f"{address}/openapi.json", headers={"Cookie": "mutuals_session=a"}).status_code == 503
        assert httpx.get(f"{address}/healthz").status_code == 200
