"""The quantities in a statement: amounts, shares, durations and counts, each with its unit and its bound."""

import re
from dataclasses import dataclass
from enum import StrEnum

from index.terms import terms


class Bound(StrEnum):
    """What a statement says of a quantity: that it is so much, the most, the least, or thereabouts."""

    EXACTLY = "exactly"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    ABOUT = "about"


@dataclass(frozen=True)
class Quantity:
    """A quantity. `unit` is `£`, `€`, `$`, `%`, `days` (a duration in days), or the stem of what is counted; empty where nothing tells."""

    value: float
    unit: str
    bound: Bound
    said: str
    """As it is written."""
    start: int


_SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {word: value for value, word in zip(range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split(), strict=True)}
_FRACTIONS = {
    "half": 50.0,
    "a third": 100 / 3,
    "one third": 100 / 3,
    "two thirds": 200 / 3,
    "a quarter": 25.0,
    "three quarters": 75.0,
    "a fifth": 20.0,
    "a tenth": 10.0,
}
_MULTIPLES = {"hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "dozen": 12.0, "grand": 1e3}
_DAYS = {"day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 365.25 / 12, "year": 365.25, "quarter": 365.25 / 4, "decade": 3652.5}
_WORDS = "|".join([*(f"(?:{ten})(?:[ -](?:{'|'.join(list(_SMALL)[1:10])}))?" for ten in _TENS), *sorted(_SMALL, key=len, reverse=True)])
_NUMBER = re.compile(
    rf"(?<![\w./-])(?P<money>[£€$])?\s?(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)|(?P<word>{_WORDS})\b"
    r"|(?P<article>an?)(?=[ ](?:hundred|thousand|million|billion|dozen)\b))"
    r"(?:[\s-]?(?P<multiple>hundred|thousand|million|billion|dozen|grand|bn|mn|m|k)\b)?(?P<more>[\s-](?:thousand|million)\b)?"
    r"(?P<percent>\s?%|\s?per ?cent\b)?(?P<pounds>[\s-](?:pounds?|quid)\b)?(?P<ordinal>(?<=\d)(?:st|nd|rd|th)\b)?",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"\b(?P<share>{'|'.join(sorted((share.replace(' ', '[ -]') for share in _FRACTIONS), key=len, reverse=True))})\b(?! (?:a|an) )", re.IGNORECASE
)
_IN = re.compile(rf"\b(?P<some>\d{{1,2}}|{'|'.join(_SMALL)})(?: [a-z]+)? (?:in|out of)(?: every)? (?P<whole>\d{{1,3}}|{'|'.join(_SMALL)})\b", re.IGNORECASE)
_TIME = re.compile(
    r"\s*-?\s*(?:(?:to|or|and|-|–)\s*(?:\d+|[a-z]{3,6})\s+)?(?P<unit>days?|weeks?|fortnights?|months?|years?|yrs?|decades?)\b(?:['’])?", re.IGNORECASE
)
_EVERY = re.compile(
    r"\b(?:(?:every|each|once an?) (?P<unit>day|week|fortnight|month|quarter|year)|(?P<adverb>annually|yearly|quarterly|monthly|weekly|daily))\b", re.IGNORECASE
)
_ADVERBS = {"annually": "year", "yearly": "year", "quarterly": "quarter", "monthly": "month", "weekly": "week", "daily": "day"}
_COUNTED = re.compile(r"\s*-?((?:[a-z][\w'’-]*\s+|of\s+the\s+){0,2}?)(?P<noun>[a-z][\w-]+s|people|staff|per cent)\b")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_LABEL = re.compile(
    r"(?:\b(?:section|sections|s|ss|regulation|regulations|reg|regs|rule|article|art|schedule|sch|part|chapter|recommendation|recommendations|rec|annex|"
    r"figure|page|p|pp|para|paragraph|ppn|note|process|si|phase|stage|step|round|grade|band|version|class|route|no|number|programme|msp|act|of|mt)\.?)\s*$",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"\b(?:at least|no (?:less|fewer) than|not less than|a minimum of|minimum of|minimum|over|more than|above|exceed(?:s|ing|ed)?|upwards of|or more)\W*$", re.I
)
_DURING = re.compile(r"\bover (?:the (?:last|next|past) )?$", re.IGNORECASE)
"""`£239 million over ten years` is not more than ten years."""
_MOST = re.compile(
    r"(?:\b(?:at most|(?:no|not) (?:more|longer|later|greater|over) than)|(?:n't|n’t|\bnot) (?:\w+ ){0,6}?(?:more|longer|later|greater|higher) than"
    r"|(?:n't|n’t|\bnot) (?:\w+ ){0,3}?(?:over|above|exceed|beyond)"
    r"|\b(?:up to|a maximum of|maximum of|maximum(?: term)? of|maximum|under|less than|fewer than|below|within"
    r"|cap(?:ped)? (?:of|at)|limit(?:ed)? (?:of|to)|as (?:much|many|long) as))\W*$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(?:about|around|roughly|approximately|nearly|almost|some|just over|just under|close to|an estimated)\W*$", re.IGNORECASE)
_AFTER_MOST = re.compile(r"^\s*(?:[\w'’-]+\s+)?(?:at (?:the )?most|maximum|tops|or (?:less|fewer|under))\b(?!\s*\d)", re.IGNORECASE)
_AFTER_LEAST = re.compile(
    r"^\+|^\s*(?:[\w'’-]+\s+){0,4}?(?:is|are|will be|would be|was|were) (?:quite |all )?enough\b"
    r"|^\s*(?:[\w'’-]+\s+)?(?:minimum|plus|or (?:more|over|above)|at (?:the )?least)\b(?!\s*\d)",
    re.IGNORECASE,
)
_MONTH = re.compile(r"\s*(?:of\s+)?(?:january|february|march|april|may|june|july|august|september|october|november|december)\b", re.IGNORECASE)


def quantities(text: str) -> list[Quantity]:
    """The quantities of a text, in order; years, days of the month, ordinals and the numbers of places such as `section 33` are none.

    >>> [(q.value, q.unit, q.bound.value) for q in quantities("Grants of up to £25,000 ran for three years.")]
    [(25000.0, '£', 'at most'), (1095.75, 'days', 'exactly')]
    """
    found = [
        Quantity(_FRACTIONS[" ".join(re.split(r"[ -]", match["share"].lower()))], "%", _bound(text, match.start(), match.end(), "%"), match[0], match.start())
        for match in _SHARE.finditer(text)
    ]
    found += [quantity for match in _IN.finditer(text) if (quantity := _one_in(text, match))]
    shares = [(share.start, share.start + len(share.said)) for share in found]
    numbers = (match for match in _NUMBER.finditer(text) if not any(start <= match.start() < end for start, end in shares))
    found += [quantity for match in numbers if (quantity := _read(text, match))]
    for match in _EVERY.finditer(text):
        unit = (match["unit"] or _ADVERBS[match["adverb"].lower()]).lower()
        found.append(Quantity(_DAYS[unit], "days", Bound.EXACTLY, match[0], match.start()))
    return sorted(found, key=lambda quantity: quantity.start)


def _one_in(text: str, match: re.Match[str]) -> Quantity | None:
    """A share told as `four in five` or `9 out of 10`."""
    some, whole = (float(each) if each.isdigit() else float(_SMALL.get(each.lower(), 0)) for each in (match["some"], match["whole"]))
    if not 0 < some < whole:
        return None
    return Quantity(100 * some / whole, "%", _bound(text, match.start(), match.end(), "%"), match[0], match.start())


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    end = match.end()
    before, after = text[: match.start()], text[end:]
    if match["ordinal"] or (not match["money"] and (_LABEL.search(before) or _MONTH.match(after))):
        return None
    plain = not any(match[name] for name in ("money", "multiple", "percent", "pounds"))
    if plain and match["digits"] and _YEAR.fullmatch(match["digits"]) and not _TIME.match(after):
        return None
    if plain and before.endswith("(") and after.startswith(")"):
        return None
    if plain and (re.match(r"[/.:]\d|am\b|pm\b", after) or re.match(r"-\d", after)):
        return None
    value = _value(match)
    if match["money"] or match["pounds"] or (match["multiple"] or "").lower() == "grand":
        unit = match["money"] or "£"
    elif match["percent"]:
        unit = "%"
    elif time := _TIME.match(after):
        name = time["unit"].lower().replace("yr", "year").removesuffix("s")
        value, unit, end = value * _DAYS[name], "days", end + time.end()
    else:
        counted = _COUNTED.match(after)
        unit = next(iter(reversed(terms(counted["noun"]))), "") if counted else ""
        if not counted and (match["word"] or "").lower() in ("one", "zero"):
            return None
        if (match["word"] or "").lower() == "one" and re.match(r"\s+of\b", after):
            return None
        end += counted.end() if counted and not counted[1].strip() else 0
    return Quantity(value, unit, _bound(text, match.start(), end, unit), text[match.start() : end].strip(), match.start())


def _value(match: re.Match[str]) -> float:
    if match["digits"]:
        value = float(match["digits"].replace(",", ""))
    elif match["word"]:
        value = float(sum(_TENS.get(word, _SMALL.get(word, 0)) for word in re.split(r"[ -]", match["word"].lower())))
    else:
        value = 1.0
    for multiple in (match["multiple"], match["more"]):
        value *= _MULTIPLES[multiple.strip(" -").lower()] if multiple else 1
    return value


def _bound(text: str, start: int, end: int, unit: str) -> Bound:
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    if unit == "days":
        before = _DURING.sub("", before)
    for bound, ahead, behind in ((Bound.AT_MOST, _MOST, _AFTER_MOST), (Bound.AT_LEAST, _LEAST, _AFTER_LEAST)):
        if ahead.search(before) or behind.match(after):
            return bound
    return Bound.ABOUT if _ABOUT.search(before) else Bound.EXACTLY


class Agreement(StrEnum):
    """How a claimed quantity stands to one that is told."""

    SAME = "same"
    OTHER = "other"
    """They cannot both be so."""
    OPEN = "open"
    """What is told neither bears out nor rules out what is claimed."""


def agreement(claimed: Quantity, told: Quantity) -> Agreement:
    """How two quantities of one unit stand to each other.

    >>> agreement(quantities("three years")[0], quantities("up to 36 months")[0]).value
    'same'
    """
    if _near(claimed.value, told.value, 0.02 if claimed.unit == "days" else 0.0):
        opposed = {claimed.bound, told.bound} == {Bound.AT_LEAST, Bound.AT_MOST}
        return Agreement.OTHER if opposed else Agreement.SAME
    if Bound.ABOUT in (claimed.bound, told.bound):
        return Agreement.SAME if _near(claimed.value, told.value, 0.1) else Agreement.OTHER
    higher = claimed.value > told.value
    match claimed.bound, told.bound:
        case (Bound.AT_LEAST, Bound.EXACTLY):
            return Agreement.OTHER if higher else Agreement.SAME
        case (Bound.AT_MOST, Bound.EXACTLY):
            return Agreement.SAME if higher else Agreement.OTHER
        case (Bound.EXACTLY, Bound.AT_LEAST):
            return Agreement.OPEN if higher else Agreement.OTHER
        case (Bound.EXACTLY, Bound.AT_MOST):
            return Agreement.OTHER if higher else Agreement.OPEN
    return Agreement.OTHER


def _near(one: float, other: float, share: float) -> bool:
    return abs(one - other) <= max(share * max(abs(one), abs(other)), 1e-9)
