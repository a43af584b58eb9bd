"""Comparing a claim with a sentence on the same matter: what decides between them, one difference at a time."""

import re
from collections.abc import Iterator, Sequence

from assistant.checking.alignment import aligned
from assistant.checking.claim_words import either, opposition, pattern
from assistant.checking.differences import Decides, Difference
from assistant.checking.figures import days, figures, told_beside
from assistant.checking.matching import Match
from assistant.checking.statements import Force, Reach, Statement, clauses, read_statement, set_aside
from assistant.checking.who import alike, doers, nations, other_bodies
from corpus.sources import Authority
from index.terms import terms

_F = Force
_C, _M, _O = Decides.CONTRARY, Decides.MORE, Decides.OPEN
_FORCES: dict[tuple[Force, Force], Decides] = {
    (_F.MUST, _F.SHOULD): _C,
    (_F.MUST, _F.MAY): _C,
    (_F.MUST, _F.NEED_NOT): _C,
    (_F.MUST, _F.MUST_NOT): _C,
    (_F.SHOULD, _F.MAY): _M,
    (_F.SHOULD, _F.MUST): _M,
    (_F.SHOULD, _F.NEED_NOT): _O,
    (_F.SHOULD, _F.MUST_NOT): _C,
    (_F.MAY, _F.MUST): _M,
    (_F.MAY, _F.MUST_NOT): _C,
    (_F.MAY, _F.NEED_NOT): _O,
    (_F.PLAIN, _F.SHOULD): _O,
    (_F.PLAIN, _F.MAY): _M,
    (_F.PLAIN, _F.NEED_NOT): _C,
    (_F.PLAIN, _F.MUST_NOT): _C,
    (_F.NEED_NOT, _F.MUST): _C,
    (_F.NEED_NOT, _F.MUST_NOT): _O,
    (_F.NEED_NOT, _F.PLAIN): _O,
    (_F.MUST_NOT, _F.MUST): _C,
    (_F.MUST_NOT, _F.SHOULD): _C,
    (_F.MUST_NOT, _F.MAY): _C,
    (_F.MUST_NOT, _F.NEED_NOT): _O,
    (_F.MUST_NOT, _F.PLAIN): _C,
}
"""What a force of the claim means against one that is told, where neither denies anything else. What is not here agrees."""
_BINDING = (Authority.STATUTE, Authority.STATUTORY_GUIDANCE)


def differences(
    claim: Statement, match: Match, authority: Authority, beside: Sequence[Statement] = (), extent: frozenset[str] = frozenset()
) -> list[Difference]:
    """How a claim differs from a sentence on the same matter; `beside` are the other sentences of its passage, which may hold a figure that it lacks,
    and `extent` the nations that its source holds for, where that is known."""
    told, clause = match.statement, match.clause
    aside = _set_aside(claim, match)
    found = [
        *([aside] if aside and not claim.denies else [] if aside else _denials_and_force(claim, clause, authority)),
        *_without(claim, told),
        *_reach(claim, clause),
        *figures(claim, told),
        *days(claim, told),
        *(doers(claim, told) or other_bodies(claim, told, match.around)),
        *nations(claim, clause, extent),
        *_labels(claim, told, match.around),
        *_shared(claim, told),
        *_weight(claim, told, authority),
        *(Difference("emphasis", _M, booster) for booster in sorted(claim.boosters) if booster not in told.text.lower()),
    ]
    if not any(each.decides is _C for each in found):
        found += aligned(claim.core, told.core)
    return [each for each in found if each.decides is not _O or not told_beside(each, claim, beside)]


def _set_aside(claim: Statement, match: Match) -> Difference | None:
    """What the sentence says a thing is not, where the claim says just that."""
    words = frozenset(term for piece in clauses(claim.text)[1:] or [claim.text] if not set_aside(piece) for term in terms(piece))
    for aside in match.asides:
        if "only" in aside or "just" in aside.split()[:3]:
            continue
        named = frozenset(terms(set_aside(aside)))
        if named and named <= words and not named <= frozenset(terms(match.clause.text)):
            return Difference("aside", _C, aside, match.clause.core)
    return None


