"""The worked example of `docs/corpus.md`, run step by step as a department would run it: add guidance, correct it, retire it, take it out."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.answers import Answer, Scope
from assistant.ask import AskService
from assistant.cli import app
from assistant.services import Services
from corpus.library import BUNDLED
from index.embedding import SentenceEmbedder
from index.live import LiveIndex
from index.versions import Versions, read_manifest

GUIDE = (Path(__file__).resolve().parents[1] / "docs" / "corpus.md").read_text(encoding="utf-8")
QUESTION = "How long may my employer take to answer our proposal to spin out?"
SOURCES, NOTE, TIMELINE = Path("sources/examples.yaml"), Path("notes/governance/spinning-out-safely.md"), Path("timeline.yaml")


def block(start: str) -> str:
    """The fenced block of the guide that begins with these words."""
    found = re.search(rf"^(````?)\w+\n({re.escape(start)}.*?)^\1\n", GUIDE, re.DOTALL | re.MULTILINE)
    assert found, start
    return found[2]


class Department:
    """A department's own copy of the library, with an index of it."""

    def __init__(self, root: Path, embedder: SentenceEmbedder, built: Path):
        self.library, self.data = root / "library", root / "data"
        shutil.copytree(BUNDLED, self.library, ignore=shutil.ignore_patterns("*.py", "__pycache__", "readers"))
        shutil.copytree(built, self.data / "index")
        self.embedder = embedder

    def write(self, path: Path, text: str) -> None:
        (self.library / path).write_text(text, encoding="utf-8")

    def read(self, path: Path) -> str:
        return (self.library / path).read_text(encoding="utf-8")

    def run(self, *arguments: str) -> str:
        """Run the product's command; its output."""
        result = CliRunner().invoke(app, arguments, env={"MUTUALS_LIBRARY_DIR": str(self.library), "MUTUALS_DATA_DIR": str(self.data)})
        assert result.exit_code == 0, result.output
        return result.output

    def embedded(self) -> int:
        manifest = read_manifest(Versions(self.data / "index").live())
        assert manifest is not None
        return manifest.embedded

    def ask(self, today: date, as_of: str | None = None) -> Answer:
        service = AskService(LiveIndex(Versions(self.data / "index")), self.embedder, 2_000, lambda: today)
        return service.ask(QUESTION, scope=Scope.model_validate({"as_of": as_of}))


def told(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences]


@pytest.mark.timeout(600)
def test_guidance_is_added_corrected_retired_and_taken_out(tmp_path: Path, embedder: SentenceEmbedder, services: Services) -> None:
    ours = Department(tmp_path, embedder, services.settings.index_dir)
    ours.run("index")
    sixty, ninety = (f"an employer should answer a staff proposal to spin out within {days} days." for days in (60, 90))
    assert not any("within 60 days" in sentence for sentence in told(ours.ask(date(2027, 2, 1))))

    ours.write(SOURCES, block("- id: spinning-out-safely-2027"))
    ours.write(NOTE, block("---\nid: spinning-out-safely"))
    assert ours.run("corpus", "check").endswith("; 0 faults\n")
    ours.run("index")
    answer = ours.ask(date(2027, 2, 1))
    assert ours.embedded() == 5  # the passage, its sentence, its three asks
    assert told(answer)[0].endswith(sixty)
    assert (answer.citations[0].source_id, answer.citations[0].locator, answer.citations[0].standing) == ("spinning-out-safely-2027", "para. 12", "in_force")

    ours.write(NOTE, ours.read(NOTE).replace("60 days", "90 days"))
    ours.run("index")
    assert ours.embedded() == 2  # the passage and its sentence
    assert told(ours.ask(date(2027, 2, 1)))[0].endswith(ninety)

    later = block("- id: spinning-out-safely-2027").replace("spinning-out-safely-2027", "leaving-well-2028").replace("Spinning Out Safely", "Leaving Well")
    ours.write(SOURCES, ours.read(SOURCES) + later.replace("2027-01-1", "2028-04-0"))
    note = ours.read(NOTE).replace("spinning-out-safely-2027", "leaving-well-2028").replace("spinning-out-safely", "leaving-well")
    note = note.replace("Spinning Out Safely", "Leaving Well").replace("90 days", "30 days").replace("January 2027", "April 2028")
    ours.write(Path("notes/governance/leaving-well.md"), note)
    ours.write(TIMELINE, ours.read(TIMELINE) + block("- id: spinning-out-safely-replaced"))
    assert ours.run("corpus", "check").endswith("; 0 faults\n")
    ours.run("index")
    now = ours.ask(date(2028, 5, 1))
    assert told(now)[0].endswith("within 30 days.")
    before = ours.ask(date(2028, 5, 1), as_of="2027-06-01")
    assert told(before)[0].endswith(ninety)
    assert "Later: On 1 April 2028, the guidance Leaving Well took the place of the guidance Spinning Out Safely of 2027" in " ".join(
        notice.text for notice in before.notices
    )

    for gone in (NOTE, Path("notes/governance/leaving-well.md"), SOURCES):
        (ours.library / gone).unlink()
    ours.write(TIMELINE, ours.read(TIMELINE).replace(block("- id: spinning-out-safely-replaced"), ""))
    ours.run("index")
    assert not any("Department for Example" in sentence for sentence in told(ours.ask(date(2028, 5, 1))))
    shown = ours.run("corpus", "list")
    assert "spinning-out-safely" not in shown
    assert "leaving-well" not in shown
