"""A small linear map learned from the library's own asks: it moves a question towards where its answers lie.

A question and the passage that answers it are worded differently, and a general embedding model does not know this library. Each ask is
an example of a question whose passage is known, so at each build a map is learned under which the asks come nearest to their own passages
(a linear adapter on the query side, as in the fine-tuning of retrieval by adapters; loss: cross-entropy over passages with temperature).
It belongs to the version it was learned for. What a question looked like before the map is kept beside it: the map knows nothing of
questions that the library does not answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedding import Vectors
from index.passages import Passage

EPOCHS = 8
RATE = 4e-3
"""The first step's; it falls to nothing in equal parts. Learned in 20 epochs at a steady 1e-3, the map was no better (hit@1 0.779, as with these)
and took two and a half times as long, a fifth of a whole build."""
TEMPERATURE = 0.03
SHRINK = 5e-4
"""Chosen on the questions of `evals/training`, none of which is an ask: hit@1 by cosine alone rose from 0.65 to 0.82."""
BATCH = 256
MOST_PASSAGES = 4_000
MOST_ASKS = 20_000
"""In a larger library a random part of it, of this size, is learned from, so that the step stays within a minute: passages with asks before others."""
FEWEST_ASKS = 300
"""From fewer asks nothing is learned: the map would fit them and no other question."""
SEED = 7


@dataclass(frozen=True)
class _Rows:
    """Tensors of the passages learned from: their own vectors, their sentences', their asks'; owners count the passages."""

    whole: Any
    sentences: Any
    sentence_owner: Any
    asks: Any
    ask_owner: Any


def learn_adapter(passages: Sequence[Passage], vectors: Vectors) -> Vectors:
    """The map, shape `(dimension, dimension)`, from a version's vectors in store order; all zeros where there are too few asks."""
    import torch
    from torch.nn.functional import cross_entropy, normalize

    dimension = vectors.shape[1]
    generator = torch.Generator().manual_seed(SEED)
    rows = _rows(passages, vectors, _kept(passages))
    if len(rows.asks) < FEWEST_ASKS:
        return np.zeros((dimension, dimension), dtype=np.float32)
    order = torch.randperm(len(rows.asks), generator=generator)[:MOST_ASKS]
    asks, ask_owner = rows.asks[order], rows.ask_owner[order]
    adapter = torch.zeros(dimension, dimension, requires_grad=True)
    optimiser = torch.optim.Adam([adapter], lr=RATE)
    steps = EPOCHS * -(-len(asks) // BATCH)
    slowing = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.0, total_iters=steps)
    for _ in range(EPOCHS):
        mixed = torch.randperm(len(asks), generator=generator)
        for start in range(0, len(mixed), BATCH):
            batch = mixed[start : start + BATCH]
            moved = normalize(asks[batch] + asks[batch] @ adapter, dim=1)
            nearest = torch.full((len(batch), len(rows.whole)), -1.0)
            nearest = nearest.scatter_reduce(1, rows.sentence_owner.expand(len(batch), -1), moved @ rows.sentences.T, "amax")
            likeness = (moved @ rows.whole.T + nearest) / 2
            loss: Any = cross_entropy(likeness / TEMPERATURE, ask_owner[batch]) + SHRINK * (adapter**2).sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            slowing.step()
    return np.asarray(adapter.detach().numpy(), dtype=np.float32)


def _kept(passages: Sequence[Passage]) -> NDArray[np.int64]:
    """Numbers of the passages learned from, in order. Without asks first, a few notes beside many originals would have too few to learn from."""
    mixed = np.random.default_rng(SEED).permutation(len(passages))
    without_asks = [not passages[number].asks for number in mixed]
    return np.sort(mixed[np.argsort(without_asks, kind="stable")][:MOST_PASSAGES])


def _rows(passages: Sequence[Passage], vectors: Vectors, kept: NDArray[np.int64]) -> _Rows:
    import torch

    wanted = {int(number): place for place, number in enumerate(kept)}
    whole: list[int] = []
    sentences: list[int] = []
    sentence_owner: list[int] = []
    asks: list[int] = []
    ask_owner: list[int] = []
    row = 0
    for number, passage in enumerate(passages):
        first_ask = row + 1 + len(passage.sentences)
        after = first_ask + len(passage.asks)
        if number in wanted:
            whole.append(row)
            sentences += range(row + 1, first_ask)
            sentence_owner += [wanted[number]] * len(passage.sentences)
            asks += range(first_ask, after)
            ask_owner += [wanted[number]] * len(passage.asks)
        row = after
    table = torch.from_numpy(np.ascontiguousarray(vectors))
    return _Rows(table[whole], table[sentences], torch.tensor(sentence_owner), table[asks], torch.tensor(ask_owner))


def write_adapter(folder: Path, adapter: Vectors) -> None:
    """Keep a version's map."""
    np.save(folder / "adapter.npy", adapter)


def read_adapter(folder: Path) -> Vectors:
    """The map of a version."""
    return np.asarray(np.load(folder / "adapter.npy"), dtype=np.float32)


def adapt(vectors: Vectors, adapter: Vectors) -> Vectors:
    """Unit vectors moved by the map; same shape."""
    moved = vectors + vectors @ adapter
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)
