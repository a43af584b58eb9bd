"""Every error is a whole problem (RFC 9457): what was wrong, with which field, and what to do."""

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.api.application import build_api
from assistant.services import build_services
from assistant.settings import Settings
from evals.server import serving
from index.embedding import SentenceEmbedder
from index.versions import Versions

QUESTION = "What is a public service mutual?"
TITLES = {
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Request Entity Too Large",
    422: "Unprocessable Entity",
    503: "Service Unavailable",
}
NOT_JSON = {"body": "is not valid JSON; send a JSON object in UTF-8"}
NOT_AN_OBJECT = {"body": "Input should be a valid dictionary or object to extract fields from"}
EMPTY = "is empty. Type a question, for example: What is a public service mutual?"
STANDINGS = "Input should be 'in_force', 'historic', 'superseded', 'withdrawn', 'proposed' or 'unknown'"
SECTORS = (
    "Input should be 'all', 'nhs_trust', 'community_health', 'adult_social_care', 'childrens_services', 'youth', 'probation', 'schools', 'further_education', "
    "'libraries', 'fire', 'police', 'housing', 'central_government', 'local_government' or 'other'"
)
THEMES = (
    "Input should be 'taskforce', 'rights', 'sectors', 'procurement', 'people', 'pensions', 'money', 'forms', 'assets', 'governance', "
    "'support', 'stories' or 'evidence'"
)
AUTHORITIES = (
    "Input should be 'statute', 'statutory_guidance', 'policy_guidance', 'policy_statement', 'independent_report', 'evidence', 'case_study' or 'commentary'"
)


def assert_problem(
    response: httpx.Response, status: int, detail: str, errors: dict[str, str] | None = None, allow: str | None = None, retry_after: str | None = None
) -> None:
    """The response is exactly this problem, with these headers and no others of their sort."""
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert response.json() == {
        "type": "about:blank",
        "title": TITLES[status],
        "status": status,
        "detail": detail,
        "errors": [{"field": field, "message": message} for field, message in (errors or {}).items()],
    }
    assert (response.headers.get("allow"), response.headers.get("retry-after")) == (allow, retry_after)


def joined(errors: dict[str, str]) -> str:
    return "; ".join(f"{field}: {message}" for field, message in errors.items())


