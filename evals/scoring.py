"""Scoring: a kept run against the questions, without the product or any model, so that it can be repeated at will."""

import json
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answers import Answer
from evals.answering import ABOUT, ANSWERS, DIALOGUES
from evals.intervals import interval, paired_interval
from evals.metrics import METRICS, Case, answered, facts_told
from evals.questions import Dialogue, Question, Turn


@dataclass(frozen=True)
class Score:
    """The mean of a metric over the cases it applies to, with its 95 % interval."""

    mean: float
    low: float
    high: float
    cases: int

    def told(self) -> str:
        """As shown in a table: `0.91 (0.87 to 0.94) of 120`."""
        return f"{self.mean:.3f} ({self.low:.3f} to {self.high:.3f}) of {self.cases}" if self.cases else "none"


@dataclass(frozen=True)
class Run:
    """A kept run: what it was made with, its cases, and its dialogues with the answers of their turns."""

    about: dict[str, Any]
    cases: tuple[Case, ...]
    dialogues: tuple[tuple[Dialogue, tuple[Answer, ...]], ...]
    milliseconds: tuple[float, ...]


def read_run(folder: Path, questions: Sequence[Question], dialogues: Sequence[Dialogue]) -> Run:
    """A run from its folder, with the questions as they are today. Answers to questions that are gone are left out.

    Raises FileNotFoundError where the folder holds no run.
    """
    by_id = {question.id: question for question in questions}
    talks = {dialogue.id: dialogue for dialogue in dialogues}
    kept = [record for record in _records(folder / ANSWERS) if record["id"] in by_id]
    cases = tuple(Case(question=by_id[each["id"]], answer=each["answer"], found=each["found"], gate_failures=each["gate_failures"]) for each in kept)
    held = tuple(
        (talks[record["id"]], tuple(Answer.model_validate(turn["answer"]) for turn in record["turns"]))
        for record in _records(folder / DIALOGUES)
        if record["id"] in talks
    )
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    return Run(about, cases, held, tuple(record["milliseconds"] for record in kept))


def scores(cases: Sequence[Case]) -> dict[str, Score]:
    """Every metric over the cases."""
    return {name: score([value for value in map(metric, cases) if value is not None]) for name, metric in METRICS.items()}


def score(values: Sequence[float]) -> Score:
    """Mean and interval of some values."""
    low, high = interval(values)
    return Score(round(statistics.fmean(values), 4) if values else 0.0, low, high, len(values))


def turn_right(turn: Turn, answer: Answer) -> bool:
    """Whether a turn came out right: every fact told where it can be answered, nothing answered where it cannot."""
    return facts_told(turn, answer) == 1.0 if turn.answerable else not answered(answer)


def dialogue_scores(dialogues: Sequence[tuple[Dialogue, Sequence[Answer]]]) -> dict[str, Score]:
    """Dialogue success (every turn right), and the share of follow-up turns (all but the first) that came out right."""
    whole = [float(all(turn_right(turn, answer) for turn, answer in zip(dialogue.turns, told, strict=True))) for dialogue, told in dialogues]
    further = [float(turn_right(turn, answer)) for dialogue, told in dialogues for turn, answer in zip(dialogue.turns[1:], told[1:], strict=True)]
    return {"dialogue success": score(whole), "follow-ups right": score(further)}


def by(cases: Sequence[Case], key: Callable[[Case], str | None]) -> dict[str, list[Case]]:
    """The cases in groups, by a key; those without one are left out."""
    groups: dict[str, list[Case]] = {}
    for case in cases:
        name = key(case)
        if name:
            groups.setdefault(name, []).append(case)
    return dict(sorted(groups.items()))


def compared(one: Sequence[Case], other: Sequence[Case]) -> dict[str, tuple[float, float, float, int]]:
    """For each metric: the mean difference `other - one` over the questions both runs answered, its 95 % interval, and their number."""
    first: Mapping[str, Case] = {case.question.id: case for case in one}
    pairs = [(first[case.question.id], case) for case in other if case.question.id in first]
    told = {}
    for name, metric in METRICS.items():
        values = [(a, b) for a, b in ((metric(left), metric(right)) for left, right in pairs) if a is not None and b is not None]
        if values:
            left, right = zip(*values, strict=True)
            low, high = paired_interval(left, right)
            told[name] = (round(statistics.fmean(right) - statistics.fmean(left), 4), low, high, len(values))
    return told


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies (nearest rank); 0 for no values."""
    return round(sorted(values)[min(int(share * len(values)), len(values) - 1)], 2) if values else 0.0


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
