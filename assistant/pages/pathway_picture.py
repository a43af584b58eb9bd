"""Where the reader is on the pathway: its stages drawn as a line of marks, each beside its name, so that the picture is told as a list as well."""

from collections.abc import Sequence
from html import escape

from assistant.addresses import pathway_address
from assistant.pathway_views import Pathway, PathwayStage

MIDDLE = 22
"""How far down a stage's row its mark stands, in pixels: level with the first line of its name."""


def picture_html(pathway: Pathway, here: int, as_of: str) -> str:
    """The stages in order, the one at `here` marked as current. What is done is filled in by the browser, which alone knows it."""
    rows = "".join(_row(pathway, number, here, as_of) for number in range(len(pathway.stages)))
    return f'<nav class="way-map" aria-labelledby="where"><h2 id="where">Where you are</h2>{_done(pathway.stages, "status")}<ol>{rows}</ol></nav>'


def step_ids(stages: Sequence[PathwayStage]) -> list[str]:
    """The ids of the stages' steps, in order."""
    return [step.id for stage in stages for step in stage.steps]


def _row(pathway: Pathway, number: int, here: int, as_of: str) -> str:
    stage = pathway.stages[number]
    address = escape(pathway_address(pathway.sector, stage.id, as_of))
    current = ' aria-current="step"' if number == here else ""
    told = '<span class="here">You are here</span>' if number == here else ""
    opening = '<li class="now">' if number == here else "<li>"
    return (
        f"{opening}{_mark(number, here, len(pathway.stages))}"
        f'<div><a href="{address}" data-stage="{escape(stage.id)}"{current}>{number + 1}. {escape(stage.title)}</a>{told}{_done([stage])}</div></li>'
    )


def _mark(number: int, here: int, of: int) -> str:
    """A stretch of the line with the stage's mark on it: a ring, a larger filled one where the reader is; the tick shows when all of it is done."""
    top = MIDDLE if number == 0 else 0
    bottom = str(MIDDLE) if number == of - 1 else "100%"
    return (
        f'<svg class="mark" aria-hidden="true" width="32"><line x1="16" x2="16" y1="{top}" y2="{bottom}"/>'
        f'<circle cx="16" cy="{MIDDLE}" r="{11 if number == here else 8}"/><path d="M11.5 {MIDDLE} l3.2 3.5 l5.8 -7"/></svg>'
    )


def _done(stages: Sequence[PathwayStage], role: str = "") -> str:
    ids = step_ids(stages)
    told = f' role="{role}"' if role else ""
    return f'<span class="done"{told} data-steps="{escape(" ".join(ids))}">{len(ids)} {"step" if len(ids) == 1 else "steps"}</span>'
