"""The whole library, read from a directory and checked across its files."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.faults import CorpusError, Fault
from corpus.glossary import Glossary, read_glossary
from corpus.notes import Note, read_note
from corpus.originals import Shelf
from corpus.pathways import Pathways, check_pathways, read_pathways
from corpus.sections import Section
from corpus.sources import Authority, Listed, Source, read_sources
from corpus.timeline import ListedChange, Timeline, check_timeline, circles, read_timeline, with_changes
from corpus.words import THEMES

BUNDLED = Path(__file__).resolve().parent
"""Where the library that ships with the product stands."""


@dataclass(frozen=True)
class Library:
    """Catalogue, notes, timeline, pathways and glossary, and the sections of originals where they were read.

    `digest` is the sha256 of every file, read or only known by its checksum, so that a stale index can be told.
    """

    sources: dict[str, Source]
    notes: tuple[Note, ...]
    timeline: Timeline
    glossary: Glossary
    digest: str
    originals: tuple[Section, ...] = ()
    pathways: Pathways = field(default_factory=Pathways)

    def sections(self) -> Iterator[Section]:
        """Those of the notes, then those of the originals."""
        for note in self.notes:
            yield from note.sections
        yield from self.originals

    def digest_with(self, shelf: Shelf) -> str:
        """The digest of the library together with what is on a shelf of originals, without reading those."""
        there = shelf.digest()
        return hashlib.sha256(f"{self.digest} {there}".encode()).hexdigest() if there else self.digest

    def with_originals(self, shelf: Shelf, tell: Callable[[str], None]) -> "Library":
        """The library with the originals on a shelf read into sections. `tell` hears of each that is left out, and why."""
        return replace(self, digest=self.digest_with(shelf), originals=tuple(shelf.sections(self.sources, tell)))


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
    timeline_file = root / "timeline.yaml"
    pathways_file = root / "pathways.yaml"
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
    changes, problems = read_timeline(timeline_file) if timeline_file.exists() else ([], [])
    faults += problems
    sources = {identifier: entry.source for identifier, entry in listed.items()}
    faults += _cross_check(sources, notes)
    faults += check_timeline(changes, sources, (section.id for note in notes for section in note.sections))
    faults += _check_succession(listed, changes)
    stages, problems = read_pathways(pathways_file) if pathways_file.exists() else ([], [])
    faults += problems + check_pathways(stages, (section for note in notes for section in note.sections))
    timeline = Timeline(tuple(sorted((entry.change for entry in changes), key=lambda change: change.day)))
    sources = {identifier: with_changes(source, timeline) for identifier, source in sources.items()}
    digest = _digest(root, [*source_files, *note_files, *(path for path in (glossary_file, timeline_file, pathways_file) if path.exists())])
    pathways = Pathways(tuple(entry.stage for entry in stages))
    return Library(sources, tuple(notes), timeline, glossary, digest, pathways=pathways), faults


def _check_succession(listed: dict[str, Listed], changes: list[ListedChange]) -> list[Fault]:
    """What replaced what, in catalogue and timeline together: successors that are not there, and sources that replace themselves."""
    records = [(entry.source.id, later, entry) for entry in listed.values() for later in entry.source.superseded_by]
    faults = [entry.fault("superseded_by", f"names {later!r}, which is not in the catalogue") for _, later, entry in records if later not in listed]
    told: dict[tuple[str, str], Listed | ListedChange] = {}
    for each in sorted(changes, key=lambda each: each.change.day):
        if each.change.ends_sources():
            told.update({(old, new): each for old in each.change.replaces for new in each.change.by})
    for old, later, entry in records:
        told.setdefault((old, later), entry)
    for old, later in circles(told):
        entry_or_change = told[old, later]
        field = "superseded_by" if isinstance(entry_or_change, Listed) else "by"
        faults.append(entry_or_change.fault(field, f"goes in a circle: {later!r} replaces {old!r}, which by way of others replaces it"))
    return faults


def _cross_check(sources: dict[str, Source], notes: list[Note]) -> list[Fault]:
    faults = []
    seen: dict[str, Path] = {}
    for note in notes:
        if note.id in sources:
            faults.append(Fault(note.path, 2, "id", f"note {note.id!r} has the id of a source; the passages of the source's original would be taken for it"))
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
