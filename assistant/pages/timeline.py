"""The timeline page: what replaced what, as a picture and in words."""

from typing import Any

import gradio as gr

from assistant.pages.arriving import SHOW_PLACE, keep_address
from assistant.pages.change_list import changes_html
from assistant.pages.parts import NO_INDEX, alert, header, navigation
from assistant.pages.timeline_picture import TimelinePictures
from assistant.pages.words import SECTOR_WORDS
from assistant.services import Services
from assistant.views import ChangeView
from index.versions import NoIndexError

TITLE = header("Timeline", "What replaced what: which rules, schemes and bodies came to an end, on which day, and what has stood since.")


def timeline_page(services: Services, page: gr.Blocks) -> None:
    """The page over one set of services, inside a route of the site's blocks."""
    pictures = TimelinePictures()
    navigation()
    gr.HTML(TITLE, js_on_load=SHOW_PLACE)
    sector = gr.Dropdown(
        [("Every service", ""), *((words, value) for value, words in SECTOR_WORDS.items() if value != "all")], value="", label="Show what changed for"
    )
    shown = gr.HTML("", elem_classes="library")

    def show(chosen: Any) -> str:
        try:
            version = services.live.current().manifest.version
            found = services.browse.timeline(chosen or None)
        except NoIndexError:
            return alert(NO_INDEX)
        return timeline_html(found.changes, pictures.picture(version, found) if found.changes else "")

    def arrive(request: gr.Request) -> list[Any]:
        asked = request.query_params.get("sector", "")
        chosen = asked if asked in SECTOR_WORDS and asked != "all" else ""
        return [chosen, show(chosen)]

    sector.input(show, sector, shown, js=keep_address(["sector"]), api_visibility="private", show_progress="hidden", queue=False)
    page.load(arrive, None, [sector, shown], api_visibility="private", show_progress="hidden", queue=False)


def timeline_html(changes: list[ChangeView], picture: str) -> str:
    """The picture, and the same changes in words."""
    if not changes:
        return '<p role="status">The timeline has no change for this service.</p>'
    count = f"{len(changes)} {'change' if len(changes) == 1 else 'changes'}, the latest first"
    return (
        "<h2>At a glance</h2><p>Each row is one line of succession, read from left to right. In bold is the last that the library records in it. "
        "On a narrow screen the picture scrolls sideways; the same changes are told in words below it.</p>"
        f'<div class="picture" tabindex="0" role="region" aria-label="Timeline picture; it can be scrolled sideways">{picture}</div>'
        f'<div role="status"><h2 class="count">{count}</h2></div>{changes_html(changes)}'
    )
