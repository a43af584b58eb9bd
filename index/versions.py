"""Index versions on disk: built beside the live one and made live in one step."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, ValidationError

FORMAT = 3
"""Raised when the layout of a version changes, so that an older index is rebuilt and not misread."""


class Manifest(BaseModel):
    """What a version was built from, and how much it holds."""

    model_config = ConfigDict(frozen=True)

    version: str
    format: int
    built_at: datetime
    model: str
    dimension: int
    library_digest: str
    sources: int
    passages: int
    sentences: int
    asks: int
    embedded: int
    reused: int


class NoIndexError(Exception):
    """No index is live under the data directory."""

    def __init__(self, root: Path):
        super().__init__(f"no index is live under {root}; run `mutuals index`")


class BuildRunningError(Exception):
    """Another build holds the lock."""

    def __init__(self, root: Path):
        super().__init__(f"another index build is running under {root}; wait for it to end, then try again")


class Versions:
    """The versions under one directory: `live` names the one that serves, `versions/` holds them all."""

    def __init__(self, root: Path):
        self.root = root
        self._live = root / "live"
        self._folder = root / "versions"

    def live_name(self) -> str | None:
        """The name of the live version, or None. Cheap enough to ask for each request."""
        try:
            return self._live.read_text(encoding="ascii").strip() or None
        except FileNotFoundError:
            return None

    def live(self) -> Path:
        """The folder of the live version. Raises NoIndexError where there is none."""
        name = self.live_name()
        if name is None or not (self._folder / name / "manifest.json").exists():
            raise NoIndexError(self.root)
        return self._folder / name

    @contextmanager
    def building(self) -> Iterator[Path]:
        """A new folder to build in, under the build lock. What a killed build left behind is cleared first.

        Raises BuildRunningError where another build holds the lock.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self.root / "build.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BuildRunningError(self.root) from error
            for left in self._folder.glob("*.building"):
                shutil.rmtree(left)
            folder = self._folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:6]}.building"
            folder.mkdir()
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def make_live(self, building: Path, manifest: Manifest) -> Path:
        """Finish a build: name the folder, switch `live` to it, and clear all but it and the version before it."""
        before = self.live_name()
        (building / "manifest.json").write_text(manifest.model_dump_json(indent=2), encoding="utf-8")
        folder = self._folder / manifest.version
        os.replace(building, folder)
        fresh = self.root / "live.new"
        with fresh.open("w", encoding="ascii") as file:
            file.write(manifest.version)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, self._live)
        for old in self._folder.iterdir():
            if old.name not in (manifest.version, before):
                shutil.rmtree(old)
        return folder


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a version, or None where it is of another format or cannot be read."""
    try:
        manifest = Manifest.model_validate(json.loads((folder / "manifest.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError):
        return None
    return manifest if manifest.format == FORMAT else None
