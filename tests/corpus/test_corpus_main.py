"""`python -m corpus`."""

import subprocess
import sys
from pathlib import Path

from corpus.library import load_library

ROOT = Path(__file__).resolve().parents[2]


def test_the_bundled_library_is_counted_and_found_sound() -> None:
    library = load_library()
    sections = list(library.sections())
    sentences = sum(len(section.sentences) for section in sections)
    done = subprocess.run([sys.executable, "-m", "corpus"], cwd=ROOT, capture_output=True, text=True, check=False)
    summary = f"{len(library.sources)} sources, {len(library.notes)} notes, {len(sections)} sections, {sentences} sentences, 0 faults\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, summary, "")


def test_a_faulty_library_is_told_fault_by_fault(small_library: Path) -> None:
    """A copy of the package with a library of its own, as an author with a slip in a note would have it."""
    for module in (ROOT / "corpus").glob("*.py"):
        (small_library / module.name).write_bytes(module.read_bytes())
    library = small_library.rename(small_library.with_name("corpus"))
    note = library / "notes" / "taskforce" / "small.md"
    note.write_text(note.read_text(encoding="utf-8").replace("source: new-act", "source: no-act"), encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "corpus"], cwd=library.parent, capture_output=True, text=True, check=False)
    told = f"{note}:42: source: 'no-act' is not in the catalogue\n3 sources, 1 notes, 3 sections, 7 sentences, 1 faults\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, told, "")
