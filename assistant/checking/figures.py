"""Figures and days of a claim against those of a sentence on the same matter."""

import re
from collections.abc import Iterator, Sequence

from assistant.checking.claim_words import meanings
from assistant.checking.differences import Decides, Difference
from assistant.checking.quantities import Agreement, Quantity, agreement
from assistant.checking.statements import Day, Statement
from index.terms import terms

_MEASURES = {"days", "%", "£", "€", "$"}
_C, _M, _O = Decides.CONTRARY, Decides.MORE, Decides.OPEN


def figures(claim: Statement, told: Statement) -> Iterator[Difference]:
    """How the figures of a claim differ from those told. What is told as former stands behind what is told as so now."""
    former = [quantity for quantity in told.quantities if _is_former(quantity, told.core)]
    if former and not any(
        _one_unit(one, other) and agreement(one, other) is Agreement.SAME for one in claim.quantities for other in told.quantities if other not in former
    ):
        for quantity in claim.quantities:
            now = [other for other in told.quantities if other not in former and _one_unit(quantity, other)]
            if now and not claim.past:
                yield Difference("figure", _C, quantity.said, _with_bound(now[0]))
                return
    taken: set[Quantity] = set()
    for quantity in claim.quantities:
        alike = [other for other in told.quantities if _one_unit(quantity, other)]
        same = [other for other in alike if agreement(quantity, other) is Agreement.SAME]
        if same:
            taken.add(same[0])
    for quantity in claim.quantities:
        alike = [other for other in told.quantities if _one_unit(quantity, other)]
        judged = {agreement(quantity, other): other for other in reversed(alike) if other not in taken or agreement(quantity, other) is Agreement.SAME}
        if Agreement.SAME in judged:
            other = _of_another(claim, told, quantity, judged[Agreement.SAME])
            if other:
                yield Difference("figure", _C, quantity.said, _with_bound(other))
            continue
        if Agreement.OTHER in judged:
            yield Difference("figure", _C, quantity.said, _with_bound(judged[Agreement.OTHER]))
        elif Agreement.OPEN in judged:
            yield Difference("figure", _M, quantity.said, _with_bound(judged[Agreement.OPEN]))
        else:
            yield Difference("figure", _O, quantity.said)


_SEGMENTS = re.compile(r",|;|\band\b|\bwhile\b|\bagainst\b|\bbut\b|\bcompared with\b", re.IGNORECASE)


def _of_another(claim: Statement, told: Statement, quantity: Quantity, same: Quantity) -> Quantity | None:
    """The figure that the sentence gives for what the claim speaks of, where the one that the claim gives is of something else there: `35% by
    government and 25% by staff` for `the staff had 35%`."""
    others = [other for other in told.quantities if other.unit == same.unit and other.value != same.value]
    if not others or any(one.value == other.value for one in claim.quantities for other in others):
        return None
    bounds = [0, *(match.end() for match in _SEGMENTS.finditer(told.core)), len(told.core) + 1]
    words = frozenset(terms(claim.core)) - frozenset(terms(quantity.said))

    def shared(of: Quantity) -> int:
        start = max(bound for bound in bounds if bound <= of.start)
        end = min(bound for bound in bounds if bound > of.start)
        held = frozenset(terms(told.core[start:end])) - frozenset(terms(of.said))
        return sum(word in held or any(meanings(word) & meanings(other) for other in held) for word in words)

    best = max(others, key=shared)
    return best if shared(best) > shared(same) else None


_FORMER = re.compile(
    r"\b(?:down|up|cut|raised|lowered|reduced|increased|fell|rose|risen|dropped) from\W*$|\b(?:instead of|formerly|previously|no longer)\W*$", re.IGNORECASE
)


def _is_former(quantity: Quantity, text: str) -> bool:
    """Whether a figure is told as what was before: `down from £139,688`."""
    return bool(_FORMER.search(text.replace("’", "'")[: quantity.start]))


def _one_unit(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities can be held against each other. Counts of things under other names can only be the same, not different."""
    if one.unit == other.unit:
        return True
    if not {one.unit, other.unit} & _MEASURES and one.value == other.value:
        return True
    return not {one.unit, other.unit} & _MEASURES and (not one.unit or not other.unit or bool(meanings(one.unit) & meanings(other.unit)))


def _with_bound(quantity: Quantity) -> str:
    return quantity.said if quantity.bound.value == "exactly" else f"{quantity.bound.value} {quantity.said}"


def days(claim: Statement, told: Statement) -> Iterator[Difference]:
    """How the days of a claim differ from those told; what began on a day is not held against when it ended."""
    for day in claim.days:
        facing = [other for other in told.days if {day.role, other.role} != {"since", "until"}]
        if any(day.agrees(other) for other in facing):
            continue
        unmet = [other for other in facing if not any(each.agrees(other) for each in claim.days)]
        yield Difference("day", _C, day.said, _spoken(unmet)) if unmet else Difference("day", _O, day.said)


def _spoken(days: list[Day]) -> str:
    return days[0].said


def told_beside(difference: Difference, claim: Statement, beside: Sequence[Statement]) -> bool:
    """Whether a figure, day or body that the sentence lacks is told by another of its passage."""
    if difference.kind == "figure":
        wanted = [quantity for quantity in claim.quantities if quantity.said == difference.claimed]
        return any(_one_unit(one, other) and agreement(one, other) is Agreement.SAME for one in wanted for told in beside for other in told.quantities)
    if difference.kind == "day":
        days = [day for day in claim.days if day.said == difference.claimed]
        return any(one.agrees(other) for one in days for told in beside for other in told.days)
    return difference.kind == "body" and any(difference.claimed in told.bodies for told in beside)


def borne_out_beside(claim: Statement, told: Statement, differing: Sequence[Difference]) -> bool:
    """Whether a sentence bears out one figure of a claim, or its day, and has just one other of its values against it: `40% and 35%` for `40% and 25%`."""
    contrary = [difference for difference in differing if difference.decides is Decides.CONTRARY]
    if len(contrary) != 1 or contrary[0].kind not in ("figure", "nation"):
        return False
    same = sum(any(_one_unit(one, other) and agreement(one, other) is Agreement.SAME for other in told.quantities) for one in claim.quantities)
    dated = contrary[0].kind == "nation" and any(one.agrees(other) for one in claim.days for other in told.days)
    return bool(same) or dated
