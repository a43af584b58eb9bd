"""Checking what people paste: a list of claims line by line, or a whole text with each checkable sentence marked in its place."""

import re
from collections import Counter
from collections.abc import Callable

from pydantic import BaseModel

from assistant.answers import Scope
from assistant.checking.checkable import is_checkable
from assistant.checking.service import CheckService
from assistant.checking.verdicts import Check, Verdict
from assistant.errors import BadInputError
from assistant.understanding import usable_text
from corpus.readers.sentences import sentence_spans

TEXT_LIMIT = 20_000
"""Characters of a whole text: a leaflet, or a speech of some twenty minutes."""
CLAIM_LIMIT = 1_000
"""Characters of one claim. A sentence that is longer is left unmarked in a whole text."""
MOST_CLAIMS = 20
"""Claims checked at once."""
_BULLET = re.compile(r"\s*(?:[-–—*•·▪]|\(?\d{1,2}[.)])\s+")
_BREAK = re.compile(r"\n(?=\s*(?:[-–—*•·▪]|\(?\d{1,2}[.)])\s)|(?<=[.!?:])\n")

Progress = Callable[[int, int], None]
"""Told how many of how many sentences are done."""


class TextSentence(BaseModel):
    """One sentence of a text, characters `start:end` of it; `check` where it says something that the guidance could settle."""

    start: int
    end: int
    text: str
    check: Check | None = None


class CheckedText(BaseModel):
    """A text with its sentences in order. `counts` has every verdict."""

    text: str
    sentences: list[TextSentence]
    counts: dict[Verdict, int]
    scope: Scope = Scope()


def claims_in(pasted: str) -> list[str]:
    """The claims pasted: one a line, without bullets and numbers before them.

    Raises BadInputError where there are none, or more than are checked at once.
    """
    claims = [claim for line in pasted.splitlines() if (claim := _without_bullet(line))]
    if not claims:
        raise BadInputError("claim", "is empty. Type what somebody said, for example: You have to become a community interest company.")
    if len(claims) > MOST_CLAIMS:
        raise BadInputError("claim", f"has {len(claims)} lines; the most at once is {MOST_CLAIMS}. Check a longer text as a whole text.")
    return claims


class TextCheckService:
    """Checks whole texts. Safe to share between threads."""

    def __init__(self, checks: CheckService):
        self._checks = checks

    def check(self, text: str, scope: Scope | None = None, progress: Progress | None = None) -> CheckedText:
        """The text as it was given, with a verdict on each sentence that can be checked.

        Raises BadInputError for an empty text, one over 20,000 characters or with invisible characters, and NoIndexError.
        """
        usable_text(text, "text", TEXT_LIMIT)
        spans = spans_in(text)
        sentences = []
        for number, (start, end) in enumerate(spans, start=1):
            sentence = text[start:end]
            wanted = len(sentence) <= CLAIM_LIMIT and is_checkable(sentence)
            check = self._checks.check(sentence, scope) if wanted else None
            sentences.append(TextSentence(start=start, end=end, text=sentence, check=check))
            if progress:
                progress(number, len(spans))
        found = Counter(sentence.check.verdict for sentence in sentences if sentence.check)
        return CheckedText(text=text, sentences=sentences, counts={verdict: found[verdict] for verdict in Verdict}, scope=scope or Scope())


def _without_bullet(line: str) -> str:
    bullet = _BULLET.match(f"{line} ")
    return (line[bullet.end() :] if bullet else line).strip()


def spans_in(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences: a list item and what ends with a stop or a blank line stand by themselves, lines that run on are read together."""
    found = []
    start = 0
    for stop in [*(match.start() for match in _BREAK.finditer(text)), len(text)]:
        bullet = _BULLET.match(text, start, stop)
        begin = bullet.end() if bullet else start
        found += [(begin + first, begin + last) for first, last in sentence_spans(text[begin:stop])]
        start = stop
    return found
