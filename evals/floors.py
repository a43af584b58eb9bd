"""Floors: what each metric may not fall below. They stand in one file and only rise."""

import json
import math
from collections.abc import Mapping
from pathlib import Path

from evals.scoring import Score

FILE = Path(__file__).resolve().parent / "floors.json"
LOWER_IS_BETTER = frozenset({"answerable refused"})
"""Metrics whose floor is a ceiling: it only falls."""
NO_FLOOR = frozenset({"answer words"})
"""Metrics that are neither better nor worse for being higher."""

Floors = dict[str, dict[str, float]]
"""By split and metric."""


def read_floors(path: Path = FILE) -> Floors:
    """The recorded floors."""
    floors: Floors = json.loads(path.read_text(encoding="utf-8"))
    return floors


def breaches(floors: Mapping[str, float], scores: Mapping[str, Score]) -> list[str]:
    """One line for each metric of a split that lies beyond its floor, or was not measured at all."""
    told = []
    for name, floor in floors.items():
        score = scores.get(name)
        if score is None or not score.cases:
            told.append(f"{name} was not measured; its floor is {floor}")
        elif score.mean > floor if name in LOWER_IS_BETTER else score.mean < floor:
            told.append(f"{name} is {score.mean}, its floor {floor}")
    return told


def raised(floors: Mapping[str, float], scores: Mapping[str, Score]) -> dict[str, float]:
    """The floors of a split with those raised that the scores allow. A floor is the score to the hundredth on its worse side: another processor's
    rounding may move one answer in hundreds, a real loss moves more. What must be whole (1.0) stays whole."""
    new = dict(floors)
    for name, score in scores.items():
        if not score.cases or name in NO_FLOOR:
            continue
        if name in LOWER_IS_BETTER:
            new[name] = min(new.get(name, 1.0), math.ceil(score.mean * 100) / 100)
        else:
            new[name] = max(new.get(name, 0.0), math.floor(score.mean * 100) / 100)
    return new


def raise_floors(split: str, scores: Mapping[str, Score], path: Path = FILE) -> None:
    """Write the floors of a split anew, none lower than before."""
    floors = read_floors(path) if path.is_file() else {}
    floors[split] = raised(floors.get(split, {}), scores)
    path.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", encoding="utf-8")
