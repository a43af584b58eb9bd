"""Building an index version from the library: only what changed is embedded, and the live index stays until the new one is whole."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus.library import Library
from corpus.locators import references, without_sub_points
from index.adapter import learn_adapter, write_adapter
from index.embedding import Embedder, Vectors
from index.keywords import write_keywords
from index.pairing import pairs
from index.passages import Passage, cut_passages, text_digest
from index.store import PassageStore, rows_of, write_store
from index.versions import FORMAT, Manifest, NoIndexError, Versions, read_manifest
from index.ways import write_ways

Progress = Callable[[int, int], None]
"""Told how many texts are embedded, and of how many."""


@dataclass(frozen=True)
class Stale:
    """Why the live index does not serve the library at hand."""

    reason: str


def stale(versions: Versions, library_digest: str, model: str) -> Stale | None:
    """Whether the live index must be rebuilt for this library and model, and why."""
    try:
        manifest = read_manifest(versions.live())
    except NoIndexError:
        return Stale("there is no index yet")
    if manifest is None:
        return Stale("the index is of an older format")
    if manifest.model != model:
        return Stale(f"the index was built with {manifest.model}, not {model}")
    if manifest.library_digest != library_digest:
        return Stale("the library has changed")
    return None


def build_index(library: Library, embedder: Embedder, versions: Versions, progress: Progress | None = None) -> Manifest:
    """Build a new version and make it live.

    Raises BuildRunningError where another build is under way. Whatever goes wrong, the live version stays.
    """
    with versions.building() as folder:
        passages = list(cut_passages(library.sections()))
        texts = [text for passage in passages for text in embedded_texts(passage)]
        known = _known_vectors(versions, embedder.name)
        vectors, embedded = _embed(texts, known, embedder, progress)
        write_store(folder, library, passages, _places(passages), pairs(passages, vectors), vectors)
        write_keywords(folder, [keyword_text(passage) for passage in passages])
        write_ways(folder, passages, vectors)
        write_adapter(folder, learn_adapter(passages, vectors))
        manifest = Manifest(
            version=folder.name.removesuffix(".building"),
            format=FORMAT,
            built_at=datetime.now(UTC),
            model=embedder.name,
            dimension=int(vectors.shape[1]),
            library_digest=library.digest,
            sources=len(library.sources),
            passages=len(passages),
            sentences=sum(len(passage.sentences) for passage in passages),
            asks=sum(len(passage.asks) for passage in passages),
            embedded=embedded,
            reused=len(texts) - embedded,
        )
        versions.make_live(folder, manifest)
    return manifest


def embedded_texts(passage: Passage) -> list[str]:
    """What is embedded for a passage: its headings and text, each sentence under its heading, each ask."""
    heading = passage.heading_path[-1]
    sentences = [f"{heading}: {passage.quote(number)}" for number in range(len(passage.sentences))]
    return [f"{passage.heading()}\n{passage.text}", *sentences, *passage.asks]


def keyword_text(passage: Passage) -> str:
    """What keyword search sees of a passage: headings, place and text. Asks are matched on their own."""
    return f"{passage.heading()}\n{passage.locator}\n{passage.text}"


def _known_vectors(versions: Versions, model: str) -> dict[str, Vectors]:
    """The live version's vectors by digest of the text they were made from, where the model is the same; none where it is damaged."""
    try:
        folder = versions.live()
    except NoIndexError:
        return {}
    manifest = read_manifest(folder)
    if manifest is None or manifest.model != model:
        return {}
    try:
        return _vectors_by_text(folder)
    except (sqlite3.DatabaseError, OSError, EOFError, ValueError):  # what SQLite, numpy and pydantic raise for a file that is not whole
        return {}


def _vectors_by_text(folder: Path) -> dict[str, Vectors]:
    store = PassageStore(folder)
    vectors = np.load(folder / "vectors.npy", mmap_mode="r")
    known: dict[str, Vectors] = {}
    row = 0
    for passage in store.all_passages():
        for offset, text in enumerate(embedded_texts(passage)):
            known[text_digest(text)] = vectors[row + offset]
        row += rows_of(passage)
    return known


def _embed(texts: Sequence[str], known: dict[str, Vectors], embedder: Embedder, progress: Progress | None) -> tuple[Vectors, int]:
    digests = [text_digest(text) for text in texts]
    fresh = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in known}
    if fresh:
        done = 0

        def tell(more: int) -> None:
            nonlocal done
            done += more
            if progress:
                progress(done, len(fresh))

        made = embedder.encode(list(fresh.values()), tell)
        known = {**known, **dict(zip(fresh, made, strict=True))}
    return np.stack([known[digest] for digest in digests]).astype(np.float32), len(fresh)


def _places(passages: Iterable[Passage]) -> list[tuple[str, int]]:
    """Every place a passage stands at, in canonical form, whole and by sub-point."""
    places = set()
    for number, passage in enumerate(passages):
        for locator in {passage.locator, *(sentence.locator for sentence in passage.sentences)}:
            for reference in references(locator):
                places.add((reference, number))
                places.add((without_sub_points(reference), number))
    return sorted(places)
