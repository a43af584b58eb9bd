"""Reading originals by kind, many at once, and the Taskforce's report in two formats."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.originals.lines import UnreadableOriginalError
from corpus.originals.reading import read_original, read_originals
from corpus.sections import Section

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT.parent / "shared" / "originals"


@pytest.fixture(scope="module", params=["txt", "pdf"])
def report(request: pytest.FixtureRequest) -> list[Section]:
    path = REPORT / f"taskforce-2012.{request.param}"
    if not path.exists():
        pytest.skip("the Taskforce's report is not beside this checkout")
    return read_original(path, "mutuals-taskforce-2012")


def test_an_unknown_kind_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableOriginalError, match=r"kinds are \.txt, \.md, \.pdf"):
        read_original(tmp_path / "report.xls", "report")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableOriginalError, match="does not exist"):
        read_original(tmp_path / "gone.txt", "report")


def test_an_unreadable_file_is_skipped_and_the_others_go_on(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.pdf"
    good.write_text("THE TITLE OF IT\n\nA sentence.\n", encoding="utf-8")
    bad.write_bytes(b"")
    found, failures = read_originals([bad, good])
    assert {path: [section.text for section in sections] for path, sections in found.items()} == {good: ["A sentence."]}
    assert [(failure.path, failure.reason) for failure in failures] == [(bad, "is damaged or no PDF. Download it again and add the new file.")]


def test_the_command_names_counts_and_fails(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.pdf"
    good.write_text("Recommendation 3: The office should act.\n", encoding="utf-8")
    bad.write_bytes(b"")
    run = subprocess.run([sys.executable, "-m", "corpus.originals", good, bad], capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 1
    assert run.stdout == f"  Recommendation 3: 1 sentences\n{good}: 1 sections, 1 recommendations\n1 read, 1 skipped\n"
    assert run.stderr == f"skipped: {bad}: is damaged or no PDF. Download it again and add the new file.\n"


def test_all_seventeen_recommendations_come_out_with_their_sub_points(report: list[Section]) -> None:
    first: dict[int, list[str]] = {}
    for section in report:
        if match := re.fullmatch(r"Recommendation (\d+)", section.locator):
            labels = [sentence.locator.removeprefix(section.locator) for sentence in section.sentences]
            first.setdefault(int(match[1]), list(dict.fromkeys(filter(None, labels))))
    roman = ["(i)", "(ii)", "(iii)", "(iv)"]
    assert first == {number: [] for number in range(1, 18)} | {2: roman, 6: roman, 12: roman, 13: roman[:2]}


@pytest.mark.parametrize("heading", ["NAViGO", "People2People", "MyCSP", "Definitions", "Instrumental Benefits", "Probation", "The Stages of Mutualisation"])
def test_headings_and_boxes_come_out(report: list[Section], heading: str) -> None:
    assert [section.heading_path[-1] for section in report].count(heading) == 1


def test_chapters_number_their_sections(report: list[Section]) -> None:
    by_heading = {section.heading_path[-1]: section.locator for section in report if section.heading_path}
    assert {name: by_heading[name] for name in ("NAViGO", "Intrinsic Benefits", "The Challenges of Mutualisation")} == {
        "NAViGO": "Chapter 2 › NAViGO",
        "Intrinsic Benefits": "Chapter 1 › Intrinsic Benefits",
        "The Challenges of Mutualisation": "Chapter 3 › The Challenges of Mutualisation",
    }


def test_spans_are_faithful_and_ids_unique(report: list[Section]) -> None:
    whole = "\n\n".join(section.text for section in report)
    assert all(whole[section.start : section.start + len(section.text)] == section.text for section in report)
    assert all(section.quote(sentence).strip() == section.quote(sentence) != "" for section in report for sentence in section.sentences)
    assert len({section.id for section in report}) == len(report)


def test_nothing_of_the_page_furniture_is_left(report: list[Section]) -> None:
    text = " ".join(" ".join(section.text for section in report).split())
    assert not re.search(r"[\u0002\ufffe\u00ad]", text)
    assert not re.search(r"\b(noncommercial|overlyrisk|develop- ment|shortterm)\b", text)
    assert "confidence to take the necessary steps to open up" in text


def test_both_formats_hold_the_same_words() -> None:
    texts = []
    for kind in ("txt", "pdf"):
        path = REPORT / f"taskforce-2012.{kind}"
        if not path.exists():
            pytest.skip("the Taskforce's report is not beside this checkout")
        sections = read_original(path, "report")
        texts.append(set(re.findall(r"[a-z]{3,}", " ".join(section.text for section in sections).lower())))
    one, other = texts
    assert len(one ^ other) <= 0.01 * len(one | other)
