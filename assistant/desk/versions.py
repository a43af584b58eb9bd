"""The versions of a draft, and what changed from one to another, word by word."""

import re
from datetime import datetime
from difflib import SequenceMatcher
from html import escape
from typing import Literal

from pydantic import BaseModel, ConfigDict

_WORDS = re.compile(r"\s+|[\w’']+|[^\w\s]")


class DraftVersion(BaseModel):
    """One version of a draft's text: its number from 1, and who saved it when."""

    model_config = ConfigDict(frozen=True)

    version: int
    saved_at: datetime
    saved_by: str


class Piece(BaseModel):
    """A stretch of text that both versions have, or that only the older (`removed`) or only the newer one has (`added`)."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["same", "removed", "added"]
    text: str


class Comparison(BaseModel):
    """How version `after` differs from version `before`."""

    before: DraftVersion
    after: DraftVersion
    pieces: list[Piece]


def differences(before: str, after: str) -> list[Piece]:
    """The pieces in reading order, by whole words: `same` and `removed` together are the text before, `same` and `added` the text after."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece(kind="same", text="".join(old[a:b])))
            continue
        if a < b:
            found.append(Piece(kind="removed", text="".join(old[a:b])))
        if c < d:
            found.append(Piece(kind="added", text="".join(new[c:d])))
    return found


_TAGS = {"removed": "del", "added": "ins"}


def differences_html(pieces: list[Piece]) -> str:
    """The same as HTML with `del` and `ins`, escaped; line breaks stay as they are."""
    return "".join(f"<{tag}>{escape(piece.text)}</{tag}>" if (tag := _TAGS.get(piece.kind)) else escape(piece.text) for piece in pieces)
