"""The patterns by which scope is recognised, read once from `scope_words.yaml`."""

import re
import string
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.phrases import Phrases

FILE = Path(__file__).parent / "scope_words.yaml"
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DAY = (
    r"(?P<day>(?:(?:the )?(?:very )?(?:end|start|beginning|close|middle) of |mid[- ]|early |late )?(?:the )?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|{_MONTH},? (?:of )?\d{{4}}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{4}|(?:19|20)\d\d(?! (?:act|regs|regulations|report|plans?"
    r"|consultation|guidance|white paper|budget|review|edition|survey|strategy|statement"
    r"|manifesto|election)\b))(?![\w/-]))"
)
"""A date as people write it, day before month; `end of` and `start of` belong to it."""

Patterns = tuple[tuple[str, re.Pattern[str]], ...]
"""A name with its pattern; a name may come more than once."""


@dataclass(frozen=True)
class ScopePatterns:
    """Every pattern, compiled. `mended` gives the right word for each that is one slip away from it."""

    us: re.Pattern[str]
    not_meant: re.Pattern[str]
    topics: re.Pattern[str]
    narrative: re.Pattern[str]
    abilities: re.Pattern[str]
    sectors: Patterns
    employers: Patterns
    employer_types: Patterns
    nations: Patterns
    stages: Patterns
    audiences: Patterns
    days: Patterns
    mended: dict[str, str]


@cache
def scope_patterns() -> ScopePatterns:
    """The patterns of the bundled file."""
    phrases = Phrases(FILE, {"day": _DAY})

    def joined(section: str) -> re.Pattern[str]:
        return re.compile("|".join(pattern.pattern for _, pattern in phrases.whole_words(section)))

    return ScopePatterns(
        us=joined("us"),
        not_meant=joined("not_meant"),
        topics=joined("topics"),
        narrative=phrases.anywhere("narrative"),
        abilities=joined("abilities"),
        sectors=phrases.whole_words("sectors"),
        employers=phrases.whole_words("employers"),
        employer_types=phrases.whole_words("employer_types"),
        nations=phrases.whole_words("nations"),
        stages=phrases.whole_words("stages"),
        audiences=phrases.whole_words("audiences"),
        days=(*phrases.whole_words("days"), *phrases.whole_words("days_before")),
        mended=_slips(phrases.words("mended")),
    )


def _slips(words: list[str]) -> dict[str, str]:
    """Every text one slip away from a word (a letter wrong, missing, too many, or two swapped), with the word (after Norvig, 2007)."""
    slips: dict[str, str] = {}
    for word in words:
        for at in range(1, len(word) + 1):  # people hardly ever get the first letter wrong
            head, tail = word[:at], word[at:]
            near = {head + tail[1:], head + tail[1:2] + tail[:1] + tail[2:]}
            near.update(head + letter + rest for letter in string.ascii_lowercase for rest in (tail, tail[1:]))
            slips.update(dict.fromkeys(near, word))
    return {slip: word for slip, word in slips.items() if slip not in words}
