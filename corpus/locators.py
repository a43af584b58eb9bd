"""Locators: how a person finds a place, and how two ways of writing one are known to be the same."""

import re

_KINDS = {
    "recommendation": "recommendation",
    "recommendations": "recommendation",
    "rec": "recommendation",
    "recs": "recommendation",
    "regulation": "reg",
    "regulations": "reg",
    "reg": "reg",
    "regs": "reg",
    "section": "s",
    "sections": "s",
    "sect": "s",
    "s": "s",
    "ss": "s",
    "§": "s",
    "schedule": "sch",
    "sch": "sch",
    "paragraph": "para",
    "para": "para",
    "article": "art",
    "art": "art",
    "chapter": "chapter",
    "ch": "chapter",
    "figure": "figure",
    "fig": "figure",
    "annex": "annex",
}
_WORDS = "|".join(sorted((re.escape(word) for word in _KINDS), key=len, reverse=True))
_ROMAN = r"[ivx]{1,5}"
_YEAR = r"(?:19|20)\d\d\b"
"""The 2015 of “the Public Contracts Regulations 2015” is no regulation."""
_REFERENCE = re.compile(
    rf"(?<![\w'’])(?P<kind>{_WORDS})(?:\.\s*|\s+|(?=\d))(?:no\.?\s*)?(?P<number>(?!{_YEAR})\d{{1,4}}(?!\d)(?:[a-z](?!\w))?|(?<=annex )[a-z](?!\w))"
    rf"(?P<subs>(?:\s?\(\s?(?:\d{{1,2}}|{_ROMAN}|[a-z])\s?\)){{0,3}})"
    rf"(?:\s*(?P<loose>{_ROMAN})(?=[.\s?,;]|$)\.?)?",
    re.IGNORECASE,
)
_MORE = re.compile(r"\s*(?P<how>to|and|&|,|-|–)\s*(?P<number>\d{1,3})\b", re.IGNORECASE)
_WIDEST_RANGE = 40
_SUB_POINT = re.compile(rf"^\((\d{{1,2}}|{_ROMAN}|[a-z])\)\s+", re.IGNORECASE)


def references(text: str) -> list[str]:
    """The places named in a text, in canonical form.

    >>> references("What do Recommendation 12 ii. and section 33(2) say?")
    ['recommendation 12(ii)', 's 33(2)']
    """
    found = []
    for match in _REFERENCE.finditer(text):
        subs = re.sub(r"\s", "", match["subs"] or "").lower()
        if not subs and match["loose"]:
            subs = f"({match['loose'].lower()})"
        kind = _KINDS[match["kind"].lower()]
        found.append(f"{kind} {match['number'].lower()}{subs}")
        if not subs and len(match["kind"]) > 1 and match["kind"].lower().endswith("s") and match["number"].isdigit():
            found += [f"{kind} {number}" for number in _further(text, match.end(), int(match["number"]))]
    return found


def _further(text: str, at: int, first: int) -> list[int]:
    """The further numbers of a plural: `regs 7 to 11` and `Recommendations 5, 6 and 7` name more than one place."""
    numbers = [first]
    while match := _MORE.match(text, at):
        number = int(match["number"])
        through = match["how"].lower() in ("to", "-", "–")
        numbers += range(numbers[-1] + 1, number + 1) if through and 0 < number - numbers[-1] <= _WIDEST_RANGE else [number]
        at = match.end()
    return numbers[1:]


def without_sub_points(reference: str) -> str:
    """`recommendation 12(ii)` becomes `recommendation 12`."""
    return reference.partition("(")[0]


def sub_point(item: str) -> str:
    """The label that a list item opens with, as written there: `(ii)`, or nothing."""
    match = _SUB_POINT.match(item)
    return f"({match.group(1)})" if match else ""


def label_length(item: str) -> int:
    """How many characters the item's label and the space after it take."""
    match = _SUB_POINT.match(item)
    return match.end() if match else 0


def spoken(reference: str) -> str:
    """A canonical reference as a person writes it: `s 33(2)` becomes `section 33(2)`.

    >>> spoken("recommendation 12(ii)")
    'Recommendation 12(ii)'
    """
    kind, _, number = reference.partition(" ")
    names = {"s": "section", "reg": "regulation", "sch": "Schedule", "para": "paragraph", "art": "Article"}
    return f"{names.get(kind, kind.capitalize())} {number}"
