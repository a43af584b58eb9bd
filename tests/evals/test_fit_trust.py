"""How far a verdict is to be trusted is fitted on what was right."""

from math import exp

import numpy as np

from assistant.checking.trust import log_odds
from assistant.checking.verdicts import Verdict
from evals.fit_trust import Judged, fitted


def drawn(offset: float, slope: float, count: int, seed: int) -> list[Judged]:
    """Verdicts that are right as often as an offset and a slope say."""
    random = np.random.default_rng(seed)
    chances = random.uniform(0.05, 0.95, count)
    return [(Verdict.SUPPORTED, float(chance), bool(random.random() < 1 / (1 + exp(-offset - slope * log_odds(chance))))) for chance in chances]


def test_what_was_drawn_is_found_again() -> None:
    offset, slope = fitted(drawn(-0.5, 0.7, 40_000, seed=1))
    assert abs(offset + 0.5) < 0.05
    assert abs(slope - 0.7) < 0.05


def test_groups_weigh_alike_however_large() -> None:
    few, many = drawn(1.0, 0.5, 400, seed=2), drawn(-1.0, 0.5, 2_000, seed=3)
    assert fitted(few, many) == fitted(few, [*many, *many, *many])
    assert fitted(few)[0] > fitted(few, many)[0] > fitted(many)[0]
