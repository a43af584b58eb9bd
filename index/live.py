"""The live index, opened for reading and re-opened when a new version is made live."""

import threading
from pathlib import Path

from index.adapter import read_adapter
from index.expansion import Expander
from index.keywords import KeywordIndex
from index.store import PassageStore
from index.versions import Manifest, NoIndexError, Versions, read_manifest
from index.ways import Ways


class OpenIndex:
    """One version, open: its manifest, passages, keywords, vectors and glossary."""

    def __init__(self, folder: Path, manifest: Manifest):
        self.manifest = manifest
        self.store = PassageStore(folder)
        self.keywords = KeywordIndex(folder)
        self.ways = Ways(folder)
        self.adapter = read_adapter(folder)
        self.expander = Expander(self.store.glossary)


class LiveIndex:
    """Hands out the version that is live now. Safe to share between threads."""

    def __init__(self, versions: Versions):
        self._versions = versions
        self._lock = threading.Lock()
        self._open: OpenIndex | None = None

    def current(self) -> OpenIndex:
        """The live version. Raises NoIndexError where there is none, or it is of another format."""
        name = self._versions.live_name()
        held = self._open
        if held is not None and held.manifest.version == name:
            return held
        with self._lock:
            if self._open is None or self._open.manifest.version != name:
                folder = self._versions.live()
                manifest = read_manifest(folder)
                if manifest is None:
                    raise NoIndexError(self._versions.root)
                self._open = OpenIndex(folder, manifest)
            return self._open
