"""Who does a thing and where it holds: bodies, doers and nations of a claim against those of a sentence on the same matter."""

import re
from collections.abc import Iterator

from assistant.checking.claim_words import bodies, meanings
from assistant.checking.differences import Decides, Difference
from assistant.checking.statements import Statement
from assistant.nations import ALL_NATIONS
from index.terms import terms

_BY = re.compile(
    r"\b(?P<deed>[a-z]+) by (?P<doer>(?:(?:the|an?|its|their|his|her|local|three|two|four|five) )*"
    r"(?:[A-Z][\w'’&-]*|[a-z][\w'’-]+)(?:(?: (?:of|for|and|the))* [A-Z][\w'’&-]*)*"
    r"(?: (?:councils?|staff|employees|members|trusts?|government|company))?)"
)


def doers(claim: Statement, told: Statement) -> list[Difference]:
    """Where both say by whom the same was done, and name others: `owned by its staff` against `owned by three councils`. Where
    the same did another thing, `announced by Francis Maude` against `chaired by Francis Maude`, the sentence leaves it open."""
    for said in _BY.finditer(claim.core):
        for other in _BY.finditer(told.core):
            ours, theirs = _named(said["doer"]), _named(other["doer"])
            if ours and theirs and alike(said["deed"], other["deed"]) and not any(alike(one, another) for one in ours for another in theirs):
                return [Difference("body", Decides.CONTRARY, f"by {said['doer']}", f"by {other['doer']}")]
            if ours and ours == theirs and not alike(said["deed"], other["deed"]):
                return [Difference("deed", Decides.OPEN, said[0])]
    return []


def _named(phrase: str) -> list[str]:
    return [term for term in terms(phrase) if not term.isdigit() and term not in _NO_DOERS]


_NO_DOERS = frozenset(terms("April January February March June July August September October November December three two four five way use"))


def alike(one: str, other: str) -> bool:
    """Whether two words are one, or mean the same."""
    return any(a == b or bool(meanings(a) & meanings(b)) for a in terms(one) for b in terms(other))


def other_bodies(claim: Statement, told: Statement, around: str) -> Iterator[Difference]:
    """Bodies of the claim that the sentence lacks, against those it has instead; `around` are its headings and place."""
    lacking = claim.bodies - told.bodies
    if not lacking:
        return
    beside = {name for name, said in bodies() if said.search(told.text) or said.search(around)}
    for name in sorted(lacking - beside):
        others = sorted(told.bodies - claim.bodies)
        yield Difference("body", Decides.CONTRARY, name, others[0]) if others else Difference("body", Decides.OPEN, name)


def nations(claim: Statement, told: Statement, extent: frozenset[str]) -> Iterator[Difference]:
    """Nations of the claim, where the sentence names others alone, or fewer than the whole country; or where its source holds for others."""
    if not claim.nations:
        return
    if told.nations and (not claim.nations & told.nations or (claim.nations == ALL_NATIONS and told.nations != ALL_NATIONS)):
        yield Difference("nation", Decides.CONTRARY, _listed(claim.nations), _listed(told.nations))
    elif not told.nations and extent and not claim.nations <= extent:
        yield Difference("nation", Decides.OPEN, _listed(claim.nations), _listed(extent))


def _listed(nations: frozenset[str]) -> str:
    return "the whole of the UK" if nations == ALL_NATIONS else " and ".join(sorted(nation.replace("_", " ").title() for nation in nations))
