"""The nations of the UK that a source holds for, as the catalogue's `extent` says it in words."""

import re

from assistant.answers import Nation

NATION_WORDS: dict[Nation, str] = {"england": "England", "wales": "Wales", "scotland": "Scotland", "northern_ireland": "Northern Ireland"}
ALL_NATIONS = frozenset(NATION_WORDS)
_NAMES: dict[Nation, re.Pattern[str]] = {
    "england": re.compile(r"\bEngland\b|\bEnglish\b"),
    "wales": re.compile(r"\bWales\b|\bWelsh\b"),
    "scotland": re.compile(r"\bScotland\b|\bScottish\b"),
    "northern_ireland": re.compile(r"\bNorthern (?:Ireland|Irish)\b"),
}
_EXTENT = re.compile(r"^(?P<main>[^(]*)(?:\((?P<more>.*)\))?")


def nations_of(extent: str) -> frozenset[Nation]:
    """The nations that an extent such as `England and Wales` or `UK (Scottish councils)` holds for; none where it does not tell.

    What stands in brackets narrows the UK to the nations it names, or leaves them out after a `not`; it adds a nation to another where it says that
    the same applies there.
    """
    match = _EXTENT.match(extent)
    main, more = (match["main"], match["more"] or "") if match else (extent, "")
    beside = named_in(more)
    if re.search(r"\b(?:UK|United Kingdom)\b", main):
        if not beside:
            return ALL_NATIONS
        return ALL_NATIONS - beside if re.search(r"\bnot\b", more) else beside
    if re.search(r"\bGreat Britain\b", main):
        return ALL_NATIONS - {"northern_ireland"}
    return named_in(main) | (beside if re.search(r"\bapplies\b", more) else frozenset())


def named_in(text: str) -> frozenset[Nation]:
    """The nations that a text names."""
    return frozenset(nation for nation, pattern in _NAMES.items() if pattern.search(text))


def spoken_nations(nations: frozenset[Nation]) -> str:
    """`England and Wales`, in a fixed order."""
    words = [label for nation, label in NATION_WORDS.items() if nation in nations]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
