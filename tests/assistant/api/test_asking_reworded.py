"""Asking over HTTP where a language model is set up: the same contract, reworded sentences streamed as they pass."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from rewording import Rewords, rewording_services

from assistant.answers import Engine
from assistant.api.application import build_api
from evals.server import serving
from index.embedding import SentenceEmbedder
from index.versions import Versions

OLD = "How long could a reserved contract last under the Old Regulations 2010?"


@pytest.fixture(params=["extractive", "llm"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """The engine set for questions that name none."""
    set_to: Engine = request.param
    return set_to


@pytest.fixture
def client(small_index: Versions, embedder: SentenceEmbedder, tmp_path: Path, engine: Engine) -> Iterator[httpx.Client]:
    """A client of a server over the small library, with something that rewords."""
    app = build_api(rewording_services(small_index, embedder, tmp_path, Rewords(), engine))
    with serving(app) as address, httpx.Client(base_url=address, timeout=60) as held:
        yield held


def answer(client: httpx.Client, **fields: Any) -> dict[str, Any]:
    response = client.post("/api/v1/ask", json={"question": OLD, **fields})
    assert response.status_code == 200
    told: dict[str, Any] = response.json()
    return told


def events(client: httpx.Client, **fields: Any) -> list[tuple[str, Any]]:
    response = client.post("/api/v1/ask/stream", json={"question": OLD, **fields})
    assert response.status_code == 200
    blocks = [dict(line.split(": ", 1) for line in block.split("\n")) for block in response.text.replace("\r\n", "\n").split("\n\n") if block]
    return [(block["event"], json.loads(block["data"])) for block in blocks]


def lasting(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name not in ("answer_id", "conversation_id", "timings_ms")}


def test_the_engine_named_answers_and_else_the_one_set(client: httpx.Client, engine: Engine) -> None:
    assert [answer(client, **fields)["engine"] for fields in ({"engine": "llm"}, {"engine": "extractive"}, {"engine": None}, {})] == [
        "llm",
        "extractive",
        engine,
        engine,
    ]


def test_sentences_are_streamed_as_they_pass_and_the_answer_is_the_plain_one(client: httpx.Client) -> None:
    plain = answer(client, engine="llm")
    found = events(client, engine="llm")
    stages = ["conversation", "understand", "retrieve", "compose", "gate", "rewrite"]
    expected = [("progress", {"stage": stage}) for stage in stages]
    assert found[:-1] == [*expected, ("sentence", {"text": plain["sentences"][0]["text"], "citations": plain["citations"]})]
    assert (found[-1][0], lasting(found[-1][1]), list(found[-1][1]["timings_ms"])) == ("answer", lasting(plain), [*stages, "total"])


def test_what_the_library_says_is_not_streamed_sentence_by_sentence(client: httpx.Client) -> None:
    assert [name for name, _ in events(client, engine="extractive")] == ["progress"] * 5 + ["answer"]


def test_a_reworded_answer_is_kept_as_it_was_told(client: httpx.Client) -> None:
    told = answer(client, engine="llm")
    [turn] = client.get(f"/api/v1/conversations/{told['conversation_id']}").json()["turns"]
    timed = {name: value for name, value in told.items() if name != "timings_ms"}
    assert {name: value for name, value in turn["answer"].items() if name != "timings_ms"} == timed
