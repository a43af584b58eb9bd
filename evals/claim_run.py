"""Checking the claims of a split over HTTP, as a reader's phone would, and the report of it.

python -m evals.claim_run --split dev|test [--json]
"""

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from rich.progress import track

from assistant.checking.verdicts import Check, Verdict
from assistant.settings import Settings
from evals import plots
from evals.answering import commit, served_aside
from evals.claims import Checked, GoldClaim, by_theme, calibration, confusion, load_claims, misses, verdict_scores
from evals.markup import page, section, table
from evals.plots import Bar
from evals.scoring import Score, quantile
from evals.told import share
from index.embedding import SentenceEmbedder

WARM = 3
"""Claims checked before any is timed."""


@dataclass(frozen=True)
class ClaimRun:
    """The claims as checked, and for each the time of the call over HTTP and of embedding the claim alone just before, in milliseconds."""

    checked: tuple[Checked, ...]
    whole: tuple[float, ...]
    bare: tuple[float, ...]


def check_all(settings: Settings, claims: Sequence[GoldClaim]) -> ClaimRun:
    """Check every claim, one after another, against the live index. Raises NoIndexError while none is live."""
    embedder = SentenceEmbedder(settings.embedding_model)
    checked, whole, bare = [], [], []
    with served_aside(settings, embedder) as (address, _), httpx.Client(base_url=address, timeout=60) as client:
        for claim in claims[:WARM]:
            _check(client, claim)
        for claim in track(claims, description="Checking", transient=True):
            before = time.perf_counter()
            embedder.encode([claim.claim])
            between = time.perf_counter()
            checked.append(Checked(claim, _check(client, claim)))
            bare.append(1000 * (between - before))
            whole.append(1000 * (time.perf_counter() - between))
    return ClaimRun(tuple(checked), tuple(whole), tuple(bare))


def _check(client: httpx.Client, claim: GoldClaim) -> Check:
    response = client.post("/api/v1/checks", json={"claim": claim.claim, "scope": claim.scope.model_dump(mode="json", exclude_none=True)})
    response.raise_for_status()
    return Check.model_validate(response.json())


def report_of(run: ClaimRun, split: str) -> dict[str, Any]:
    """The figures of a run, for programs."""
    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "split": split,
        "commit": commit(),
        "claims": len(run.checked),
        "scores": {name: asdict(each) for name, each in verdict_scores(run.checked).items()},
        "by_theme": {name: asdict(each) for name, each in by_theme(run.checked).items()},
        "confusion": confusion(run.checked),
        "calibration": calibration(run.checked),
        "times_ms": {
            "check p50": quantile(run.whole, 0.5),
            "check p95": quantile(run.whole, 0.95),
            "bare embedding p50": quantile(run.bare, 0.5),
            "check p50 / bare p50": round(quantile(run.whole, 0.5) / quantile(run.bare, 0.5), 2) if run.bare else 0.0,
        },
        "misses": misses(run.checked),
    }


def html_report(report: dict[str, Any]) -> str:
    """The figures as one page for people, with the plot of the calibration; it holds no script and fetches nothing."""
    scores = {name: Score(**each) for name, each in report["scores"].items()}
    themes = {name: Score(**each) for name, each in report["by_theme"].items()}
    verdicts = [verdict.value for verdict in Verdict]
    return page(
        f"Claims checked on {report['made_at'][:10]}: {report['claims']} of the {report['split']} split",
        [
            section("In figures", table("All claims", ["", "share", "95 % interval", "of"], [_row(name, each) for name, each in scores.items() if each.cases])),
            section(
                "Which verdict was given",
                table(
                    "Claims by right and given verdict",
                    ["right verdict", *(_plain(each) for each in verdicts)],
                    [[_plain(right), *(str(given[each]) for each in verdicts)] for right, given in report["confusion"].items()],
                ),
            ),
            section(
                "How far the confidence can be relied on",
                "On the line a verdict given with so much confidence is right so often.",
                plots.calibration("calibration", _in_words(report["calibration"]), report["calibration"]),
            ),
            section(
                "By theme",
                plots.bars("themes", "Share of right verdicts by theme", [Bar(name, each.mean, each.low, each.high) for name, each in themes.items()], "Right"),
            )
            if themes
            else "",
            section("Time", table("Milliseconds", ["", "ms"], [[name, f"{value:.1f}"] for name, value in report["times_ms"].items()])),
            section("Wrong verdicts", *report["misses"]),
        ],
    )


def _row(name: str, each: Score) -> list[str]:
    return [name, share(each.mean), f"{share(each.low)} to {share(each.high)}", str(each.cases)]


def _plain(verdict: str) -> str:
    return verdict.replace("_", " ")


def _in_words(bins: Sequence[tuple[float, float, int]]) -> str:
    return "; ".join(f"at confidence {confidence:.2f} right {right:.2f} of {count}" for confidence, right, count in bins)


def summary(report: dict[str, Any]) -> str:
    """The figures as a table for a terminal."""
    lines = [f"{name:34} {Score(**each).told()}" for name, each in report["scores"].items()]
    lines += [f"{name:34} {value:.1f}" for name, value in report["times_ms"].items()]
    lines += [f"confidence {confidence:.2f}: right {right:.2f} of {count}" for confidence, right, count in report["calibration"]]
    return "\n".join(lines)


def write(report: dict[str, Any], data_dir: Path) -> Path:
    """The folder that now holds `report.json`, `report.html` and `misses.md`."""
    folder = data_dir / "evaluation" / f"claims-{datetime.now(UTC).strftime('%Y%m%dT%H%M%S')}"
    folder.mkdir(parents=True)
    (folder / "report.json").write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "report.html").write_text(html_report(report), encoding="utf-8")
    (folder / "misses.md").write_text("# Wrong verdicts\n\n" + "".join(f"- {line}\n" for line in report["misses"]), encoding="utf-8")
    return folder


def main() -> None:
    """Check the claims of a split, print the figures, and write the report."""
    parser = argparse.ArgumentParser(description="Measure the checking of claims.")
    parser.add_argument("--split", choices=("dev", "test"), required=True)
    parser.add_argument("--json", action="store_true", help="Print JSON.")
    given = parser.parse_args()
    settings = Settings()
    report = report_of(check_all(settings, load_claims(given.split)), given.split)
    folder = write(report, settings.data_dir)
    print(json.dumps(report, indent=2, ensure_ascii=False) if given.json else summary(report))
    print(f"Report and misses: {folder}")


if __name__ == "__main__":
    main()
