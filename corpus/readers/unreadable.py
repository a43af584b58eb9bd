"""The one error of the readers: a file that cannot be used, why, and what to do about it."""

from pathlib import Path


class UnreadableOriginalError(Exception):
    """An original that cannot be read. `reason` says in plain words what is wrong and what to do."""

    def __init__(self, path: Path, reason: str):
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")
