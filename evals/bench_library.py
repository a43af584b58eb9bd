"""A large library for the benchmarks: the real one, and generated passages that stand around it.

**What is made up.** A generated passage is one sentence without asks. It is the first half of the words of one real sentence and the second
half of another, drawn by a fixed seed: keyword search meets the real vocabulary at its real frequencies. Its two vectors (the passage's and
the sentence's) are **not** from the model, which would take hours for 100,000 passages: each is the mean of the two real sentences' vectors,
moved at random and normalised, so that it lies near to both. The real passages stand among them with their real vectors, so that questions have
answers. Everything else is the project's own build: it cuts, stores, indexes and learns from the whole.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np

from corpus.library import Library
from corpus.sections import Role, Section, Sentence
from index.build import embedded_texts
from index.embedding import Embedder, Vectors
from index.passages import Passage, cut_passages
from index.store import PassageStore

SEED = 7
IN_A_DOCUMENT = 500
"""Generated passages in one generated document; their places run from `s. 1` to `s. 500`."""
MOVED = 0.02
"""Standard deviation of what is added to each of the 384 numbers of a vector: two generated vectors of one pair of sentences have a cosine near 0.8."""
BLOCK = 10_000
"""Vectors made at once, some 15 MB each in 32 bits."""


@dataclass(frozen=True)
class Known:
    """The sentences of a real index and their vectors: sentence `n` is `(passage, number)` and its vector is row `n`."""

    sentences: Sequence[tuple[Passage, int]]
    vectors: Vectors


def known_sentences(folder: Path) -> Known:
    """Every sentence of an index version that stands in `folder`."""
    sentences: list[tuple[Passage, int]] = []
    rows: list[int] = []
    row = 0
    for passage in PassageStore(folder).all_passages():
        sentences += ((passage, number) for number in range(len(passage.sentences)))
        rows += range(row + 1, row + 1 + len(passage.sentences))
        row += 1 + len(passage.sentences) + len(passage.asks)
    return Known(sentences, np.load(folder / "vectors.npy")[rows])


class MadeUp:
    """An embedder that makes up the vectors of generated texts and asks the real model for all others."""

    def __init__(self, embedder: Embedder, known: Known):
        self.name = embedder.name
        self._embedder = embedder
        self._known = known
        self._made_of: dict[str, tuple[int, int]] = {}
        self._random = np.random.default_rng(SEED)

    def enlarge(self, library: Library, count: int) -> Library:
        """The library with `count` generated passages behind its own."""
        sections = list(self._sections(count))
        return replace(library, originals=(*library.originals, *sections), digest=f"{library.digest} and {count} generated")

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """As `Embedder.encode`."""
        vectors = np.empty((len(texts), self._known.vectors.shape[1]), dtype=np.float32)
        real = [number for number, text in enumerate(texts) if text not in self._made_of]
        if real:
            vectors[real] = self._embedder.encode([texts[number] for number in real], progress)
        made = [number for number, text in enumerate(texts) if text in self._made_of]
        for start in range(0, len(made), BLOCK):
            block = made[start : start + BLOCK]
            vectors[block] = self._make([self._made_of[texts[number]] for number in block])
            if progress:
                progress(len(block))
        return vectors

    def _make(self, pairs: Sequence[tuple[int, int]]) -> Vectors:
        first, second = (self._known.vectors[[pair[place] for pair in pairs]] for place in (0, 1))
        mixed = (first + second) / 2 + self._random.normal(scale=MOVED, size=first.shape)
        return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), dtype=np.float32)

    def _sections(self, count: int) -> Iterator[Section]:
        random = Random(SEED)
        for number in range(count):
            pair = (random.randrange(len(self._known.sentences)), random.randrange(len(self._known.sentences)))
            section = _section(number, *(self._known.sentences[each] for each in pair))
            for passage in cut_passages([section]):
                self._made_of.update(dict.fromkeys(embedded_texts(passage), pair))
            yield section


def _section(number: int, first: tuple[Passage, int], second: tuple[Passage, int]) -> Section:
    """The first half of one sentence's words and the second half of another's, at a place of its own under the first one's source."""
    passage = first[0]
    opening, ending = passage.quote(first[1]).split(), second[0].quote(second[1]).split()
    text = " ".join([*opening[: (len(opening) + 1) // 2], *ending[len(ending) // 2 :]])
    document, place = divmod(number, IN_A_DOCUMENT)
    locator = f"s. {place + 1}"
    return Section(
        id=f"generated-{document + 1}.s-{place + 1}",
        document_id=f"generated-{document + 1}",
        source_id=passage.source_id,
        locator=locator,
        heading_path=(f"Generated document {document + 1}", passage.heading_path[-1]),
        text=text,
        start=0,
        sentences=(Sentence(0, len(text), Role.PROSE, locator),),
        topics=passage.topics,
        sectors=passage.sectors,
        audiences=passage.audiences,
    )
