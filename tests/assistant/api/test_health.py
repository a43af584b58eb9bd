"""Health: whether the server runs, and whether it can answer."""

import httpx

from assistant.services import Services


def test_a_running_server_says_so(client: httpx.Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.headers["content-type"], response.json()) == (200, "application/json", {"status": "ok"})


def test_a_ready_server_names_its_index(client: httpx.Client, services: Services) -> None:
    manifest = services.live.current().manifest
    assert client.get("/readyz").json() == {
        "status": "ready",
        "index_version": manifest.version,
        "model": "all-MiniLM-L6-v2",
        "built_at": manifest.model_dump(mode="json")["built_at"],
        "sources": manifest.sources,
        "passages": manifest.passages,
    }


def test_a_server_without_an_index_runs_but_is_not_ready(bare_client: httpx.Client) -> None:
    assert [bare_client.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 503]
