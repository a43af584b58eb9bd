"""The strip at the top of the desk's pages: who is signed in with the way out, or the way in."""

import gradio as gr

from assistant.database.engine import DatabaseUnavailableError
from assistant.pages.desk_parts import GONE, QUIET
from assistant.pages.parts import alert, header
from assistant.pages.signed_in import actor_of, here, may_not_html, sign_in_html, strip_html
from assistant.services import Services


def desk_strip(services: Services, page: gr.Blocks, path: str) -> None:
    """Puts the strip on a page; `path` is the page's own, to come back to after signing in."""

    def arrive(request: gr.Request) -> str:
        title = header("Desk", "The helpline’s cases and replies.")
        try:
            actor = actor_of(services, request)
        except DatabaseUnavailableError:
            return title + alert(GONE)
        if actor is None:
            return title + sign_in_html(here(request, path))
        return strip_html(actor) if "read" in actor.rights else title + may_not_html("read")

    strip = gr.HTML("", elem_classes="library strip")
    page.load(arrive, None, [strip], **QUIET)
