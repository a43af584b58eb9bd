"""The small learned orderings: a perceptron with one hidden layer over named signals, kept in a JSON file that `evals/train.py` writes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Network:
    """`inner` has one row for each signal and one column for each hidden unit, `outer` one weight for each unit; the units are rectified linear."""

    inner: Numbers
    inner_bias: Numbers
    outer: Numbers
    outer_bias: float

    @classmethod
    def read(cls, path: Path, names: Sequence[str]) -> "Network":
        """The network in a file, its signals in the order of `names`. Raises KeyError where the file lacks one."""
        record = json.loads(path.read_text(encoding="utf-8"))
        inner = np.array([record["inner"][name] for name in names])
        return cls(inner, np.array(record["inner_bias"]), np.array(record["outer"]), float(record["outer_bias"]))

    def record(self, names: Sequence[str]) -> dict[str, Any]:
        """As kept in a file, to five significant digits."""
        return {
            "inner": {name: _short(row) for name, row in zip(names, self.inner, strict=True)},
            "inner_bias": _short(self.inner_bias),
            "outer": _short(self.outer),
            "outer_bias": _short(np.array([self.outer_bias]))[0],
        }

    def values(self, rows: Sequence[Sequence[float]]) -> Numbers:
        """What the network makes of each row of signals, in the order of its names; shape `(len(rows),)`."""
        if not rows:
            return np.zeros(0)
        return np.asarray(np.maximum(np.asarray(rows) @ self.inner + self.inner_bias, 0) @ self.outer + self.outer_bias)


def _short(row: Numbers) -> list[float]:
    return [float(f"{value:.5g}") for value in row]
