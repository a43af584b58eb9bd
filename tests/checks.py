"""Checked claims to show, made by hand."""

from typing import Any

from pathway_views import citation

from assistant.checking.verdicts import Check, CheckedPart, Verdict


def check(verdict: Verdict = Verdict.CONTRADICTED, **changes: Any) -> Check:
    """A claim with a verdict; only `not_covered` has no citation."""
    fields: dict[str, Any] = {
        "check_id": "0" * 32,
        "claim": "The fund was £100 million",
        "verdict": verdict,
        "explanation": "The guidance says £10 million, not £100 million.",
        "citations": [] if verdict is Verdict.NOT_COVERED else [citation(1)],
        "confidence": 0.9,
        "timings_ms": {"total": 20.0},
    }
    return Check.model_validate({**fields, **changes})


def part(text: str, verdict: Verdict) -> CheckedPart:
    """One part of a claim."""
    return CheckedPart(text=text, verdict=verdict, explanation=f"Why {text}.", citations=[])
