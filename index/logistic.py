"""The small learned models: a weight for each named signal, and a bias, kept in a JSON file that `evals/train.py` writes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path


@dataclass(frozen=True)
class Logistic:
    """A logistic model over named signals."""

    bias: float
    weights: tuple[float, ...]

    @classmethod
    def read(cls, path: Path, names: Sequence[str]) -> "Logistic":
        """The model in a file, its weights in the order of `names`. Raises KeyError where one is missing."""
        record = json.loads(path.read_text(encoding="utf-8"))
        return cls(float(record["bias"]), tuple(float(record["weights"][name]) for name in names))

    def chance(self, values: Sequence[float]) -> float:
        """The learned chance, 0 to 1, for signals in the order of the model's names."""
        total = self.bias + sum(weight * value for weight, value in zip(self.weights, values, strict=True))
        return 1 / (1 + exp(-total))
