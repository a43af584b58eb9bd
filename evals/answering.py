"""Generating: every question put through the product over HTTP, and what came of it kept in a file. Scoring reads that file alone."""

import json
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from rich.progress import track

from assistant import gate
from assistant.answers import Answer, Engine
from assistant.api.application import build_api
from assistant.errors import BadInputError
from assistant.model.recording import ACTION
from assistant.services import Services, build_services
from assistant.settings import Settings
from evals.metrics import DEPTH, Found
from evals.questions import Dialogue, Question
from evals.server import serving
from index.embedding import Embedder, SentenceEmbedder
from index.live import OpenIndex
from index.llama import GuidanceRetriever

ANSWERS = "answers.jsonl"
DIALOGUES = "dialogues.jsonl"
ABOUT = "run.json"


@dataclass(frozen=True)
class Given:
    """What the product made of one question. `milliseconds` is the time of the call over HTTP."""

    answer: Answer
    found: tuple[Found, ...]
    gate_failures: int
    milliseconds: float

    def record(self, identifier: str) -> dict[str, Any]:
        """As kept in a file."""
        return {
            "id": identifier,
            "answer": self.answer.model_dump(mode="json"),
            "found": [each.model_dump() for each in self.found],
            "gate_failures": self.gate_failures,
            "milliseconds": round(self.milliseconds, 2),
        }


def generate(settings: Settings, questions: Sequence[Question], dialogues: Sequence[Dialogue], options: dict[str, str], engine: Engine = "extractive") -> Path:
    """Answer the questions and dialogues from the live index; the folder under the data directory that holds the run.

    Raises NoIndexError while no index is live, and BadInputError for the engine `llm` where the settings name no model.
    The run appears under its name only when it is whole.
    """
    if engine == "llm" and settings.model_base_url is None:
        raise BadInputError("engine", "is llm, but no language model is set up. Set MUTUALS_MODEL_BASE_URL and MUTUALS_MODEL_NAME.")
    embedder = SentenceEmbedder(settings.embedding_model)
    services = build_services(settings, embedder)
    index = services.live.current()
    retriever = GuidanceRetriever(services.live, embedder, k=DEPTH)
    folder = settings.data_dir / "evaluation" / datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    folder.mkdir(parents=True)
    with served_aside(settings, embedder) as (address, aside), httpx.Client(base_url=address, timeout=180) as client:
        asker = _Asker(client, index, retriever, engine)
        asker.ask("What is a public service mutual?", {})  # warms up
        told = [asker.ask(each.question, scope_of(each)).record(each.id) for each in track(questions, description="Answering", transient=True)]
        held = [asker.converse(each) for each in track(dialogues, description="Conversing", transient=True)]
        rewritten = _rewritten(aside)
    _write(folder / ANSWERS, told)
    _write(folder / DIALOGUES, held)
    about = {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "options": options,
        "settings": settings.model_dump(mode="json", exclude={"data_dir", "library_dir"}),
        "index": index.manifest.model_dump(mode="json"),
        "commit": commit(),
        "engine": engine,
        "rewritten": rewritten,
        "bare_ms": bare_milliseconds([question.question for question in questions], embedder),
    }
    (folder / ABOUT).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    return folder


@contextmanager
def served_aside(settings: Settings, embedder: Embedder) -> Iterator[tuple[str, Services]]:
    """A server over the same index, and its services; its conversations are kept for as long as it runs, and not among the readers' own."""
    with TemporaryDirectory() as folder:
        aside = build_services(settings.model_copy(update={"database_url": f"sqlite:///{folder}/assistant.db"}), embedder)
        with serving(build_api(aside)) as address:
            yield address, aside


def _rewritten(services: Services) -> list[dict[str, Any]]:
    """What the audit log holds of each answer that was put to the language model, the first one first."""
    if services.rewrite_log is None:
        return []
    services.rewrite_log.settle()
    rows: list[dict[str, Any]] = []
    before = None
    while entries := services.audit.entries(limit=1000, before=before):
        rows += [dict(entry.details) for entry in entries if entry.action == ACTION]
        before = entries[-1].number
    return rows[::-1]


def scope_of(question: Question) -> dict[str, str]:
    """The scope a question is asked in, as the API takes it."""
    return {name: str(value) for name, value in (("as_of", question.as_of), ("sector", question.sector)) if value}


class _Asker:
    """Asks over HTTP, looks at what retrieval found, and re-reads every sentence."""

    def __init__(self, client: httpx.Client, index: OpenIndex, retriever: GuidanceRetriever, engine: Engine = "extractive"):
        self._client = client
        self._index = index
        self._retriever = retriever
        self._engine = engine

    def ask(self, question: str, scope: dict[str, str], conversation: str | None = None) -> Given:
        body: dict[str, Any] = {"question": question, "scope": scope, "conversation_id": conversation, "engine": self._engine}
        start = time.perf_counter()
        response = self._client.post("/api/v1/ask", json=body)
        milliseconds = (time.perf_counter() - start) * 1000
        response.raise_for_status()
        answer = Answer.model_validate(response.json())
        nodes = [each.node for each in self._retriever.retrieve(answer.standalone_question)]
        found = tuple(Found(passage_id=node.node_id, source_id=node.metadata["source_id"], locators=tuple(node.metadata["locators"])) for node in nodes)
        return Given(answer, found, gate_failures(answer, self._index), milliseconds)

    def converse(self, dialogue: Dialogue) -> dict[str, Any]:
        """One dialogue, turn by turn in one conversation."""
        conversation: str | None = None
        turns = []
        for number, turn in enumerate(dialogue.turns):
            given = self.ask(turn.question, {}, conversation)
            conversation = given.answer.conversation_id
            turns.append(given.record(f"{dialogue.id}.{number + 1}"))
        return {"id": dialogue.id, "turns": turns}


def gate_failures(answer: Answer, index: OpenIndex) -> int:
    """How many sentences of an answer fail the gate when their citations are read again from the index."""
    by_number = {citation.number: citation for citation in answer.citations}
    failures = 0
    for sentence in answer.sentences:
        spans = []
        for number in sentence.citations:
            citation = by_number[number]
            passage = index.store.passage(citation.passage_id)
            start = passage.text.find(citation.quote) if passage else -1
            sha256 = passage.sha256 if passage else ""
            spans.append(gate.Span(citation.passage_id, sha256, start, start + len(citation.quote), citation.quote))
        failures += bool(gate.check(sentence.text, spans, index.store))
    return failures


def bare_milliseconds(texts: Sequence[str], embedder: Embedder) -> list[float]:
    """The time of embedding each text alone, for comparison in the same run."""
    times = []
    for text in texts:
        start = time.perf_counter()
        embedder.encode([text])
        times.append(round((time.perf_counter() - start) * 1000, 2))
    return times


def commit() -> str:
    """The commit of the checkout, or `unknown` outside of one."""
    root = Path(__file__).resolve().parents[1]
    result = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=False)
    return result.stdout.strip() or "unknown"


def _write(path: Path, records: Iterable[dict[str, Any]]) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    fresh.replace(path)
