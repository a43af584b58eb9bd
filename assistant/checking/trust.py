"""How far a verdict is to be trusted: what the comparison takes for its chance of being right is too high, and is set right by what it was on claims."""

from math import exp, log

from assistant.checking.verdicts import Verdict

SETTLED = (0.39, 0.32)
LEFT_OPEN = (-0.93, 0.58)
"""Offset and slope of the logarithm of the odds (Platt's scaling): a verdict that settles a claim, fitted to the 197 `dev` claims and the sayings of one half
of the notes alike, and one that leaves it open, fitted to those claims (`evals/fit_trust.py`)."""
_EDGE = 0.01


def trusted(verdict: Verdict, chance: float) -> float:
    """The chance, 0 to 1, that a verdict is right, from the chance that the comparison gives it.

    >>> round(trusted(Verdict.SUPPORTED, 0.95), 2), round(trusted(Verdict.NOT_COVERED, 0.5), 2)
    (0.79, 0.28)
    """
    offset, slope = LEFT_OPEN if verdict is Verdict.NOT_COVERED else SETTLED
    return 1 / (1 + exp(-(offset + slope * log_odds(chance))))


def log_odds(chance: float) -> float:
    """The logarithm of the odds of a chance, which is kept a little from 0 and from 1."""
    held = min(max(chance, _EDGE), 1 - _EDGE)
    return log(held / (1 - held))
