"""An evaluation from end to end: from kept answers to report, page, misses and table, and by the command line."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from cases import COMPLETE, SILENT, answer, case, keep
from click.testing import Result
from pages import Page
from typer.testing import CliRunner

from assistant.cli import app
from assistant.errors import BadInputError
from assistant.settings import Settings
from evals.command import evaluate
from evals.evaluation import Evaluation, evaluate_run
from evals.questions import load_dialogues, load_questions, load_utterances
from evals.recognition import read, recognition_scores
from index.versions import NoIndexError, Versions

DEV = [question for question in load_questions() if question.split == "dev"]
ANSWERABLE = next(question for question in DEV if question.answerable and question.kind == "number" and question.theme and question.as_of is None)
FAR = next(question for question in DEV if question.kind == "far" and not question.outcomes)
DIALOGUE = next(dialogue for dialogue in load_dialogues() if dialogue.split == "dev")
UTTERANCES = [utterance for utterance in load_utterances() if utterance.split == "dev"]
GOLD = [(ANSWERABLE.gold[0].source, [ANSWERABLE.gold[0].locator])]
SPLITS = {question.id: question.split for question in load_questions()}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A run of two questions and a dialogue: the first found but refused, the second rightly left unanswered."""
    cases = [case(ANSWERABLE, SILENT, GOLD), case(FAR, SILENT)]
    return keep(tmp_path / "kept", cases, [(DIALOGUE.id, [SILENT] * len(DIALOGUE.turns))], milliseconds=40.0)


@pytest.fixture
def scored(kept: Path, tmp_path: Path) -> Evaluation:
    return evaluate_run(Settings(data_dir=tmp_path), "dev", None, kept, None, False)


def one(mean: float, cases: int = 1) -> dict[str, float]:
    return {"mean": mean, "low": mean, "high": mean, "cases": cases}


def test_a_kept_run_is_scored_without_an_index(scored: Evaluation, kept: Path) -> None:
    ranked = {name: one(1.0) for name in ("hit@1", "hit@3", "hit@5", "MRR@10", "nDCG@10")}
    refused = {**{name: one(0.0) for name in ("fact recall", "every fact told", "needed citation present")}, "answerable refused": one(1.0)}
    first = {**ranked, **refused, "abstention precision": one(0.0)}
    second = {"unanswerable recognised": one(1.0), "abstention precision": one(1.0)}
    if ANSWERABLE.wrong:
        first["nothing wrong said"] = one(1.0)
    follow_ups = [0.0 if turn.answerable else 1.0 for turn in DIALOGUE.turns[1:]]
    report = dict(scored.report)
    engine = report.pop("engine")
    dialogues, scope = report.pop("dialogues"), report.pop("scope")
    assert report == {
        "made_at": "2026-11-22T19:00:00+00:00",
        "options": {"split": "dev", "kind": "all"},
        "settings": {"question_limit": 2000, "embedding_model": "all-MiniLM-L6-v2"},
        "index": {"version": "v1", "passages": 3, "library_digest": "d1"},
        "commit": "c1",
        "scores": {**first, **second, "abstention precision": {"mean": 0.5, "low": 0.0, "high": 1.0, "cases": 2}},
        "by_kind": {"far": second, "number": first},
        "by_theme": {ANSWERABLE.theme: first, **({FAR.theme: second} if FAR.theme else {})},
        "times_ms": {"answer p50": 40.0, "answer p95": 40.0, "bare embedding p50": 12.0, "answer p50 / bare p50": 3.33},
        "compared": {},
        "baselines": {},
    }
    assert dialogues["dialogue success"] == one(0.0)
    assert dialogues["follow-ups right"]["mean"] == pytest.approx(sum(follow_ups) / len(follow_ups), abs=1e-4)
    assert scope == {name: asdict(each) for name, each in recognition_scores(read(UTTERANCES)).items() if each.cases}
    assert engine == {
        "engine": "extractive",
        "reworded": 0,
        "answers": 0,
        "words a sentence": 0.0,
        "Flesch reading ease": 0.0,
        "sentences of the model's": {},
        "held back": {},
        "failures": {},
        "tokens": {"prompt": 0, "completion": 0},
    }
    assert scored.folder == kept


