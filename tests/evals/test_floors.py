"""Floors, and the gate that the bundled library's answers must pass: every answer of the evaluation set is given and scored anew."""

from pathlib import Path

import pytest

from assistant.services import Services
from evals.answering import generate
from evals.floors import breaches, raise_floors, raised, read_floors
from evals.questions import load_dialogues, load_questions
from evals.scoring import Run, Score, dialogue_scores, read_run, scores


@pytest.mark.parametrize(
    ("mean", "cases", "found"),
    [
        (0.8, 5, []),
        (0.9, 5, []),
        (0.79, 5, ["hit@1 is 0.79, its floor 0.8"]),
        (0.0, 0, ["hit@1 was not measured; its floor is 0.8"]),
    ],
)
def test_a_metric_may_not_fall_below_its_floor(mean: float, cases: int, found: list[str]) -> None:
    assert breaches({"hit@1": 0.8}, {"hit@1": Score(mean, 0, 1, cases)}) == found


@pytest.mark.parametrize(("mean", "found"), [(0.05, []), (0.06, ["answerable refused is 0.06, its floor 0.05"])])
def test_a_metric_that_is_better_lower_has_a_ceiling(mean: float, found: list[str]) -> None:
    assert breaches({"answerable refused": 0.05}, {"answerable refused": Score(mean, 0, 1, 9)}) == found


def test_a_metric_that_is_not_measured_is_a_breach() -> None:
    assert breaches({"hit@1": 0.8}, {}) == ["hit@1 was not measured; its floor is 0.8"]


def test_floors_only_rise() -> None:
    new = {
        name: Score(mean, 0, 1, 9)
        for name, mean in {"hit@1": 0.7, "hit@5": 0.969, "answerable refused": 0.021, "answer words": 99.0, "gate passed": 1.0}.items()
    }
    assert raised({"hit@1": 0.8, "answerable refused": 0.01}, new) == {"hit@1": 0.8, "hit@5": 0.96, "answerable refused": 0.01, "gate passed": 1.0}


def test_floors_are_kept_by_split(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    raise_floors("dev", {"hit@1": Score(0.5, 0, 1, 9)}, path)
    raise_floors("test", {"hit@1": Score(0.4, 0, 1, 9)}, path)
    raise_floors("dev", {"hit@1": Score(0.3, 0, 1, 9)}, path)
    assert read_floors(path) == {"dev": {"hit@1": 0.5}, "test": {"hit@1": 0.4}}


@pytest.fixture(scope="module")
def run(services: Services) -> Run:
    """Every question and dialogue of the evaluation set, answered over HTTP."""
    questions, dialogues = load_questions(), load_dialogues()
    return read_run(generate(services.settings, questions, dialogues, {"split": "all", "kind": "all"}), questions, dialogues)


@pytest.mark.parametrize("split", ["dev", "test"])
def test_no_metric_is_below_its_floor(run: Run, split: str) -> None:
    found = scores([case for case in run.cases if case.question.split == split])
    talked = dialogue_scores([(dialogue, told) for dialogue, told in run.dialogues if dialogue.split == split])
    assert breaches(read_floors()[split], {**found, **talked}) == []


def test_every_sentence_of_every_answer_passes_the_gate(run: Run) -> None:
    assert [case.question.id for case in run.cases if case.gate_failures] == []
