"""What a statement commits itself to: its force, whether it denies, how widely it holds, its figures, days, bodies and places."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assistant.checking.claim_words import CLAIM_WORDS, bodies, pattern, word_patterns
from assistant.checking.quantities import Quantity, quantities
from assistant.facts import read_facts
from assistant.nations import ALL_NATIONS, named_in
from corpus.locators import references, without_sub_points


class Force(StrEnum):
    """How strongly a statement holds people to something; a plain account of what is or was has none of these."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"
    NEED_NOT = "need not"
    MUST_NOT = "must not"
    PLAIN = "plain"


class Reach(StrEnum):
    """How widely a statement holds."""

    ALL = "all"
    SOME = "some"
    ONLY = "only"
    NONE = "none"
    PLAIN = "plain"


@dataclass(frozen=True)
class Day:
    """A year, month or day that is named. `role` is `since`, `until` or `at`."""

    year: int | None
    month: str
    day: int | None
    role: str
    said: str

    def agrees(self, other: "Day") -> bool:
        """Whether both can be the same day, as far as each tells; a year is borne out only by a year, and a month by a month."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        known = (self.year and other.year) or (not self.year and self.month and other.month)
        return bool(known) and all(not one or not another or one == another for one, another in pairs)


@dataclass(frozen=True)
class Statement:
    """A statement, read. `core` is the text without who said it; `matter` without the words that are compared on their own."""

    text: str
    core: str
    matter: str
    force: Force
    denies: bool
    reach: Reach
    quantities: tuple[Quantity, ...]
    days: tuple[Day, ...]
    names: frozenset[str]
    bodies: frozenset[str]
    places: frozenset[str]
    nations: frozenset[str]
    """The nations that it names; all where it speaks of the whole country."""
    boosters: frozenset[str]
    legal: bool
    recommends: bool
    ended: bool
    past: bool
    """Whether it tells only of how things were."""
    hidden: bool
    """Whether it has a word that denies without a `not`."""
    labels: frozenset[tuple[str, str]]
    """What it names by a letter or number: `process C` as `("process", "c")`."""


_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAY = re.compile(
    rf"(?:(?P<role>since|from|until|till|to|by|before|after|on|in|as of)\s+(?:the\s+)?(?:end of\s+|start of\s+|early\s+|late\s+|about\s+|around\s+)?)?"
    rf"(?:(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTHS})\b(?:\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d))?,?(?:\s+(?:of\s+)?(?P<year>(?:18|19|20)\d\d)\b)?|(?P<alone>(?:18|19|20)\d\d)\b)",
    re.IGNORECASE,
)
_TITLE_YEAR = re.compile(r"(?:\b(?:Act|Acts|Regulations|Order|Rules|Directive|Consent|Standard|Report)\s*(?:\([^)]*\)\s*)?|\b\d+[-/–]|\bSI )$")
_YEAR_OF_TITLE = re.compile(
    r"\s+(?:Act|Acts|Regulations|Order|Rules|Directions?|Directive|Consent|guidance|guide|code|report|review|programme|Bill|statement)\b", re.IGNORECASE
)
_ROLES = {"since": "since", "from": "since", "after": "since", "until": "until", "till": "until", "to": "until", "by": "until", "before": "until"}
_LABEL = re.compile(
    r"\b(?P<of>process|annex|stage|step|phase|chapter|figure|part|recommendation|schedule|group|option|route|class|tier|level|item|question)"
    r"\s+(?P<label>[A-Z]|\d+(?:\.\d+)?)\b",
    re.IGNORECASE,
)
_RECOMMENDS = re.compile(r"\b(recommend\w*|suggest\w*|proposed?|called (?:on|for)|urged)\b", re.IGNORECASE)


@lru_cache(maxsize=16_384)
def read_statement(text: str) -> Statement:
    """Read a statement of one sentence."""
    core = bare(text)
    plain = core.replace("’", "'")
    unlinked = pattern("not_negations").sub(" _ ", plain)
    force, rest = _force(unlinked)
    denials = len(pattern("negations").findall(rest))
    reach = _reach(unlinked)
    if pattern("unless").search(plain) and force is Force.MUST_NOT:
        force, denials, reach = Force.MUST, 0, Reach.ONLY
    ended = bool(pattern("ended").search(plain))
    past = bool(pattern("reported").search(plain)) or (bool(pattern("past").search(plain)) and not pattern("present").search(plain))
    return Statement(
        text=text,
        core=core,
        matter=_matter(plain),
        force=force,
        denies=denials % 2 == 1 or force is Force.MUST_NOT,
        reach=reach,
        quantities=tuple(quantities(plain)),
        days=tuple(_days(core)),
        names=frozenset(name.lower() for name in read_facts(core[:1].lower() + core[1:] if _opens_plainly(core) else core).names),
        bodies=frozenset(name for name, said in bodies() if said.search(core)),
        places=frozenset(without_sub_points(place) for place in references(core)),
        nations=ALL_NATIONS if pattern("everywhere").search(plain) else named_in(core),
        boosters=frozenset(match[0].lower() for match in pattern("boosters").finditer(unlinked)),
        legal=bool(pattern("legal").search(plain)),
        recommends=bool(_RECOMMENDS.search(text)),
        ended=ended,
        past=past,
        hidden=bool(pattern("hidden").search(plain)),
        labels=frozenset((match["of"].lower(), match["label"].lower()) for match in _LABEL.finditer(core)),
    )


_CLAUSES = re.compile(
    r"\s*;\s*|\s*:\s+|,\s+(?=(?:while|so|because|although|though|but|whereas|and|or|as|since|which|who|where|unlike|not)\b)"
    r"|\s+(?=(?:and|but) not\b|rather than\b|instead of\b|because\b|although\b|whereas\b)"
    r"|\s+and\s+(?=(?:cannot|can|must|may|should|will|would|is|are|was|were|has|have|had|does|do|did|need)\b)",
    re.IGNORECASE,
)
LEAST_WORDS = 5
"""Words of a clause that may be taken by itself."""


def clauses(text: str) -> list[str]:
    """A statement without who said it, and its clauses where it has more than one: what denies in one need not deny in another."""
    core = bare(text)
    pieces = [piece for piece in _CLAUSES.split(core) if piece]
    joined: list[str] = []
    for piece in pieces:
        if joined and len(piece.split()) < LEAST_WORDS and not _TURNS.match(piece):
            joined[-1] = f"{joined[-1]}, {piece}"
        else:
            joined.append(piece)
    return [core, *joined] if len(joined) > 1 else [core]


_TURNS = re.compile(r"(?:and|but)? ?not\b|rather than\b|instead of\b|unlike\b", re.IGNORECASE)


def set_aside(clause: str) -> str:
    """What a clause says something is not: `its staff` of `and not by its staff`; empty for a clause that says what is."""
    return _TURNS.sub("", clause).strip() if _TURNS.match(clause) else ""


def bare(text: str) -> str:
    """A statement without who said it and when, and without asides that add nothing."""
    told = text.strip()
    for attribution in _attributions():
        shorter = attribution.sub("", told).strip()
        if len(shorter.split()) >= 3:
            told = shorter
    return told.rstrip(" .!;") or text


@lru_cache(maxsize=1)
def _attributions() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.IGNORECASE) for _, text in CLAIM_WORDS.texts("attribution"))


def _opens_plainly(text: str) -> bool:
    first = text.split(" ")[0]
    return sum(character.isupper() for character in first) == 1 and first.isalpha()


def _force(text: str) -> tuple[Force, str]:
    """The force of a statement, and the text without the words that give it. What takes away a duty or a power comes before what gives it."""
    found = Force.PLAIN
    for name in (Force.NEED_NOT, Force.MUST_NOT, Force.MUST, Force.SHOULD, Force.MAY):
        for key, words in word_patterns("force"):
            if key == name.value.replace(" ", "_") and words.search(text):
                found = name if found is Force.PLAIN else found
                if found in (Force.NEED_NOT, Force.MUST_NOT):
                    text = words.sub(" ", text)
        if found is not Force.PLAIN:
            break
    return found, text


_SHARE_OF = re.compile(
    r"\b(?P<some>\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) of (?:the|its|their|these|those) (?:first )?"
    r"(?P<all>\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)\b",
    re.IGNORECASE,
)
"""`11 of the 35` is not all of them."""


def _reach(text: str) -> Reach:
    share = _SHARE_OF.search(text)
    if share and share["all"] and share["some"] != share["all"]:
        return Reach.SOME
    for name, reach in (("only", Reach.ONLY), ("none", Reach.NONE), ("not_all", Reach.SOME), ("all", Reach.ALL)):
        if any(key == name and words.search(text) for key, words in word_patterns("quantifiers")):
            return reach
    return Reach.PLAIN


def _days(text: str) -> list[Day]:
    found = []
    for match in _DAY.finditer(text):
        if match["alone"] and (_TITLE_YEAR.search(text[: match.start("alone")]) or _YEAR_OF_TITLE.match(text[match.end() :])):
            continue
        if match["month"] and not match["year"] and not match["day"] and not match["day2"] and match["month"].lower() in ("may", "march"):
            continue
        year, day = match["year"] or match["alone"], match["day"] or match["day2"]
        said = text[match.start("day") if match["day"] else match.start("month") if match["month"] else match.start("alone") : match.end()]
        role = _ROLES.get((match["role"] or "").lower(), "at")
        found.append(Day(int(year) if year else None, (match["month"] or "").lower(), int(day) if day else None, role, said))
    return found


def _matter(text: str) -> str:
    """The text without figures, days and the words of force, reach, law and emphasis: what is left says what it is about."""
    left = _DAY.sub(" ", re.sub(r"\b(\w+)'(?:re|ve|ll|d|m|s)\b", r"\1", text))
    for quantity in sorted(quantities(left), key=lambda each: -each.start):
        if quantity.unit in ("days", "%", "£", "€", "$"):
            left = f"{left[: quantity.start]} {left[quantity.start + len(quantity.said) :]}"
    for section in ("boosters", "legal", "light"):
        left = pattern(section).sub(" ", left)
    for section in ("force", "quantifiers"):
        for _, words in word_patterns(section):
            left = words.sub(" ", left)
    return re.sub(r"\s+", " ", left).strip()
