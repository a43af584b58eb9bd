"""The patterns of `claim_words.yaml`, ready to use, and the words that say the same."""

import re
from functools import cache, lru_cache
from pathlib import Path

from assistant.phrases import Phrases
from index.terms import terms

CLAIM_WORDS = Phrases(Path(__file__).parent / "claim_words.yaml")


@cache
def pattern(section: str) -> re.Pattern[str]:
    """A section of plain patterns as one, in either case of letters."""
    return CLAIM_WORDS.anywhere(section)


@cache
def word_patterns(section: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each pattern of a section under its name, at word boundaries, in either case of letters."""
    return tuple((name, re.compile(rf"(?<!\w)(?:{text})(?!\w)", re.IGNORECASE)) for name, text in CLAIM_WORDS.texts(section))


@cache
def bodies() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Public bodies: how each is called, and a pattern of the ways to name it."""
    return tuple((name, _any_of(names)) for name, names in CLAIM_WORDS.mapping("bodies").items())


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    """Any of the phrases at word boundaries; `...` in one stands for up to three words."""
    ordered = sorted(phrases, key=len, reverse=True)
    alternatives = "|".join(re.escape(phrase).replace(r"\ \.\.\.\ ", r"(?:\s+[\w'’-]+){1,3}\s+").replace(r"\ ", r"[\s-]+") for phrase in ordered)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


@cache
def _meanings() -> tuple[dict[str, frozenset[int]], tuple[tuple[int, re.Pattern[str]], ...]]:
    """The numbers of the meanings that a stem has, and patterns of the phrases of more than one word."""
    stems: dict[str, set[int]] = {}
    phrases: list[tuple[int, re.Pattern[str]]] = []
    for number, words in enumerate(CLAIM_WORDS.groups("same")):
        for word in words:
            found = terms(word)
            if len(word.split()) == 1 and len(found) == 1:
                stems.setdefault(found[0], set()).add(number)
            elif len(word.split()) > 1:
                phrases.append((number, _any_of([word])))
    return {stem: frozenset(numbers) for stem, numbers in stems.items()}, tuple(phrases)


def meanings(stem: str) -> frozenset[int]:
    """The numbers of the meanings that a stem may have; none for most."""
    return _meanings()[0].get(stem, frozenset())


@lru_cache(maxsize=16_384)
def meant(text: str) -> frozenset[int]:
    """The numbers of all meanings that a text touches."""
    phrases = (number for number, phrase in _meanings()[1] if phrase.search(text))
    return frozenset(phrases).union(*(meanings(stem) for stem in terms(text)))


@cache
def _opposites() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((_any_of(one), _any_of(other)) for one, other in CLAIM_WORDS.groups("opposed"))


_BOUNDS = re.compile(
    r"\b(?:more|less|fewer|longer|shorter|later|earlier|higher|lower|greater) than\b|\bor (?:more|less|fewer|longer|under|over)\b", re.IGNORECASE
)
"""`no more than five years` and `five years or less` are no opposites."""


@lru_cache(maxsize=16_384)
def _sides(text: str) -> dict[tuple[int, int], str]:
    """The sides of the pairs of opposites that a text has, by number of pair and side, with the first word for each."""
    found = {}
    text = _BOUNDS.sub(" ", text)
    for number, pair in enumerate(_opposites()):
        for side, words in enumerate(pair):
            said = words.search(text)
            if said:
                found[number, side] = said[0]
    return found


def either(claim: str, told: str) -> str:
    """A word of the claim beside whose opposite it stands in what is told, as one of several ways open: `accept or reject`; empty where none does."""
    ours, theirs = _sides(claim), _sides(told)
    for (number, side), said in ours.items():
        if (number, 1 - side) not in ours and (number, 0) in theirs and (number, 1) in theirs and _OR.search(told):
            return said
    return ""


_OR = re.compile(r"\bor\b", re.IGNORECASE)


def opposition(claim: str, told: str) -> tuple[str, str] | None:
    """A word of the claim and the word by which what is told denies it; None where there is no such pair."""
    ours, theirs = _sides(claim), _sides(told)
    for (number, side), said in ours.items():
        other = (number, 1 - side)
        if other in theirs and other not in ours and (number, side) not in theirs:
            return said, theirs[other]
    return None
