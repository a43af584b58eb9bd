"""The command line: what it prints, and the code it ends with."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.answers import Answer
from assistant.browse import SearchResults
from assistant.cli import app
from assistant.services import Services
from corpus.library import load_library
from index.versions import Manifest, Versions

ESCALATION = "Who can I go to if my employer won't engage with our spin-out proposal?"
OLD = "How long could a reserved contract last under the Old Regulations 2010?"
Run = Callable[..., Result]


@pytest.fixture
def run(small_index: Versions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command over the small index, from a folder without a settings file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MUTUALS_DATA_DIR", str(small_index.root.parent))
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


def told(result: Result) -> tuple[int, str, str]:
    """Exit code, what was printed, and what was said on the error stream, as one line."""
    return result.exit_code, result.stdout, " ".join(result.stderr.split())


def test_an_answer_is_printed_with_its_sources(run: Run) -> None:
    result = run("ask", OLD)
    assert (result.exit_code, result.stderr) == (0, "")
    text, *rest = result.stdout.split("\n\n")
    assert text.startswith("Under the Old Regulations 2010 a reserved contract could last no longer than three years. [1]")
    assert "! “The Old Regulations 2010” has been superseded after 31 March 2020 by “The New Act 2020”." in rest
    assert (
        "[1] The Old Regulations 2010, reg. 77(3) (The Stationery Office, 2010). Act or regulations. Superseded.\n"
        "    “Under the Old Regulations 2010 a reserved contract could last no longer than three years.”\n"
        "    https://example.org/old"
    ) in rest


def test_json_is_the_contract(run: Run) -> None:
    result = run("ask", OLD, "--sector", "youth", "--as-of", "2015-01-01", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    answer = Answer.model_validate_json(result.stdout)
    assert answer.model_dump(mode="json") == json.loads(result.stdout)
    assert (answer.outcome, answer.citations[0].standing, answer.notices[0].text) == ("answered", "in_force", "Standing is given as at 1 January 2015.")


@pytest.mark.parametrize(("question", "outcome"), [("What does Recommendation 23 say?", "not_covered"), ("asdf qwer", "out_of_scope")])
def test_what_is_not_covered_ends_with_3(run: Run, question: str, outcome: str) -> None:
    plain, as_json = run("ask", question), run("ask", question, "--json")
    assert (plain.exit_code, as_json.exit_code) == (3, 3)
    answer = json.loads(as_json.stdout)
    assert (answer["outcome"], answer["citations"]) == (outcome, [])
    assert plain.stdout.startswith(answer["text"])
    assert "Sources" not in plain.stdout


EMPTY = "The question is empty. Type a question, for example: What is a public service mutual?"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([""], EMPTY),
        (["  \n"], EMPTY),
        (["a" * 2001], "The question has 2,001 characters; the most is 2,000. Shorten it or ask in parts."),
        (["What\u200b?"], "The question has a control or invisible character (U+200B) at position 5; remove it and ask again."),
        (
            [OLD, "--sector", "navy"],
            "sector: Input should be 'all', 'nhs_trust', 'community_health', 'adult_social_care', 'childrens_services', 'youth', 'probation', 'schools', "
            "'further_education', 'libraries', 'fire', 'police', 'housing', 'central_government', 'local_government' or 'other'",
        ),
        (
            [OLD, "--engine", "llm"],
            "The engine is llm, but no language model is set up here. Leave it out, or set MUTUALS_MODEL_BASE_URL and MUTUALS_MODEL_NAME and start the service again.",
        ),
        ([OLD, "--as-of", "yesterday"], "as_of: Value error, 'yesterday' is not a date: write YYYY, YYYY-MM or YYYY-MM-DD"),
        ([OLD, "--as-of", "2023-02-29"], "as_of: Value error, '2023-02-29' is not a date in the calendar"),
        ([OLD, "--as-of", ""], "as_of: Value error, '' is not a date: write YYYY, YYYY-MM or YYYY-MM-DD"),
    ],
)
def test_bad_use_ends_with_2_and_says_why(run: Run, arguments: list[str], message: str) -> None:
    assert told(run("ask", *arguments)) == (2, "", message)
    assert told(run("ask", *arguments, "--json")) == (2, "", message)


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "one", "two"],
        ["ask", "x", "--engine", "best"],
        ["search"],
        ["search", "x", "-k", "0"],
        ["search", "x", "-k", "51"],
        ["search", "x", "-k", "x"],
        ["nothing"],
        ["corpus", "nothing"],
    ],
)
def test_a_command_that_cannot_be_read_ends_with_2(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage:" in result.stderr


def test_a_bad_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTUALS_PORT", "http")
    message = "port: Input should be a valid integer, unable to parse string as an integer"
    assert [told(run(*command)) for command in (["ask", OLD], ["search", "x"], ["index"])] == [(2, "", message)] * 3


def test_without_an_index_it_says_what_to_run(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTUALS_DATA_DIR", "empty")
    message = "no index is live under empty/index; run `mutuals index`"
    assert [told(run(*command)) for command in (["ask", OLD], ["ask", OLD, "--json"], ["search", "x"])] == [(1, "", message)] * 3


def test_a_model_that_is_not_there_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTUALS_EMBEDDING_MODEL", "./no-such-model")
    code, printed, said = told(run("ask", OLD))
    assert (code, printed) == (1, "")
    assert said.startswith("the embedding model './no-such-model' cannot be loaded: ")


def test_search_shows_passages(run: Run) -> None:
    result = run("search", "reserved contract under the old regulations", "-k", "1")
    first, text, identifier = result.stdout.splitlines()
    assert (result.exit_code, result.stderr) == (0, "")
    assert first[4:] == "  The Old Regulations 2010, reg. 77(3)"
    assert 0 <= float(first[:4]) <= 1
    assert (text.strip(), identifier.strip()) == (
        "Under the Old Regulations 2010 a reserved contract could last no longer than three years.",
        "small-note.reserved-before",
    )


def test_search_in_json_is_the_contract(run: Run) -> None:
    result = run("search", "reserved contract", "-k", "2", "--json")
    found = SearchResults.model_validate_json(result.stdout)
    assert (result.exit_code, len(found.results), found.model_dump(mode="json")) == (0, 2, json.loads(result.stdout))


def test_an_unusable_search_is_told_by_its_field(run: Run) -> None:
    assert told(run("search", " ")) == (2, "", "The q is empty. Type a question, for example: What is a public service mutual?")


def test_the_catalogue_is_listed(run: Run) -> None:
    sources = load_library().sources
    plain, as_json = run("corpus", "list"), run("corpus", "list", "--json")
    assert (plain.exit_code, as_json.exit_code) == (0, 0)
    assert [line.split()[0] for line in plain.stdout.splitlines()] == list(sources)
    listed = json.loads(as_json.stdout)
    assert [each["id"] for each in listed] == list(sources)
    assert [set(each) - set(sources[each["id"]].model_dump()) for each in listed] == [{"standing_today", "original"}] * len(sources)


def test_an_index_that_fits_is_left_alone(run: Run, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTUALS_DATA_DIR", str(services.settings.data_dir))
    before = services.live.current().manifest
    result = run("index", "--if-stale", "--json")
    assert (result.exit_code, result.stderr, Manifest.model_validate_json(result.stdout)) == (0, "", before)
    assert run("index", "--if-stale").stdout == (
        f"Index {before.version} is live: {before.sources} sources, {before.passages} passages, {before.sentences} sentences; "
        f"{before.embedded} texts embedded, {before.reused} reused.\n"
    )


def test_a_second_build_at_once_says_so(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTUALS_DATA_DIR", "data")
    with Versions(Path("data/index")).building():
        result = run("index")
    assert (result.exit_code, result.stdout) == (1, "")
    assert " ".join(result.stderr.split()).endswith("another index build is running under data/index; wait for it to end, then try again")


def mutuals(*arguments: str, data_dir: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs the command as an installed program would be run."""
    env = {**{name: value for name, value in os.environ.items() if not name.startswith("MUTUALS_")}, "MUTUALS_DATA_DIR": str(data_dir)}
    program = [sys.executable, "-c", "from assistant.cli import main; main()", *arguments]
    return subprocess.run(program, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=120)


def test_a_true_run_answers_from_the_bundled_library(services: Services, tmp_path: Path) -> None:
    ended = mutuals("ask", ESCALATION, "--json", data_dir=services.settings.data_dir, folder=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    places = [(citation.source_id, citation.locator) for citation in Answer.model_validate_json(ended.stdout).citations]
    assert ("mutuals-taskforce-2012", "Recommendation 2(ii)") in places


def test_a_true_run_of_bad_use(tmp_path: Path) -> None:
    ended = mutuals("ask", OLD, "--as-of", "later", data_dir=tmp_path, folder=tmp_path)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert " ".join(ended.stderr.split()) == "as_of: Value error, 'later' is not a date: write YYYY, YYYY-MM or YYYY-MM-DD"


def test_the_installed_program_is_this_one_and_finds_its_further_commands() -> None:
    (program,) = entry_points(group="console_scripts", name="mutuals")
    assert program.value == "assistant.cli:main"
    assert {added.name for added in entry_points(group="mutuals.commands")} == {"bench", "eval", "serve"}
    assert all(callable(added.load()) for added in entry_points(group="mutuals.commands"))
