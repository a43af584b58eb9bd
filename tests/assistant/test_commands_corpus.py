"""`mutuals corpus`: the catalogue listed, faults told, originals added, fetched and removed, and the index brought up to them."""

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from libraries import write_small_library
from typer.testing import CliRunner

from assistant.ask import AskService
from assistant.cli import app
from index.embedding import SentenceEmbedder
from index.live import LiveIndex
from index.versions import Versions

REPORT = "THE PATH\n\nRecommendation 2: Each department should say who hears appeals by staff.\n\nANNEX A: MORE\n\nBlue lamps are lit at seven in the harbour office.\n"
Run = Callable[..., Result]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_small_library(tmp_path / "library")
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(root: Path) -> Run:
    places = {"MUTUALS_LIBRARY_DIR": str(root / "library"), "MUTUALS_DATA_DIR": str(root / "data")}
    return lambda *arguments: CliRunner().invoke(app, [str(each) for each in arguments], env=places)


def passages(root: Path) -> list[str]:
    return [passage.id for passage in LiveIndex(Versions(root / "data" / "index")).current().store.all_passages()]


def test_a_library_without_faults_passes_the_check(run: Run) -> None:
    result = run("corpus", "check")
    assert (result.exit_code, result.stdout) == (0, "3 sources, 1 notes, 3 sections, 7 sentences, 0 changes, 1 terms; 0 faults\n")


def test_faults_are_told_by_file_and_line(run: Run, root: Path) -> None:
    note = root / "library" / "notes" / "taskforce" / "small.md"
    note.write_text(note.read_text(encoding="utf-8").replace("source: new-act", "source: gone"), encoding="utf-8")
    plain, as_json = run("corpus", "check"), run("corpus", "check", "--json")
    fault = f"{note}:42: source: 'gone' is not in the catalogue"
    assert (plain.exit_code, as_json.exit_code, plain.stdout.splitlines()[0]) == (1, 1, fault)
    assert json.loads(as_json.stdout)["faults"] == [{"file": str(note), "line": 42, "field": "source", "message": "'gone' is not in the catalogue"}]


def test_an_original_is_added_cited_and_removed_without_a_trace(run: Run, root: Path, embedder: SentenceEmbedder) -> None:
    assert run("index").exit_code == 0
    before = passages(root)
    asking = AskService(LiveIndex(Versions(root / "data" / "index")), embedder, 2000, lambda: date(2026, 11, 22))
    added = run("corpus", "add", root / "report.txt", "--source", "report-2012", "--json")
    assert added.exit_code == 0
    assert [passage for passage in passages(root) if passage not in before] == ["report-2012.recommendation-2", "report-2012.annex-a"]
    listed = json.loads(run("corpus", "list", "--originals", "--json").stdout)
    assert [(each["id"], each["original"]["size"]) for each in listed] == [("report-2012", len(REPORT))]
    cited = asking.ask("Who can we go to if our employer refuses?").citations[0]
    assert cited.original is not None
    assert cited.original.quote == "Recommendation 2: Each department should say who hears appeals by staff."
    assert run("corpus", "check").stdout.endswith("; 0 faults\n")

    assert run("corpus", "remove", "report-2012").exit_code == 0
    assert passages(root) == before
    assert all(each.original is None for each in asking.ask("Who can we go to if our employer refuses?").citations)
    assert "harbour" not in asking.ask("When are blue lamps lit in the harbour office?").model_dump_json(exclude={"question", "standalone_question"})


def test_a_source_taken_out_of_the_library_cannot_be_cited(run: Run, root: Path, embedder: SentenceEmbedder) -> None:
    assert run("index").exit_code == 0
    library = root / "library"
    sources, note = library / "sources" / "all.yaml", library / "notes" / "taskforce" / "small.md"
    sources.write_text(sources.read_text(encoding="utf-8").partition("- id: new-act")[0].replace("  superseded_by: [new-act]\n", ""), encoding="utf-8")
    note.write_text(note.read_text(encoding="utf-8").partition("## Reserved contracts now")[0], encoding="utf-8")
    assert run("index").exit_code == 0
    asking = AskService(LiveIndex(Versions(root / "data" / "index")), embedder, 2000)
    answer = asking.ask("How long can a reserved contract last now under section 33?")
    assert "new-act" not in answer.model_dump_json()


def test_an_original_that_has_changed_is_told(run: Run, root: Path) -> None:
    kept = json.loads(run("corpus", "add", root / "report.txt", "--source", "report-2012", "--json").stdout)
    path = root / "data" / "originals" / "report-2012" / kept["file"]
    path.write_text("changed", encoding="utf-8")
    result = run("corpus", "check")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (1, f"{path}: has changed since it was added; add or fetch the original of 'report-2012' again")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("add", "report.txt", "--source", "gone"), 2, "There is no source 'gone'; `mutuals corpus list` shows what there is."),
        (("fetch", "gone"), 2, "There is no source 'gone'; `mutuals corpus list` shows what there is."),
        (("remove", "report-2012"), 1, "there is no original of 'report-2012' on the shelf; `mutuals corpus list --originals` shows what is"),
        (("add", "absent.txt", "--source", "report-2012"), 1, "absent.txt: cannot be opened (No such file or directory); check the path and the permissions"),
        (
            ("add", "report.xls", "--source", "report-2012"),
            1,
            "report.xls: is of a kind that cannot be read (.xls); save it as one of .pdf, .docx, .html, .htm, .txt, .md and add that",
        ),
    ],
)
def test_bad_use_is_told_plainly(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int, message: str) -> None:
    monkeypatch.chdir(root)
    result = run("corpus", *arguments)
    assert (result.exit_code, " ".join(result.stderr.split())) == (code, message)


class _Publisher(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = self.path == "/report.txt"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(REPORT) if found else 0))
        self.end_headers()
        if found:
            self.wfile.write(REPORT.encode())

    def log_message(self, *_: object) -> None:
        """Nothing: a test's output is its own."""


@pytest.fixture
def publisher() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Publisher) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_originals_are_fetched_and_failures_named(run: Run, root: Path, publisher: str) -> None:
    sources = root / "library" / "sources" / "all.yaml"
    text = (
        sources.read_text(encoding="utf-8")
        .replace("https://example.org/report", f"{publisher}/report.txt")
        .replace("https://example.org/old", f"{publisher}/old")
    )
    sources.write_text(text, encoding="utf-8")
    assert run("index").exit_code == 0
    result = run("corpus", "fetch", "report-2012", "old-regulations", "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, [each["source_id"] for each in told], told[0]["reason"]) == (1, ["report-2012", "old-regulations"], "")
    assert told[0]["kept"]["url"] == f"{publisher}/report.txt"
    assert told[1] == {
        "source_id": "old-regulations",
        "kept": None,
        "reason": "the server answers 404 Not Found; check the address in the catalogue, or add the file by hand",
    }
    assert "report-2012.recommendation-2" in passages(root)
