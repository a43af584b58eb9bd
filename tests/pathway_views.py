"""A pathway to show, made by hand."""

from datetime import date
from typing import Any

from assistant.answers import Citation
from assistant.pathway_views import Pathway

NOTHING = "Nothing official on this was found in this library for libraries."


def citation(number: int = 1, **changes: Any) -> Citation:
    """A citation of a sentence of the report."""
    fields = {
        "number": number,
        "passage_id": "note.route",
        "source_id": "report",
        "title": "The Report",
        "publisher": "The Taskforce",
        "published": "2012-06",
        "authority": "independent_report",
        "standing": "historic",
        "superseded_by": [],
        "locator": f"Chapter {number} › A route",
        "url": "https://example.org/report",
        "quote": f"Statement {number} costs £10 and “stands”.",
    }
    return Citation.model_validate({**fields, **changes})


def part(name: str, title: str, *numbers: int) -> dict[str, Any]:
    """A part of a step with a statement for each number, or with nothing found."""
    statements = [{"text": citation(number).quote, "citations": [number]} for number in numbers]
    return {"name": name, "title": title, "statements": statements, "not_found": not numbers, "note": "" if numbers else NOTHING}


def pathway(citations: list[Citation] | None = None, **changes: Any) -> Pathway:
    """Two stages: one of one step with two parts, and one without steps."""
    notice = {"kind": "standing", "text": "The rule changed.", "citations": [1]}
    step = {"id": "route", "title": "Find the route", "ask": "What is the route?", "notices": [notice]}
    step["parts"] = [part("what", "What it is", 1, 2), part("who", "Who does it")]
    first = {"id": "exploring", "title": "Exploring", "plain": "You look.", "stage": "pre_spin_out", "steps": [step]}
    last = {"id": "going-live", "title": "Going live", "plain": "You start.", "stage": "spinning_out", "steps": []}
    fields = {
        "sector": "libraries",
        "as_of": date(2026, 11, 22),
        "stages": [first, last],
        "citations": citations or [citation(1), citation(2, authority="statute", standing="in_force", url="https://example.org/act", title="The Act")],
        "notices": [{"kind": "authority", "text": "The Report is not policy.", "citations": [1]}],
    }
    return Pathway.model_validate({**fields, **changes})
