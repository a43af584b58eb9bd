"""What the readers of the several formats hand on: lines in reading order."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Line:
    """One line as it stands in the file.

    `page` counts from 1, None where the format has no pages. `opens` says that white space stands before it, as before a
    paragraph. `strong` says that it is set larger or bolder than the body. `edge` says that it is the first or last of its page.
    """

    text: str
    page: int | None = None
    opens: bool = False
    strong: bool = False
    edge: bool = False


class UnreadableOriginalError(Exception):
    """A file cannot be read as an original: `path` says which, `reason` why and what to do."""

    def __init__(self, path: Path, reason: str):
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")
