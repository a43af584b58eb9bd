"""Who says it: the part of a sentence that names its source, apart from what it tells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.model.words import INTRODUCERS, NARROWING, Kind, Word, words_of

_SAYS = r"(?:says?|said|writes?|wrote|reports?|reported|notes?|noted|states?|stated|tells?|told|explains?|explained|confirms?|confirmed|shows?|showed)"
_TELLERS = (
    re.compile(rf",\s(?!(?:and|but|or|while|which|who|where)\b)[^,;:]*\b{_SAYS}\b[^,;:]*$"),
    re.compile(r",\s(?:according to|by)\b[^,;:]*$"),
    re.compile(rf"^[^,;:]*?\b{_SAYS}\b[^,;:]*?\bthat\s"),
    re.compile(r"^According to [^,;:]*,\s"),
    re.compile(r"^By [^,;:]*\baccount\b[^,;:]*,\s"),
)
"""At the end or the front. Whoever claims, argues or fears a thing does not tell that it is so: that belongs to what is told."""
_TELLING = re.compile(rf"\b(?:{_SAYS}|according to|account|that)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Told:
    """A sentence in two: the words that tell something, and those that name who tells it, without `said` and its like."""

    core: tuple[Word, ...]
    teller: tuple[Word, ...]


def told(text: str) -> Told:
    """The sentence in two; all of it tells something where a word beside the teller takes it back, as in `no study shows that`.

    >>> [word.key for word in told("Trusts are slow, the law firm Alder wrote in 2014.").teller]
    ['law', 'firm', 'alder', 'in', '2014']
    """
    core = text.rstrip(" .!")
    for teller in _TELLERS:
        match = teller.search(core)
        if match and not any(word.kind in NARROWING or word.key in ("who", "which", "whose") for word in words_of(match[0])):
            named = words_of(_TELLING.sub(" ", match[0]))
            return Told(words_of(core[: match.start()] + core[match.end() :]), tuple(word for word in named if word.kind is not Kind.FREE))
    return Told(words_of(core), ())


def names(source: Told, teller: Sequence[Word]) -> bool:
    """Whether a source names a teller in the same words. None will do, and so will a name without what goes before it (`the law firm`) or after (`in 2014`)."""
    keys, said = [word.key for word in source.teller], [word.key for word in teller]
    if not said:
        return True
    for start in range(len(keys) - len(said) + 1):
        after = keys[start + len(said) :]
        whole = all(word.kind is Kind.PLAIN for word in source.teller[:start]) and (not after or after[0] in INTRODUCERS or after[0] == "of")
        if whole and keys[start : start + len(said)] == said and said[0] not in INTRODUCERS:
            return True
    return False
