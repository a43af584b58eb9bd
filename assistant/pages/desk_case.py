"""One case of the desk: its enquiry, what is known of it and who has it, cases like it, and its replies."""

from datetime import date
from typing import Any

import gradio as gr
from pydantic import ValidationError

from assistant.answers import Scope
from assistant.desk.case_views import Case, CaseChange
from assistant.desk.labels import ORGANISATION_WORDS, REGION_WORDS
from assistant.errors import BadInputError, ConflictError
from assistant.nations import NATION_WORDS
from assistant.pages.arriving import SHOW_PLACE
from assistant.pages.desk_case_view import beside_html, case_head, drafts_html, enquiry_html
from assistant.pages.desk_parts import FAULTS, GO, QUIET, Names, SignedOutError, choices, draft_address, fault_html, go_html, signed
from assistant.pages.parts import alert
from assistant.people.person import Actor
from assistant.sectors import SECTOR_WORDS
from assistant.services import Services
from assistant.stages import STAGE_WORDS

PROPOSED: dict[str, tuple[str, dict[Any, str]]] = {
    "sector": ("Service", SECTOR_WORDS),
    "region": ("Region", REGION_WORDS),
    "nation": ("Nation", NATION_WORDS),
    "organisation_type": ("Kind of organisation", ORGANISATION_WORDS),
    "stage": ("Stage", STAGE_WORDS),
}
"""For each field that is proposed from the enquiry: its label and the choices."""
TYPED = {"name": "Enquirer’s name", "contact": "Email, telephone or address", "organisation": "Organisation", "due_on": "Reply due (year-month-day)"}
CHOSEN = {"assigned_to": "Assigned to", "prospect_id": "Potential mutual"}
FIELDS = (*PROPOSED, *TYPED, *CHOSEN)


def case_section(services: Services, page: gr.Blocks) -> None:
    """The case that the address asks for."""
    with gr.Column(visible=False, elem_id="case") as section:
        top = gr.HTML("", js_on_load=SHOW_PLACE, elem_classes="library")
        told = gr.HTML("", js_on_load=GO, elem_classes="library status")
        case_id = gr.Textbox(visible="hidden", label="Case")
        version = gr.Textbox(visible="hidden", label="Version")
        with gr.Row():
            with gr.Column(scale=3, min_width=320):
                enquiry = gr.HTML("", elem_classes="library")
                drafts = gr.HTML("", elem_classes="library")
                make = gr.Button("Draft a reply", variant="primary")
                beside = gr.HTML("", elem_classes="library")
            with gr.Column(scale=2, min_width=320):
                gr.HTML("<h2>About this case</h2>", elem_classes="library")
                fields: list[Any] = [gr.Dropdown(choices(words, "Not known"), value="", label=label) for label, words in PROPOSED.values()]
                confirm = gr.Button("Confirm what is proposed", visible=False)
                fields += [gr.Textbox(label=label, max_lines=1) for label in TYPED.values()]
                fields += [gr.Dropdown([("Nobody", "") if name == "assigned_to" else ("None", "")], value="", label=label) for name, label in CHOSEN.items()]
                save = gr.Button("Save", variant="primary", elem_id="case-save")
                take = gr.Button("Assign to me")
                close = gr.Button("Close the case")

    does = _Does(services)
    outputs = [told, case_id, version, top, enquiry, drafts, beside, confirm, close, *fields]
    inputs = [case_id, version, *fields]
    save.click(does.save, inputs, outputs, **QUIET)
    confirm.click(does.confirm, inputs, outputs, **QUIET)
    take.click(does.take, inputs, outputs, **QUIET)
    close.click(does.close, inputs, outputs, **QUIET)
    make.click(does.draft, [case_id], [told], api_visibility="private", show_progress="minimal")
    page.load(does.arrive, None, [section, *outputs], **QUIET)


