"""Figures and days of a claim against those of a sentence on the same matter."""

import re
from collections.abc import Iterator, Sequence

from assistant.checking.claim_words import meanings
from assistant.checking.differences import Decides, Difference
from assistant.checking.quantities import Agreement, Quantity, agreement
from assistant.checking.statements import Day, Statement

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
            continue
        if Agreement.OTHER in judged:
            yield Difference("figure", _C, quantity.said, _with_bound(judged[Agreement.OTHER]))
        elif Agreement.OPEN in judged:
            yield Difference("figure", _M, quantity.said, _with_bound(judged[Agreement.OPEN]))
        else:
            yield Difference("figure", _O, quantity.said)


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
        yield Difference("day", _C, day.said, _spoken(facing)) if facing else Difference("day", _O, day.said)


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
