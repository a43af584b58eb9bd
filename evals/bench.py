"""The benchmarks: one run over the real library and one with generated passages around it, each set beside the bare model in the same run."""

import json
import os
import platform
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from corpus.library import load_library
from evals.bench_bare import bare_milliseconds, bare_rate, use_threads
from evals.bench_build import Built, build, part_of, texts_of, with_one_sentence_changed
from evals.bench_library import MadeUp, known_sentences
from evals.bench_load import Load, dealt, put, quantile, served, training_questions
from index.embedding import SentenceEmbedder
from index.versions import Versions


@dataclass(frozen=True)
class Plan:
    """How much is run. Each number of clients puts `requests` questions; `every` takes one note of so many for the real library."""

    clients: tuple[int, ...] = (1, 4, 16)
    requests: int = 400
    warm_up: int = 100
    bare: int = 200
    generated: int = 100_000
    every: int = 1


FULL = Plan()
QUICK = Plan(requests=60, warm_up=30, bare=50, generated=2_000, every=20)


@dataclass(frozen=True)
class Serving:
    """One server, from start to load. `bare_ms` is the bare model's p50 for one question right before the load and right after it."""

    passages: int
    start_seconds: float
    bare_ms: tuple[float, float]
    loads: tuple[Load, ...]
    memory_mb: float
    most_memory_mb: float


@dataclass(frozen=True)
class Bench:
    """What a run found. `bare_rate` is in texts per second over the texts of `whole`, the build from nothing."""

    machine: dict[str, Any]
    plan: Plan
    bare_rate: float
    whole: Built
    changed: Built
    enlarged: Built
    real: Serving
    large: Serving

    @property
    def embedding_share(self) -> float:
        """The rate of the build's embedding as a share of the bare model's."""
        return self.whole.embedded / self.whole.embedding_seconds / self.bare_rate

    @property
    def build_share(self) -> float:
        """The rate of the whole build as a share of the bare model's."""
        return self.whole.embedded / self.whole.seconds / self.bare_rate

    def record(self) -> dict[str, Any]:
        """Everything, for programs."""
        return {**asdict(self), "embedding_share": self.embedding_share, "build_share": self.build_share}


def run(settings: Settings, plan: Plan, tell: Callable[[str], None]) -> Bench:
    """Run it all; `tell` hears what begins. Builds in a folder of its own under the data directory, and leaves only `benchmark.json` there."""
    root = settings.data_dir / "benchmark"
    work = root / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        found = _run(settings, plan, work, tell)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    (root / "benchmark.json").write_text(json.dumps(found.record(), indent=2) + "\n", encoding="utf-8")
    return found


def _run(settings: Settings, plan: Plan, work: Path, tell: Callable[[str], None]) -> Bench:
    machine = this_machine()
    warm_up, bare, *hands = dealt(training_questions(), [plan.warm_up, plan.bare, *[plan.requests] * len(plan.clients)])
    use_threads(settings.threads)
    embedder = SentenceEmbedder(settings.embedding_model)
    embedder.encode(warm_up)
    library = part_of(load_library(settings.library_dir), plan.every)
    versions = Versions(Settings(data_dir=work).index_dir)

    def serve(passages: int) -> Serving:
        tell(f"Serving {passages:,} passages.")
        with served(work) as server:
            put(server.address, warm_up, 1)
            before = _bare(bare, settings)
            loads = tuple(put(server.address, hand, clients) for clients, hand in zip(plan.clients, hands, strict=True))
            after = _bare(bare, settings)
            return Serving(passages, server.start_seconds, (before, after), loads, *server.memory_mb())

    texts = texts_of(library)
    tell(f"Embedding {len(texts):,} texts with the bare model.")
    rate = bare_rate(texts, embedder)
    tell("Building from nothing.")
    whole = build(library, embedder, versions)
    real = serve(whole.passages)
    tell("Building after a change of one sentence.")
    changed = build(with_one_sentence_changed(library), embedder, versions)
    tell(f"Building with {plan.generated:,} generated passages.")
    made_up = MadeUp(embedder, known_sentences(versions.live()))
    enlarged = build(made_up.enlarge(library, plan.generated), made_up, versions)
    return Bench(machine, plan, rate, whole, changed, enlarged, real, serve(enlarged.passages))


def _bare(texts: Sequence[str], settings: Settings) -> float:
    return quantile(bare_milliseconds(texts, settings.embedding_model, settings.threads), 0.5)


def this_machine() -> dict[str, Any]:
    """Where and when it runs. `load` is the mean number of processes that wanted a core in the minute before: near 0 on a quiet machine."""
    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": len(os.sched_getaffinity(0)),
        "load": round(os.getloadavg()[0], 2),
        "machine": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
        **{name: version(name) for name in ("torch", "sentence-transformers", "chromadb", "bm25s")},
    }
