"""Explaining a verdict in one plain sentence that names the very difference."""

from assistant.changes import told as told_succession
from assistant.checking.deciding import Decision
from assistant.checking.differences import Decides, Difference
from assistant.checking.verdicts import Verdict

NOT_COVERED = "The guidance in this library does not settle that, so it says nothing for or against it."
SUPPORTED = "The guidance says so."
_FORCE = {
    "must": "that it must be so",
    "should": "only that it should be so, which is a recommendation and not a duty",
    "may": "that it may be so, which is a choice and not a duty",
    "need not": "that it need not be so",
    "must not": "that it must not be so",
    "plain": "only how it was or is, not that it must be so",
}
_CLAIMED_FORCE = {
    "must": "that it must be so",
    "should": "that it should be so",
    "may": "that it may be so",
    "need not": "that it need not be so",
    "must not": "that it must not be so",
    "plain": "that it simply is so",
}


def explanation(decision: Decision) -> str:
    """Why the part has its verdict."""
    if decision.since:
        return f"That was true once and no longer is. {told_succession(decision.since)}"
    if decision.verdict is Verdict.SUPPORTED:
        return SUPPORTED
    if decision.verdict is Verdict.NOT_COVERED:
        return NOT_COVERED
    order = (Decides.CONTRARY, Decides.MORE)
    first = min(decision.differences, key=lambda difference: order.index(difference.decides))
    return _sentence(first)


def _sentence(difference: Difference) -> str:
    claimed, told = difference.claimed, difference.told
    match difference.kind:
        case "figure" if difference.decides is Decides.MORE:
            return f"The guidance says {told}, which is not quite {claimed}."
        case "figure" | "day" | "body" | "nation":
            return f"The guidance says {told}, not {claimed}."
        case "force":
            return f"The claim says {_CLAIMED_FORCE[claimed]}; the guidance says {_FORCE[told]}."
        case "denial":
            return f"The guidance says “{told}”, where the claim says “{claimed}”." if claimed and told else "The guidance says the opposite."
        case "without":
            return f"The claim says “{claimed}”; the guidance says: “{told}”."
        case "aside":
            return f"The guidance says “{told}”, {claimed}."
        case "ended":
            return "The guidance says that it has ended."
        case "reach" if difference.decides is Decides.MORE:
            return "The guidance does not say “only”: it leaves room for more."
        case "reach":
            return f"The claim says {claimed}; the guidance says {'only in some cases' if told == 'only' else told}."
        case "weight":
            return "The guidance calls it a recommendation; it is not the law."
        case "standing":
            return f"That was so until {told}; the guidance that says so no longer stands." if told else "The guidance that says so no longer stands."
        case "past":
            return "The guidance says that it was so in the past, and not that it is so now."
        case "emphasis":
            return f"The guidance bears out the rest, but does not say “{claimed}”."
    return "The guidance says something else."
