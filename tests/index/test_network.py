"""The small network: what it makes of rows, and that a file keeps it."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.network import Network

NAMES = ("one", "two")
NETWORK = Network(np.array([[1.0, -1.0], [2.0, 0.5]]), np.array([0.0, 1.0]), np.array([3.0, -2.0]), 0.25)
NUMBERS = st.floats(-10, 10)


def test_no_rows_have_no_values() -> None:
    assert NETWORK.values([]).tolist() == []


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ((0.0, 0.0), 3 * 0 - 2 * 1 + 0.25),
        ((1.0, 1.0), 3 * 3 - 2 * 0.5 + 0.25),
        ((-1.0, 0.0), 3 * 0 - 2 * 2 + 0.25),
        ((5.0, 0.0), 3 * 5 - 2 * 0 + 0.25),
    ],
)
def test_a_value_is_the_outer_sum_of_the_rectified_inner_ones(row: tuple[float, float], value: float) -> None:
    assert NETWORK.values([row]).tolist() == [value]


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=6))
def test_each_row_is_judged_by_itself(rows: list[tuple[float, float]]) -> None:
    assert NETWORK.values(rows).tolist() == pytest.approx([NETWORK.values([row])[0] for row in rows])


def test_a_file_keeps_it_whatever_the_order_of_its_names(tmp_path: Path) -> None:
    path = tmp_path / "network.json"
    record = NETWORK.record(NAMES)
    path.write_text(json.dumps({**record, "inner": dict(reversed(record["inner"].items()))}), encoding="utf-8")
    found = Network.read(path, NAMES)
    assert found.record(NAMES) == record
    assert found.values([(0.3, 0.7)]).tolist() == pytest.approx(NETWORK.values([(0.3, 0.7)]).tolist())


def test_a_file_that_lacks_a_signal_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "network.json"
    path.write_text(json.dumps(NETWORK.record(NAMES)), encoding="utf-8")
    with pytest.raises(KeyError, match="three"):
        Network.read(path, (*NAMES, "three"))
