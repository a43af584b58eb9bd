"""Ways in: each stored vector leads to its passage, within the filters."""

import numpy as np
import pytest

from index.passages import Passage
from index.store import PassageStore, rows_of
from index.versions import Versions
from index.ways import Ways

IDS = ["small-note.recommendation-2", "small-note.reserved-before", "small-note.reserved-now"]


@pytest.fixture(scope="module")
def ways(small_index: Versions) -> Ways:
    return Ways(small_index.live())


@pytest.fixture(scope="module")
def vectors(small_index: Versions) -> np.ndarray:
    return np.load(small_index.live() / "vectors.npy")


@pytest.fixture(scope="module")
def passages(small_index: Versions) -> list[Passage]:
    return list(PassageStore(small_index.live()).all_passages())


def test_every_vector_leads_to_its_own_passage(ways: Ways, vectors: np.ndarray, passages: list[Passage]) -> None:
    owners = [passage.id for passage in passages for _ in range(rows_of(passage))]
    assert [ways.nearest(vectors[row : row + 1], 1) for row in range(len(vectors))] == [[owner] for owner in owners]


def test_each_passage_is_told_once_however_many_vectors_lead_to_it(ways: Ways, vectors: np.ndarray) -> None:
    assert sorted(ways.nearest(vectors, 5)) == IDS
    assert sorted(ways.nearest(vectors[:1], 1000)) == IDS


def test_the_nearest_passage_comes_first(ways: Ways, vectors: np.ndarray) -> None:
    assert ways.nearest(vectors[:1], 1000)[0] == IDS[0]


@pytest.mark.parametrize(
    ("source_ids", "sector", "found"),
    [
        (None, None, IDS),
        (["new-act"], None, [IDS[2]]),
        (["new-act", "report-2012"], None, [IDS[0], IDS[2]]),
        (["nothing"], None, []),
        (None, "youth", IDS),
        (None, "police", [IDS[0], IDS[2]]),
        (["old-regulations"], "youth", [IDS[1]]),
        (["old-regulations"], "police", []),
    ],
)
def test_only_what_the_filters_let_through_is_found(
    ways: Ways, vectors: np.ndarray, source_ids: list[str] | None, sector: str | None, found: list[str]
) -> None:
    assert sorted(ways.nearest(vectors[:1], 1000, source_ids, sector)) == found
