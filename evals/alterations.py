"""Systematic alterations: sentences of the library as claims, left as they are or changed in the one thing that turns them.

For every sentence each alteration that its words allow is made once: another number, year, body, force, bound or polarity. Nothing is drawn at random,
so the same library gives the same claims.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.checking.claim_words import bodies
from assistant.checking.quantities import quantities
from assistant.checking.statements import bare, clauses
from assistant.checking.verdicts import Verdict

SHORTEST = 6
"""Words of a sentence that can be a claim by itself."""


@dataclass(frozen=True)
class Altered:
    """A claim made from a sentence: how it was altered (`none`: not at all), and the verdict that follows."""

    claim: str
    kind: str
    verdict: Verdict


_FORCES = ((r"\bmust\b(?! not)", "need not"), (r"\bshould\b(?! not)", "must"), (r"\b(?<!\d )may\b(?! not| \d)", "must"), (r"\bneed not\b", "must"))
_DENIED = ((r"\b(must|may|should|can|will|is|are|was|were|has|have|had|does|do|did)\b(?! not)(?!n't)", r"\1 not"),)
_BOUNDS = ((r"\bat least\b", "at most"), (r"\b(?:up to|at most|no more than)\b", "at least"))
_REACHES = ((r"\b(?:Some|Many|Several)\b", "All"), (r"\b(?:some|many|several|most)\b(?! of)", "all"))
_YEAR = re.compile(r"(?<=\bin )(?:20)\d\d\b|(?<=[a-z] )(?:20)\d\d\b(?= *[,.]?$)")
_WORDS = "two three four five six seven eight nine ten".split()


def alterations(sentence: str) -> Iterator[Altered]:
    """The sentence without who said it, then each alteration that its words allow."""
    text = bare(sentence)
    if len(text.split()) < SHORTEST:
        return
    yield Altered(text, "none", Verdict.SUPPORTED)
    pieces = clauses(sentence)[1:]
    if pieces and len(pieces[0].split()) >= SHORTEST:
        yield Altered(pieces[0], "none", Verdict.SUPPORTED)
    for kind, alter in _ALTER.items():
        altered = alter(text)
        if altered and altered != text:
            yield Altered(altered, kind, Verdict.CONTRADICTED)


def _first(pairs: tuple[tuple[str, str], ...], flags: re.RegexFlag = re.NOFLAG) -> Callable[[str], str]:
    def alter(text: str) -> str:
        for words, other in pairs:
            if re.search(words, text, flags):
                return re.sub(words, other, text, count=1, flags=flags)
        return ""

    return alter


def _undenied(text: str) -> str:
    return re.sub(r"\b(must|may|should|can|will|is|are|was|were|has|have|had|does|do|did) not\b", r"\1", text, count=1)


def _number(text: str) -> str:
    """Another amount in the same form: ten times as much money, seven more of a hundred, one more of what is counted or lasts."""
    for quantity in quantities(text):
        digits = re.search(r"\d[\d,]*(?:\.\d+)?", quantity.said)
        at = text.find(quantity.said, quantity.start)
        if at < 0:
            continue
        if digits:
            value = float(digits[0].replace(",", ""))
            other = value * 10 if quantity.unit in ("£", "€", "$") else value + 7 if quantity.unit == "%" and value < 90 else value * 2 + 1
            said = quantity.said.replace(digits[0], f"{other:,.0f}" if other >= 1000 else f"{other:g}", 1)
        else:
            word = next((each for each in quantity.said.lower().split() if each in _WORDS[:-1]), "")
            if not word:
                continue
            said = re.sub(word, _WORDS[_WORDS.index(word) + 1], quantity.said, count=1, flags=re.IGNORECASE)
        return text[:at] + said + text[at + len(quantity.said) :]
    return ""


def _year(text: str) -> str:
    return _YEAR.sub(lambda found: str(int(found[0]) + 2), text, count=1)


def _body(text: str) -> str:
    known = bodies()
    for number, (_, said) in enumerate(known):
        if said.search(text):
            return said.sub(known[(number + 1) % len(known)][0], text, count=1)
    return ""


_ALTER: dict[str, Callable[[str], str]] = {
    "number": _number,
    "year": _year,
    "body": _body,
    "force": _first(_FORCES),
    "bound": _first(_BOUNDS),
    "reach": _first(_REACHES),
    "denied": _first(_DENIED),
    "undenied": _undenied,
}
