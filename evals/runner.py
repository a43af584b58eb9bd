"""The runner: puts every question through the product over HTTP, scores the answers and writes a report."""

import json
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx
from rich.progress import track

from assistant import gate
from assistant.answers import Answer
from assistant.api.application import build_api
from assistant.services import Services, build_services
from assistant.settings import Settings
from evals import metrics
from evals.metrics import Case
from evals.questions import Question, load_questions
from evals.server import serving
from index.embedding import Embedder, SentenceEmbedder
from index.live import OpenIndex
from index.llama import GuidanceRetriever

METRICS: dict[str, Callable[[Case], float | None]] = {
    "hit@1": lambda case: metrics.hit_at(case, 1),
    "hit@3": lambda case: metrics.hit_at(case, 3),
    "hit@5": lambda case: metrics.hit_at(case, 5),
    "fact recall": metrics.fact_recall,
    "needed citation present": metrics.citation_present,
    "citation correct": metrics.citation_correct,
    "unanswerable recognised": metrics.abstained_rightly,
    "answerable refused": metrics.refused_wrongly,
    "gate passed": metrics.gate_passed,
    "answer words": metrics.answer_words,
}


def run(settings: Settings, split: str = "all") -> dict[str, Any]:
    """Answer and score the questions of a split; writes `evaluation.json` and `misses.md` under the data directory.

    Raises NoIndexError while no index is live.
    """
    questions = [question for question in load_questions() if split in ("all", question.split)]
    embedder = SentenceEmbedder(settings.embedding_model)
    services = build_services(settings, embedder)
    index = services.live.current()
    retriever = GuidanceRetriever(services.live, embedder, k=5)
    cases: list[Case] = []
    latencies: list[float] = []
    with serving(build_api(services)) as address, httpx.Client(base_url=address, timeout=30) as client:
        for question in track(questions, description="Answering", transient=True):
            cases.append(_case(question, client, index, retriever))
            latencies += _latencies(question, client)
    bare = _bare_latencies(questions, embedder)
    report = _report(settings, split, services, cases, latencies, bare)
    folder = settings.data_dir / "evaluation"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "evaluation.json").write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "misses.md").write_text(misses(cases), encoding="utf-8")
    report["summary"] += f"\nReport and misses: {folder}"
    return report


def _case(question: Question, client: httpx.Client, index: OpenIndex, retriever: GuidanceRetriever) -> Case:
    response = client.post("/api/v1/ask", json={"question": question.question})
    response.raise_for_status()
    answer = Answer.model_validate(response.json())
    nodes = [found.node for found in retriever.retrieve(question.question)]
    found = [(node.metadata["source_id"], node.metadata["locators"]) for node in nodes]
    return Case(question, answer, found, gate_failures(answer, index))


def gate_failures(answer: Answer, index: OpenIndex) -> int:
    """How many sentences of an answer fail the gate when their citations are read again from the live index."""
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


def _latencies(question: Question, client: httpx.Client) -> list[float]:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        client.post("/api/v1/ask", json={"question": question.question})
        times.append((time.perf_counter() - start) * 1000)
    return times


def _bare_latencies(questions: Sequence[Question], embedder: Embedder) -> list[float]:
    times = []
    for question in [*questions, *questions, *questions]:
        start = time.perf_counter()
        embedder.encode([question.question])
        times.append((time.perf_counter() - start) * 1000)
    return times


def _report(settings: Settings, split: str, services: Services, cases: list[Case], latencies: list[float], bare: list[float]) -> dict[str, Any]:
    scores = {name: _mean(metric, cases) for name, metric in METRICS.items()}
    manifest = services.live.current().manifest
    times = {"answer p50": _quantile(latencies, 0.5), "answer p95": _quantile(latencies, 0.95), "bare embedding p50": _quantile(bare, 0.5)}
    lines = [f"{len(cases)} questions ({split}), index {manifest.version}, {manifest.passages} passages"]
    lines += [f"  {name:25} {value['mean']:7.3f}   over {value['cases']}" for name, value in scores.items() if value["cases"]]
    lines += [f"  {name:25} {value:7.1f} ms" for name, value in times.items()]
    lines.append(f"  {'answer p50 / bare p50':25} {times['answer p50'] / times['bare embedding p50']:7.2f}")
    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "split": split,
        "settings": settings.model_dump(mode="json"),
        "index": manifest.model_dump(mode="json"),
        "scores": scores,
        "times_ms": times,
        "answers": [case.answer.model_dump(mode="json") | {"id": case.question.id} for case in cases],
        "summary": "\n".join(lines),
    }


def misses(cases: Sequence[Case]) -> str:
    """Every case that fell short, for a person to read."""
    parts = ["# Misses\n"]
    for case in cases:
        short = [name for name in ("hit@5", "fact recall", "needed citation present", "unanswerable recognised") if METRICS[name](case) not in (None, 1.0)]
        if METRICS["answerable refused"](case) == 1.0:
            short.append("refused")
        if short:
            parts.append(_miss(case, short))
    return "\n".join(parts)


def _miss(case: Case, short: Sequence[str]) -> str:
    question, answer = case.question, case.answer
    gold = ", ".join(f"{place.source} {place.locator}" for place in question.gold)
    cited = ", ".join(f"{citation.source_id} {citation.locator}" for citation in answer.citations)
    lines = (
        f"## {question.id}: {', '.join(short)}",
        f"**Asked:** {question.question}",
        f"**Wanted:** {', '.join(question.facts) or 'no answer'} at {gold or 'no place'}",
        f"**Outcome:** {answer.outcome} ({answer.confidence:.2f})",
        answer.text,
        f"**Cited:** {cited or 'nothing'}",
        f"**Found:** {', '.join(f'{source} {locators[0]}' for source, locators in case.found)}",
    )
    return "\n\n".join(lines) + "\n"


def _mean(metric: Callable[[Case], float | None], cases: Sequence[Case]) -> dict[str, float]:
    values = [value for value in map(metric, cases) if value is not None]
    return {"mean": round(statistics.fmean(values), 4) if values else 0.0, "cases": len(values)}


def _quantile(values: Sequence[float], share: float) -> float:
    return round(sorted(values)[min(int(share * len(values)), len(values) - 1)], 2)
