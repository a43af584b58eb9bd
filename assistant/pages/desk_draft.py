"""The draft of a reply: the letter to edit, with the evidence of every sentence beside it."""

from pathlib import Path
from typing import Any

import gradio as gr

from assistant.desk.approval import WRITABLE
from assistant.desk.drafts import Draft
from assistant.desk.sentences import sentence_ends
from assistant.errors import BadInputError, ConflictError
from assistant.pages.arriving import SHOW_PLACE
from assistant.pages.desk_draft_view import KEYS, changes_html, draft_head, state_html, theirs_html, version_choices, ways_html
from assistant.pages.desk_evidence import asides_html, evidence_of, results_html
from assistant.pages.desk_parts import FAULTS, QUIET, Names, SignedOutError, fault_html, signed
from assistant.pages.parts import alert
from assistant.people.person import Actor
from assistant.services import Services

_FOLDER = Path(__file__).parent
SCRIPT = (_FOLDER / "desk_draft.js").read_text(encoding="utf-8")
ATTACH = (_FOLDER / "desk_attach.js").read_text(encoding="utf-8")
FOUND = 9
"""Passages that a search shows: one for each of the keys Alt+1 to Alt+9."""
THEIRS = "Somebody else has saved this draft meanwhile. Nothing of yours was lost: your text is in the box, theirs is below."


def draft_section(services: Services, page: gr.Blocks) -> None:
    """The draft that the address asks for."""
    with gr.Column(visible=False, elem_id="draft") as section:
        top = gr.HTML("", js_on_load=SHOW_PLACE, elem_classes="library")
        draft_id = gr.Textbox(visible="hidden", label="Draft", elem_id="draft-id")
        version = gr.Textbox(visible="hidden", label="Version", elem_id="draft-version")
        with gr.Row():
            with gr.Column(scale=1, min_width=320):
                body = gr.Textbox(label="The reply", info=KEYS, lines=24, max_lines=40, elem_id="draft-body", max_length=60_000)
                told = gr.HTML("", js_on_load=SCRIPT, elem_classes="library status")
                gr.HTML('<p id="draft-kept" role="status"></p>', elem_classes="library")
                with gr.Column(visible=False) as clash:
                    theirs = gr.HTML("", elem_classes="library")
                    mine = gr.Button("Keep mine: save it over theirs")
                    take = gr.Button("Take theirs: mine is given up")
                with gr.Row(elem_classes="doing"):
                    save = gr.Button("Save (Alt+S)", variant="primary", elem_id="draft-save")
                    submit = gr.Button("Submit for approval (Alt+Enter)", elem_id="draft-submit")
                sure = gr.Button("Submit it all the same", visible=False, elem_id="draft-sure")
                ways = gr.HTML("", elem_classes="library")
                with gr.Accordion("Versions", open=False):
                    with gr.Row(elem_classes="filters"):
                        before = gr.Dropdown([], label="From", min_width=120)
                        after = gr.Dropdown([], label="To", min_width=120)
                    compare = gr.Button("Show what changed", size="sm")
                    compared = gr.HTML("", elem_classes="library")
            with gr.Column(scale=1, min_width=320):
                words = gr.Textbox(label="Find a passage to attach, then Enter", max_lines=1, elem_id="draft-search")
                results = gr.HTML("", js_on_load=ATTACH, elem_classes="library")
                evidence = gr.HTML("", elem_classes="library")
                asides = gr.HTML("", elem_classes="library")

    does = _Does(services)
    shown = [top, told, version, clash, theirs, save, submit, sure, ways, before, after, evidence, asides]
    saving: dict[str, Any] = {"api_visibility": "private", "show_progress": "minimal"}
    save.click(does.save, [draft_id, version, body], shown, **saving)
    mine.click(does.save, [draft_id, version, body], shown, **saving)
    submit.click(does.submit, [draft_id, version, body], shown, **saving)
    sure.click(does.submit_doubtful, [draft_id, version, body], shown, **saving)
    take.click(does.take, [draft_id], [body, *shown], **QUIET)
    words.submit(does.search, [words], [results], **QUIET)
    results.click(does.attach, [draft_id, body], [body, told], **QUIET)
    compare.click(does.compare, [draft_id, before, after], [compared], **QUIET)
    page.load(does.arrive, None, [section, draft_id, body, *shown], **QUIET)


