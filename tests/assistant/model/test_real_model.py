"""A real language model, small enough to invent nearly everything: nothing it invents comes through, and readers are answered whatever becomes of it."""

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.answers import Answer, Outcome
from assistant.api.application import build_api
from assistant.model.client import Message, ModelClient
from assistant.model.prompting import schema
from assistant.services import Services, build_services
from assistant.settings import Settings
from evals.answering import gate_failures
from evals.model_server import NAME, ModelMissingError, model_file, served
from evals.server import serving
from index.embedding import SentenceEmbedder

pytestmark = pytest.mark.model
QUESTIONS = (
    "How long can a contract reserved under section 33 last?",
    "What is the Right to Provide?",
    "How many recommendations did the Taskforce make?",
    "Do new recruits get Fair Deal pension protection?",
    "What is a perceived conflict of interest?",
    "How much does a mutual pay its chief executive?",
    "What is the capital of France?",
)


@pytest.fixture(scope="module")
def model_address() -> Iterator[tuple[str, Any]]:
    """The small model, served in a process of its own."""
    try:
        model_file()
    except ModelMissingError as error:
        if os.environ.get("MUTUALS_REQUIRE_MODEL"):
            pytest.fail(str(error))
        pytest.skip(str(error))
    with served() as (address, process):
        yield address, process


def with_model(services: Services, embedder: SentenceEmbedder, address: str, database: Path) -> Services:
    """The services over the bundled library with the model, and conversations of their own."""
    settings = services.settings.model_copy(
        update={"model_base_url": address, "model_name": NAME, "model_max_tokens": 160, "database_url": f"sqlite:///{database}/assistant.db"}
    )
    return build_services(Settings.model_validate(settings.model_dump()), embedder)


def test_the_model_is_asked_as_the_product_asks(model_address: tuple[str, Any]) -> None:
    client = ModelClient(model_address[0], NAME)
    try:
        reply = client.complete([Message("user", "Say hello.")], max_tokens=12)
        held = client.complete([Message("user", "Is two more than one?")], schema=schema(2), max_tokens=80)
        chance = client.chance_of_yes([Message("user", "Answer yes or no: is water wet?")])
    finally:
        client.close()
    assert reply.text
    assert reply.prompt_tokens > 0
    assert held.text.lstrip().startswith("{")
    assert chance is None or 0 <= chance <= 1


def test_whatever_it_says_every_sentence_passes_the_gate_and_no_more_is_answered(
    model_address: tuple[str, Any], services: Services, embedder: SentenceEmbedder, tmp_path: Path
) -> None:
    reworded = with_model(services, embedder, model_address[0], tmp_path)
    try:
        for question in QUESTIONS:
            plain, told = services.converse.once(question), reworded.converse.once(question, engine="llm")
            assert told.outcome is plain.outcome
            assert gate_failures(told, services.live.current()) == 0
            assert {citation.passage_id for citation in told.citations} <= {citation.passage_id for citation in plain.citations}
    finally:
        if reworded.model:
            reworded.model.close()


def test_when_the_model_is_killed_every_reader_still_gets_an_answer(services: Services, embedder: SentenceEmbedder, tmp_path: Path) -> None:
    """Fifty questions over HTTP, eight at once; the model's process is killed after the twelfth."""
    try:
        model_file()
    except ModelMissingError as error:
        pytest.skip(str(error))
    done = threading.Semaphore(0)
    with served() as (address, process):
        reworded = with_model(services, embedder, address, tmp_path)
        with serving(build_api(reworded)) as base, httpx.Client(base_url=base, timeout=120) as client, ThreadPoolExecutor(8) as readers:

            def ask(number: int) -> Answer:
                response = client.post("/api/v1/ask", json={"question": QUESTIONS[number % len(QUESTIONS)], "engine": "llm"})
                done.release()
                response.raise_for_status()
                return Answer.model_validate(response.json())

            waiting = [readers.submit(ask, number) for number in range(50)]
            for _ in range(12):
                done.acquire()
            process.kill()
            answers = [each.result() for each in waiting]
    outcomes = [services.converse.once(question).outcome for question in QUESTIONS]
    assert [answer.outcome for answer in answers] == [outcomes[number % len(QUESTIONS)] for number in range(50)]
    assert Outcome.ANSWERED in outcomes
