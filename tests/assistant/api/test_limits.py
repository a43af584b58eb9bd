"""The limit on bodies: kept before anything is parsed, whether or not the length is told."""

from collections.abc import Iterator

import httpx
import pytest

from assistant.api.application import BODY_LIMIT

TOO_LARGE = {
    "type": "about:blank",
    "title": "Request Entity Too Large",
    "status": 413,
    "detail": "The body is larger than 262,144 bytes. Send less.",
    "errors": [],
}
JSON = {"Content-Type": "application/json"}


def padded(size: int) -> bytes:
    """A sound request of exactly `size` bytes."""
    body = b'{"question": "What is a public service mutual?"}'
    return body + b" " * (size - len(body))


def in_parts(body: bytes) -> Iterator[bytes]:
    yield from (body[start : start + 10_000] for start in range(0, len(body), 10_000))


@pytest.mark.parametrize("size", [BODY_LIMIT + 1, 4 * BODY_LIMIT])
@pytest.mark.parametrize("path", ["/api/v1/ask", "/api/v1/ask/stream", "/api/v1/search", "/api/nothing"])
def test_a_body_over_the_limit_is_refused(client: httpx.Client, size: int, path: str) -> None:
    response = client.post(path, content=padded(size), headers=JSON)
    assert (response.status_code, response.headers["content-type"], response.json()) == (413, "application/problem+json", TOO_LARGE)


def test_a_body_over_the_limit_is_refused_though_its_length_is_not_told(client: httpx.Client) -> None:
    response = client.post("/api/v1/ask", content=in_parts(padded(BODY_LIMIT + 1)), headers=JSON)
    assert (response.status_code, response.json()) == (413, TOO_LARGE)


@pytest.mark.parametrize("size", [48, BODY_LIMIT - 1, BODY_LIMIT])
def test_a_body_up_to_the_limit_is_read(client: httpx.Client, size: int) -> None:
    assert client.post("/api/v1/ask", content=padded(size), headers=JSON).status_code == 200


def test_a_body_in_parts_is_read_whole(client: httpx.Client) -> None:
    assert client.post("/api/v1/ask", content=in_parts(padded(BODY_LIMIT)), headers=JSON).status_code == 200


def test_the_server_goes_on_after_a_refusal(client: httpx.Client) -> None:
    client.post("/api/v1/ask", content=padded(BODY_LIMIT + 1), headers=JSON)
    assert client.get("/healthz").json() == {"status": "ok"}