@pytest.fixture(params=["/api/v1/ask", "/api/v1/ask/stream"])
def asking(request: pytest.FixtureRequest) -> str:
    """Both ways to ask: a bad question is told the same way by either."""
    return str(request.param)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", EMPTY),
        ("   ", EMPTY),
        ("\n\t\r\n", EMPTY),
        ("\u00a0\u3000", EMPTY),
        ("a" * 2001, "has 2,001 characters; the most is 2,000. Shorten it or ask in parts."),
        ("What is a mutual?\x00", "has a control or invisible character (U+0000) at position 18; remove it and ask again."),
        ("\x1b[31mWhat?", "has a control or invisible character (U+001B) at position 1; remove it and ask again."),
        ("What is\u200b a mutual?", "has a control or invisible character (U+200B) at position 8; remove it and ask again."),
        ("\u202eWhat is a mutual?", "has a control or invisible character (U+202E) at position 1; remove it and ask again."),
        ("\ufeffWhat is a mutual?", "has a control or invisible character (U+FEFF) at position 1; remove it and ask again."),
        ("What\U000e0020 is it?", "has a control or invisible character (U+E0020) at position 5; remove it and ask again."),
        ("\ud83d", "has a control or invisible character (U+D83D) at position 1; remove it and ask again."),
    ],
    ids=lambda value: ascii(value)[:24],
)
def test_an_unusable_question(client: httpx.Client, asking: str, question: str, message: str) -> None:
    escaped = "".join(f"\\u{unit:04x}" for unit in memoryview(question.encode("utf-16-le", "surrogatepass")).cast("H"))
    response = client.post(asking, content=f'{{"question": "{escaped}"}}', headers={"Content-Type": "application/json"})
    assert_problem(response, 422, f"question: {message}", {"question": message})


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"question": ',
        b'{"question": "What?"} x',
        b"question=What",
        b"\x00",
        b"\xff\xfe",
        b'{"question": "\xff"}',
        b'{"question": "\xc3("}',
        b"[" * 50_000,
    ],
)
def test_a_body_that_is_not_json_in_utf8(client: httpx.Client, asking: str, body: bytes) -> None:
    response = client.post(asking, content=body, headers={"Content-Type": "application/json"})
    assert_problem(response, 400, "The body is not valid JSON.", NOT_JSON)


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        (b"", {"body": "is missing"}),
        (b"null", NOT_AN_OBJECT),
        (b"[]", NOT_AN_OBJECT),
        (b'"What is a mutual?"', NOT_AN_OBJECT),
        (b"{}", {"question": "is missing"}),
        (b'{"question": null}', {"question": "Input should be a valid string"}),
        (b'{"question": 3}', {"question": "Input should be a valid string"}),
        (b'{"question": NaN}', {"question": "Input should be a valid string"}),
        (b'{"question": ["What?"]}', {"question": "Input should be a valid string"}),
        (b'{"query": "What?"}', {"question": "is missing", "query": "is not a known field; remove it"}),
        (b'{"question": "", "a": 1, "b": {}}', {"a": "is not a known field; remove it", "b": "is not a known field; remove it"}),
    ],
)
def test_a_body_of_another_shape(client: httpx.Client, asking: str, body: bytes, errors: dict[str, str]) -> None:
    response = client.post(asking, content=body, headers={"Content-Type": "application/json"})
    assert_problem(response, 422, joined(errors), errors)


def test_a_body_that_is_not_said_to_be_json(client: httpx.Client, asking: str) -> None:
    response = client.post(asking, content=b'{"question": "What?"}', headers={"Content-Type": "text/plain"})
    assert_problem(response, 422, joined(NOT_AN_OBJECT), NOT_AN_OBJECT)


@pytest.mark.parametrize("conversation", ["", "a b", "a" * 65, "../x", "<b>", "é", "a\n", "\x00", 7, ["a"]])
def test_a_bad_conversation_id(client: httpx.Client, asking: str, conversation: Any) -> None:
    response = client.post(asking, json={"question": QUESTION, "conversation_id": conversation})
    message = "String should match pattern '^[A-Za-z0-9_-]{1,64}$'" if isinstance(conversation, str) else "Input should be a valid string"
    assert_problem(response, 422, f"conversation_id: {message}", {"conversation_id": message})


NO_MODEL = "is llm, but no language model is set up here. Leave it out, or set MUTUALS_MODEL_BASE_URL and MUTUALS_MODEL_NAME and start the service again."


