"""Claims that nearly repeat a sentence, word for word: what was put in another's place, put in or left out is then the difference."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from assistant.checking.differences import Decides, Difference
from index.terms import terms

NEAR_COPY = 0.75
"""Share of the claim's words that must stand in the sentence, in its order."""
LONGEST_PUT_IN = 3
"""Words that the sentence has between two of the claim's and that still belong to what the claim says: more are an aside."""
_WORD = re.compile(r"[£$€]?\d[\d,.]*\d%?|[£$€]?\d%?|[\w'’-]+")
_NOT = frozenset("not no never none neither nor without nobody nothing rather instead unlike".split())
_PLAINLY_NOT = frozenset("not no never".split())
_FORCES = {
    "must": "must", "shall": "must", "required": "must", "compulsory": "must", "mandatory": "must",
    "should": "should", "ought": "should", "recommended": "should",
    "may": "may", "can": "may", "might": "may", "could": "may", "allowed": "may", "optional": "may", "voluntary": "may",
    "need": "need not",
}  # fmt: skip
_CONTRARY_FORCES = frozenset((("must", "should"), ("must", "may"), ("must", "need not"), ("need not", "must"), ("may", "must")))
_ALL = frozenset("all every each always everyone everybody any".split())
_SOME = frozenset("some many several most few often sometimes usually generally certain".split())


def aligned(claim: str, told: str) -> Iterator[Difference]:
    """The differences in words between a claim and a sentence that it nearly repeats; none where it does not.

    >>> [(d.kind, d.claimed, d.told) for d in aligned("Councils must not ask for a bond", "Councils must ask for a bond, the guide says")]
    [('denial', 'not', '')]
    """
    ours, theirs = _words(claim), _words(told)
    matcher = _matcher(ours, theirs)
    if not ours or _held(matcher) < NEAR_COPY * len(ours):
        return
    for tag, start, end, from_, to in matcher.get_opcodes():
        here, there = ours[start:end], theirs[from_:to]
        if tag == "equal" or (not here and (from_ == 0 or to == len(theirs) or len(there) > LONGEST_PUT_IN)):
            continue
        yield from _put_in_place(here, there, opens=start == 0)


def repeats(claim: str, told: str) -> float:
    """Share, 0 to 1, of a claim's words that stand in a sentence in their order."""
    ours = _words(claim)
    return _held(_matcher(ours, _words(told))) / len(ours) if ours else 0.0


def _matcher(ours: Sequence[str], theirs: Sequence[str]) -> "SequenceMatcher[str]":
    return SequenceMatcher(None, [word.lower() for word in ours], [word.lower() for word in theirs], autojunk=False)


def _held(matcher: "SequenceMatcher[str]") -> int:
    return sum(block.size for block in matcher.get_matching_blocks())


def _put_in_place(here: Sequence[str], there: Sequence[str], opens: bool) -> Iterator[Difference]:
    said, other = " ".join(here), " ".join(there)
    ours, theirs = [word.lower() for word in here], [word.lower() for word in there]
    if (_denials(ours) + _denials(theirs)) % 2 and not (_NOT & set(ours) and _NOT & set(theirs)):
        yield Difference("denial", Decides.CONTRARY, said, other)
        return
    forces = [next((_FORCES[word] for word in words if word in _FORCES), "") for words in (ours, theirs)]
    if (forces[0], forces[1]) in _CONTRARY_FORCES:
        yield Difference("force", Decides.CONTRARY, forces[0], forces[1])
        return
    if {"least", "most"} <= {*ours, *theirs} and not {"least", "most"} <= set(ours) and not {"least", "most"} <= set(theirs) and here and there:
        yield Difference("figure", Decides.CONTRARY, said, other)
        return
    if _ALL & set(ours) and _SOME & set(theirs):
        yield Difference("reach", Decides.CONTRARY, "all", "some")
        return
    numbers = [[word for word in words if word[-1:].isdigit() or word[-1:] == "%"] for words in (ours, theirs)]
    if all(numbers) and set(numbers[0]).isdisjoint(numbers[1]):
        yield Difference("day" if re.fullmatch(r"(?:19|20)\d\d", numbers[0][0]) else "figure", Decides.CONTRARY, numbers[0][0], numbers[1][0])
        return
    names = [[word for word in words if word[:1].isupper() and not word.isupper()] for words in (here[1:] if opens else here, there)]
    if all(names) and set(terms(said)).isdisjoint(terms(other)) and len(names[0]) >= len(ours) - 2 and len(names[1]) >= len(theirs) - 2:
        yield Difference("body", Decides.CONTRARY, said, other)


def _denials(words: Sequence[str]) -> int:
    """How many of them deny. In a longer run `without` and its like open a phrase of their own."""
    return sum(word in (_NOT if len(words) <= LONGEST_PUT_IN else _PLAINLY_NOT) for word in words)


def _words(text: str) -> list[str]:
    plain = re.sub(r"n['’]t\b", " not", re.sub(r"\bcannot\b", "can not", text.replace("’", "'")))
    return [word.rstrip(".,") for word in _WORD.findall(plain)]
