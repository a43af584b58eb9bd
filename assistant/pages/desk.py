"""The desk: the inbox, or the case or the draft that the address asks for."""

import gradio as gr

from assistant.pages.desk_case import case_section
from assistant.pages.desk_draft import draft_section
from assistant.pages.desk_inbox import inbox_section
from assistant.pages.desk_parts import DESK
from assistant.pages.desk_strip import desk_strip
from assistant.pages.parts import navigation
from assistant.services import Services


def desk_page(services: Services, page: gr.Blocks) -> None:
    """The page over one set of services, inside a route of the site's blocks."""
    navigation()
    desk_strip(services, page, DESK)
    inbox_section(services, page)
    case_section(services, page)
    draft_section(services, page)
