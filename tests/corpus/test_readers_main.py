"""`python -m corpus.readers`."""

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.readers.__main__ import main

TEXT = "SUMMARY\n\nThe plan covers every service.\n\nA Name\n\nRecommendation 1: Do it.\n\nANNEX A: LIST\n\nRecommendation 1: Do it. Soon.\n"


def test_counts_and_outline(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    assert main([str(path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{path}: no pages, 3 sections, 4 sentences, 1 recommendation",
        "  SUMMARY",
        "    A Name",
        "      Recommendation 1",
        "  ANNEX A: LIST",
        "    Recommendation 1",
    ]


def test_pages_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The plan covers it.\fSUMMARY\n\nThe plan goes on.")
    assert main([str(path)]) == 0
    assert capsys.readouterr().out.splitlines() == [f"{path}: 2 pages, 2 sections, 2 sentences, 0 recommendations", "  p. 1 (p. 1)", "  SUMMARY (p. 2)"]


def test_unreadable_files_are_named_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert main([str(tmp_path / "bad.xls"), str(tmp_path / "a.txt")]) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith(f"{tmp_path / 'a.txt'}: no pages, 3 sections")
    assert printed.err.splitlines() == [
        f"{tmp_path / 'bad.xls'}: is of a kind that cannot be read (.xls); save it as one of .pdf, .docx, .html, .htm, .txt, .md and add that",
        "1 file could not be read",
    ]


def test_as_a_command(tmp_path: Path) -> None:
    result = subprocess.run([sys.executable, "-m", "corpus.readers", str(tmp_path / "absent.txt")], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (1, "")
    assert "cannot be opened" in result.stderr
