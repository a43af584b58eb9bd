"""The whole library, read from a directory and checked across its files."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.faults import CorpusError, Fault
from corpus.glossary import Glossary, read_glossary
from corpus.notes import Note, read_note
from corpus.sections import Section
from corpus.sources import Authority, Listed, Source, read_sources
from corpus.words import THEMES

BUNDLED = Path(__file__).resolve().parent
"""Where the library that ships with the product stands."""


@dataclass(frozen=True)
class Library:
    """Catalogue, notes and glossary. `digest` is the sha256 of every file read, so that a stale index can be told."""

    sources: dict[str, Source]
    notes: tuple[Note, ...]
    glossary: Glossary
    digest: str

    def sections(self) -> Iterator[Section]:
        for note in self.notes:
            yield from note.sections


def load_library(root: Path = BUNDLED) -> Library:
    """Read and check the library under `root`.

    Raises CorpusError with every fault found, so that an author can mend them in one go.
    """
    library, faults = inspect_library(root)
    if faults:
        raise CorpusError(faults)
    return library


def inspect_library(root: Path = BUNDLED) -> tuple[Library, list[Fault]]:
    """Read what can be read, and list everything wrong."""
    faults: list[Fault] = []
    listed: dict[str, Listed] = {}
    source_files = sorted((root / "sources").glob("*.yaml"))
    note_files = sorted((root / "notes").glob("*/*.md"))
    glossary_file = root / "glossary.yaml"
    if not source_files or not note_files:
        faults.append(Fault(root, 1, "library", "needs sources/*.yaml and notes/<theme>/*.md"))
    for path in source_files:
        found, problems = read_sources(path)
        faults += problems
        for entry in found:
            if entry.source.id in listed:
                faults.append(entry.fault("id", f"is already in {listed[entry.source.id].file.path.name}"))
            listed[entry.source.id] = entry
    notes: list[Note] = []
    for path in note_files:
        note, problems = read_note(path)
        faults += problems
        if note:
            notes.append(note)
    glossary, problems = read_glossary(glossary_file) if glossary_file.exists() else (Glossary(()), [])
    faults += problems
    for entry in listed.values():
        unknown = [later for later in entry.source.superseded_by if later not in listed]
        faults += [entry.fault("superseded_by", f"names {later!r}, which is not in the catalogue") for later in unknown]
    sources = {identifier: entry.source for identifier, entry in listed.items()}
    faults += _cross_check(sources, notes)
    digest = _digest(root, [*source_files, *note_files, *([glossary_file] if glossary_file.exists() else [])])
    return Library(sources, tuple(notes), glossary, digest), faults


def _cross_check(sources: dict[str, Source], notes: list[Note]) -> list[Fault]:
    faults = []
    seen: dict[str, Path] = {}
    for note in notes:
        if note.theme not in THEMES:
            faults.append(Fault(note.path, 1, "theme", f"folder {note.theme!r} is not a theme; themes are {', '.join(THEMES)}"))
        if note.id in seen:
            faults.append(Fault(note.path, 2, "id", f"note {note.id!r} is already in {seen[note.id].name}"))
        seen[note.id] = note.path
        for section in note.sections:
            faults += _check_section(section, sources)
    return faults


def _check_section(section: Section, sources: dict[str, Source]) -> list[Fault]:
    assert section.path is not None
    source = sources.get(section.source_id)
    if source is None:
        return [Fault(section.path, section.line, "source", f"{section.source_id!r} is not in the catalogue")]
    faults = []
    if not 3 <= len(section.asks) <= 8:
        faults.append(Fault(section.path, section.line, "asks", f"needs three to eight questions, has {len(section.asks)}"))
    if source.authority is Authority.INDEPENDENT_REPORT and section.locator.startswith("Recommendation"):
        for sentence in section.sentences:
            words = section.quote(sentence)
            if "taskforce" not in words.lower() and "recommend" not in words.lower():
                message = f"a recommendation is told as one; say who recommended it: {words[:60]!r}"
                faults.append(Fault(section.path, section.line, "text", message))
    return faults


def _digest(root: Path, paths: list[Path]) -> str:
    sha = hashlib.sha256()
    for path in paths:
        sha.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return sha.hexdigest()
