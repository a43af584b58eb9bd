"""One evaluation from end to end: generate (or take a kept run), score, compare, and write what was found."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from assistant.answers import Engine
from assistant.errors import BadInputError
from assistant.settings import Settings
from evals.answering import generate
from evals.baselines import Baseline, measure_baselines
from evals.misses import misses
from evals.questions import Utterance, load_dialogues, load_questions, load_utterances
from evals.readability import readability
from evals.recognition import EXACT, read, recognition_misses, recognition_scores
from evals.report import html_report
from evals.scoring import Run, Score, by, compared, dialogue_scores, quantile, read_run, score, scores

Split = Literal["dev", "test", "all"]


@dataclass(frozen=True)
class Evaluation:
    """What an evaluation found: the folder it stands in, the report for programs, and a table for people."""

    folder: Path
    report: dict[str, Any]
    summary: str


def evaluate_run(
    settings: Settings, split: Split, kind: str | None, scored: Path | None, compare: Path | None, baseline: bool, engine: Engine = "extractive"
) -> Evaluation:
    """Answer the questions of a split and kind (or take the run in `scored`), score them, and write `report.json`, `report.html` and `misses.md`.

    Raises NoIndexError while no index is live, and BadInputError where no question is of the kind.
    """
    questions = [question for question in load_questions() if split in ("all", question.split) and kind in (None, question.kind)]
    dialogues = [dialogue for dialogue in load_dialogues() if split in ("all", dialogue.split) and kind in (None, "dialogue")]
    if not questions and not dialogues:
        raise BadInputError("kind", f"{kind!r} has no questions.")
    utterances = [utterance for utterance in load_utterances() if split in ("all", utterance.split) and kind is None]
    folder = scored or generate(settings, questions, dialogues, {"split": split, "kind": kind or "all"}, engine)
    run = read_run(folder, questions, dialogues)
    other = read_run(compare, questions, dialogues) if compare else None
    baselines = measure_baselines(settings, [case.question for case in run.cases]) if baseline else []
    report = _report(run, other, baselines, utterances)
    (folder / "report.json").write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "report.html").write_text(html_report(run, report), encoding="utf-8")
    (folder / "misses.md").write_text(misses(run) + recognition_misses(read(utterances)), encoding="utf-8")
    return Evaluation(folder, report, summary(run, report))


def _report(run: Run, other: Run | None, baselines: Sequence[Baseline], utterances: Sequence[Utterance]) -> dict[str, Any]:
    bare = run.about["bare_ms"]
    p50 = quantile(run.milliseconds, 0.5)
    return {
        **{name: run.about[name] for name in ("made_at", "options", "settings", "index", "commit")},
        "scores": _as_dicts(scores(run.cases)),
        "by_kind": {name: _as_dicts(scores(cases)) for name, cases in by(run.cases, lambda case: case.question.kind).items()},
        "by_theme": {name: _as_dicts(scores(cases)) for name, cases in by(run.cases, lambda case: case.question.theme).items()},
        "dialogues": _as_dicts(dialogue_scores(run.dialogues)),
        "scope": _as_dicts(recognition_scores(read(utterances))),
        "times_ms": {
            "answer p50": p50,
            "answer p95": quantile(run.milliseconds, 0.95),
            "bare embedding p50": quantile(bare, 0.5),
            "answer p50 / bare p50": round(p50 / quantile(bare, 0.5), 2) if bare else 0.0,
        },
        "engine": engine_figures(run),
        "compared": compared(other.cases, run.cases) if other else {},
        "baselines": {each.name: _as_dicts({name: score(values) for name, values in each.values.items()}) for each in baselines},
    }


def engine_figures(run: Run) -> dict[str, Any]:
    """What the engine made of the answers: how easily they read, and what came of putting them to the language model."""
    answers = [case.answer for case in run.cases if case.answer.sentences]
    rows: list[dict[str, Any]] = run.about.get("rewritten", [])
    counts = {name: sum(row["counts"][name] for row in rows) for name in ("written", "passed", "replaced", "dropped")} if rows else {}
    reasons = Counter(reason for row in rows for dropped in row["dropped"] for reason in dropped["reasons"])
    return {
        "engine": run.about.get("engine", "extractive"),
        "reworded": sum(answer.engine == "llm" for answer in answers),
        "answers": len(answers),
        **readability([sentence.text for answer in answers for sentence in answer.sentences]),
        "sentences of the model's": counts,
        "held back": dict(reasons.most_common()),
        "failures": dict(Counter(row["failure"] for row in rows if row["failure"])),
        "tokens": {name: sum(row["tokens"][name] for row in rows) for name in ("prompt", "completion")},
    }


def _as_dicts(told: dict[str, Score]) -> dict[str, dict[str, float]]:
    return {name: asdict(each) for name, each in told.items() if each.cases}


def _whole(scope: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """The figure for whole utterances; those of single fields stand in the report alone."""
    return {name: each for name, each in scope.items() if name == EXACT}


def summary(run: Run, report: dict[str, Any]) -> str:
    """The figures as a table for a terminal."""
    index = report["index"]
    lines = [
        f"{len(run.cases)} questions, {len(run.dialogues)} dialogues ({report['options']['split']}), index {index['version']}, {index['passages']} passages"
    ]
    for name, each in {**report["scores"], **report["dialogues"], **_whole(report["scope"])}.items():
        lines.append(f"  {name:25} {Score(**each).told()}")
    lines += [f"  {name:25} {value:.1f}{'' if '/' in name else ' ms'}" for name, value in report["times_ms"].items()]
    made = report["engine"]
    lines.append(f"  engine {made['engine']}, with a sentence of a model's in {made['reworded']} of {made['answers']} answers")
    told = ("words a sentence", "Flesch reading ease", "sentences of the model's", "held back", "failures", "tokens")
    lines += [f"  {name:25} {made[name]}" for name in told if made[name]]
    for name, (difference, low, high, cases) in report["compared"].items():
        lines.append(f"  change in {name:15} {difference:+.3f} ({low:+.3f} to {high:+.3f}) over {cases}")
    for name, told in report["baselines"].items():
        lines.append(f"  {name:40} " + ", ".join(f"{metric} {each['mean']:.3f}" for metric, each in told.items()))
    return "\n".join(lines)