def test_report_page_and_misses_stand_beside_the_answers(scored: Evaluation) -> None:
    names = ["answers.jsonl", "dialogues.jsonl", "misses.md", "report.html", "report.json", "run.json"]
    assert sorted(path.name for path in scored.folder.iterdir()) == names
    assert json.loads((scored.folder / "report.json").read_text(encoding="utf-8")) == scored.report
    assert Page((scored.folder / "report.html").read_text(encoding="utf-8")).headings[0] == "Evaluation of 2026-11-22: 2 questions, 1 conversations"
    misses = (scored.folder / "misses.md").read_text(encoding="utf-8")
    assert misses.startswith(f"# Misses\n\n## {ANSWERABLE.id}: fact recall, needed citation present, refused\n")
    assert FAR.id not in misses


def test_the_table_tells_every_figure(scored: Evaluation) -> None:
    first, *lines = scored.summary.splitlines()
    assert first == "2 questions, 1 dialogues (dev), index v1, 3 passages"
    told = [*scored.report["scores"], *scored.report["dialogues"], "scope recognised", *scored.report["times_ms"], "engine", "tokens"]
    assert [line.strip().startswith(name) for line, name in zip(lines, told, strict=True)] == [True] * len(told)
    assert "  hit@1                     1.000 (1.000 to 1.000) of 1" in lines
    assert "  answer p50                40.0 ms" in lines
    assert "  answer p50 / bare p50     3.3" in lines


def test_scoring_again_gives_the_same(scored: Evaluation, kept: Path, tmp_path: Path) -> None:
    page = (kept / "report.html").read_text(encoding="utf-8")
    assert evaluate_run(Settings(data_dir=tmp_path), "dev", None, kept, None, False) == scored
    assert (kept / "report.html").read_text(encoding="utf-8") == page


def test_two_runs_are_compared_question_by_question(kept: Path, tmp_path: Path) -> None:
    facts = answer("answered", [("Not so.", [])])
    other = keep(tmp_path / "other", [case(FAR, COMPLETE), case(ANSWERABLE, facts)])
    told = evaluate_run(Settings(data_dir=tmp_path), "dev", None, kept, other, False)
    up, level = (1.0, 1.0, 1.0, 1), (0.0, 0.0, 0.0, 1)
    expected = {
        **dict.fromkeys(("hit@1", "hit@3", "hit@5", "MRR@10", "nDCG@10", "unanswerable recognised", "answerable refused"), up),
        **dict.fromkeys(("fact recall", "every fact told", "needed citation present"), level),
    }
    if ANSWERABLE.wrong:
        expected["nothing wrong said"] = level
    assert told.report["compared"] == expected
    assert "  change in hit@1           +1.000 (+1.000 to +1.000) over 1" in told.summary.splitlines()
    assert "Compared with another run" in Page((kept / "report.html").read_text(encoding="utf-8")).headings


@pytest.mark.parametrize(("split", "kind", "cases"), [("dev", "number", 1), ("dev", "far", 1), ("test", None, 0), ("all", None, 2), ("dev", "dialogue", 0)])
def test_only_the_split_and_kind_asked_for_are_scored(kept: Path, tmp_path: Path, split: Any, kind: str | None, cases: int) -> None:
    told = evaluate_run(Settings(data_dir=tmp_path), split, kind, kept, None, False)
    dialogues = int(split != "test" and kind in (None, "dialogue"))
    assert told.summary.startswith(f"{cases} questions, {dialogues} dialogues ")


