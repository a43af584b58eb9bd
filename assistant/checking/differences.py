"""The differences between a claim and a sentence, and what each means for the claim."""

from dataclasses import dataclass
from enum import StrEnum


class Decides(StrEnum):
    """What a difference means for a claim."""

    CONTRARY = "contrary"
    """Both cannot be so."""
    MORE = "more"
    """The claim says more than is told."""
    OPEN = "open"
    """What is told does not settle it."""


@dataclass(frozen=True)
class Difference:
    """One thing in which a claim differs from what is told, as each puts it; `told` is empty where nothing is told of it."""

    kind: str
    decides: Decides
    claimed: str
    told: str = ""
