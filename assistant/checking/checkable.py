"""Which sentences say something that guidance could settle: no greeting, thanks, question, opinion or mere wish does."""

import re
from enum import StrEnum

from assistant.checking.claim_words import pattern
from assistant.english import ASKING, AUXILIARIES, DETERMINERS, FUNCTION, PREPOSITIONS
from index.terms import terms

LEAST_TERMS = 2
"""Content words that a claim needs; a single word ("Pensions.") claims nothing."""
_MARKERS = re.compile(r"(?:\s*\[\d+\])+\s*$")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class Nature(StrEnum):
    """What a text is."""

    CLAIM = "claim"
    QUESTION = "question"
    OPINION = "opinion"
    COURTESY = "courtesy"
    EMPTY = "empty"
    OTHER_LANGUAGE = "other_language"


def nature(text: str) -> Nature:
    """What a sentence is: only a claim can be checked."""
    plain = _MARKERS.sub("", text).strip().lstrip("-•* ").replace("’", "'")
    if len(terms(plain)) < LEAST_TERMS:
        return Nature.QUESTION if plain.endswith("?") and terms(plain) else Nature.EMPTY
    if not is_english(plain):
        return Nature.OTHER_LANGUAGE
    if pattern("courtesies").match(plain):
        return Nature.COURTESY
    if pattern("questions").search(plain):
        return Nature.QUESTION
    if pattern("opinions").search(plain):
        return Nature.OPINION
    return Nature.CLAIM


def is_checkable(sentence: str) -> bool:
    """Whether a sentence says something that the guidance could bear out or contradict."""
    return nature(sentence) is Nature.CLAIM


_ENGLISH = FUNCTION | AUXILIARIES | ASKING | DETERMINERS | PREPOSITIONS


def is_english(text: str) -> bool:
    """Whether a text reads as English: of five or more words, one in eight holds sentences together in English, and no other language is surer."""
    words = [word.lower() for word in _LETTERS.findall(text)]
    if len(words) < 5:
        return True
    held = sum(word in _ENGLISH for word in words)
    if held >= len(words) / 4:
        return True
    import py3langid  # type: ignore[import-untyped]

    language, _ = py3langid.classify(text)
    return language == "en" or (held > 0 and language not in ("cy", "fr", "de", "es", "it", "pl", "pt", "nl", "ro", "ga", "gd"))