def test_a_kind_without_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError) as error:
        evaluate_run(Settings(data_dir=tmp_path), "all", "riddle", None, None, False)
    assert (error.value.field, error.value.message) == ("kind", "'riddle' has no questions.")
    assert list(tmp_path.iterdir()) == []


def test_an_evaluation_from_asking_to_baselines(small_index: Versions, tmp_path: Path) -> None:
    """Of a library that answers none of the questions, over HTTP; nothing in it can be learned from."""
    shutil.copytree(small_index.root, tmp_path / "index")
    told = evaluate_run(Settings(data_dir=tmp_path), "test", "number", None, None, True)
    asked = [question for question in load_questions() if question.split == "test" and question.kind == "number"]
    judged = sum(question.answerable and question.as_of is None for question in asked)
    assert told.folder.parent == tmp_path / "evaluation"
    assert told.report["options"] == {"split": "test", "kind": "number"}
    assert told.report["scores"]["hit@5"] == {"mean": 0.0, "low": 0.0, "high": 0.0, "cases": judged}
    assert set(told.report["by_kind"]) == {"number"}
    plain = ["BM25 alone", "dense alone, llama-index defaults", "dense + BM25, reciprocal rank fusion", "ours"]
    assert list(told.report["baselines"]) == plain
    assert {each["cases"] for metrics in told.report["baselines"].values() for each in metrics.values()} == {judged}
    assert told.report["baselines"]["ours"]["hit@5"] == told.report["scores"]["hit@5"]
    lines = told.summary.splitlines()[-4:]
    assert [line[2:42].rstrip() for line in lines] == plain
    assert re.fullmatch(r"  ours {37}hit@1 0\.000, hit@5 0\.000, MRR@10 0\.000, nDCG@10 0\.000, fact in first 5 \d\.\d{3}", lines[-1])


def test_an_evaluation_without_an_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        evaluate_run(Settings(data_dir=tmp_path), "test", "number", None, None, False)
    assert list(tmp_path.iterdir()) == []


Command = Callable[..., Result]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """`mutuals eval` where there is no index."""
    if "eval" not in [each.name for each in app.registered_commands]:
        app.command("eval")(evaluate)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MUTUALS_DATA_DIR", "empty")
    return lambda *arguments: CliRunner().invoke(app, ["eval", *arguments])


def test_an_unknown_split_is_bad_use(command: Command) -> None:
    result = command("--split", "train")
    assert (result.exit_code, result.stdout, " ".join(result.stderr.split())) == (2, "", "The split is 'train'; it takes dev, test or all.")


def test_an_unknown_kind_is_bad_use(command: Command) -> None:
    result = command("--kind", "riddle")
    assert (result.exit_code, result.stdout, " ".join(result.stderr.split())) == (2, "", "The kind 'riddle' has no questions.")


@pytest.mark.parametrize("option", ["--score", "--compare"])
def test_a_folder_without_a_run_is_bad_use(command: Command, option: str) -> None:
    result = command(option, "nowhere")
    assert (result.exit_code, result.stdout, " ".join(result.stderr.split())) == (2, "", "The run 'nowhere' holds no evaluation run.")


def test_the_command_without_an_index_says_what_to_run(command: Command) -> None:
    result = command("--json")
    assert (result.exit_code, result.stdout, " ".join(result.stderr.split())) == (1, "", "no index is live under empty/index; run `mutuals index`")


def test_the_command_tells_the_table_or_for_programs_the_report(command: Command, kept: Path) -> None:
    plain, as_json = command("--split", "dev", "--score", str(kept)), command("--split", "dev", "--score", str(kept), "--json")
    assert (plain.exit_code, as_json.exit_code) == (0, 0)
    assert plain.stdout.startswith("2 questions, 1 dialogues (dev), index v1, 3 passages\n")
    assert json.loads(as_json.stdout) == json.loads((kept / "report.json").read_text(encoding="utf-8"))
    assert "".join(plain.stderr.split()) == f"Report,missesandanswers:{kept}"
