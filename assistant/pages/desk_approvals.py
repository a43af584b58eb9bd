"""The approvals page: drafts that wait for a second person, each read with its evidence, approved or returned with a reason, then marked as sent."""

from collections.abc import Callable
from html import escape
from typing import Any

import gradio as gr

from assistant.desk.drafts import Draft
from assistant.desk.letters import letter_text
from assistant.pages.arriving import SHOW_PLACE
from assistant.pages.desk_draft_view import draft_head, ways_html
from assistant.pages.desk_evidence import asides_html, counted, evidence_of
from assistant.pages.desk_parts import APPROVALS, FAULTS, QUIET, Names, SignedOutError, draft_address, fault_html, moment_words, signed
from assistant.pages.desk_strip import desk_strip
from assistant.pages.parts import header, link, navigation
from assistant.people.person import Actor
from assistant.services import Services

TITLE = header("Approvals", "Replies that wait for a second person: read each with its evidence, then approve it, or return it with a reason.")
OWN = "You wrote or changed this reply, so another person has to approve it."
NO_RIGHT = "Your account may not approve replies. An approver or an administrator can."


def approvals_page(services: Services, page: gr.Blocks) -> None:
    """The page over one set of services, inside a route of the site's blocks."""
    navigation()
    desk_strip(services, page, APPROVALS)
    top = gr.HTML("", js_on_load=SHOW_PLACE, elem_classes="library")
    told = gr.HTML("", elem_classes="library status")
    draft_id = gr.Textbox(visible="hidden", label="Draft")
    version = gr.Textbox(visible="hidden", label="Version that was read")
    with gr.Row(visible=False) as opened:
        with gr.Column(scale=1, min_width=320):
            letter = gr.HTML("", elem_classes="library")
            with gr.Column(visible=False) as deciding:
                approve = gr.Button("Approve this reply", variant="primary", elem_id="approve")
                reason = gr.Textbox(label="Reason for returning it", lines=2, elem_id="return-reason", max_length=2_000)
                back = gr.Button("Return it with this reason", elem_id="return")
            sent = gr.Button("Mark as sent", variant="primary", visible=False, elem_id="mark-sent")
            ways = gr.HTML("", elem_classes="library")
        with gr.Column(scale=1, min_width=320):
            evidence = gr.HTML("", elem_classes="library")
    does = _Does(services)
    outputs = [top, told, draft_id, version, opened, letter, deciding, sent, ways, evidence]
    approve.click(does.approve, [draft_id, version], outputs, **QUIET)
    back.click(does.send_back, [draft_id, version, reason], outputs, **QUIET)
    sent.click(does.mark_sent, [draft_id], outputs, **QUIET)
    page.load(does.arrive, None, outputs, **QUIET)


class _Does:
    """What the page does. Each gives the whole page anew."""

    def __init__(self, services: Services):
        self._services = services

    def arrive(self, request: gr.Request) -> list[Any]:
        """The draft that the address asks for, or the list."""
        asked = request.query_params.get("draft")
        try:
            actor = signed(self._services, request)
            if asked:
                return self._shown(actor, self._services.drafts.draft(actor, asked), "")
            listed = TITLE + self._waiting(actor)
        except SignedOutError:  # the strip at the top says so
            return [gr.skip()] * 10
        except FAULTS as error:
            return [TITLE, fault_html(error), *[gr.skip()] * 8]
        return [listed, *[gr.skip()] * 9]

    def approve(self, draft_id: str, version: str, request: gr.Request) -> list[Any]:
        """Approve the draft."""
        return self._done(draft_id, request, lambda actor: self._services.drafts.approve(actor, draft_id, int(version)), "Approved. It can be sent now.")

    def send_back(self, draft_id: str, version: str, reason: str, request: gr.Request) -> list[Any]:
        """Return the draft with a reason."""
        return self._done(
            draft_id, request, lambda actor: self._services.drafts.send_back(actor, draft_id, reason or "", int(version)), "Returned with your reason."
        )

    def mark_sent(self, draft_id: str, request: gr.Request) -> list[Any]:
        """Say that the reply has gone out."""
        return self._done(draft_id, request, lambda actor: self._services.drafts.mark_sent(actor, draft_id), "Marked as sent.")

    def _done(self, draft_id: str, request: gr.Request, do: Callable[[Actor], Draft], message: str) -> list[Any]:
        try:
            actor = signed(self._services, request)
            return self._shown(actor, do(actor), f'<p role="status">{escape(message)} {link(APPROVALS, "All that wait")}</p>')
        except FAULTS as error:
            return [gr.skip(), fault_html(error), *[gr.skip()] * 8]

    def _waiting(self, actor: Actor) -> str:
        names = Names(self._services)
        waiting = self._services.drafts.queue(actor)
        if not waiting:
            return '<p role="status">No reply waits for approval.</p>'
        rows = "".join(self._row(actor, draft, names) for draft in waiting)
        head = "".join(f'<th scope="col">{name}</th>' for name in ("Reply to", "Submitted by", "Version saved", "Evidence", "What you can do"))
        told = "1 reply waits." if len(waiting) == 1 else f"{len(waiting)} replies wait."
        return (
            f'<p role="status">{told}</p><div class="scrolls" tabindex="0" role="group" aria-label="Replies that wait, table">'
            f'<table class="cases"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        )

    def _row(self, actor: Actor, draft: Draft, names: Names) -> str:
        case = self._services.cases.case(actor, draft.case_id)
        blocked = self._blocked(actor, draft)
        way = f'<a href="{escape(draft_address(draft.draft_id, APPROVALS))}">{escape(case.reference)}</a>'
        return (
            f'<tr><th scope="row">{way}</th><td>{escape(names.of(draft.submitted_by))}</td><td>{moment_words(draft.saved_at)}</td>'
            f"<td>{escape(counted(draft.sentences))}</td><td>{escape(blocked or 'Read and decide')}</td></tr>"
        )

    def _blocked(self, actor: Actor, draft: Draft) -> str:
        """Why this person cannot decide on this draft; nothing where they can."""
        if "approve" not in actor.rights:
            return NO_RIGHT
        return OWN if actor.id in self._services.drafts.authors(actor, draft.draft_id) else ""

    def _shown(self, actor: Actor, draft: Draft, message: str) -> list[Any]:
        names = Names(self._services)
        case = self._services.cases.case(actor, draft.case_id)
        blocked = self._blocked(actor, draft) if draft.state == "submitted" else ""
        note = f'<p class="note">{escape(blocked)}</p>' if blocked else ""
        waits = draft.state == "submitted" and not blocked
        text = escape(letter_text(draft.body, draft.citations))
        back = f"<p>{link(APPROVALS, 'All that wait')} · {link(draft_address(draft.draft_id), 'Open in the editor')}</p>"
        return [
            back + draft_head(draft, case, names),
            message + note,
            draft.draft_id,
            str(draft.version),
            gr.Row(visible=True),
            f'<section aria-label="The reply"><h2>The reply</h2><div class="enquiry" tabindex="0">{text}</div></section>',
            gr.Column(visible=waits),
            gr.Button(visible=draft.state == "approved"),
            ways_html(draft),
            evidence_of(draft, self._services.browse.address_of, worst_first=True) + asides_html(draft.unanswered, draft.notices),
        ]