def _denials_and_force(claim: Statement, told: Statement, authority: Authority) -> Iterator[Difference]:
    open_way = either(claim.core, told.core)
    if open_way:
        yield Difference("choice", _O, open_way)
        return
    opposed = opposition(claim.core, told.core)
    if pattern("still").search(claim.core) and told.past and not told.ended:
        yield Difference("still", _O, "")
    over = told.ended and not claim.ended and not pattern("changing").search(claim.core)
    if over and claim.denies:
        return
    if over and not claim.past:
        yield Difference("ended", _C, "", told.core)
        return
    if claim.force is not _F.NEED_NOT and told.force is not _F.NEED_NOT:
        if claim.denies and not told.denies and told.reach is Reach.ONLY:
            yield Difference("denial", _O, "")
            return
        hidden = (claim.denies and told.hidden and not told.denies) or (told.denies and claim.hidden and not claim.denies)
        if hidden and not opposed:
            return
        if (claim.denies != told.denies) != bool(opposed):
            here, there = opposed or (_said(claim), _said(told))
            yield Difference("denial", _C, here, there)
            return
        if opposed and claim.denies == told.denies:
            yield Difference("denial", _C, *opposed)
            return
    if claim.denies and told.denies:
        if claim.force is _F.MUST_NOT and told.force is _F.SHOULD:
            yield Difference("force", _C, claim.force.value, told.force.value)
        return
    decided = _FORCES.get((claim.force, told.force))
    if claim.force is _F.MUST and told.force is _F.PLAIN and authority not in (*_BINDING, Authority.POLICY_GUIDANCE):
        decided = _O
    if decided:
        yield Difference("force", decided, claim.force.value, told.force.value)


def _said(statement: Statement) -> str:
    return "not" if statement.denies else ""


def _reach(claim: Statement, told: Statement) -> Iterator[Difference]:
    pair = (claim.reach, told.reach)
    if pair in ((Reach.ALL, Reach.SOME), (Reach.NONE, Reach.SOME)):
        yield Difference("reach", _C, claim.reach.value, told.reach.value)
    elif claim.reach is Reach.ONLY and told.reach is not Reach.ONLY:
        widened = "not only" in told.core.lower() or "as well" in told.core.lower() or told.reach is Reach.SOME
        yield Difference("reach", _C if widened else _M, claim.reach.value, told.reach.value)


_WITHOUT = re.compile(r"\bwithout (?:any |a |an |the |having |being |going through |needing |doing )*(?P<what>[\w'’-]+(?: [\w'’-]+)?)", re.IGNORECASE)


def _without(claim: Statement, told: Statement) -> Iterator[Difference]:
    """What the claim leaves out and the sentence has, such as a competition."""
    for match in _WITHOUT.finditer(claim.core):
        if "without" not in told.core.lower() and any(alike(word, other) for word in match["what"].split()[:1] for other in told.core.split()):
            yield Difference("without", _C, match[0], told.core)


_EACH = re.compile(r"\b(?:each|apiece|every one|per (?:council|trust|mutual|person|head|member))\b", re.IGNORECASE)
_SHARED = re.compile(r"\b(?:a share of|shared?|between them|in (?:total|all)|altogether|to support \d+)\b", re.IGNORECASE)


def _shared(claim: Statement, told: Statement) -> Iterator[Difference]:
    """An amount that the claim gives to each, and the sentence to all together."""
    each, together = _EACH.search(claim.core), _SHARED.search(told.core)
    if claim.quantities and each and together and not _EACH.search(told.core):
        yield Difference("figure", _C, each[0], together[0])


def _labels(claim: Statement, told: Statement, around: str) -> Iterator[Difference]:
    """What the claim names by a letter or number, where the sentence names another of the kind: `process C` for `process B`."""
    beside = told.labels | read_statement(around).labels
    for kind, label in sorted(claim.labels - beside):
        others = sorted(other for of, other in told.labels if of == kind)
        said = f"{kind} {label.upper()}"
        yield Difference("body", _C, said, f"{kind} {others[0].upper()}") if others else Difference("body", _O, said)


def _weight(claim: Statement, told: Statement, authority: Authority) -> Iterator[Difference]:
    if not claim.legal or told.legal or authority in _BINDING:
        return
    if told.recommends or told.force is _F.SHOULD:
        yield Difference("weight", _C, "the law", "a recommendation")
    elif not told.places and "Act" not in told.text and "Regulations" not in told.text:
        yield Difference("weight", _O, "the law")
