"""Splitting the prose of originals into sentences, as spans of the text."""

import re
from collections.abc import Iterator

_ABBREVIATIONS = frozenset(
    "e.g i.e etc cf viz mr mrs ms dr prof rt hon no nos p pp s ss reg regs para paras sch ch art vol fig figs ltd inc co plc st vs approx dept govt".split()
)
_STOP = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s|$)")
_LAST_WORD = re.compile(r"[\w.]+$")


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text as `(start, end)` with no white space at either end, in order; together they hold all of it but white space."""
    start = 0
    for match in _STOP.finditer(text):
        if _ends(text, match):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, len(text))


def _ends(text: str, match: re.Match[str]) -> bool:
    if match[0][0] != "." or len(match[0]) > 1:
        return True
    word = _LAST_WORD.search(text[: match.start()])
    token = word[0].lower() if word else ""
    if token in _ABBREVIATIONS or re.fullmatch(r"[a-z](\.[a-z])*", token):
        return False
    after = text[match.end() :].lstrip()
    return not after[:1].islower()


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if right > left:
        yield start + left, start + right
