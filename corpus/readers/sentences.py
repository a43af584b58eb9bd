"""Cutting the prose of originals into sentences."""

import re
from collections.abc import Iterator

_STOP = re.compile(r"[.?!…]+[\"'”’)\]]*[⁰¹²³⁴-⁹]*(?=\s|$)")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_LAST_WORD = re.compile(r"[(\[\"'“‘]*(\S+)$")
_NEVER_LAST = frozenset("mr mrs ms dr prof rt hon rev st sir gen col cllr messrs e.g i.e eg ie viz cf vs v ca approx esp incl".split())
_BEFORE_NUMBER = frozenset(
    "no nos p pp s ss reg regs r rr para paras sch schs art arts ch chs fig figs vol vols c cc cl cll ed eds pt pts sec sect eq tel ref".split()
)
_SOMETIMES_LAST = frozenset("etc ltd inc co plc corp al u.k u.s u.s.a e.u u.n a.m p.m n.b jan feb mar apr jun jul aug sept sep oct nov dec dept".split())
_OPENERS = frozenset(
    "a after all although an and any as at because before both but by during each every following for from further having he her his however if in it its many"
    " more moreover most no not nor of on once one or other our over she since so some such that the their then there these they this those through to under"
    " until we what when where whether which while who why with within you your".split()
)
_INITIAL = re.compile(r"^(?:[A-Z]\.)*[A-Z]$")
_NAMED_BY_LETTER = frozenset("part annex appendix schedule figure option group class type table category section chapter lot phase stage plan vitamin".split())
_NUMBER = re.compile(r"[\d(\[]|[ivxlc]+\b", re.IGNORECASE)
_LABEL_ONLY = re.compile(r"^\s*\(?(?:\d{1,2}|[ivx]{1,5}|[a-z])[.)]+$", re.IGNORECASE)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) of the sentences of a text, in order: `text[start:end]` is exactly the sentence.

    Together the spans hold every character but white space. A blank line always ends a sentence.
    """
    spans = []
    start = 0
    for end in _ends(text):
        piece = text[start:end]
        words = piece.strip()
        if words:
            first = start + len(piece) - len(piece.lstrip())
            spans.append((first, first + len(words)))
        start = end
    return spans


def _ends(text: str) -> Iterator[int]:
    start = 0
    for limit in [*(match.end() for match in _BLANK_LINE.finditer(text)), len(text)]:
        for stop in _STOP.finditer(text, start, limit):
            if _closes(text, start, stop):
                yield stop.end()
                start = stop.end()
        yield limit
        start = limit


def _closes(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether the stop ends the sentence that began at `start`."""
    after = text[stop.end() : stop.end() + 60].lstrip()
    if not after:
        return True
    if after[0].islower() or after[0] in ",;:)]–—-&/%":
        return False
    if _LABEL_ONLY.match(text[start : stop.end()]):
        return False
    if stop[0][0] != "." or stop[0].startswith(".."):
        return True
    return _full_stop_closes(text[start : stop.start()], after)


def _full_stop_closes(before: str, after: str) -> bool:
    """Whether a single full stop after `before` is more than the mark of an abbreviation or an initial."""
    match = _LAST_WORD.search(before[-60:])
    if not match:
        return True
    word = match[1].lstrip("([\"'“‘")
    folded = word.casefold().rstrip(".")
    next_word = re.split(r"[^\w']", after.lstrip("\"'“‘(["), maxsplit=1)[0]
    if folded in _NEVER_LAST:
        return False
    if folded in _BEFORE_NUMBER and not word.isupper():
        return not _NUMBER.match(after)
    if folded in _SOMETIMES_LAST:
        return next_word.casefold() in _OPENERS or not next_word
    if _INITIAL.match(word):
        return _initial_closes(before, next_word)
    return True


def _initial_closes(before: str, next_word: str) -> bool:
    """`Part B. The rules` is two sentences, `J. Smith` is one name."""
    words = before.split()
    if len(words) > 1 and words[-2].casefold().strip("(\"'“‘") in _NAMED_BY_LETTER:
        return True
    return next_word.casefold() in _OPENERS and len(next_word) > 1
