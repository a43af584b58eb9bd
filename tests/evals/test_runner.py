"""The runner: a whole run over HTTP, its report, its misses, and gate failures counted from the answers alone."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.answers import Answer
from assistant.cli import app
from assistant.services import Services
from assistant.settings import Settings
from evals.command import evaluate
from evals.metrics import Case
from evals.questions import load_questions
from evals.runner import METRICS, gate_failures, misses, run
from index.versions import NoIndexError

ESCALATION = "Who can I go to if my employer won't engage with our spin-out proposal?"


@pytest.fixture(scope="module")
def settings(services: Services, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The bundled library's index under a data directory of its own."""
    folder = tmp_path_factory.mktemp("evaluation")
    shutil.copytree(services.settings.index_dir, folder / "index")
    return Settings(data_dir=folder)


@pytest.fixture(scope="module")
def report(settings: Settings) -> dict[str, Any]:
    """One real run over the test split."""
    return run(settings, "test")


@pytest.fixture(scope="module")
def answered(services: Services) -> Answer:
    return services.ask.ask(ESCALATION)


def test_a_run_answers_every_question_of_its_split(report: dict[str, Any], services: Services) -> None:
    wanted = [question.id for question in load_questions() if question.split == "test"]
    assert [each["id"] for each in report["answers"]] == wanted
    assert set(report) == {"made_at", "split", "settings", "index", "scores", "times_ms", "answers", "summary"}
    assert (report["split"], report["index"]["version"]) == ("test", services.live.current().manifest.version)


def test_each_metric_is_told_with_the_cases_it_is_over(report: dict[str, Any]) -> None:
    asked = [question for question in load_questions() if question.split == "test"]
    answerable, told = sum(question.answerable for question in asked), sum(bool(each["sentences"]) for each in report["answers"])
    over = dict.fromkeys(METRICS, answerable) | {"unanswerable recognised": len(asked) - answerable}
    over |= dict.fromkeys(("citation correct", "gate passed", "answer words"), told)
    assert {name: score["cases"] for name, score in report["scores"].items()} == over


def test_every_sentence_of_a_run_passes_the_gate_and_is_cited_to_the_letter(report: dict[str, Any]) -> None:
    assert [report["scores"][name]["mean"] for name in ("gate passed", "citation correct")] == [1.0, 1.0]


def test_times_are_told_and_in_order(report: dict[str, Any]) -> None:
    times = report["times_ms"]
    assert set(times) == {"answer p50", "answer p95", "bare embedding p50"}
    assert 0 < times["answer p50"] <= times["answer p95"]


def test_a_run_leaves_its_report_and_its_misses(report: dict[str, Any], settings: Settings) -> None:
    folder = settings.data_dir / "evaluation"
    written = json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))
    assert {name: written[name] for name in written if name != "summary"} == {name: report[name] for name in report if name != "summary"}
    assert report["summary"] == f"{written['summary']}\nReport and misses: {folder}"
    assert (folder / "misses.md").read_text(encoding="utf-8").startswith("# Misses\n")


def test_a_run_without_an_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        run(Settings(data_dir=tmp_path))


def test_a_true_answer_has_no_gate_failures(answered: Answer, services: Services) -> None:
    assert answered.sentences
    assert gate_failures(answered, services.live.current()) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"sentences": [{"text": "It is so.", "citations": []}]},
        {"sentences": [{"text": "The Cabinet Office must decide by 1 May 2030.", "citations": [1]}]},
        {"citations": [{"passage_id": "no-such"}]},
        {"citations": [{"quote": "These words stand nowhere."}]},
        {"citations": [{"quote": ""}]},
    ],
    ids=["uncited", "unsupported", "unknown passage", "wrong quote", "no quote"],
)
def test_a_sentence_that_does_not_hold_is_counted(answered: Answer, services: Services, change: dict[str, Any]) -> None:
    record = answered.model_dump()
    sentence = {**record["sentences"][0], **change.get("sentences", [{}])[0]}
    citation = {**record["citations"][0], **change.get("citations", [{}])[0]}
    tampered = Answer.model_validate({**record, "sentences": [sentence, record["sentences"][0]], "citations": [citation]})
    assert gate_failures(tampered, services.live.current()) == (2 if "citations" in change else 1)


def test_nothing_missed_leaves_only_the_heading() -> None:
    assert misses([]) == "# Misses\n"


def test_a_miss_is_told_with_what_was_wanted_and_what_came(answered: Answer) -> None:
    question = next(question for question in load_questions() if question.answerable)
    silent = answered.model_copy(update={"outcome": "not_covered", "text": "Nothing.", "sentences": [], "citations": [], "confidence": 0.25})
    gold = ", ".join(f"{place.source} {place.locator}" for place in question.gold)
    assert misses([Case(question, silent, [("act", ["s. 1", "s. 2"])], 0)]) == (
        f"# Misses\n\n## {question.id}: hit@5, fact recall, needed citation present, refused\n\n**Asked:** {question.question}\n\n"
        f"**Wanted:** {', '.join(question.facts)} at {gold}\n\n**Outcome:** not_covered (0.25)\n\nNothing.\n\n**Cited:** nothing\n\n**Found:** act s. 1\n"
    )


def test_a_question_answered_that_should_not_be_is_a_miss(answered: Answer) -> None:
    question = next(question for question in load_questions() if not question.answerable)
    first, asked, wanted = misses([Case(question, answered, [], 0)]).split("\n\n")[1:4]
    assert (first, asked, wanted) == (f"## {question.id}: unanswerable recognised", f"**Asked:** {question.question}", "**Wanted:** no answer at no place")


@pytest.fixture
def command() -> Any:
    if "eval" not in [each.name for each in app.registered_commands]:
        app.command("eval")(evaluate)
    return lambda *arguments: CliRunner().invoke(app, ["eval", *arguments])


def test_an_unknown_split_is_bad_use(command: Any) -> None:
    result = command("--split", "train")
    assert (result.exit_code, result.stdout, " ".join(result.stderr.split())) == (2, "", "The split is 'train'; it takes dev, test or all.")


def test_the_command_without_an_index_says_what_to_run(command: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MUTUALS_DATA_DIR", "empty")
    result = command("--json")
    assert (result.exit_code, result.stdout, " ".join(result.stderr.split())) == (1, "", "no index is live under empty/index; run `mutuals index`")
