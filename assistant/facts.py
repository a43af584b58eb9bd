"""The facts in a sentence that must never drift: numbers, amounts, dates, names, modality and negation."""

import re
from dataclasses import dataclass
from functools import lru_cache

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_UP_TO_TWENTY = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
_NUMBER_WORDS = {word: str(value) for value, word in enumerate(_UP_TO_TWENTY.split())} | {
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
    "hundred": "100",
    "half": "0.5",
    "quarter": "0.25",
    "third": "1/3",
}
_MULTIPLES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9}

_AMOUNT = re.compile(
    r"(?P<money>£|€|\$)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:[\s-]?(?P<multiple>thousand|million|billion|bn|m|k)\b)?"
    r"(?P<percent>\s?%|\s?per ?cent\b)?",
    re.IGNORECASE,
)
_WORD_NUMBER = re.compile(rf"\b({'|'.join(_NUMBER_WORDS)})\b(?:[\s-](million|billion|thousand))?", re.IGNORECASE)
_DATE = re.compile(rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{'|'.join(_MONTHS)})\b(?:\s+(?P<year>\d{{4}}))?", re.IGNORECASE)
_NAME_WORD = r"[A-Z][\w'’&-]*"
_NAME = re.compile(rf"\b{_NAME_WORD}(?:\s+(?:of|and|for|the|in|on)(?=\s+{_NAME_WORD})|\s+{_NAME_WORD})*")
_MODALITY: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("must", r"\b(must|shall|has to|have to|had to|required to|requires?|obliged to|duty|compulsory|mandatory)\b"),
        ("should", r"\b(should|ought to)\b"),
        ("may", r"\b((?-i:may)|(?<!\d )May(?! 20\d\d| 19\d\d)|might|can|could|cannot|can't|allowed to|permitted to|able to)\b"),
        ("will", r"\b(will|would)\b"),
        ("recommended", r"\brecommend(s|ed|ing)?\b"),
        ("recommendation", r"\brecommendations?\b"),
        ("proposed", r"\bpropos(e|es|ed|al|als|ing)\b"),
        ("planned", r"\b(plan(s|ned)?|expect(s|ed)?|intend(s|ed)?)\b"),
        ("suggested", r"\bsuggest(s|ed)?\b"),
    )
)
_NEGATION = re.compile(r"\b(not|no|never|none|neither|nor|without|cannot|nothing|nobody)\b|n['’]t\b", re.IGNORECASE)
_SENTENCE_OPENERS = frozenset(
    "a an the this that these those in on at by for from under as when where while if since after before both each every all some any it there "
    "people staff".split()
)


@dataclass(frozen=True)
class Facts:
    """What a sentence commits itself to. `negations` counts its negative words."""

    numbers: frozenset[str]
    dates: frozenset[str]
    names: frozenset[str]
    modality: frozenset[str]
    negations: int


@lru_cache(maxsize=16_384)
def read_facts(text: str) -> Facts:
    """Read the facts of a sentence. Amounts are told in full: `£10 million` and `£10,000,000` are the same."""
    dates = frozenset(_date(match) for match in _DATE.finditer(text) if match["day"] or match["year"] or match["month"].lower() != "may")
    modality = frozenset(name for name, pattern in _MODALITY if pattern.search(text))
    return Facts(_numbers(text), dates, _names(text), modality, len(_NEGATION.findall(text)))


def _numbers(text: str) -> frozenset[str]:
    found = set()
    for match in _AMOUNT.finditer(text):
        value = float(match["digits"].replace(",", "")) * _MULTIPLES.get((match["multiple"] or "").lower(), 1)
        found.add(f"{match['money'] or ''}{value:.15g}{'%' if match['percent'] else ''}")
    for match in _WORD_NUMBER.finditer(text):
        value_text = _NUMBER_WORDS[match[1].lower()]
        if match[2]:
            value_text = f"{float(value_text) * _MULTIPLES[match[2].lower()]:.0f}"
        found.add(value_text)
    return frozenset(found)


def _date(match: re.Match[str]) -> str:
    return " ".join(part for part in (match["day"], match["month"].lower(), match["year"]) if part)


def _names(text: str) -> frozenset[str]:
    """Runs of capitalised words, and each capitalised word, but for the first word of the text where it is a common one."""
    found: set[str] = set()
    for match in _NAME.finditer(text):
        words = match[0].split()
        if match.start() == 0 and words[0].lower() in _SENTENCE_OPENERS:
            words = words[1:]
        found.update(word.strip("'’").removesuffix("'s").removesuffix("’s") for word in words if word[:1].isupper())
    return frozenset(found - {month.capitalize() for month in _MONTHS} - {"I"})
