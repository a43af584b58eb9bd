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
    ordered = sorted(phrases, key=len, reverse=True)
    alternatives = "|".join(re.escape(phrase).replace(r"\ ", r"[\s-]+") for phrase in ordered)
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


def either(claim: str, told: str) -> str:
    """A word of the claim beside whose opposite it stands in what is told, as one of several ways open: `accept or reject`; empty where none does."""
    for pair in _opposites():
        for here, there in (pair, pair[::-1]):
            said = here.search(claim)
            if said and not there.search(claim) and here.search(told) and there.search(told) and _OR.search(told):
                return said[0]
    return ""


_OR = re.compile(r"\bor\b", re.IGNORECASE)


def opposition(claim: str, told: str) -> tuple[str, str] | None:
    """A word of the claim and the word by which what is told denies it; None where there is no such pair."""
    for pair in _opposites():
        for here, there in (pair, pair[::-1]):
            said, denied = here.search(claim), there.search(told)
            if said and denied and not here.search(told) and not there.search(claim):
                return said[0], denied[0]
    return None