class _Does:
    """What the page of a case does. Each gives the whole page anew."""

    def __init__(self, services: Services):
        self._services = services

    def arrive(self, request: gr.Request) -> list[Any]:
        """The case that the address asks for, or why it cannot be shown."""
        asked = request.query_params.get("case")
        nothing = [gr.skip()] * (9 + len(FIELDS))
        if asked is None:
            return [gr.Column(visible=False), *nothing]
        try:
            actor = signed(self._services, request)
            return [gr.Column(visible=True), *self._shown(actor, self._services.cases.case(actor, asked), "")]
        except SignedOutError:  # the strip at the top says so
            return [gr.Column(visible=False), *nothing]
        except FAULTS as error:
            return [gr.Column(visible=True), fault_html(error), *nothing[1:]]

    def save(self, request: gr.Request, case_id: str, version: str, *values: str | None) -> list[Any]:
        """Keep what was changed."""
        return self._changed(request, case_id, version, values, {}, "Saved.")

    def confirm(self, request: gr.Request, case_id: str, version: str, *values: str | None) -> list[Any]:
        """Keep what was changed, and confirm the fields that are still only proposed."""
        return self._changed(request, case_id, version, values, {"confirm": True}, "Confirmed.")

    def take(self, request: gr.Request, case_id: str, version: str, *values: str | None) -> list[Any]:
        """Give the case to whoever is signed in."""
        return self._changed(request, case_id, version, values, {"assigned_to": None}, "The case is yours.")

    def close(self, request: gr.Request, case_id: str, version: str, *values: str | None) -> list[Any]:
        """Close the case, or open a closed one again."""
        return self._changed(request, case_id, version, values, {"closed": True}, "Saved.")

    def draft(self, case_id: str, request: gr.Request) -> str:
        """Draft a reply to the case's enquiry, and go to it."""
        try:
            actor = signed(self._services, request)
            case = self._services.cases.case(actor, case_id)
            scope = Scope(sector=case.sector, nation=case.nation, stage=case.stage)
            draft = self._services.drafts.create(actor, case.enquiry, scope, case.channel, case_id=case_id)
        except FAULTS as error:
            return fault_html(error)
        return go_html(draft_address(draft.draft_id), "The draft is ready: open it.")

    def _changed(self, request: gr.Request, case_id: str, version: str, values: Any, more: dict[str, Any], done: str) -> list[Any]:
        nothing = [gr.skip()] * (8 + len(FIELDS))
        try:
            actor = signed(self._services, request)
            stored = self._services.cases.case(actor, case_id)
            given = _given(stored, values)
            if "assigned_to" in more:
                more = {"assigned_to": actor.id}
            if "closed" in more:
                more = {"closed": stored.status != "closed"}
            case = self._services.cases.change(actor, case_id, int(version or 0), _change({**given, **more}))
            return self._shown(actor, case, f'<p role="status">{done}</p>')
        except ConflictError as error:
            now = Case.model_validate(error.current.model_dump())
            differing = ", ".join(_label(name).lower() for name in _given(now, values)) or "nothing that you can see here"
            message = f"Somebody else has changed this case. Different from what is stored: {differing}. Press Save again to put yours over it."
            return [alert(message), gr.skip(), str(now.version), *nothing[2:]]
        except FAULTS as error:
            return [fault_html(error), *nothing]

    def _shown(self, actor: Actor, case: Case, message: str) -> list[Any]:
        names = Names(self._services)
        drafts = self._services.drafts.drafts_of(actor, case.case_id)
        questions = drafts[0].questions if drafts else []
        people = [
            ("Nobody", ""),
            *((each.name, each.id) for each in self._services.people.people(actor) if not each.is_disabled or each.id == case.assigned_to),
        ]
        pipeline = [("None", ""), *((each.name, each.prospect_id) for stage in self._services.prospects.pipeline(actor) for each in stage.prospects)]
        offered = {"assigned_to": people, "prospect_id": pipeline}
        fields = [gr.Dropdown(value=getattr(case, name) or "", label=_marked(case, name)) for name in PROPOSED]
        fields += [str(getattr(case, name)) for name in TYPED]
        fields += [gr.Dropdown(offered[name], value=getattr(case, name) or "") for name in CHOSEN]
        return [
            message,
            case.case_id,
            str(case.version),
            case_head(case, names),
            enquiry_html(case.enquiry, questions),
            drafts_html(drafts),
            beside_html(self._services.cases.similar(actor, case.case_id), self._services.cases.history(actor, case.case_id), names),
            gr.Button(visible=bool(case.unconfirmed)),
            gr.Button("Open the case again" if case.status == "closed" else "Close the case"),
            *fields,
        ]


def _marked(case: Case, name: str) -> str:
    """A field's label, which says where its value was proposed and nobody has confirmed it."""
    return f"{PROPOSED[name][0]} (proposed: please confirm)" if name in case.unconfirmed else PROPOSED[name][0]


def _label(name: str) -> str:
    return PROPOSED[name][0] if name in PROPOSED else {**TYPED, **CHOSEN}[name]


def _given(stored: Case, values: Any) -> dict[str, Any]:
    """The fields that are not as they are stored."""
    given = {}
    for name, value in zip(FIELDS, values, strict=True):
        text = (value or "").strip()
        if text != str(getattr(stored, name) or ""):
            given[name] = text if name in ("name", "contact", "organisation") else text or None
    return given


def _change(given: dict[str, Any]) -> CaseChange:
    """The change. Raises BadInputError for what cannot be put into a case."""
    if given.get("due_on"):
        try:
            given["due_on"] = date.fromisoformat(given["due_on"])
        except ValueError as error:
            raise BadInputError("due day", "is not a day. Write it as year-month-day, for example 2026-04-01.") from error
    try:
        return CaseChange.model_validate(given)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        raise BadInputError(_label(name).lower() if name in FIELDS else name, "cannot be kept as it is. Shorten it, or choose from the list.") from error
