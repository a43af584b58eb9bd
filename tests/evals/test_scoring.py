"""Scoring: runs read back from their files, means with their intervals, groups, dialogues, and two runs compared."""

import json
from pathlib import Path

import pytest
from cases import ABOUT, ANSWERABLE, COMPLETE, DIALOGUE, FULL, SILENT, UNANSWERABLE, answer, case, keep

from assistant.answers import Answer
from evals.metrics import METRICS
from evals.scoring import Run, Score, by, compared, dialogue_scores, quantile, read_run, score, scores, turn_right

CASES = (case(ANSWERABLE, COMPLETE, [("act", ["s. 33"])]), case(UNANSWERABLE, SILENT, [("act", ["s. 1", "s. 2"])], gate_failures=2))
TOLD = (answer("answered", [("Five years.", [])]), SILENT, answer("answered", [("Again.", [])]))


def test_a_run_is_read_as_it_was_kept(tmp_path: Path) -> None:
    folder = keep(tmp_path / "run", CASES, [("talk", TOLD)], milliseconds=12.5)
    assert read_run(folder, [ANSWERABLE, UNANSWERABLE], [DIALOGUE]) == Run(ABOUT, CASES, ((DIALOGUE, TOLD),), (12.5, 12.5))


def test_a_run_is_scored_against_the_questions_of_today(tmp_path: Path) -> None:
    """Those that are gone are left out with their times, those that changed are judged as they are now."""
    folder = keep(tmp_path / "run", CASES, [("talk", TOLD), ("gone", TOLD)])
    changed = ANSWERABLE.model_copy(update={"facts": ("ten years",)})
    assert read_run(folder, [changed], []) == Run(ABOUT, (case(changed, COMPLETE, [("act", ["s. 33"])]),), (), (20.0,))


def test_an_empty_run_has_no_scores(tmp_path: Path) -> None:
    read = read_run(keep(tmp_path / "run", []), [ANSWERABLE], [DIALOGUE])
    assert read == Run(ABOUT, (), (), ())
    assert scores(read.cases) == dict.fromkeys(METRICS, Score(0.0, 0.0, 0.0, 0))
    assert dialogue_scores(read.dialogues) == {"dialogue success": Score(0.0, 0.0, 0.0, 0), "follow-ups right": Score(0.0, 0.0, 0.0, 0)}


@pytest.mark.parametrize("missing", ["answers.jsonl", "dialogues.jsonl", "run.json"])
def test_a_folder_that_holds_no_whole_run_is_refused(tmp_path: Path, missing: str) -> None:
    folder = keep(tmp_path / "run", CASES)
    (folder / missing).unlink()
    with pytest.raises(FileNotFoundError):
        read_run(folder, [ANSWERABLE], [])


def test_a_line_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    folder = keep(tmp_path / "run", CASES)
    whole = (folder / "answers.jsonl").read_text(encoding="utf-8")
    (folder / "answers.jsonl").write_text(whole[:-40], encoding="utf-8")
    with pytest.raises(json.JSONDecodeError):
        read_run(folder, [ANSWERABLE, UNANSWERABLE], [])


def test_every_metric_is_told_over_the_cases_it_applies_to() -> None:
    over = {name: each.cases for name, each in scores([*CASES, case(ANSWERABLE, FULL)]).items()}
    assert over == {
        **dict.fromkeys(("hit@1", "hit@3", "hit@5", "MRR@10", "nDCG@10", "fact recall", "every fact told", "needed citation present"), 2),
        **dict.fromkeys(("answerable refused", "citation correct", "gate passed", "answer words"), 2),
        **dict.fromkeys(("first citation at gold", "unanswerable recognised", "abstention precision"), 1),
        **dict.fromkeys(("notice correct", "nothing wrong said", "outcome correct"), 0),
    }


def test_a_score_is_the_mean_with_its_interval() -> None:
    assert score([]) == Score(0.0, 0.0, 0.0, 0)
    assert score([0.5]) == Score(0.5, 0.5, 0.5, 1)
    assert score([0.0, 1.0]) == Score(0.5, 0.0, 1.0, 2)


