"""The pathway page: the reader says which service and how far, and reads the steps of that stage with their sources."""

from pathlib import Path
from typing import Any, cast

import gradio as gr

from assistant.errors import BadInputError
from assistant.pages.arriving import SHOW_PLACE, keep_address
from assistant.pages.parts import NO_INDEX, alert, header, navigation
from assistant.pages.pathway_view import pathway_html, stage_number
from assistant.sectors import SECTOR_WORDS
from assistant.services import Services
from corpus.dates import PartialDate
from corpus.words import Sector
from index.versions import NoIndexError

TITLE = header(
    "Pathway",
    "The way to a public service mutual, step by step: what each step is, who does it, what to prepare, what can get in the way and where to escalate. "
    "Each statement is quoted from the library with its source. It is not legal advice.",
)
SCRIPT = (Path(__file__).parent / "pathway.js").read_text(encoding="utf-8")
NAMES = ("sector", "stage", "as_of")


def pathway_page(services: Services, page: gr.Blocks) -> None:
    """The page over one set of services, inside a route of the site's blocks."""
    navigation()
    gr.HTML(TITLE, js_on_load=SHOW_PLACE)
    with gr.Row(elem_classes="pathway-choices"):
        sector = gr.Dropdown(_sectors(), value="", label="Your service", min_width=240)
        stage = gr.Dropdown([("", "")], value="", label="Your stage", min_width=240)
    with gr.Accordion("See the pathway for another day", open=False, elem_classes="pathway-choices") as other_day:
        day = gr.Textbox(label="Day, month or year (empty for today), then Enter", placeholder="For example: 2012-07-01", lines=1)
    shown = gr.HTML("", js_on_load=SCRIPT, elem_classes="library")

    def show(chosen: str | None, asked: str | None, given: str | None) -> list[Any]:
        """The list of stages with the one asked for chosen, and what the page shows of it."""
        try:
            as_of = (given or "").strip()
            pathway = services.pathways.pathway(cast(Sector, chosen or "all"), _day(as_of))
            html = pathway_html(pathway, asked or "", as_of, services.browse.address_of)
        except BadInputError as error:
            return [gr.skip(), alert(f"The {error.field} {error.message}")]
        except NoIndexError:
            return [gr.skip(), alert(NO_INDEX)]
        stages = [(f"{number}. {each.title}", each.id) for number, each in enumerate(pathway.stages, start=1)]
        here = pathway.stages[stage_number(pathway, asked or "")].id if stages else ""
        return [gr.Dropdown(stages or [("", "")], value=here), html]

    def follow(chosen: str | None, given: str | None, event: gr.EventData) -> list[Any]:
        return show(chosen, str(event.stage), given)

    def arrive(request: gr.Request) -> list[Any]:
        asked = request.query_params
        chosen = asked.get("sector", "") if asked.get("sector") in SECTOR_WORDS and asked.get("sector") != "all" else ""
        given = asked.get("as_of", "")
        return [chosen, given, gr.Accordion(open=bool(given)), *show(chosen, asked.get("stage"), given)]

    inputs, outputs = [sector, stage, day], [stage, shown]
    for trigger in (sector.input, stage.input, day.submit):
        trigger(show, inputs, outputs, js=keep_address(NAMES), api_visibility="private", show_progress="hidden", queue=False)
    shown.click(follow, [sector, day], outputs, api_visibility="private", show_progress="hidden", queue=False)
    page.load(arrive, None, [sector, day, other_day, *outputs], api_visibility="private", show_progress="hidden", queue=False)


def _sectors() -> list[tuple[str, str]]:
    return [("Any service", ""), *((words, value) for value, words in SECTOR_WORDS.items() if value != "all")]


def _day(as_of: str) -> PartialDate | None:
    """The day the reader wrote. Raises BadInputError for one that is none."""
    try:
        return PartialDate(as_of) if as_of else None
    except ValueError as error:
        raise BadInputError("day", f"{error}. Leave it empty for today.") from error