@pytest.mark.parametrize(
    ("field", "value", "errors"),
    [
        ("engine", "llm", {"engine": NO_MODEL}),
        ("engine", "best", {"engine": "Input should be 'extractive' or 'llm'"}),
        ("scope", {"sector": "navy"}, {"scope.sector": SECTORS}),
        ("scope", {"stage": "later"}, {"scope.stage": "Input should be 'pre_spin_out', 'spinning_out' or 'sustainability_and_growth'"}),
        ("scope", {"audience": 1}, {"scope.audience": "Input should be 'staff', 'employers', 'commissioners', 'departments' or 'investors'"}),
        ("scope", {"as_of": "yesterday"}, {"scope.as_of": "Value error, 'yesterday' is not a date: write YYYY, YYYY-MM or YYYY-MM-DD"}),
        ("scope", {"as_of": "2023-02-29"}, {"scope.as_of": "Value error, '2023-02-29' is not a date in the calendar"}),
        ("scope", {"as_of": "0000-01-01"}, {"scope.as_of": "Value error, '0000-01-01' is not a date in the calendar"}),
        ("scope", {"town": "Leeds"}, {"scope.town": "is not a known field; remove it"}),
    ],
)
def test_a_bad_scope_or_engine(client: httpx.Client, asking: str, field: str, value: Any, errors: dict[str, str]) -> None:
    assert_problem(client.post(asking, json={"question": QUESTION, field: value}), 422, joined(errors), errors)


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ("", {"q": "is missing"}),
        ("q=", {"q": EMPTY}),
        ("q=%20%0A", {"q": EMPTY}),
        ("q=" + "a" * 2001, {"q": "has 2,001 characters; the most is 2,000. Shorten it or ask in parts."}),
        ("q=a%00", {"q": "has a control or invisible character (U+0000) at position 2; remove it and ask again."}),
        ("q=a%E2%80%8B", {"q": "has a control or invisible character (U+200B) at position 2; remove it and ask again."}),
        ("q=a&k=0", {"k": "Input should be greater than or equal to 1"}),
        ("q=a&k=-1", {"k": "Input should be greater than or equal to 1"}),
        ("q=a&k=51", {"k": "Input should be less than or equal to 50"}),
        ("q=a&k=x", {"k": "Input should be a valid integer, unable to parse string as an integer"}),
        ("q=a&k=", {"k": "Input should be a valid integer, unable to parse string as an integer"}),
        ("q=a&k=1.5", {"k": "Input should be a valid integer, unable to parse string as an integer"}),
        ("q=a&k=" + "9" * 30, {"k": "Input should be less than or equal to 50"}),
        ("q=a&limit=3", {"limit": "is not a known field; remove it"}),
        ("q=a&standing=valid&authority=high&sector=navy", {"standing": STANDINGS, "authority": AUTHORITIES, "sector": SECTORS}),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_bad_search(client: httpx.Client, query: str, errors: dict[str, str]) -> None:
    assert_problem(client.get(f"/api/v1/search?{query}"), 422, joined(errors), errors)


def test_bad_filters_of_the_catalogue(client: httpx.Client) -> None:
    errors = {"standing": STANDINGS, "authority": AUTHORITIES, "sector": SECTORS, "k": "is not a known field; remove it"}
    assert_problem(client.get("/api/v1/sources?standing=&authority=x&sector=1&k=1"), 422, joined(errors), errors)


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("sources?theme=", "theme", THEMES),
        ("sources?theme=Money", "theme", THEMES),
        ("sources?as_of=soon", "as_of", "Value error, 'soon' is not a date: write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("sources?q=a%00", "q", "has a control or invisible character (U+0000) at position 2; remove it and ask again."),
        ("sources?q=" + "a" * 2001, "q", "has 2,001 characters; the most is 2,000. Shorten it or ask in parts."),
        ("timeline?sector=navy", "sector", SECTORS),
        ("timeline?sector=", "sector", SECTORS),
        ("timeline?theme=money", "theme", "is not a known field; remove it"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_bad_filter_of_catalogue_or_timeline(client: httpx.Client, query: str, field: str, message: str) -> None:
    assert_problem(client.get(f"/api/v1/{query}"), 422, f"{field}: {message}", {field: message})


@pytest.mark.parametrize("what", ["source", "passage"])
@pytest.mark.parametrize("identifier", ["no-such", "x" * 2000, "%00", "%F0%9F%99%82", "%FF", "..%5Cx", "<script>", "' OR 1=1"])
def test_an_unknown_id(client: httpx.Client, what: str, identifier: str) -> None:
    name = httpx.URL(f"http://x/{identifier}").path[1:]
    assert_problem(client.get(f"/api/v1/{what}s/{identifier}"), 404, f"There is no {what} with the id {name!r}.")


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1", "/api/v1/", "/api/v2/ask", "/api/v1/nothing", "/api/v1/ask/", "/api/v1/passages", "/api/v1/passages/a/b", "/api/<b>"]
)
def test_an_unknown_path(client: httpx.Client, path: str) -> None:
    assert_problem(client.get(path), 404, f"There is nothing at {path}.")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/v1/ask", "POST"),
        ("DELETE", "/api/v1/ask", "POST"),
        ("TRACE", "/api/v1/ask", "POST"),
        ("OPTIONS", "/api/v1/ask", "POST"),
        ("QUERY", "/api/v1/ask", "POST"),
        ("GET", "/api/v1/ask/stream", "POST"),
        ("POST", "/api/v1/search", "GET"),
        ("PUT", "/api/v1/sources", "GET"),
        ("PATCH", "/api/v1/sources/new", "GET"),
        ("DELETE", "/api/v1/passages/new", "GET"),
        ("POST", "/api/v1/timeline", "GET"),
        ("PUT", "/api/v1/glossary", "GET"),
        ("POST", "/healthz", "GET"),
        ("POST", "/readyz", "GET"),
    ],
)
def test_a_wrong_method(client: httpx.Client, method: str, path: str, allowed: str) -> None:
    assert_problem(client.request(method, path), 405, f"{method} does not work here; use {allowed}.", allow=allowed)


