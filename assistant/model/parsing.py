"""Reading a model's reply as it comes: JSON where it keeps to it, and whatever can be saved where it does not."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_SENTENCES = 20
"""Sentences that are read of a reply; a model that goes on is going round in circles."""
_THOUGHT = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_OPEN_THOUGHT = re.compile(r"<think.*", re.DOTALL | re.IGNORECASE)
"""A model that thinks aloud: what it says there is not its reply."""
_OBJECT = re.compile(r'\{\s*"(?:text|passages)"\s*:')
_SILENT = re.compile(r'"answered"\s*:\s*false', re.IGNORECASE)
_NUMBERS = r"(?:passages? )?((?:\d{1,2})(?:\s*(?:,|and|&)\s*\d{1,2})*)"
_MARKER = re.compile(rf"\s*\[{_NUMBERS}\]|(?<![\w)])\s*\({_NUMBERS}\)", re.IGNORECASE)
"""`[1]`, or `(1)` that does not hang on a word: `section 33(1)` names no passage."""
_SENTENCE = re.compile(r"(?<=[a-z0-9%)\]][.!?])\s+(?=[A-Z£“\"'\[(])")
_AFTER_STOP = re.compile(r"([.!?])\s*((?:[\[(]\d[\d, ]*[\])]\s*)+)")
"""Markers after the full stop belong to the sentence before it."""
_TRAILING = re.compile(r",\s*([}\]])")


@dataclass(frozen=True)
class Written:
    """One sentence of the model's, with the numbers of the passages that it names, as it names them."""

    text: str
    passages: tuple[int, ...]


@dataclass(frozen=True)
class Read:
    """A whole reply. `faults` are words for what was wrong with its form: `not_json`, `cut_off`, `loop`, `empty`."""

    sentences: tuple[Written, ...]
    abstains: bool
    faults: tuple[str, ...] = ()


class ReplyParser:
    """Reads one reply, piece by piece."""

    def __init__(self) -> None:
        self._raw = ""
        self._text = ""
        self._at = 0
        self._told: list[Written] = []
        self._known: set[str] = set()
        self._loops = False

    def feed(self, delta: str) -> list[Written]:
        """The sentences that a further piece has made whole."""
        self._raw += delta
        self._text = without_thoughts(self._raw)
        return [written for record in self._objects() for written in self._sentences(*record)]

    def finish(self) -> Read:
        """The whole reply, once nothing more comes."""
        faults = []
        if not self._told:
            faults = self._from_prose()
        elif self._text.rstrip(" \n`")[-1:] not in ("}", "]"):
            faults.append("cut_off")
        if self._loops:
            faults.append("loop")
        return Read(tuple(self._told), not self._told and bool(_SILENT.search(self._text)), tuple(faults))

    def _objects(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        while match := _OBJECT.search(self._text, self._at):
            end = _closed(self._text, match.start())
            if end is None:
                return
            self._at = end
            record = _loaded(self._text[match.start() : end])
            text = record.get("text")
            if isinstance(text, str):
                yield text, _numbers(record.get("passages"))

    def _from_prose(self) -> list[str]:
        """What a reply without a single whole object holds: prose with markers. The words for what was wrong with it."""
        text = self._text.strip().strip("`").removeprefix("json").strip()
        if not text or _SILENT.search(text):
            return [] if text else ["empty"]
        if text[0] in "{[":
            return ["cut_off"]
        for piece in _SENTENCE.split(_AFTER_STOP.sub(lambda match: f" {match[2].strip()}{match[1]} ", " ".join(text.split()))):
            named = [int(number) for match in _MARKER.finditer(piece) for number in re.findall(r"\d+", match[1] or match[2])]
            self._sentences(piece, tuple(dict.fromkeys(named)))
        return ["not_json"]

    def _sentences(self, text: str, passages: tuple[int, ...]) -> list[Written]:
        """The new sentences of a text; one that was told before shows a loop."""
        plain = re.sub(r"\s+([.!?])", r"\1", " ".join(_MARKER.sub("", text).split()))
        fresh = []
        for piece in _SENTENCE.split(plain):
            key = re.sub(r"\W+", " ", piece).strip().lower()
            if not key:
                continue
            if key in self._known or len(self._told) >= MOST_SENTENCES:
                self._loops = True
                continue
            self._known.add(key)
            fresh.append(Written(piece.strip(), passages))
            self._told.append(fresh[-1])
        return fresh


def without_thoughts(reply: str) -> str:
    """A reply, whole or not yet, without what the model thought aloud in it."""
    return _OPEN_THOUGHT.sub("", _THOUGHT.sub("", reply)) if "<think" in reply.lower() else reply


def _closed(text: str, start: int) -> int | None:
    """Where the object that opens at `start` ends; None where it is not whole yet."""
    depth, quoted, escaped = 0, False, False
    for at in range(start, len(text)):
        character = text[at]
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = quoted
        elif character == '"':
            quoted = not quoted
        elif not quoted and character == "{":
            depth += 1
        elif not quoted and character == "}":
            depth -= 1
            if depth == 0:
                return at + 1
    return None


def _loaded(text: str) -> dict[str, object]:
    for attempt in (text, _TRAILING.sub(r"\1", text)):
        try:
            record = json.loads(attempt, strict=False)
        except ValueError:
            continue
        return record if isinstance(record, dict) else {}
    return {}


def _numbers(named: object) -> tuple[int, ...]:
    """The numbers in a list of them, in whatever form; a single one stands for a list of one."""
    if isinstance(named, list):
        found = [each for each in named if isinstance(each, int | str) and not isinstance(each, bool)]
    else:
        found = [named] if isinstance(named, int | str) and not isinstance(named, bool) else []
    return tuple(dict.fromkeys(int(each) for each in found if re.fullmatch(r"\d{1,3}", str(each).strip())))
