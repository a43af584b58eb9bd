"""`mutuals check` on the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.services import Services


@pytest.fixture(autouse=True)
def of_the_small_library(dated_services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTUALS_DATA_DIR", str(dated_services.settings.data_dir))


CLAIM = "Under the New Act a contract can be reserved for a mutual for up to five years."


def test_a_verdict_is_printed_with_what_settles_it() -> None:
    result = CliRunner().invoke(app, ["check", CLAIM])
    assert result.exit_code == 0
    assert result.output.split("\n\n") == [
        "✓ Supported",
        "The guidance says so.",
        "Sources",
        "[1] “The New Act 2020”, s. 33 (The Stationery Office, 15 January 2020)\n"
        "    “Since 1 April 2020 the New Act has allowed a contract to be reserved for a mutual for up to five years.”\n"
        "    https://example.org/new\n",
    ]


def test_json_is_the_contract_and_the_day_decides() -> None:
    claim = "A reserved contract can last no longer than three years under the Old Regulations 2010."
    result = CliRunner().invoke(app, ["check", claim, "--as-of", "2015-06-01", "--json"])
    assert (result.exit_code, json.loads(result.output)["verdict"]) == (0, "supported")


def test_what_is_not_covered_ends_with_3() -> None:
    result = CliRunner().invoke(app, ["check", "Interest rates went up by half a percent last week."])
    assert result.exit_code == 3
    assert result.output.startswith("– Not covered by the guidance")


@pytest.mark.parametrize(("arguments", "message"), [([""], "The claim is empty."), ([CLAIM, "--sector", "circus"], "sector")])
def test_bad_use_ends_with_2_and_says_why(arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(app, ["check", *arguments])
    assert result.exit_code == 2
    assert message in result.output


def test_without_an_index_it_says_what_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTUALS_DATA_DIR", str(tmp_path))
    result = CliRunner().invoke(app, ["check", CLAIM])
    assert (result.exit_code, "mutuals index" in result.output) == (1, True)
