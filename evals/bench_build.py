"""Builds for the benchmarks: from nothing, after one changed sentence, and of the enlarged library, each timed whole and by its embedding."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.library import Library
from index.build import build_index, embedded_texts
from index.embedding import Embedder, Vectors
from index.passages import cut_passages
from index.versions import Versions


@dataclass(frozen=True)
class Built:
    """One build. `embedding_seconds` is the part of `seconds` spent in the embedder, which was given `embedded` texts."""

    passages: int
    texts: int
    embedded: int
    seconds: float
    embedding_seconds: float


class _Watched:
    """An embedder whose time is added up."""

    def __init__(self, embedder: Embedder):
        self.name = embedder.name
        self.seconds = 0.0
        self._embedder = embedder

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """As `Embedder.encode`."""
        start = time.perf_counter()
        try:
            return self._embedder.encode(texts, progress)
        finally:
            self.seconds += time.perf_counter() - start


def build(library: Library, embedder: Embedder, versions: Versions) -> Built:
    """Build an index version, make it live and time it; `versions` decides what is embedded already."""
    watched = _Watched(embedder)
    start = time.perf_counter()
    manifest = build_index(library, watched, versions)
    seconds = time.perf_counter() - start
    return Built(manifest.passages, manifest.embedded + manifest.reused, manifest.embedded, seconds, watched.seconds)


def texts_of(library: Library) -> list[str]:
    """What a build from nothing gives the model: every text of the library, each once."""
    return list(dict.fromkeys(text for passage in cut_passages(library.sections()) for text in embedded_texts(passage)))


def part_of(library: Library, every: int) -> Library:
    """The library with one note of so many alone; 1 is the whole library."""
    return library if every == 1 else replace(library, notes=library.notes[::every], digest=f"{library.digest} one note of {every}")


def with_one_sentence_changed(library: Library) -> Library:
    """The library with the first sentence of its first note ending in another sign, of the same length so that no other span moves."""
    note = library.notes[0]
    section = note.sections[0]
    end = section.sentences[0].end
    changed = replace(section, text=f"{section.text[: end - 1]}!{section.text[end:]}")
    notes = (replace(note, sections=(changed, *note.sections[1:])), *library.notes[1:])
    return replace(library, notes=notes, digest=f"{library.digest} with one sentence changed")
