"""The passage store of one index version: passages, catalogue, timeline, pathways and glossary in SQLite, vectors in a mapped file."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from corpus.glossary import Glossary, Term
from corpus.library import Library
from corpus.pathways import Pathways, PathwayStage
from corpus.sources import Source
from corpus.timeline import Change, Timeline
from index.embedding import Vectors
from index.pairing import Pair
from index.passages import Passage
from index.terms import terms

KEPT_RECORDS = 20_000
"""Records held in memory at once, some 10 kB each beside the mapped vectors."""

_SCHEMA = """
CREATE TABLE sources (id TEXT PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE changes (number INTEGER PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE stages (number INTEGER PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE terms (number INTEGER PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, source_id TEXT NOT NULL, sectors TEXT NOT NULL, first_row INTEGER NOT NULL, record TEXT NOT NULL
);
CREATE INDEX passages_by_source ON passages (source_id);
CREATE TABLE places (reference TEXT NOT NULL, number INTEGER NOT NULL);
CREATE INDEX places_by_reference ON places (reference);
CREATE TABLE pairs (passage_id TEXT NOT NULL, sentence INTEGER NOT NULL, original_id TEXT NOT NULL, original_sentence INTEGER NOT NULL,
    PRIMARY KEY (passage_id, sentence)) WITHOUT ROWID;
"""


def write_store(
    folder: Path, library: Library, passages: Sequence[Passage], places: Iterable[tuple[str, int]], pairs: Iterable[Pair], vectors: Vectors
) -> None:
    """Write a version's store. `vectors` has for each passage in turn: itself, its sentences, its asks."""
    np.save(folder / "vectors.npy", vectors)
    with sqlite3.connect(folder / "passages.db") as db:
        db.executescript(_SCHEMA)
        db.executemany("INSERT INTO sources VALUES (?, ?)", ((source.id, source.model_dump_json()) for source in library.sources.values()))
        db.executemany("INSERT INTO changes VALUES (?, ?)", ((n, change.model_dump_json()) for n, change in enumerate(library.timeline.changes)))
        db.executemany("INSERT INTO stages VALUES (?, ?)", ((n, stage.model_dump_json()) for n, stage in enumerate(library.pathways.stages)))
        db.executemany("INSERT INTO terms VALUES (?, ?)", ((n, term.model_dump_json()) for n, term in enumerate(library.glossary.terms)))
        row = 0
        for number, passage in enumerate(passages):
            record = (number, passage.id, passage.source_id, f" {' '.join(passage.sectors)} ", row, passage.model_dump_json())
            db.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)", record)
            row += rows_of(passage)
        db.executemany("INSERT INTO places VALUES (?, ?)", places)
        db.executemany("INSERT INTO pairs VALUES (?, ?, ?, ?)", pairs)
    db.close()


def rows_of(passage: Passage) -> int:
    """How many vectors a passage has: itself, its sentences and its asks."""
    return 1 + len(passage.sentences) + len(passage.asks)


class PassageVectors:
    """The unit vectors of one passage."""

    def __init__(self, passage: Passage, rows: Vectors):
        sentences = len(passage.sentences)
        self.passage = rows[0]
        self.sentences = rows[1 : 1 + sentences]
        self.asks = rows[1 + sentences :]


class PassageWords:
    """The distinct terms of one passage: its heading and place, each sentence, each ask, and all but the asks together."""

    def __init__(self, passage: Passage):
        self.heading = frozenset(terms(f"{passage.heading_path[-1]} {passage.locator}"))
        self.sentences = tuple(frozenset(terms(passage.quote(number))) for number in range(len(passage.sentences)))
        self.asks = tuple(frozenset(terms(ask)) for ask in passage.asks)
        self.all = self.heading.union(terms(passage.heading_path[0]), *self.sentences)


@dataclass(frozen=True)
class Record:
    """A passage as retrieval works with it."""

    passage: Passage
    vectors: PassageVectors
    words: PassageWords


class PassageStore:
    """Reads one version's store. Safe to share between threads."""

    def __init__(self, folder: Path):
        self._path = folder / "passages.db"
        self._vectors: Vectors = np.load(folder / "vectors.npy", mmap_mode="r")
        self._local = threading.local()
        self._kept: dict[str, Record] = {}
        self.sources: dict[str, Source] = {
            identifier: Source.model_validate_json(record) for identifier, record in self._db.execute("SELECT id, record FROM sources ORDER BY id")
        }
        self.findings = frozenset(identifier for identifier, source in self.sources.items() if source.url is None)
        """Ids of the sources that hold findings of our own: what was looked for and not found."""
        records = self._db.execute("SELECT record FROM changes ORDER BY number")
        self.timeline = Timeline(tuple(Change.model_validate_json(record) for (record,) in records))
        self.pathways = self._read_pathways()
        self.glossary = Glossary(tuple(Term.model_validate_json(record) for (record,) in self._db.execute("SELECT record FROM terms ORDER BY number")))
        self._numbers: dict[str, int] = dict(self._db.execute("SELECT id, number FROM passages"))

    def _read_pathways(self) -> Pathways:
        """The pathways. A version without a place for them is of a library that had none: with pathways, its digest would be another, and the version stale."""
        if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'stages'").fetchone():
            return Pathways()
        records = self._db.execute("SELECT record FROM stages ORDER BY number")
        return Pathways(tuple(PathwayStage.model_validate_json(record) for (record,) in records))

    @property
    def _db(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "db", None)
        if connection is None:
            connection = sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True)
            self._local.db = connection
        return connection

    def __len__(self) -> int:
        return len(self._numbers)

    @cached_property
    def themes(self) -> dict[str, frozenset[str]]:
        """The themes of the notes that cite each source; a source that no note cites is left out."""
        found: dict[str, set[str]] = {}
        for source_id, theme in self._db.execute("SELECT DISTINCT source_id, json_extract(record, '$.theme') AS theme FROM passages WHERE theme != ''"):
            found.setdefault(source_id, set()).add(theme)
        return {source_id: frozenset(themes) for source_id, themes in found.items()}

    def number(self, passage_id: str) -> int | None:
        """The passage's number in keyword order, or None where there is no such passage."""
        return self._numbers.get(passage_id)

    def passage(self, passage_id: str) -> Passage | None:
        """The passage as stored now, or None."""
        found = self.passages([passage_id])
        return found[0] if found else None

    def passages(self, passage_ids: Sequence[str]) -> list[Passage]:
        """The passages of these ids that exist, in the order asked for."""
        return [passage for passage, _ in self._read(passage_ids)]

    def records(self, passage_ids: Sequence[str]) -> list[Record]:
        """The passages of these ids with vectors and terms, in the order asked for. The most used are kept in memory."""
        kept = self._kept  # another thread may begin a new one meanwhile
        found = {identifier: kept[identifier] for identifier in passage_ids if identifier in kept}
        missing = [identifier for identifier in passage_ids if identifier not in found]
        if len(kept) + len(missing) > KEPT_RECORDS:
            kept = self._kept = {}
        for passage, first in self._read(missing):
            rows = self._vectors[first : first + rows_of(passage)]
            kept[passage.id] = found[passage.id] = Record(passage, PassageVectors(passage, np.asarray(rows)), PassageWords(passage))
        return [found[identifier] for identifier in passage_ids if identifier in found]

    def all_passages(self) -> Iterator[Passage]:
        """Every passage, in the library's order."""
        for (record,) in self._db.execute("SELECT record FROM passages ORDER BY number"):
            yield Passage.model_validate_json(record)

    def ids(self, numbers: Iterable[int]) -> list[str]:
        """Passage ids by keyword number, in the order asked for."""
        wanted = [int(number) for number in numbers]
        marks = ",".join("?" * len(wanted))
        found = dict(self._db.execute(f"SELECT number, id FROM passages WHERE number IN ({marks})", wanted))
        return [found[number] for number in wanted]

    def by_source(self, source_id: str) -> list[Passage]:
        """All passages of a source, in the library's order."""
        rows = self._db.execute("SELECT record FROM passages WHERE source_id = ? ORDER BY number", (source_id,))
        return [Passage.model_validate_json(record) for (record,) in rows]

    def original_of(self, passage_id: str, sentence: int) -> tuple[str, int] | None:
        """(passage id, sentence number) of the publisher's own words for a sentence of a note, where the original is there."""
        found = self._db.execute("SELECT original_id, original_sentence FROM pairs WHERE passage_id = ? AND sentence = ?", (passage_id, sentence))
        row: tuple[str, int] | None = found.fetchone()
        return row

    def originals_beside(self, passage_ids: Sequence[str]) -> frozenset[str]:
        """Ids of the original passages that these passages of notes are paired with."""
        marks = ",".join("?" * len(passage_ids))
        rows = self._db.execute(f"SELECT DISTINCT original_id FROM pairs WHERE passage_id IN ({marks})", list(passage_ids))
        return frozenset(identifier for (identifier,) in rows)

    def at_place(self, reference: str) -> list[str]:
        """Ids of the passages at a canonical place such as `recommendation 9`, in the library's order."""
        rows = self._db.execute("SELECT p.id FROM places JOIN passages p USING (number) WHERE reference = ? ORDER BY number", (reference,))
        return [identifier for (identifier,) in rows]

    def numbers(self, source_ids: Iterable[str] | None, sector: str | None) -> list[int]:
        """Keyword numbers of the passages of these sources (None: any) that speak for a sector (None: any)."""
        wanted = None if source_ids is None else json.dumps(sorted(source_ids))
        rows = self._db.execute(
            "SELECT number FROM passages WHERE (?1 IS NULL OR source_id IN (SELECT value FROM json_each(?1)))"
            " AND (?2 IS NULL OR sectors LIKE '% all %' OR sectors LIKE '% ' || ?2 || ' %')",
            (wanted, sector),
        )
        return [number for (number,) in rows]

    def _read(self, passage_ids: Sequence[str]) -> list[tuple[Passage, int]]:
        marks = ",".join("?" * len(passage_ids))
        rows = self._db.execute(f"SELECT id, record, first_row FROM passages WHERE id IN ({marks})", list(passage_ids))
        found = {identifier: (record, first) for identifier, record, first in rows}
        return [(Passage.model_validate_json(found[i][0]), found[i][1]) for i in passage_ids if i in found]
