"""How far a verdict is to be trusted: what the comparison takes for its chance of being right is too high, and is set right by what it was on claims."""

from math import exp, log

from assistant.checking.verdicts import Verdict

SETTLED = (0.81, 0.30)
LEFT_OPEN = (-0.92, 0.56)
"""Offset and slope of the logarithm of the odds (Platt's scaling), fitted to the 197 `dev` claims of the evaluation set: a verdict that settles a claim, and
one that leaves it open."""
_EDGE = 0.01


def trusted(verdict: Verdict, chance: float) -> float:
    """The chance, 0 to 1, that a verdict is right, from the chance that the comparison gives it.

    >>> round(trusted(Verdict.SUPPORTED, 0.95), 2), round(trusted(Verdict.NOT_COVERED, 0.5), 2)
    (0.84, 0.28)
    """
    offset, slope = LEFT_OPEN if verdict is Verdict.NOT_COVERED else SETTLED
    held = min(max(chance, _EDGE), 1 - _EDGE)
    return 1 / (1 + exp(-(offset + slope * log(held / (1 - held)))))
