"""A stage of a pathway as HTML: its steps, the statements of each part with the source behind each, and what to do next."""

from collections.abc import Callable, Sequence
from html import escape

from assistant.addresses import ask_address, pathway_address, pathway_download
from assistant.answers import Citation, Notice
from assistant.citing import AUTHORITY_WORDS, STANDING_WORDS
from assistant.pages.parts import alert, publisher_link
from assistant.pages.passage_view import place_of
from assistant.pages.pathway_picture import picture_html, step_ids
from assistant.pathway_views import Pathway, PathwayPart, PathwayStage, PathwayStep
from assistant.rendering import published
from assistant.sectors import within_a_sentence

AddressOf = Callable[[Citation], str]
EMPTY = "This library has no pathway yet. Whoever runs this assistant should run “mutuals index” with a library that has one."


def pathway_html(pathway: Pathway, stage_id: str, as_of: str, address_of: AddressOf) -> str:
    """Where the reader is, and the stage of that id, or the first. `as_of` is the day as the reader wrote it, empty for today."""
    if not pathway.stages:
        return alert(EMPTY)
    here = stage_number(pathway, stage_id)
    return (
        f'<div class="pathway">{picture_html(pathway, here, as_of)}<section class="stage" aria-labelledby="stage">'
        f"{_stage(pathway, here, as_of, address_of)}</section></div>"
    )


def stage_number(pathway: Pathway, asked: str) -> int:
    """Which stage, counted from 0, has an id or is the first of a scope's stage; the first of all where none is."""
    by_id = [number for number, stage in enumerate(pathway.stages) if stage.id == asked]
    by_scope = [number for number, stage in enumerate(pathway.stages) if stage.stage == asked]
    return next(iter(by_id + by_scope), 0)


def _stage(pathway: Pathway, here: int, as_of: str, address_of: AddressOf) -> str:
    stage = pathway.stages[here]
    numbers = {number for step in stage.steps for part in step.parts for statement in part.statements for number in statement.citations}
    about = [notice for notice in pathway.notices if not notice.citations or numbers.intersection(notice.citations)]
    steps = "".join(_step(step, pathway, address_of, opened=number == 0) for number, step in enumerate(stage.steps))
    told = f"Stage {here + 1} of {len(pathway.stages)}, for {within_a_sentence(pathway.sector)}, as on {pathway.as_of.day} {pathway.as_of:%B %Y}"
    return (
        f'<p class="count">{escape(told)}</p><h2 id="stage" tabindex="-1">{escape(stage.title)}</h2><p>{escape(stage.plain)}</p>'
        f"{_notices(about)}{steps or _nothing(stage)}{_onwards(pathway, here, as_of)}{_take_away(pathway, as_of)}"
    )


def _nothing(stage: PathwayStage) -> str:
    return f'<p role="status">This library has no step of “{escape(stage.title)}” for this service.</p>'


def _step(step: PathwayStep, pathway: Pathway, address_of: AddressOf, opened: bool) -> str:
    """A step with its tick box; what it holds can be closed, so that a stage can be looked over."""
    question, title = escape(ask_address(step.ask, pathway.sector)), escape(step.title)
    parts = "".join(_part(part, pathway, address_of) for part in step.parts)
    return (
        f'<article class="card step" aria-labelledby="step-{escape(step.id)}"><h3 id="step-{escape(step.id)}">{title}</h3>'
        f'<p class="tick"><label><input type="checkbox" data-step="{escape(step.id)}"> Done<span class="unseen">: {title}</span></label></p>'
        f'<details{" open" if opened else ""}><summary>Read this step<span class="unseen">: {title}</span></summary>{parts}{_notices(step.notices)}</details>'
        f'<p class="way"><a href="{question}">Ask about this<span class="unseen">: {escape(step.ask)}</span></a></p></article>'
    )


def _part(part: PathwayPart, pathway: Pathway, address_of: AddressOf) -> str:
    if part.not_found:
        return f'<h4>{escape(part.title)}</h4><p class="nothing">{escape(part.note)}</p>'
    told = "".join(
        f"<li><p>{escape(statement.text)}</p>{''.join(_source(citation, address_of(citation)) for citation in pathway.cited(statement.citations))}</li>"
        for statement in part.statements
    )
    return f"<h4>{escape(part.title)}</h4><ul>{told}</ul>"


def _source(citation: Citation, address: str) -> str:
    """The source behind a statement: closed, its number, place, weight and standing; open, its words and the ways to it."""
    original = citation.original
    words = f'<p class="place">{escape(place_of(original))}</p><blockquote>{escape(original.quote)}</blockquote>' if original else ""
    here = f'<a href="{escape(address)}" target="_blank">Show<span class="unseen"> [{citation.number}]</span> in the library</a>'
    ways = " · ".join(filter(None, [here, publisher_link(citation.url)]))
    return (
        f'<details class="behind"><summary>[{citation.number}] {escape(citation.locator)}, {escape(citation.title)} '
        f'<span class="badge">{escape(AUTHORITY_WORDS[citation.authority])}</span> '
        f'<span class="badge standing-{citation.standing}">{escape(STANDING_WORDS[citation.standing])}</span></summary>'
        f'<p class="source">{escape(citation.publisher)}, {escape(published(citation.published))}</p>'
        f'<p class="place">In our own words, {escape(citation.locator)}</p><blockquote>{escape(citation.quote)}</blockquote>{words}'
        f'<p class="way">{ways}</p></details>'
    )


def _notices(notices: Sequence[Notice]) -> str:
    items = "".join(f"<li>{escape(notice.text)}</li>" for notice in notices)
    return f'<div class="note"><p><strong>Please note</strong></p><ul>{items}</ul></div>' if items else ""


def _onwards(pathway: Pathway, here: int, as_of: str) -> str:
    """The ways to the stages before and after."""
    beside = [("Before this", number) for number in (here - 1,) if number >= 0] + [("Next", number) for number in (here + 1,) if number < len(pathway.stages)]
    ways = "".join(f"<p>{label}: {stage_link(pathway, number, as_of)}</p>" for label, number in beside)
    return f'<nav class="neighbours" aria-label="Stages beside this one">{ways}</nav>' if ways else ""


def stage_link(pathway: Pathway, number: int, as_of: str) -> str:
    """A link to a stage, which the page follows without loading anew."""
    stage = pathway.stages[number]
    return f'<a href="{escape(pathway_address(pathway.sector, stage.id, as_of))}" data-stage="{escape(stage.id)}">{escape(stage.title)}</a>'


def _take_away(pathway: Pathway, as_of: str) -> str:
    """Print what is shown, download everything, and take the ticks away."""
    downloads = "".join(
        f'<a class="button" href="{escape(pathway_download(pathway.sector, kind, as_of))}" download>Download {name}</a>'
        for kind, name in (("pdf", "PDF"), ("docx", "Word"))
    )
    return (
        f'<div class="take" role="group" aria-label="Take it away"><button type="button" class="button" data-do="print">Print this stage</button>{downloads}'
        f'<button type="button" class="button" data-do="untick">Clear all ticks</button></div>'
        f'<p class="told">The documents hold all {len(pathway.stages)} stages ({len(step_ids(pathway.stages))} steps). '
        "Ticks are kept in this browser alone; nobody else can see them.</p>"
    )