NO_INDEX = "No index is live yet. Run `mutuals index`, then try again."


@pytest.mark.parametrize(
    "path", ["/readyz", "/api/v1/search?q=mutual", "/api/v1/sources", "/api/v1/sources/x", "/api/v1/passages/x", "/api/v1/timeline", "/api/v1/glossary"]
)
def test_nothing_can_be_read_while_no_index_is_live(bare_client: httpx.Client, path: str) -> None:
    assert_problem(bare_client.get(path), 503, NO_INDEX, retry_after="30")


def test_nothing_can_be_asked_while_no_index_is_live(bare_client: httpx.Client, asking: str) -> None:
    assert_problem(bare_client.post(asking, json={"question": QUESTION}), 503, NO_INDEX, retry_after="30")


def test_an_unusable_question_is_told_even_while_no_index_is_live(bare_client: httpx.Client, asking: str) -> None:
    assert_problem(bare_client.post(asking, json={"question": ""}), 422, f"question: {EMPTY}", {"question": EMPTY})


def test_an_index_of_another_format_is_no_index(small_index: Versions, tmp_path: Path, embedder: SentenceEmbedder) -> None:
    shutil.copytree(small_index.root, tmp_path / "index")
    manifest = Versions(tmp_path / "index").live() / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text(encoding="utf-8")), "format": 0}), encoding="utf-8")
    services = build_services(Settings(data_dir=tmp_path), embedder)
    with serving(build_api(services)) as address:
        assert_problem(httpx.get(f"{address}/readyz"), 503, NO_INDEX, retry_after="30")


def test_what_goes_wrong_inside_is_a_problem_that_tells_nothing_of_the_inside(small_index: Versions, tmp_path: Path, embedder: SentenceEmbedder) -> None:
    shutil.copytree(small_index.root, tmp_path / "index")
    services = build_services(Settings(data_dir=tmp_path), embedder)
    services.live.current()
    with sqlite3.connect(Versions(tmp_path / "index").live() / "passages.db") as db:
        db.execute("DROP TABLE passages")
    db.close()
    detail = "Something went wrong on the server. The request was not carried out; try again."
    with serving(build_api(services)) as address:
        response = httpx.post(f"{address}/api/v1/ask", json={"question": QUESTION})
        streamed = httpx.post(f"{address}/api/v1/ask/stream", json={"question": QUESTION})
    assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
    assert response.json() == {"type": "about:blank", "title": "Internal Server Error", "status": 500, "detail": detail, "errors": []}
    assert streamed.text.replace("\r\n", "\n").split("\n\n")[-2] == f'event: error\ndata: {{"detail": "{detail}"}}'
