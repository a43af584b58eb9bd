"""Answering: a whole run over HTTP kept in files, with the scope of each question and the thread of each dialogue, and gate failures counted anew."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from cases import ANSWERABLE

from assistant.answers import Answer
from assistant.errors import BadInputError
from assistant.services import Services
from assistant.settings import Settings
from evals.answering import bare_milliseconds, commit, gate_failures, generate, scope_of
from evals.metrics import DEPTH, METRICS
from evals.questions import Dialogue, Question, load_dialogues, load_questions
from evals.scoring import Run, read_run, scores
from index.embedding import SentenceEmbedder
from index.retrieval import read_query, search
from index.versions import NoIndexError

ESCALATION = "Who can I go to if my employer won't engage with our spin-out proposal?"
QUESTIONS: list[Question] = [question for question in load_questions() if question.split == "test"]
DIALOGUES: list[Dialogue] = [dialogue for dialogue in load_dialogues() if dialogue.split == "test"]
OPTIONS = {"split": "test", "kind": "all"}


@pytest.fixture(scope="module")
def folder(services: Services, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One real run over the test split, from the bundled library's index under a data directory of its own."""
    data = tmp_path_factory.mktemp("evaluation")
    shutil.copytree(services.settings.index_dir, data / "index")
    return generate(Settings(data_dir=data), QUESTIONS, DIALOGUES, OPTIONS)


@pytest.fixture(scope="module")
def run(folder: Path) -> Run:
    return read_run(folder, QUESTIONS, DIALOGUES)


@pytest.fixture(scope="module")
def answered(services: Services) -> Answer:
    return services.ask.ask(ESCALATION)


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_run_answers_every_question_and_holds_every_dialogue_in_order(folder: Path) -> None:
    kept = records(folder / "answers.jsonl")
    assert [(each["id"], each["answer"]["question"]) for each in kept] == [(question.id, question.question) for question in QUESTIONS]
    held = records(folder / "dialogues.jsonl")
    assert [(each["id"], [turn["answer"]["question"] for turn in each["turns"]]) for each in held] == [
        (dialogue.id, [turn.question for turn in dialogue.turns]) for dialogue in DIALOGUES
    ]
    assert [turn["id"] for each in held for turn in each["turns"]] == [f"{each.id}.{n}" for each in DIALOGUES for n in range(1, len(each.turns) + 1)]


def test_a_run_tells_what_it_was_made_with(folder: Path, services: Services) -> None:
    about = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert set(about) == {"made_at", "options", "settings", "index", "commit", "engine", "rewritten", "bare_ms"}
    assert (about["engine"], about["rewritten"]) == ("extractive", [])
    assert (about["options"], about["commit"]) == (OPTIONS, commit())
    assert about["index"] == services.live.current().manifest.model_dump(mode="json")
    assert about["settings"] == Settings(data_dir=folder).model_dump(mode="json", exclude={"data_dir", "library_dir"})
    assert len(about["bare_ms"]) == len(QUESTIONS)
    assert sorted(path.name for path in folder.iterdir()) == ["answers.jsonl", "dialogues.jsonl", "run.json"]


def test_every_sentence_of_a_run_passes_the_gate_and_is_cited_to_the_letter(run: Run, folder: Path) -> None:
    told = scores(run.cases)
    assert [told[name].mean for name in ("gate passed", "citation correct")] == [1.0, 1.0]
    assert [turn["id"] for each in records(folder / "dialogues.jsonl") for turn in each["turns"] if turn["gate_failures"]] == []


def test_each_metric_is_over_the_cases_it_applies_to(run: Run) -> None:
    answerable, judged = sum(each.answerable for each in QUESTIONS), sum(each.answerable and each.as_of is None for each in QUESTIONS)
    spoken = sum(bool(case.answer.sentences) for case in run.cases)
    over = dict.fromkeys(METRICS, answerable) | dict.fromkeys(("hit@1", "hit@3", "hit@5", "MRR@10", "nDCG@10"), judged)
    over |= {"unanswerable recognised": len(QUESTIONS) - answerable}
    over |= {"abstention precision": sum(case.answer.outcome not in ("answered", "partial") for case in run.cases)}
    over |= {"first citation at gold": sum(case.question.answerable and bool(case.answer.citations) for case in run.cases)}
    over |= {"notice correct": sum(each.notice is not None for each in QUESTIONS), "nothing wrong said": sum(bool(each.wrong) for each in QUESTIONS)}
    over |= {"outcome correct": sum(bool(each.outcomes) for each in QUESTIONS)}
    over |= dict.fromkeys(("citation correct", "gate passed", "answer words"), spoken)
    assert {name: each.cases for name, each in scores(run.cases).items()} == over


