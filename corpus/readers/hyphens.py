"""Line ends: whether a hyphen there belongs to the word or only to the line, and how two lines are joined."""

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?:-[^\W\d_]+)*")
_SOFT_HYPHEN = "\u00ad"
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$")
_ADDRESS_GOES_ON = re.compile(r"[/?=&_]$")
_LINE_END = re.compile(r"(?P<stem>[^\W\d_]+(?:-[^\W\d_]+)*)-$")
_LINE_START = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TAIL = 400
"""Characters of a line's end that are looked at: no word or address is longer."""
_COMPOUNDING = frozenset("cross half ill mid non quasi self well".split())


class LineJoiner:
    """Joins wrapped lines by the words that the same document uses inside its lines."""

    def __init__(self, lines: Iterable[str]):
        self.words: Counter[str] = Counter()
        self.parts: set[str] = set()
        divided = False
        for line in lines:
            found = [word.casefold() for word in _WORD.findall(line.replace(_SOFT_HYPHEN, ""))]
            if divided:
                found = found[1:]
            divided = line.rstrip().endswith(("-", _SOFT_HYPHEN))
            for word in found[:-1] if divided else found:
                self.words[word] += 1
                self.parts.update(word.split("-"))

    def join(self, above: str, below: str) -> str:
        """One text from a line and the line that goes on with it.

        >>> LineJoiner(["a short-term gain in performance"]).join("for short-", "term perform-")
        'for short-term perform-'
        """
        if above.endswith(_SOFT_HYPHEN):
            return above[:-1] + below
        tail = above[-_TAIL:]  # a paragraph grows line by line, and is not searched anew for each
        address = tail.split()[-1].lstrip("<(") if tail.split() else ""
        if "@" in address and address.endswith(("-", ".", "@")):
            return above + below
        bracketed = "<" in tail.rpartition(">")[2].rpartition(" ")[2]
        if _ADDRESS.match(address) and (bracketed or _ADDRESS_GOES_ON.search(address)):
            return above + below
        end, start = _LINE_END.search(tail), _LINE_START.match(below)
        if not end or not start:
            glue = "" if re.search(r"\w[-/]$", tail) and re.match(r"\w", below) else " "
            return above + glue + below
        return (above if self._keeps_hyphen(end["stem"], start[0]) else above[:-1]) + below

    def _keeps_hyphen(self, stem: str, rest: str) -> bool:
        """The form used elsewhere decides; with neither, a hyphen between two words that are used elsewhere stays.

        It also stays between capitals and small letters, before a single letter, and between an adverb or a word that makes
        compounds (`cross-`, `non-`) and a word that is used elsewhere.
        """
        if (rest[0].isupper() and stem[-1].islower()) or (len(stem) > 1 and stem.isupper() and rest.islower()) or len(rest) == 1:
            return True
        stem, rest = stem.casefold(), rest.casefold()
        hyphenated, joined = self._uses(f"{stem}-{rest}"), self._uses(f"{stem}{rest}")
        if hyphenated != joined:
            return hyphenated > joined
        if "-" in stem:
            return True
        first, second = stem.split("-")[-1], rest.split("-")[0]
        return second in self.parts and (first in self.parts or first in _COMPOUNDING or first.endswith("ly"))

    def _uses(self, word: str) -> int:
        """How often the document uses a word, in the singular or the plural."""
        other = word[:-1] if word.endswith("s") else f"{word}s"
        return self.words[word] + self.words[other]
