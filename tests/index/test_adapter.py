"""The map learned from the asks."""

from pathlib import Path

import numpy as np
import pytest

import index.adapter
from index.adapter import FEWEST_ASKS, adapt, learn_adapter, read_adapter, write_adapter
from index.live import LiveIndex
from index.passages import Passage
from index.store import PassageStore, rows_of
from index.versions import Versions


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def passages(small_index: Versions) -> list[Passage]:
    return list(PassageStore(small_index.live()).all_passages())


def test_no_map_changes_nothing() -> None:
    vectors = unit(np.random.default_rng(1).normal(size=(3, 4)))
    np.testing.assert_allclose(adapt(vectors, np.zeros((4, 4), dtype=np.float32)), vectors, atol=1e-6)


def test_moved_vectors_keep_their_shape_and_length() -> None:
    random = np.random.default_rng(2)
    vectors, adapter = unit(random.normal(size=(5, 4))), random.normal(size=(4, 4)).astype(np.float32)
    moved = adapt(vectors, adapter)
    assert (moved.shape, moved.dtype) == ((5, 4), np.float32)
    np.testing.assert_allclose(moved, unit(vectors + vectors @ adapter), atol=1e-6)


def test_from_few_asks_nothing_is_learned(small_index: Versions, passages: list[Passage]) -> None:
    assert sum(len(passage.asks) for passage in passages) < FEWEST_ASKS
    np.testing.assert_array_equal(LiveIndex(small_index).current().adapter, np.zeros((384, 384), dtype=np.float32))


def test_asks_come_nearer_to_their_own_passages_and_always_alike(passages: list[Passage], monkeypatch: pytest.MonkeyPatch) -> None:
    """Asks that all point the wrong way by one turn of the plane: the map learns to turn them back."""
    monkeypatch.setattr(index.adapter, "FEWEST_ASKS", 1)
    monkeypatch.setattr(index.adapter, "EPOCHS", 200)
    meant = np.eye(3, dtype=np.float32)
    turned = np.roll(meant, 1, axis=0)
    owners = [(number, row) for number, passage in enumerate(passages) for row in range(rows_of(passage))]
    vectors = np.stack([turned[number] if row > len(passages[number].sentences) else meant[number] for number, row in owners])
    adapter = learn_adapter(passages, vectors)
    before, after = (turned * meant).sum(axis=1), (adapt(turned, adapter) * meant).sum(axis=1)
    assert (after > before + 0.1).all()
    np.testing.assert_array_equal(learn_adapter(passages, vectors), adapter)


def test_a_map_is_read_as_it_was_written(tmp_path: Path) -> None:
    adapter = np.random.default_rng(3).normal(size=(4, 4)).astype(np.float32)
    write_adapter(tmp_path, adapter)
    np.testing.assert_array_equal(read_adapter(tmp_path), adapter)
