"""Faults found in the library's own files, told so that an author can mend them."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in one file: where it is, which field, and what to do about it."""

    path: Path
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.field}: {self.message}"


class CorpusError(Exception):
    """The library cannot be used as it stands. `faults` names every fault found."""

    def __init__(self, faults: list[Fault]):
        self.faults = sorted(faults)
        count = len(self.faults)
        super().__init__("\n".join([f"{count} fault{'s' if count != 1 else ''} in the library", *map(str, self.faults)]))
