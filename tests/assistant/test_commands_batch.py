"""`mutuals batch`: a file in, a file out; gone on with when it is run again; and what it says of bad use."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app
from index.versions import Versions

FILE = "reference,question\n1,What is recommendation 2?\n2,What is recommendation 2 about?\n"
Run = Callable[..., Result]


@pytest.fixture
def run(small_index: Versions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command over the small index with a database of the test's own."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "index").symlink_to(small_index.root)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MUTUALS_DATA_DIR", str(tmp_path / "data"))
    Path("may.csv").write_text(FILE)
    return lambda *arguments: CliRunner().invoke(app, ["batch", *arguments])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("none.csv", "--out", "a.csv"), "The file cannot be read: none.csv: No such file or directory. Check the name."),
        (("may.csv", "--out", "a.pdf"), "The out is 'a.pdf'; let it end in .xlsx or .csv"),
        (("may.csv", "--out", "nowhere/a.csv"), "The out is in a folder that is not there: nowhere"),
        (("bad.csv", "--out", "a.csv"), "The file cannot be used; nothing was begun. line 2: the question is empty."),
    ],
)
def test_bad_use(run: Run, arguments: tuple[str, ...], message: str) -> None:
    Path("bad.csv").write_text("question,reference\n,1\n")
    ended = run(*arguments)
    assert (ended.exit_code, " ".join(ended.stderr.split()), Path("a.csv").exists()) == (2, message, False)


def test_a_file_is_answered_once_and_written_as_often_as_it_is_wanted(run: Run) -> None:
    ended = run("may.csv", "--out", "answers.csv")
    assert (ended.exit_code, ended.stdout) == (0, "2 of 2 lines answered: answers.csv\n")
    rows = list(csv.reader(io.StringIO(Path("answers.csv").read_text("utf-8-sig"), newline="")))
    assert [row[:3] for row in rows] == [
        ["Line", "Reference", "Question"],
        ["2", "1", "What is recommendation 2?"],
        ["3", "2", "What is recommendation 2 about?"],
    ]
    again = run("may.csv", "--out", "answers.xlsx", "--json")
    told = json.loads(again.stdout)
    assert (again.exit_code, told["state"], told["answered"]) == (0, "done", 2)
    assert "2 of 2 lines were answered before and are not asked again" in " ".join(again.stderr.split())
    assert openpyxl.load_workbook("answers.xlsx").sheetnames == ["Answers", "Citations"]
    anew = json.loads(run("may.csv", "--out", "answers.csv", "--json", "--anew").stdout)
    assert anew["batch_id"] != told["batch_id"]
    assert sorted(path.name for path in Path().iterdir()) == ["answers.csv", "answers.xlsx", "data", "may.csv"]
