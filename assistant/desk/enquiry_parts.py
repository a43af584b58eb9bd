"""The parts of an enquiry: which lines are the newest message, and of those which greet, close, sign, quote or only head it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from assistant.phrases import Phrases

PartKind = Literal["heading", "greeting", "body", "signature", "quoted", "instructions"]
_WORDS = Phrases(Path(__file__).parent / "enquiry_words.yaml")
_COVERING = 400
"""Characters of the longest note that only passes a message on."""


@cache
def pattern(section: str) -> re.Pattern[str]:
    """A section of `enquiry_words.yaml`."""
    found = _WORDS.anywhere(section)
    return re.compile(found.pattern, re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Line:
    """One line of an enquiry: characters `start:end` of it, less the spaces around, and what it is part of."""

    start: int
    end: int
    kind: PartKind


def lines_of(text: str) -> list[Line]:
    """Every line that is not blank, with its part. Quoted lines are never asked from; a chain that is only passed on is asked from where it begins."""
    kinds = _quoted(text)
    start = _forwarded_start(text, kinds)
    return list(_parts(text, kinds, start))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _quoted(text: str) -> list[tuple[int, int, bool]]:
    """Each line with whether it stands in quoted mail. What follows an opening is quoted to the end, or as far as lines are marked with `>`."""
    lines = list(_spans(text))
    found: list[tuple[int, int, bool]] = []
    opened: int | None = None
    marked = False
    begun = False
    for number, (start, end) in enumerate(lines):
        line = text[start:end].strip()
        opens = pattern("quote_opens").match(text, start)
        if opens and line and opened is None:
            opened = number
            following = (text[a:b].strip() for a, b in lines[number + 1 :])
            marked = next((each for each in following if each and not each.lower().endswith("wrote:")), "").startswith(">")
        elif opened is None and begun and _is_header(text, lines, number):
            opened, marked = number, False
        quoted = line.startswith(">")
        if opened is not None and marked and number > opened + 1 and line and not quoted:
            opened = None
        found.append((start, end, bool(quoted or opened is not None)))
        begun = begun or bool(line and not pattern("header_line").match(line))
    return found


def _is_header(text: str, lines: list[tuple[int, int]], number: int) -> bool:
    """Whether a block of mail headers begins with this line: From, and two more of them among the next four."""
    here = [text[start:end].strip() for start, end in lines[number : number + 5]]
    return bool(re.match(r"[*>\s]*(?:from|oddi wrth)\s*:", here[0], re.IGNORECASE)) and sum(bool(pattern("header_line").match(line)) for line in here) >= 3


def _forwarded_start(text: str, kinds: list[tuple[int, int, bool]]) -> int:
    """The number of the line from which to read: that of the first quoted one where nothing stands before it, or only a covering note that
    asks nothing itself."""
    first = next((number for number, (start, end, quoted) in enumerate(kinds) if quoted and text[start:end].strip()), None)
    if first is None:
        return 0
    opened = not text[kinds[first][0] : kinds[first][1]].lstrip().startswith(">")
    above = "\n".join(text[start:end] for start, end, _ in kinds[:first]).strip()
    opening = text[kinds[first][0] : kinds[first][1]]
    passed_on = pattern("forwarded").search(opening) or pattern("forwarded").search(above[:200]) or pattern("passes_on").search(above)
    if not above or (opened and passed_on and len(above) <= _COVERING and not pattern("note_asks").search(above)):
        return first
    return 0


def _parts(text: str, kinds: list[tuple[int, int, bool]], first: int) -> Iterator[Line]:
    message = kinds[first:]
    if first:
        for start, end, _ in kinds[:first]:
            yield from _line(text, start, end, "heading")
        message = _unquoted(text, message)
    kind: PartKind = "heading"
    signed = False
    for start, end, quoted in message:
        line = text[start:end].strip()
        if not line:
            continue
        if quoted:
            yield from _line(text, start, end, "quoted")
            continue
        if kind == "heading" and not _heads(line):
            kind = "greeting"
        if kind == "greeting":
            greeting = pattern("greeting").match(line)
            kind = "body"
            if greeting and greeting.end() > 0 and (greeting.end() == len(line) or line[: greeting.end()].rstrip()[-1:] in ",!.:;–-"):
                offset = len(text[start:end]) - len(text[start:end].lstrip())
                yield Line(start + offset, start + offset + len(line[: greeting.end()].rstrip()), "greeting")
                yield from _line(text, start + offset + greeting.end(), end, "body")
                continue
        if pattern("postscript").match(line):
            signed = False
        elif not signed and kind == "body":
            signed = _signs(line)
        yield from _line(text, start, end, "signature" if signed else kind)


def _unquoted(text: str, message: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """A message that was passed on, as the one to read: what is quoted in it again stays quoted."""
    body = message[1:] if pattern("quote_opens").match(text, message[0][0]) else message
    offset = body[0][0] if body else len(text)
    inner = _quoted(re.sub(r"(?m)^> ?", lambda match: " " * len(match[0]), text[offset:]))
    return [(start + offset, end + offset, quoted) for start, end, quoted in inner]


def _heads(line: str) -> bool:
    return bool(pattern("header_line").match(line) or pattern("quote_opens").match(line))


def _signs(line: str) -> bool:
    """Whether a signature or a disclaimer begins with this line."""
    if pattern("cut_line").match(line) or pattern("sent_from").match(line):
        return True
    closing = pattern("closing").match(line)
    return bool(closing and len(line.split()) <= 9 and pattern("closing_words").search(line) and not pattern("not_closing").search(line))


def _line(text: str, start: int, end: int, kind: PartKind) -> Iterator[Line]:
    piece = text[start:end]
    if piece.strip():
        left = start + len(piece) - len(piece.lstrip())
        yield Line(left, start + len(piece.rstrip()), kind)
