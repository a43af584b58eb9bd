"""A small linear map learned from the library's own asks: it moves a question towards where its answers lie.

A question and the passage that answers it are worded differently, and a general embedding model does not know this library. Each ask is
an example of a question whose passage is known, so at each build a map is learned under which the asks come nearest to their own passages
(a linear adapter on the query side, as in the fine-tuning of retrieval by adapters; loss: cross-entropy over passages with temperature).
It belongs to the version it was learned for. What a question looked like before the map is kept beside it: the map knows nothing of
questions that the library does not answer.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.embedding import Vectors
from index.passages import Passage

EPOCHS = 20
RATE = 1e-3
TEMPERATURE = 0.03
SHRINK = 5e-4
"""Chosen on the questions of `evals/training`, none of which is an ask: hit@1 by cosine alone rose from 0.65 to 0.82."""
BATCH = 256
MOST_PASSAGES = 4_000
MOST_ASKS = 20_000
"""In a larger library a random part of it, of this size, is learned from, so that the step stays within a minute."""
FEWEST_ASKS = 300
"""From fewer asks nothing is learned: the map would fit them and no other question."""
SEED = 7


def learn_adapter(passages: Sequence[Passage], vectors: Vectors) -> Vectors:
    """The map, shape `(dimension, dimension)`, from a version's vectors in store order; all zeros where there are too few asks."""
    import torch
    from torch.nn.functional import cross_entropy, normalize

    dimension = vectors.shape[1]
    generator = torch.Generator().manual_seed(SEED)
    kept = np.sort(np.random.default_rng(SEED).permutation(len(passages))[:MOST_PASSAGES])
    whole, parts, part_owner, asks, ask_owner = _rows(passages, vectors, kept)
    if len(asks) < FEWEST_ASKS:
        return np.zeros((dimension, dimension), dtype=np.float32)
    order = torch.randperm(len(asks), generator=generator)[:MOST_ASKS]
    asks, ask_owner = asks[order], ask_owner[order]
    adapter = torch.zeros(dimension, dimension, requires_grad=True)
    optimiser = torch.optim.Adam([adapter], lr=RATE)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(asks), generator=generator).split(BATCH):
            moved = normalize(asks[batch] + asks[batch] @ adapter, dim=1)
            nearest = torch.full((len(batch), len(kept)), -1.0)
            nearest = nearest.scatter_reduce(1, part_owner.expand(len(batch), -1), moved @ parts.T, "amax")
            likeness = (moved @ whole.T + nearest) / 2
            loss = cross_entropy(likeness / TEMPERATURE, ask_owner[batch]) + SHRINK * (adapter**2).sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return adapter.detach().numpy().astype(np.float32)


def _rows(passages: Sequence[Passage], vectors: Vectors, kept: np.ndarray) -> tuple[object, ...]:
    """Tensors of the kept passages' own vectors, their sentences' with owners, and their asks' with owners; owners count the kept."""
    import torch

    wanted = {int(number): place for place, number in enumerate(kept)}
    groups: tuple[list[int], list[int], list[int], list[int], list[int]] = ([], [], [], [], [])
    whole, parts, part_owner, asks, ask_owner = groups
    row = 0
    for number, passage in enumerate(passages):
        sentences, asked = len(passage.sentences), len(passage.asks)
        if number in wanted:
            whole.append(row)
            parts += range(row + 1, row + 1 + sentences)
            part_owner += [wanted[number]] * sentences
            asks += range(row + 1 + sentences, row + 1 + sentences + asked)
            ask_owner += [wanted[number]] * asked
        row += 1 + sentences + asked
    table = torch.from_numpy(np.ascontiguousarray(vectors))
    return table[whole], table[parts], torch.tensor(part_owner), table[asks], torch.tensor(ask_owner)


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
