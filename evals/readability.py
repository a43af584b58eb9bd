"""How easily sentences read: their length, and Flesch's reading ease."""

import re
from collections.abc import Sequence

_VOWELS = re.compile(r"[aeiouy]+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d[\d,.]*")


def readability(sentences: Sequence[str]) -> dict[str, float]:
    """Mean words a sentence, and reading ease: 206.835 - 1.015 words a sentence - 84.6 syllables a word (Flesch, 1948); 0 for no sentences."""
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    if not words:
        return {"words a sentence": 0.0, "Flesch reading ease": 0.0}
    length = len(words) / len(sentences)
    ease = 206.835 - 1.015 * length - 84.6 * sum(map(syllables, words)) / len(words)
    return {"words a sentence": round(length, 1), "Flesch reading ease": round(ease, 1)}


def syllables(word: str) -> int:
    """About how many syllables a word has: its runs of vowels, less a silent `e` at its end; a number counts as one."""
    plain = word.lower()
    found = len(_VOWELS.findall(plain))
    if plain.endswith("e") and not plain.endswith(("le", "ee")) and found > 1:
        found -= 1
    return max(found, 1)
