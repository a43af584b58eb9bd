"""Bootstrap intervals: how far a figure would move had other questions of the same kind been asked."""

from collections.abc import Sequence

import numpy as np

RESAMPLES = 2_000
SEED = 7


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of a mean by the percentile bootstrap (Efron and Tibshirani, 1993, chapter 13); (0, 0) for no values."""
    if not values:
        return 0.0, 0.0
    table = np.asarray(values, dtype=np.float64)
    picks = np.random.default_rng(SEED).integers(len(table), size=(RESAMPLES, len(table)))
    low, high = np.percentile(table[picks].mean(axis=1), [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)


def paired_interval(one: Sequence[float], other: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of the mean difference `other - one` over the same questions, in the same order."""
    return interval([b - a for a, b in zip(one, other, strict=True)])
