"""Conversations over HTTP: gone on with, read back, taken away, deleted, and never shown to another reader."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from threading import Barrier
from typing import Any

import httpx
import pytest
from docx import Document
from turns import made_answer

from assistant.answers import Answer
from assistant.api.application import build_api
from assistant.conversations import GONE
from assistant.conversing import ConversationService
from assistant.errors import NotFoundError
from assistant.services import Services, build_services
from assistant.settings import Settings
from evals.server import serving
from index.embedding import SentenceEmbedder
from index.versions import Versions

NOW = "What does section 33 allow?"
UNKNOWN = "0" * 32
SESSIONS = 25
TURNS = 4
NOT_KEPT = {
    "kind": "conversation",
    "text": "This conversation is not being kept at the moment. The answer stands, but it will not be here later, and a follow-up cannot lean on it.",
    "citations": [],
}


@pytest.fixture
def own_services(small_index: Versions, tmp_path: Path, embedder: SentenceEmbedder) -> Services:
    """The services over a copy of the small index, with a database of their own."""
    shutil.copytree(small_index.root, tmp_path / "index")
    return build_services(Settings(data_dir=tmp_path), embedder)


@pytest.fixture
def talks(own_services: Services) -> Iterator[httpx.Client]:
    """A client of a server over them."""
    with serving(build_api(own_services)) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"} if key else {}


def ask(client: httpx.Client, question: str, key: str = "", **fields: Any) -> dict[str, Any]:
    response = client.post("/api/v1/ask", json={"question": question, **fields}, headers=bearer(key))
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def read(client: httpx.Client, identifier: str, key: str = "") -> list[dict[str, Any]]:
    response = client.get(f"/api/v1/conversations/{identifier}", headers=bearer(key))
    told = (response.status_code, response.headers["content-type"], response.headers["cache-control"], response.json()["conversation_id"])
    assert told == (200, "application/json", "no-store", identifier)
    turns: list[dict[str, Any]] = response.json()["turns"]
    return turns


def assert_problem(response: httpx.Response, status: int, detail: str, errors: dict[str, str] | None = None, retry_after: str | None = None) -> None:
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert response.json() == {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "errors": [{"field": field, "message": message} for field, message in (errors or {}).items()],
    }
    assert response.headers.get("retry-after") == retry_after


def every_call(client: httpx.Client, identifier: str, key: str = "") -> list[httpx.Response]:
    """Every way to touch a conversation."""
    path, headers, body = f"/api/v1/conversations/{identifier}", bearer(key), {"question": NOW, "conversation_id": identifier}
    return [
        client.get(path, headers=headers),
        client.get(f"{path}/export", headers=headers),
        client.get(f"{path}/export?format=docx", headers=headers),
        client.delete(path, headers=headers),
        client.post("/api/v1/ask", json=body, headers=headers),
        client.post("/api/v1/ask/stream", json=body, headers=headers),
    ]


def assert_not_there(client: httpx.Client, identifier: str, key: str = "") -> None:
    for response in every_call(client, identifier, key):
        assert_problem(response, 404, f"There is no conversation with the id {identifier!r}. {GONE}")


def test_a_conversation_is_read_back_as_it_was_answered_also_by_another_server(talks: httpx.Client, own_services: Services, embedder: SentenceEmbedder) -> None:
    first = ask(talks, NOW)
    second = ask(talks, "Since when?", conversation_id=first["conversation_id"])
    turns = read(talks, first["conversation_id"])
    assert [(turn["position"], turn["answer"]) for turn in turns] == [(1, first), (2, second)]
    again = build_services(own_services.settings, embedder)
    with serving(build_api(again)) as address, httpx.Client(base_url=address) as other:
        assert read(other, first["conversation_id"]) == turns


def test_the_streamed_twin_goes_on_with_the_same_conversation(talks: httpx.Client) -> None:
    first = ask(talks, NOW, "my key")
    body = {"question": "Since when?", "conversation_id": first["conversation_id"]}
    response = talks.post("/api/v1/ask/stream", json=body, headers=bearer("my key"))
    name, data = response.text.replace("\r\n", "\n").strip().split("\n\n")[-1].split("\n")
    assert (response.status_code, name) == (200, "event: answer")
    assert [turn["answer"] for turn in read(talks, first["conversation_id"], "my key")] == [first, json.loads(data.removeprefix("data: "))]


class Late(ConversationService):
    """Finds out too late for a problem that the conversation was deleted meanwhile."""

    def __init__(self) -> None:
        pass

    def ask(self, question: str, *rest: Any, **named: Any) -> Answer:
        rest[2]("conversation")
        raise NotFoundError("conversation", UNKNOWN, GONE)


def test_what_goes_wrong_after_a_stream_has_begun_is_its_last_event(own_services: Services) -> None:
    with serving(build_api(replace(own_services, converse=Late()))) as address:
        response = httpx.post(f"{address}/api/v1/ask/stream", json={"question": NOW})
    assert (response.status_code, response.text.replace("\r\n", "\n")) == (
        200,
        'event: progress\ndata: {"stage": "conversation"}\n\n'
        f'event: error\ndata: {{"detail": "There is no conversation with the id \'{UNKNOWN}\'. {GONE}"}}\n\n',
    )


def test_the_reader_can_put_the_question_right(talks: httpx.Client) -> None:
    first = ask(talks, "How long could a reserved contract last under the Old Regulations 2010?")
    edited = ask(talks, "and now?", conversation_id=first["conversation_id"], standalone_question=f" {NOW} ")
    assert (edited["question"], edited["standalone_question"], edited["outcome"]) == ("and now?", NOW, "answered")
    assert edited["citations"][0]["source_id"] == "new-act"


def test_an_edited_question_that_cannot_be_used_is_named(talks: httpx.Client) -> None:
    message = "is empty. Type a question, for example: What is a public service mutual?"
    response = talks.post("/api/v1/ask", json={"question": "and now?", "standalone_question": " "})
    assert_problem(response, 422, f"standalone_question: {message}", {"standalone_question": message})


@pytest.mark.parametrize(
    ("format_", "kind"), [("md", "text/markdown; charset=utf-8"), ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
)
def test_a_conversation_is_taken_away_with_its_sources(talks: httpx.Client, format_: str, kind: str) -> None:
    first = ask(talks, NOW, "my key")
    ask(talks, "Since when?", "my key", conversation_id=first["conversation_id"])
    day = read(talks, first["conversation_id"], "my key")[0]["asked_at"][:10]
    response = talks.get(f"/api/v1/conversations/{first['conversation_id']}/export?format={format_}", headers=bearer("my key"))
    assert (response.status_code, response.headers["content-type"], response.headers["cache-control"]) == (200, kind, "no-store")
    assert response.headers["content-disposition"] == f'attachment; filename="mutuals-conversation-{day}.{format_}"'
    text = response.text if format_ == "md" else "\n".join(paragraph.text for paragraph in Document(BytesIO(response.content)).paragraphs)
    cited = [(citation["quote"], citation["url"], citation["locator"]) for citation in first["citations"]]
    assert cited
    assert [part for each in cited for part in each if part not in text] == []


def test_markdown_is_what_is_taken_away_unless_another_form_is_asked_for(talks: httpx.Client) -> None:
    path = f"/api/v1/conversations/{ask(talks, NOW)['conversation_id']}/export"
    assert talks.get(path).content == talks.get(f"{path}?format=md").content
    message = "Input should be 'md' or 'docx'"
    assert_problem(talks.get(f"{path}?format=pdf"), 422, f"format: {message}", {"format": message})
    assert_problem(talks.get(f"{path}?form=md"), 422, "form: is not a known field; remove it", {"form": "is not a known field; remove it"})


@pytest.mark.parametrize("identifier", [UNKNOWN, "a", "our-talk_7", "x" * 64])
def test_a_conversation_that_never_was(talks: httpx.Client, identifier: str) -> None:
    assert_not_there(talks, identifier)


@pytest.mark.parametrize("identifier", ["%00", "%FF", "a%20b", "%F0%9F%99%82", "x" * 2000, "' OR 1=1"])
def test_an_id_that_is_none(talks: httpx.Client, identifier: str) -> None:
    name = httpx.URL(f"http://x/{identifier}").path[1:]
    for response in (talks.get(f"/api/v1/conversations/{identifier}"), talks.delete(f"/api/v1/conversations/{identifier}")):
        assert_problem(response, 404, f"There is no conversation with the id {name!r}. {GONE}")


def test_a_deleted_conversation_is_as_one_that_never_was(talks: httpx.Client) -> None:
    identifier = ask(talks, NOW)["conversation_id"]
    response = talks.delete(f"/api/v1/conversations/{identifier}")
    assert (response.status_code, response.content) == (204, b"")
    assert_not_there(talks, identifier)


@pytest.mark.parametrize(("key", "others"), [("", ["my key"]), ("my key", ["", "another", "my  key", "MY KEY"])])
def test_a_conversation_is_its_owners_alone(talks: httpx.Client, key: str, others: list[str]) -> None:
    identifier = ask(talks, NOW, key)["conversation_id"]
    for other in others:
        assert_not_there(talks, identifier, other)
    assert [turn["answer"]["question"] for turn in read(talks, identifier, key)] == [NOW]


def test_a_header_of_another_scheme_is_no_key(talks: httpx.Client) -> None:
    identifier = ask(talks, NOW)["conversation_id"]
    for header in ("Basic bWU6c2VjcmV0", "Bearer", "bearer", ""):
        assert talks.get(f"/api/v1/conversations/{identifier}", headers={"Authorization": header}).status_code == 200


def test_a_conversation_that_is_full(talks: httpx.Client, own_services: Services) -> None:
    identifier = ask(talks, NOW)["conversation_id"]
    for number in range(2, 201):
        own_services.conversations.add_turn(made_answer(identifier, f"Question {number}?"))
    message = "names a conversation with 200 turns, the most that one holds. Leave it out to start a new one."
    for path in ("/api/v1/ask", "/api/v1/ask/stream"):
        response = talks.post(path, json={"question": NOW, "conversation_id": identifier})
        assert_problem(response, 422, f"conversation_id: {message}", {"conversation_id": message})
    assert [turn["answer"]["question"] for turn in read(talks, identifier)] == [NOW, *(f"Question {number}?" for number in range(2, 201))]
    assert talks.get(f"/api/v1/conversations/{identifier}/export?format=docx").status_code == 200


def test_many_sessions_at_once_see_only_their_own(talks: httpx.Client) -> None:
    """Each asks questions that hold its own word; some are follow-ups, some have a key, all run at the same time."""
    together = Barrier(SESSIONS)

    def session(number: int) -> tuple[str, str, list[dict[str, Any]]]:
        key = f"key {number}" if number % 2 else ""
        together.wait()
        identifier = None
        answers = []
        for turn in range(TURNS):
            question = f"What does section 33 allow, asks reader{number:02}x?" if turn % 2 == 0 else f"and since when is it so, asks reader{number:02}x?"
            with httpx.Client(base_url=talks.base_url, timeout=60) as client:
                answers.append(ask(client, question, key, conversation_id=identifier))
            identifier = answers[-1]["conversation_id"]
        return identifier or "", key, answers

    with ThreadPoolExecutor(SESSIONS) as pool:
        sessions = list(pool.map(session, range(SESSIONS)))
    assert len({identifier for identifier, _, _ in sessions}) == SESSIONS
    for number, (identifier, key, answers) in enumerate(sessions):
        turns = read(talks, identifier, key)
        assert [turn["answer"] for turn in turns] == answers
        told = json.dumps(turns)
        assert [other for other in range(SESSIONS) if f"reader{other:02}x" in told] == [number]


def test_two_tabs_on_one_conversation_lose_nothing(talks: httpx.Client) -> None:
    identifier = ask(talks, NOW)["conversation_id"]
    questions = [f"What does section 33 allow in case {number}?" for number in range(20)]
    with ThreadPoolExecutor(4) as tabs:
        given = list(tabs.map(lambda question: ask(talks, question, conversation_id=identifier), questions))
    turns = read(talks, identifier)
    assert [turn["position"] for turn in turns] == list(range(1, 22))
    by_id = {turn["answer"]["answer_id"]: turn["answer"] for turn in turns[1:]}
    assert by_id == {answer["answer_id"]: answer for answer in given}


def test_a_server_whose_database_cannot_be_used_still_answers(small_index: Versions, tmp_path: Path, embedder: SentenceEmbedder) -> None:
    shutil.copytree(small_index.root, tmp_path / "index")
    (tmp_path / "assistant.db").write_text("This is no database. " * 100, encoding="utf-8")
    detail = "The database cannot be reached at the moment, so nothing was read or kept. Try again; a question without conversation_id needs no database."
    with serving(build_api(build_services(Settings(data_dir=tmp_path), embedder))) as address, httpx.Client(base_url=address) as client:
        answer = ask(client, NOW)
        assert (answer["outcome"], answer["notices"][-1]) == ("answered", NOT_KEPT)
        for response in every_call(client, answer["conversation_id"]):
            assert_problem(response, 503, detail, retry_after="10")


def test_idle_conversations_are_removed_when_the_server_starts(own_services: Services, talks: httpx.Client, embedder: SentenceEmbedder) -> None:
    idle, used = ask(talks, NOW)["conversation_id"], ask(talks, NOW)["conversation_id"]
    with sqlite3.connect(own_services.settings.data_dir / "assistant.db") as db:
        db.execute("UPDATE conversations SET active_at = '2026-01-01 00:00:00.000000' WHERE id = ?", (idle,))
    db.close()
    with serving(build_api(build_services(own_services.settings, embedder))) as address, httpx.Client(base_url=address) as client:
        assert_not_there(client, idle)
        assert len(read(client, used)) == 1