@pytest.mark.parametrize(("each", "text"), [(Score(0.9, 0.85, 0.95, 120), "0.900 (0.850 to 0.950) of 120"), (Score(0, 0, 0, 0), "none")])
def test_a_score_as_told(each: Score, text: str) -> None:
    assert each.told() == text


@pytest.mark.parametrize(
    ("turn", "given", "right"),
    [
        (0, TOLD[0], True),
        (0, answer("partial", [("At most", []), ("FIVE.", [])]), True),
        (0, SILENT, False),
        (0, answer("answered", [("Six.", [])]), False),
        (1, SILENT, True),
        (1, answer("clarify"), True),
        (1, TOLD[0], False),
        (1, answer("partial", [("Five.", [])]), False),
    ],
)
def test_when_a_turn_is_right(turn: int, given: Answer, right: bool) -> None:
    assert turn_right(DIALOGUE.turns[turn], given) is right


def test_a_dialogue_succeeds_where_every_turn_is_right_and_only_later_turns_are_follow_ups() -> None:
    slips = (TOLD[0], TOLD[0], TOLD[2])
    opens_wrong = (SILENT, TOLD[1], TOLD[2])
    found = dialogue_scores([(DIALOGUE, TOLD), (DIALOGUE, slips), (DIALOGUE, opens_wrong)])
    assert {name: (each.mean, each.cases) for name, each in found.items()} == {"dialogue success": (0.3333, 3), "follow-ups right": (0.8333, 6)}


def test_a_dialogue_with_turns_missing_is_refused() -> None:
    with pytest.raises(ValueError):
        dialogue_scores([(DIALOGUE, TOLD[:2])])


def test_cases_fall_in_groups_in_order_of_their_names_and_without_one_in_none() -> None:
    plain = case(ANSWERABLE.model_copy(update={"theme": None, "kind": "list"}), FULL)
    assert by([*CASES, plain], lambda each: each.question.kind) == {"direct": [CASES[0]], "far": [CASES[1]], "list": [plain]}
    assert by([*CASES, plain], lambda each: each.question.theme) == {"procurement": list(CASES)}
    assert by([], lambda each: each.question.kind) == {}


def test_two_runs_are_compared_over_the_questions_both_answered() -> None:
    third = ANSWERABLE.model_copy(update={"id": "three"})
    before = [case(ANSWERABLE, FULL, [("act", ["s. 1"])]), case(UNANSWERABLE, SILENT), case(third, COMPLETE)]
    after = [case(UNANSWERABLE, FULL), case(ANSWERABLE, COMPLETE, [("act", ["s. 33"])]), case(third.model_copy(update={"id": "four"}), FULL)]
    up, level, down = (1.0, 1.0, 1.0, 1), (0.0, 0.0, 0.0, 1), (-1.0, -1.0, -1.0, 1)
    assert compared(before, after) == {
        **dict.fromkeys(("hit@1", "hit@3", "hit@5", "MRR@10", "nDCG@10", "every fact told"), up),
        **dict.fromkeys(("answerable refused", "gate passed"), level),
        **dict.fromkeys(("needed citation present", "unanswerable recognised", "citation correct"), down),
        "fact recall": (0.3333, 0.3333, 0.3333, 1),
        "answer words": (-3.0, -3.0, -3.0, 1),
    }


def test_runs_with_nothing_in_common_cannot_be_compared() -> None:
    assert compared(CASES[:1], CASES[1:]) == compared([], CASES) == compared(CASES, []) == {}


@pytest.mark.parametrize(
    ("values", "share", "value"),
    [
        ([], 0.5, 0.0),
        ([7.0], 0.5, 7.0),
        ([7.0], 0.95, 7.0),
        ([3.0, 1.0, 2.0], 0.5, 2.0),
        ([3.0, 1.0, 2.0], 1.0, 3.0),
        ([*range(100)], 0.95, 95.0),
        ([1.239], 0, 1.24),
    ],
)
def test_quantiles_are_values_by_nearest_rank(values: list[float], share: float, value: float) -> None:
    assert quantile(values, share) == value
