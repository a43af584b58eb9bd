"""The inbox of the desk: putting in a new enquiry, and the cases with search, filters and pages."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

import gradio as gr
from pydantic import ValidationError

from assistant.answers import Nation, Scope
from assistant.desk.case_views import CaseFilters
from assistant.desk.labels import CHANNEL_WORDS, REGION_WORDS, STATUS_WORDS
from assistant.desk.words import Channel
from assistant.errors import BadInputError
from assistant.nations import NATION_WORDS
from assistant.pages.arriving import keep_address
from assistant.pages.desk_inbox_view import inbox_html
from assistant.pages.desk_parts import FAULTS, GO, QUIET, Names, choices, draft_address, fault_html, go_html, signed
from assistant.pages.parts import header
from assistant.sectors import SECTOR_WORDS
from assistant.services import Services
from corpus.words import Sector

TITLE = header("Desk", "Put in an enquiry and get a draft reply with its evidence, or go on with a case.")
NAMES = ("q", "whose", "status", "sector", "region", "channel", "sort")
WHOSE = {"": "Everybody’s", "mine": "Mine", "nobody": "Nobody’s yet", "overdue": "Overdue"}
SORTS = {"": "Newest first", "received": "Oldest first", "due": "Due first", "-updated": "Changed last first"}


def inbox_section(services: Services, page: gr.Blocks) -> None:
    """The inbox, shown where the address asks for neither a case nor a draft."""
    with gr.Column(visible=False) as section:
        gr.HTML(TITLE)
        with gr.Accordion("New enquiry", open=True, elem_classes="new-enquiry"):
            enquiry = gr.Textbox(label="The enquiry: paste the email, or type what the caller asks", lines=5, max_lines=14, elem_id="new-enquiry")
            with gr.Row(elem_classes="filters"):
                channel = gr.Dropdown([(said, value) for value, said in CHANNEL_WORDS.items()], value="email", label="Came by", min_width=120)
                sector = gr.Dropdown(choices(SECTOR_WORDS, "As the enquiry says"), value="", label="Service (optional)", min_width=160)
                nation = gr.Dropdown(choices(NATION_WORDS, "As the enquiry says"), value="", label="Nation (optional)", min_width=160)
            make = gr.Button("Draft a reply", variant="primary", elem_id="make-draft")
            made = gr.HTML("", js_on_load=GO, elem_classes="library status")
        gr.HTML("<h2>Cases</h2>", elem_classes="library")
        with gr.Row(elem_classes="filters"):
            words = gr.Textbox(label="Words, name or number; then Enter", max_lines=1, min_width=220, elem_id="case-search")
            whose = gr.Dropdown([(said, value) for value, said in WHOSE.items()], value="", label="Whose", min_width=150)
            status = gr.Dropdown(choices(STATUS_WORDS, "Any"), value="", label="Status", min_width=120)
            kind = gr.Dropdown(choices(SECTOR_WORDS, "Any"), value="", label="Service", min_width=120)
            region = gr.Dropdown(choices(REGION_WORDS, "Any"), value="", label="Region", min_width=120)
            by = gr.Dropdown(choices(CHANNEL_WORDS, "Any"), value="", label="Came by", min_width=100)
            sort = gr.Dropdown([(said, value) for value, said in SORTS.items()], value="", label="Order", min_width=180)
        listed = gr.HTML("", elem_classes="library")
        at = gr.State(1)
        with gr.Row(elem_classes="turning"):
            back = gr.Button("Page before", visible=False, size="sm")
            on = gr.Button("Next page", visible=False, size="sm")

    inputs = [words, whose, status, kind, region, by, sort]
    outputs = [listed, at, back, on]
    does = _Does(services)
    make.click(does.draft, [enquiry, channel, sector, nation], [made], api_visibility="private", show_progress="minimal")
    for trigger in (words.submit, *(each.input for each in (whose, status, kind, region, by, sort))):
        trigger(does.first, inputs, outputs, js=keep_address(NAMES), **QUIET)
    back.click(does.before, [at, *inputs], outputs, **QUIET)
    on.click(does.after, [at, *inputs], outputs, **QUIET)
    page.load(does.arrive, None, [section, *inputs, *outputs], **QUIET)


class _Does:
    """What the inbox does."""

    def __init__(self, services: Services):
        self._services = services

    def draft(self, enquiry: str, channel: str, sector: str | None, nation: str | None, request: gr.Request) -> Iterator[str]:
        """Draft a reply to a new enquiry, and go to it. The text stays in its box until then."""
        yield '<p role="status">Reading the enquiry and looking its questions up. This takes a few seconds.</p>'
        try:
            actor = signed(self._services, request)
            scope = Scope(sector=cast(Sector | None, sector or None), nation=cast(Nation | None, nation or None))
            draft = self._services.drafts.create(actor, enquiry or "", scope, cast(Channel, channel))
        except FAULTS as error:
            yield fault_html(error)
        else:
            yield go_html(draft_address(draft.draft_id), "The draft is ready: open it.")

    def first(self, request: gr.Request, *values: str | None) -> list[Any]:
        """The first page of the cases that the filters ask for."""
        return self._listed(values, 1, request)

    def before(self, request: gr.Request, at: int, *values: str | None) -> list[Any]:
        """The page before."""
        return self._listed(values, max(1, at - 1), request)

    def after(self, request: gr.Request, at: int, *values: str | None) -> list[Any]:
        """The next page."""
        return self._listed(values, at + 1, request)

    def arrive(self, request: gr.Request) -> list[Any]:
        """The inbox as its address asks for it."""
        asked = request.query_params
        if "case" in asked or "draft" in asked:
            return [gr.Column(visible=False), *[gr.skip()] * (len(NAMES) + 4)]
        offered: dict[str, Mapping[Any, str]] = {
            "whose": WHOSE,
            "status": STATUS_WORDS,
            "sector": SECTOR_WORDS,
            "region": REGION_WORDS,
            "channel": CHANNEL_WORDS,
            "sort": SORTS,
        }
        values = [asked.get("q", "")[:200], *(asked.get(name, "") if asked.get(name, "") in offered[name] else "" for name in NAMES[1:])]
        try:
            signed(self._services, request)
        except FAULTS:  # the strip at the top says so
            return [gr.Column(visible=False), *[gr.skip()] * (len(NAMES) + 4)]
        return [gr.Column(visible=True), *values, *self._listed(values, 1, request)]

    def _listed(self, values: Any, number: int, request: gr.Request) -> list[Any]:
        try:
            actor = signed(self._services, request)
            page = self._services.cases.cases(actor, _filters(values, actor.id, number))
            told = inbox_html(page, Names(self._services))
        except FAULTS as error:
            return [fault_html(error), gr.skip(), gr.skip(), gr.skip()]
        return [told, number, gr.Button(visible=number > 1), gr.Button(visible=page.page * page.size < page.total)]


def _filters(values: Any, actor_id: str, page: int) -> CaseFilters:
    """The filters. Raises BadInputError for what cannot be searched for."""
    given = dict(zip(NAMES, (value or "" for value in values), strict=True))
    wanted = {name: given[name] for name in ("q", "sector", "region", "channel", "sort") if given[name]}
    wanted |= {"status": [given["status"]]} if given["status"] else {}
    wanted |= {"assigned_to": actor_id} if given["whose"] == "mine" else {}
    wanted |= {name: True for name, value in (("unassigned", "nobody"), ("overdue", "overdue")) if given["whose"] == value}
    try:
        return CaseFilters.model_validate({**wanted, "page": page})
    except ValidationError as error:
        raise BadInputError("search", "cannot be used: give at most 200 characters, and choose from the lists.") from error