class _Does:
    """What the page of a draft does. `shown` are 13 parts of it; the letter's box is changed only where its text comes from the database."""

    def __init__(self, services: Services):
        self._services = services

    def arrive(self, request: gr.Request) -> list[Any]:
        """The draft that the address asks for, or why it cannot be shown."""
        asked = request.query_params.get("draft")
        if asked is None:
            return [gr.Column(visible=False), *[gr.skip()] * 15]
        try:
            actor = signed(self._services, request)
            draft = self._services.drafts.draft(actor, asked)
            box = gr.Textbox(draft.body, interactive=draft.state in WRITABLE)
            return [gr.Column(visible=True), draft.draft_id, box, *self._shown(actor, draft, state_html("", draft.body, arrived=True))]
        except SignedOutError:  # the strip at the top says so
            return [gr.Column(visible=False), *[gr.skip()] * 15]
        except FAULTS as error:
            return [gr.Column(visible=True), gr.skip(), gr.skip(), fault_html(error), *[gr.skip()] * 12]

    def save(self, draft_id: str, version: str, body: str, request: gr.Request) -> list[Any]:
        """Keep the text and check what was changed in it. What is typed meanwhile stays in the box."""
        try:
            actor = signed(self._services, request)
            draft = self._services.drafts.save(actor, draft_id, int(version), body or "")
            return self._shown(actor, draft, state_html(f"Saved as version {draft.version}.", body or ""))
        except ConflictError as error:
            return self._clash(error, body or "")
        except FAULTS as error:
            return self._failed(fault_html(error))

    def submit(self, draft_id: str, version: str, body: str, request: gr.Request) -> list[Any]:
        """Keep the text, and hand it to another person for approval."""
        return self._submitted(draft_id, version, body, request, sure=False)

    def submit_doubtful(self, draft_id: str, version: str, body: str, request: gr.Request) -> list[Any]:
        """The same, although sentences are contradicted or lack a source."""
        return self._submitted(draft_id, version, body, request, sure=True)

    def _submitted(self, draft_id: str, version: str, body: str, request: gr.Request, sure: bool) -> list[Any]:
        try:
            actor = signed(self._services, request)
            draft = self._services.drafts.save(actor, draft_id, int(version), body or "")
        except ConflictError as error:
            return self._clash(error, body or "")
        except FAULTS as error:
            return self._failed(fault_html(error))
        doubtful = sum(sentence.support in ("contradicted", "needs_source") for sentence in draft.sentences)
        if doubtful and not sure:
            said = "1 sentence is" if doubtful == 1 else f"{doubtful} sentences are"
            message = f"Saved, but not submitted: {said} contradicted or without a source. Mend it, or choose “Submit it all the same”."
            return self._shown(actor, draft, state_html(message, body or "", grave=True), doubtful=True)
        try:
            draft = self._services.drafts.submit(actor, draft_id, draft.version, confirm=sure)
        except FAULTS as error:
            return self._shown(actor, draft, state_html("", body or "") + fault_html(error))
        return self._shown(actor, draft, state_html("Submitted. Another person can approve it now.", body or ""))

    def take(self, draft_id: str, request: gr.Request) -> list[Any]:
        """Give one's own text up for what is stored."""
        try:
            actor = signed(self._services, request)
            draft = self._services.drafts.draft(actor, draft_id)
            return [draft.body, *self._shown(actor, draft, state_html("Their text is in the box now.", draft.body))]
        except FAULTS as error:
            return [gr.skip(), *self._failed(fault_html(error))]

    def search(self, words: str, request: gr.Request) -> str:
        """Passages for the words."""
        try:
            signed(self._services, request)
            return results_html(words or "", self._services.browse.search(words or "", FOUND).results)
        except BadInputError as error:
            return alert(f"The search {error.message}")
        except FAULTS as error:
            return fault_html(error)

    def attach(self, draft_id: str, body: str, request: gr.Request, event: gr.EventData) -> list[Any]:
        """Put a passage's number behind the sentence that the cursor stands in."""
        try:
            actor = signed(self._services, request)
            stored = self._services.drafts.draft(actor, draft_id).body
            citation = self._services.drafts.attach(actor, draft_id, str(event.passage), int(event.sentence))
        except FAULTS as error:
            return [gr.skip(), fault_html(error)]
        place = sentence_end(body, int(event.at))
        marker = f"[{citation.number}]"
        gap = "" if body[:place].endswith("]") or not body[:place].strip() else " "
        text = body[:place] + gap + marker + body[place:]
        message = f"Attached as {marker}: {citation.locator}, {citation.title}. Save to have the sentence checked."
        return [text, state_html(message, stored, at=place + len(gap + marker))]

    def compare(self, draft_id: str, before: int | None, after: int | None, request: gr.Request) -> str:
        """What changed from one version to another, word by word."""
        try:
            actor = signed(self._services, request)
            if not before or not after:
                raise BadInputError("version", "is missing: choose two.")
            old, new = (self._services.drafts.draft(actor, draft_id, number) for number in (before, after))
            return changes_html(old.body, new.body)
        except FAULTS as error:
            return fault_html(error)

    def _shown(self, actor: Actor, draft: Draft, message: str, doubtful: bool = False) -> list[Any]:
        writable = draft.state in WRITABLE
        names = Names(self._services)
        case = self._services.cases.case(actor, draft.case_id)
        versions = version_choices(self._services.drafts.versions(actor, draft.draft_id), names)
        return [
            draft_head(draft, case, names),
            message,
            str(draft.version),
            gr.Column(visible=False),
            "",
            gr.Button(visible=writable),
            gr.Button(visible=draft.state in ("draft", "returned")),
            gr.Button(visible=doubtful),
            ways_html(draft),
            gr.Dropdown(versions, value=max(1, draft.version - 1)),
            gr.Dropdown(versions, value=draft.version),
            evidence_of(draft, self._services.browse.address_of),
            asides_html(draft.unanswered, draft.notices),
        ]

    def _clash(self, error: ConflictError, body: str) -> list[Any]:
        """Both texts: one's own stays in the box, what is stored stands below with the differences."""
        now = Draft.model_validate(error.current.model_dump())
        both = theirs_html(now, body, Names(self._services))
        return [gr.skip(), state_html(THEIRS, now.body, grave=True), str(now.version), gr.Column(visible=True), both, *[gr.skip()] * 8]

    def _failed(self, message: str) -> list[Any]:
        return [gr.skip(), message, *[gr.skip()] * 11]


def sentence_end(body: str, at: int) -> int:
    """Where a marker belongs: behind the sentence that character `at` of the letter stands in, and behind markers that are there already."""
    at = max(0, min(at, len(body)))
    start = body.rfind("\n", 0, at) + 1
    end = body.find("\n", at)
    line = body[start : len(body) if end < 0 else end]
    for stop, following in [*sentence_ends(line), (len(line.rstrip()), len(line) + 1)]:
        if at - start < following:
            return start + stop
    return start + len(line.rstrip())
