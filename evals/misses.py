"""The misses of a run, for a person to read: what was asked, wanted, answered, cited and found."""

from collections.abc import Sequence

from evals.metrics import METRICS, Case
from evals.scoring import Run, turn_right

BELOW_ONE = (
    "hit@5",
    "fact recall",
    "needed citation present",
    "unanswerable recognised",
    "notice correct",
    "nothing wrong said",
    "outcome correct",
    "gate passed",
)
"""Metrics in which anything below 1 is a miss."""


def misses(run: Run) -> str:
    """Every case, and every turn of a dialogue, that fell short, in Markdown."""
    parts = ["# Misses\n"]
    for case in run.cases:
        short = [name for name in BELOW_ONE if METRICS[name](case) not in (None, 1.0)]
        if METRICS["answerable refused"](case) == 1.0:
            short.append("refused")
        if short:
            parts.append(_miss(case, short))
    for dialogue, told in run.dialogues:
        for number, (turn, answer) in enumerate(zip(dialogue.turns, told, strict=True), start=1):
            if not turn_right(turn, answer):
                wanted = ", ".join(turn.facts) or "no answer"
                parts.append(
                    f"## {dialogue.id}, turn {number}\n\n**Asked:** {turn.question} ({turn.standalone})\n\n**Understood:** {answer.standalone_question}\n\n"
                    f"**Wanted:** {wanted}\n\n**Outcome:** {answer.outcome}\n\n{answer.text}\n"
                )
    return "\n".join(parts)


def _miss(case: Case, short: Sequence[str]) -> str:
    question, answer = case.question, case.answer
    gold = ", ".join(f"{place.source} {place.locator}" for place in question.gold)
    cited = ", ".join(f"{citation.source_id} {citation.locator}" for citation in answer.citations)
    lines = (
        f"## {question.id}: {', '.join(short)}",
        f"**Asked:** {question.question}" + (f" (as of {question.as_of})" if question.as_of else "") + (f" ({question.sector})" if question.sector else ""),
        f"**Wanted:** {', '.join(question.facts) or 'no answer'} at {gold or 'no place'}",
        f"**Outcome:** {answer.outcome} ({answer.confidence:.2f})",
        answer.text,
        *(f"! {notice.text}" for notice in answer.notices),
        f"**Cited:** {cited or 'nothing'}",
        f"**Found:** {', '.join(f'{each.source_id} {each.locators[0]}' for each in case.found[:5])}",
    )
    return "\n\n".join(lines) + "\n"
