"""Pairing our words with the publisher's: which sentence of an original stands behind each sentence of a note."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from corpus.locators import references, without_sub_points
from index.embedding import Vectors
from index.passages import Passage

Pair = tuple[str, int, str, int]
"""(passage id and sentence number in a note, passage id and sentence number in the original)."""
IN_ANOTHER_PART = 0.55
"""How near a sentence's vector must come where the two share only the chapter; where they share the place itself, the nearest will do.
Chosen by eye on the Taskforce's report: below it the two speak of other things."""

_Row = tuple[Passage, int, int]
"""A passage, the number of a sentence in it, and the row of that sentence's vector."""


def pairs(passages: Sequence[Passage], vectors: Vectors) -> Iterator[Pair]:
    """A pair for each sentence of a note whose source's original is there and holds its place. `vectors` are in store order."""
    originals: dict[str, list[_Row]] = defaultdict(list)
    ours: list[_Row] = []
    row = 0
    for passage in passages:
        rows = [(passage, number, row + 1 + number) for number in range(len(passage.sentences))]
        (originals[passage.source_id] if passage.is_original else ours).extend(rows)
        row += 1 + len(passage.sentences) + len(passage.asks)
    for passage, number, at in ours:
        there = originals.get(passage.source_id)
        if there:
            best = _nearest(vectors[at], passage.sentences[number].locator, there, vectors)
            if best:
                yield passage.id, number, best[0].id, best[1]


def _nearest(vector: Vectors, locator: str, there: Sequence[_Row], vectors: Vectors) -> _Row | None:
    """The nearest sentence at the same place: the very same locator before the same numbered place before the same part."""
    for fits, least in ((_same, -1.0), (_same_number, -1.0), (_same_part, IN_ANOTHER_PART)):
        candidates = [row for row in there if fits(locator, row[0].sentences[row[1]].locator)]
        if candidates:
            nearness = np.asarray([vectors[row[2]] for row in candidates]) @ vector
            best = int(nearness.argmax())
            if nearness[best] >= least:
                return candidates[best]
    return None


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _same_number(one: str, other: str) -> bool:
    """`Recommendation 2(ii)` and `Recommendation 2`: the first numbered place of both is the same, sub-points aside."""
    mine, theirs = references(one), references(other)
    return bool(mine and theirs) and not mine[0].startswith("chapter") and without_sub_points(mine[0]) == without_sub_points(theirs[0])


def _same_part(one: str, other: str) -> bool:
    return one.partition(" › ")[0].partition(" (")[0].casefold() == other.partition(" › ")[0].partition(" (")[0].casefold()