def test_what_retrieval_found_is_kept_with_every_place(run: Run, services: Services, embedder: SentenceEmbedder) -> None:
    index = services.live.current()
    for case in run.cases[::20]:
        hits = search(read_query(case.answer.standalone_question, index, embedder), index, DEPTH)
        assert [(each.passage_id, each.source_id) for each in case.found] == [(hit.passage.id, hit.passage.source_id) for hit in hits]
        assert [set(each.locators) for each in case.found] == [{hit.passage.locator, *(s.locator for s in hit.passage.sentences)} for hit in hits]


def test_a_dialogue_is_one_conversation_and_each_question_alone_is_another(run: Run) -> None:
    held = [{answer.conversation_id for answer in told} for _, told in run.dialogues]
    assert [len(conversations) for conversations in held] == [1] * len(DIALOGUES)
    alone = {case.answer.conversation_id for case in run.cases}
    assert len(alone.union(*held)) == len(QUESTIONS) + len(DIALOGUES)


def test_the_same_question_for_another_day_is_answered_for_that_day(run: Run) -> None:
    told = {case.question.id: case for case in run.cases}
    pairs = [(case, told[case.question.pair]) for case in run.cases if case.question.pair and case.question.as_of]
    assert pairs
    assert any(then.answer.text != now.answer.text for then, now in pairs)


def test_times_are_told(run: Run) -> None:
    assert len(run.milliseconds) == len(QUESTIONS)
    assert min(run.milliseconds) > 0


def test_a_run_without_an_index_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        generate(Settings(data_dir=tmp_path), QUESTIONS[:1], [], OPTIONS)
    assert list(tmp_path.iterdir()) == []


def test_a_run_may_hold_nothing(services: Services, tmp_path: Path) -> None:
    shutil.copytree(services.settings.index_dir, tmp_path / "index")
    kept = read_run(generate(Settings(data_dir=tmp_path), [], [], OPTIONS), QUESTIONS, DIALOGUES)
    assert (kept.cases, kept.dialogues, kept.milliseconds, kept.about["bare_ms"]) == ((), (), (), [])


@pytest.mark.parametrize(
    ("changes", "scope"),
    [
        ({}, {}),
        ({"as_of": "2016-06-30"}, {"as_of": "2016-06-30"}),
        ({"as_of": "2016"}, {"as_of": "2016"}),
        ({"sector": "youth"}, {"sector": "youth"}),
        ({"as_of": "2016-06", "sector": "youth"}, {"as_of": "2016-06", "sector": "youth"}),
    ],
)
def test_the_scope_a_question_is_asked_in(changes: dict[str, str], scope: dict[str, str]) -> None:
    assert scope_of(Question.model_validate({**ANSWERABLE.model_dump(exclude_none=True), **changes})) == scope


def test_a_true_answer_has_no_gate_failures(answered: Answer, services: Services) -> None:
    assert answered.sentences
    assert gate_failures(answered, services.live.current()) == 0


def test_a_non_answer_has_no_gate_failures(services: Services) -> None:
    silent = services.ask.ask("Which wine goes with fish?")
    assert (silent.sentences, gate_failures(silent, services.live.current())) == ([], 0)


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


@pytest.mark.parametrize("texts", [[], ["one"], ["one", "one", ""]])
def test_the_bare_model_is_timed_once_for_each_text(texts: list[str], embedder: SentenceEmbedder) -> None:
    times = bare_milliseconds(texts, embedder)
    assert len(times) == len(texts)
    assert all(time > 0 for time in times)


def test_the_commit_is_told_in_full_or_as_unknown() -> None:
    assert re.fullmatch("[0-9a-f]{40}|unknown", commit())


def test_the_engine_of_a_model_needs_a_model(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="MUTUALS_MODEL_BASE_URL"):
        generate(Settings(data_dir=tmp_path), [], [], OPTIONS, "llm")
