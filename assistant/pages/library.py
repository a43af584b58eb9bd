"""The library page: the catalogue with its filters, or the source or passage that an address asks for."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

import gradio as gr

from assistant.addresses import LIBRARY
from assistant.citing import AUTHORITY_WORDS, STANDING_WORDS
from assistant.errors import BadInputError, NotFoundError
from assistant.pages.arriving import SHOW_PLACE, keep_address
from assistant.pages.parts import NO_INDEX, alert, header, link, navigation
from assistant.pages.passage_view import passage_view
from assistant.pages.source_view import source_card, source_html
from assistant.pages.words import SECTOR_WORDS, THEME_WORDS
from assistant.services import Services
from assistant.views import SourceView
from corpus.sources import Authority, Standing
from corpus.words import Sector, Theme
from index.versions import NoIndexError

_WEIGHTS = list(Authority)
_NOT_LETTERS = re.compile(r"^\W+")
FIRST = 40
"""Sources listed before the reader asks for all of them."""
TITLE = header("Library", "The official documents and other sources that answers are quoted from: what each one weighs, and whether it still stands.")
FILTERS: dict[str, tuple[str, Mapping[Any, str]]] = {
    "theme": ("Theme", THEME_WORDS),
    "sector": ("Service", {sector: words for sector, words in SECTOR_WORDS.items() if sector != "all"}),
    "standing": ("Standing today", STANDING_WORDS),
    "authority": ("Kind of source", AUTHORITY_WORDS),
}
"""For each filter: its label and the choices."""


def library_page(services: Services, page: gr.Blocks) -> None:
    """The page over one set of services, inside a route of the site's blocks."""
    navigation()
    top = gr.HTML("", js_on_load=SHOW_PLACE, elem_classes="library")
    with gr.Column(visible=False) as filters:
        words = gr.Textbox(label="Words in the title or publisher", placeholder="For example: Procurement Act", max_lines=1)
        with gr.Row(elem_classes="filters"):
            choices = [
                gr.Dropdown([("Any", ""), *((said, value) for value, said in offered.items())], value="", label=label, min_width=120)
                for label, offered in FILTERS.values()
            ]
    listed = gr.HTML("", elem_classes="library")
    more = gr.Button("Show all of them", visible=False)
    inputs = [words, *choices]
    names = ["q", *FILTERS]

    def narrow(request: gr.Request, *values: str | None) -> list[Any]:
        if [value or "" for value in values] != _values(dict(request.query_params)):
            return [gr.skip(), gr.skip()]  # told while the page was still taking its inputs from the address
        return _listed(services, values, FIRST)

    def everything(*values: str | None) -> list[Any]:
        return _listed(services, values, None)

    def arrive(request: gr.Request) -> list[Any]:
        asked = dict(request.query_params)
        opened = _opened(services, asked)
        if opened is not None:
            return [opened, gr.Column(visible=False), *[gr.skip()] * len(inputs), "", gr.Button(visible=False)]
        values = _values(asked)
        return [TITLE, gr.Column(visible=True), *values, *_listed(services, values, FIRST)]

    told = {"fn": narrow, "inputs": inputs, "outputs": [listed, more], "api_visibility": "private", "show_progress": "hidden", "trigger_mode": "always_last"}
    words.change(js=keep_address(names, typed="q"), **told)
    for choice in choices:
        choice.input(js=keep_address(names), **told)
    more.click(everything, inputs, [listed, more], api_visibility="private", show_progress="hidden", queue=False)
    page.load(arrive, None, [top, filters, *inputs, listed, more], api_visibility="private", show_progress="hidden", queue=False)


def _opened(services: Services, asked: Mapping[str, str]) -> str | None:
    """The source or passage that an address asks for, or why it cannot be shown; None where it asks for the list."""
    browse = services.browse
    try:
        if "passage" in asked:
            passage = browse.passage(asked["passage"])
            number = asked.get("sentence", "")
            return passage_view(passage, browse.source(passage.source_id).superseded_by, int(number) if number.isdecimal() and len(number) < 5 else None)
        return source_html(browse.source(asked["source"])) if "source" in asked else None
    except NotFoundError as error:
        message = f"The library has no {error.what} with the id “{error.identifier[:100]}”. It may have been taken out, or the address may be cut short."
        return f"{TITLE}{alert(message)}<p>{link(LIBRARY, 'Go to the list of all sources')}</p>"
    except NoIndexError:
        return TITLE + alert(NO_INDEX)


def _values(asked: Mapping[str, str]) -> list[str]:
    """The filters that an address sets, in the order of the page's inputs; what is not a choice narrows nothing."""
    return [asked.get("q", ""), *(asked.get(name, "") if asked.get(name) in offered else "" for name, (_, offered) in FILTERS.items())]


def _listed(services: Services, values: Sequence[str | None], most: int | None) -> list[Any]:
    """The list as narrowed by the page's inputs, and the button that shows the rest of it."""
    q, theme, sector, standing, authority = values
    weight, stands = Authority(authority) if authority else None, Standing(standing) if standing else None
    try:
        found = services.browse.sources(stands, weight, cast(Sector | None, sector or None), cast(Theme | None, theme or None), q).sources
    except BadInputError as error:
        return [alert(f"The text {error.message}"), gr.Button(visible=False)]
    except NoIndexError:
        return [alert(NO_INDEX), gr.Button(visible=False)]
    found.sort(key=_rank)
    rest = most is not None and len(found) > most
    return [list_html(found, most), gr.Button(f"Show all {len(found)}", visible=rest)]


def _rank(view: SourceView) -> tuple[int, bool, str]:
    """The weightier first, of equal weight what is in force, and then by title without its quotation marks."""
    return _WEIGHTS.index(view.source.authority), view.standing is not Standing.IN_FORCE, _NOT_LETTERS.sub("", view.source.title.casefold())


def list_html(found: Sequence[SourceView], most: int | None) -> str:
    """The first `most` sources, and how many there are."""
    if not found:
        return '<p role="status">No source fits. Take a filter away, or use fewer words.</p>'
    shown = found[:most]
    return f'<div role="status"><h2 class="count">{_counted(len(found), len(shown))}</h2></div><ul class="cards">{"".join(map(source_card, shown))}</ul>'


def _counted(found: int, shown: int) -> str:
    if found == 1:
        return "1 source"
    return f"{found} sources, law and guidance first{f'; the first {shown} are shown' if shown < found else ''}"
