"""The shelf of originals: publishers' own files, one to a source, kept with their checksums beside the library."""

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.readers.originals import cut_original
from corpus.readers.unreadable import UnreadableOriginalError
from corpus.sections import Section
from corpus.sources import Source

_RECORD = "original.json"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 80


class ShelfError(Exception):
    """Something that cannot be done with the shelf; the message says what and what to do."""


class Kept(BaseModel):
    """One original on the shelf. `url` is where it was fetched from; empty for a file that was added by hand."""

    model_config = ConfigDict(frozen=True)

    source_id: str
    file: str
    size: int
    sha256: str
    added_at: datetime
    url: str | None = None


class Shelf:
    """The originals under one directory, a folder for each source. A change is made in one step or not at all."""

    def __init__(self, root: Path):
        self.root = root

    def kept(self) -> list[Kept]:
        """What is on the shelf, by source id; a folder without a readable record is no original (`damage` tells of it)."""
        found = (self._record(folder) for folder in self._folders())
        return [record for record in found if record]

    def path(self, kept: Kept) -> Path:
        """Where an original's file stands."""
        return self.root / kept.source_id / kept.file

    def add(self, file: Path, source: Source, url: str | None = None, name: str | None = None) -> Kept:
        """Keep a file as a source's original, in place of the one it has; the file itself stays where it is.

        Raises UnreadableOriginalError where no text can be read from it, and ShelfError where the same file is already there.
        """
        cut_original(file, source.id, source.title)
        digest = _sha256(file)
        kept = Kept(
            source_id=source.id,
            file=f"{digest[:12]}-{_safe_name(name or file.name)}{file.suffix.lower()}",
            size=file.stat().st_size,
            sha256=digest,
            added_at=datetime.now(UTC),
            url=url,
        )
        with self._changing():
            self._refuse_again(file, kept)
            folder = self.root / source.id
            folder.mkdir(exist_ok=True)
            fresh = folder / f".{uuid4().hex}"
            shutil.copyfile(file, fresh)
            os.replace(fresh, folder / kept.file)
            fresh.write_text(kept.model_dump_json(indent=2), encoding="utf-8")
            os.replace(fresh, folder / _RECORD)
            for left in folder.iterdir():
                if left.name not in (_RECORD, kept.file):
                    left.unlink()
        return kept

    def _refuse_again(self, file: Path, kept: Kept) -> None:
        """A file that is on the shelf already is not added again, unless what is there is damaged and this mends it."""
        for other in self.kept():
            if other.sha256 == kept.sha256 and self._is_whole(other):
                whose = "for this source" if other.source_id == kept.source_id else f"as the original of {other.source_id!r}"
                raise ShelfError(f"{file.name} is already on the shelf {whose}; nothing was changed")

    def remove(self, source_id: str) -> None:
        """Take a source's original off the shelf. Raises ShelfError where it has none."""
        with self._changing():
            if source_id not in {folder.name for folder in self._folders()}:
                raise ShelfError(f"there is no original of {source_id!r} on the shelf; `mutuals corpus list --originals` shows what is")
            gone = self.root / f".gone-{uuid4().hex}"
            os.replace(self.root / source_id, gone)

    def damage(self) -> Iterator[str]:
        """What is wrong on the shelf: records that cannot be read, files that are missing or have changed."""
        for folder in self._folders():
            kept = self._record(folder)
            if kept is None:
                yield f"{folder}: has no readable {_RECORD}; remove the folder and add the file again"
            elif not self.path(kept).is_file():
                yield f"{self.path(kept)}: is missing; add or fetch the original of {kept.source_id!r} again"
            elif not self._is_whole(kept):
                yield f"{self.path(kept)}: has changed since it was added; add or fetch the original of {kept.source_id!r} again"

    def digest(self) -> str:
        """The sha256 of all that is on the shelf, by its records; empty where nothing is."""
        records = self.kept()
        return hashlib.sha256("".join(f"{kept.source_id} {kept.sha256}\n" for kept in records).encode()).hexdigest() if records else ""

    def sections(self, sources: Mapping[str, Source], tell: Callable[[str], None]) -> list[Section]:
        """The sections of every original whose source is in the catalogue. `tell` hears of each that is left out, and why."""
        found: list[Section] = []
        for kept in self.kept():
            source = sources.get(kept.source_id)
            if source is None:
                tell(f"The original of {kept.source_id!r} is left out: the catalogue has no such source.")
                continue
            try:
                cut = cut_original(self.path(kept), source.id, source.title)
            except UnreadableOriginalError as error:
                tell(f"The original of {kept.source_id!r} is left out: {error}")
                continue
            if cut.orders:
                tell(
                    f"The original of {kept.source_id!r} orders a machine about in {len(cut.orders)} of its sentences and headings, the first being "
                    f"“{cut.orders[0]}”. The sections that they stand in are left out; compare the file with the publisher's."
                )
            found += [replace(section, topics=source.topics, sectors=source.sectors, audiences=source.audiences) for section in cut.sections]
        return found

    def _is_whole(self, kept: Kept) -> bool:
        return self.path(kept).is_file() and _sha256(self.path(kept)) == kept.sha256

    def _folders(self) -> list[Path]:
        return sorted(folder for folder in self.root.iterdir() if folder.is_dir() and folder.name[0] != ".") if self.root.is_dir() else []

    def _record(self, folder: Path) -> Kept | None:
        try:
            kept = Kept.model_validate(json.loads((folder / _RECORD).read_text(encoding="utf-8")))
        except (OSError, ValueError, ValidationError):
            return None
        return kept if kept.source_id == folder.name and Path(kept.file).name == kept.file else None

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """One change at a time; what a removal, or one that was killed, took off is cleared at its end."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
            for gone in self.root.glob(".gone-*"):
                shutil.rmtree(gone, ignore_errors=True)


def _safe_name(name: str) -> str:
    """A file name, without its kind, of plain characters that cannot lead out of its folder."""
    return _UNSAFE.sub("-", Path(name).stem).strip(".-")[:_LONGEST_NAME] or "original"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
