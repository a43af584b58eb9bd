"""The tables of the benchmarks, in Markdown, as `docs/performance.md` shows them."""

from collections.abc import Iterable, Sequence

from evals.bench import Bench, Serving
from evals.bench_build import Built
from evals.bench_load import Load

P50_MS, P95_MS, SHARE, START_SECONDS, MEMORY_MB = 60.0, 150.0, 0.9, 15.0, 1500.0
"""The goals: an answer over HTTP to one client at a time, the build's rate beside the bare model's, start to ready, memory while serving."""
LOADED = ("passages", "clients", "p50", "p95", "max", "answers per second", "answered", "bare p50, before / after", "p50 / bare", "goal")
OTHER = ("what", "measured", "bare p50", "as a multiple", "goal")


def report(found: Bench) -> str:
    """The whole result: what it ran on, the load, and all else."""
    machine = found.machine
    head = (
        f"Measured on {machine['made_at'][:10]}: {machine['cores']} cores ({machine['machine']}), no GPU used, load before the run {machine['load']}; "
        f"Python {machine['python']}, torch {machine['torch']}, chromadb {machine['chromadb']}. Each number of clients put {found.plan.requests} questions."
    )
    loads = [_loaded(serving, load) for serving in (found.real, found.large) for load in serving.loads]
    return "\n\n".join((head, _table(LOADED, loads), _table(OTHER, [*_builds(found), *_servers(found)])))


def _loaded(serving: Serving, load: Load) -> tuple[str, ...]:
    goal = f"p50 ≤ {P50_MS:.0f} ms, p95 ≤ {P95_MS:.0f} ms: {_met(load.p50 <= P50_MS and load.p95 <= P95_MS)}" if load.clients == 1 else ""
    before, after = serving.bare_ms
    return (
        f"{serving.passages:,}",
        str(load.clients),
        f"{load.p50:.1f} ms",
        f"{load.p95:.1f} ms",
        f"{load.most:.1f} ms",
        f"{load.per_second:.1f}",
        f"{load.answered:.2f}",
        f"{before:.1f} / {after:.1f} ms",
        f"{load.p50 / _bare(serving):.1f}",
        goal,
    )


def _builds(found: Bench) -> list[tuple[str, ...]]:
    whole, bare = found.whole, _bare(found.real)
    return [
        (f"bare model, {whole.embedded:,} texts at once", f"{found.bare_rate:.0f} texts/s", _ms(bare), "", ""),
        (
            "build from nothing, its embedding",
            f"{whole.embedded / whole.embedding_seconds:.0f} texts/s ({found.embedding_share:.0%} of bare)",
            _ms(bare),
            "",
            "",
        ),
        (
            "build from nothing, whole",
            f"{whole.embedded / whole.seconds:.0f} texts/s ({found.build_share:.0%} of bare), {whole.seconds:.1f} s",
            _ms(bare),
            f"{whole.seconds * 1000 / bare:,.0f}",
            f"≥ {SHARE:.0%} of bare: {_met(found.build_share >= SHARE)}",
        ),
        _build("build after a change of one sentence", found.changed, bare),
        _build("build with generated passages, vectors made up", found.enlarged, _bare(found.large)),
    ]


def _build(what: str, built: Built, bare: float) -> tuple[str, ...]:
    return (what, f"{built.seconds:.1f} s, {built.embedded:,} of {built.texts:,} texts embedded", _ms(bare), f"{built.seconds * 1000 / bare:,.0f}", "")


def _servers(found: Bench) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for serving in (found.real, found.large):
        bare, seconds = _bare(serving), serving.start_seconds
        goal = f"≤ {START_SECONDS:.0f} s: {_met(seconds <= START_SECONDS)}"
        rows.append((f"start to ready, {serving.passages:,} passages", f"{seconds:.1f} s", _ms(bare), f"{seconds * 1000 / bare:,.0f}", goal))
    for serving in (found.real, found.large):
        memory = f"{serving.memory_mb:,.0f} MB (at most {serving.most_memory_mb:,.0f})"
        goal = f"≤ {MEMORY_MB:,.0f} MB: {_met(serving.most_memory_mb <= MEMORY_MB)}"
        rows.append((f"memory after the load, {serving.passages:,} passages", memory, _ms(_bare(serving)), "", goal))
    return rows


def _bare(serving: Serving) -> float:
    """The bare model's time for one question in milliseconds: the mean of before and after."""
    return sum(serving.bare_ms) / 2


def _ms(value: float) -> str:
    return f"{value:.1f} ms"


def _met(yes: bool) -> str:
    return "met" if yes else "**missed**"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))
