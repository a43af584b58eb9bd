"""The glossary page: terms with their meaning, abbreviations and everyday words."""

from collections.abc import Sequence
from html import escape
from typing import Any

import gradio as gr

from assistant.errors import BadInputError
from assistant.pages.arriving import SHOW_PLACE, keep_address
from assistant.pages.parts import NO_INDEX, alert, header, navigation
from assistant.services import Services
from corpus.glossary import Term
from index.versions import NoIndexError

TITLE = header("Glossary", "What the words and abbreviations in the guidance mean, and the everyday words this assistant understands for them.")


def glossary_page(services: Services, page: gr.Blocks) -> None:
    """The page over one set of services, inside a route of the site's blocks."""
    navigation()
    gr.HTML(TITLE, js_on_load=SHOW_PLACE)
    words = gr.Textbox(label="Find a word or abbreviation", placeholder="For example: TUPE", max_lines=1)
    listed = gr.HTML("", elem_classes="library")

    def narrow(q: str | None) -> str:
        try:
            return terms_html(services.browse.glossary(q).terms)
        except BadInputError as error:
            return alert(f"The text {error.message}")
        except NoIndexError:
            return alert(NO_INDEX)

    def arrive(request: gr.Request) -> list[Any]:
        q = request.query_params.get("q", "")
        return [q, narrow(q)]

    quiet = {"api_visibility": "private", "show_progress": "hidden"}
    words.change(narrow, words, listed, js=keep_address(["q"], typed="q"), trigger_mode="always_last", **quiet)
    page.load(arrive, None, [words, listed], queue=False, **quiet)


def terms_html(terms: Sequence[Term]) -> str:
    """The terms, each with what else it is called."""
    if not terms:
        return '<p role="status">No term fits. Try another word, or ask about it on the Ask page.</p>'
    count = f"{len(terms)} {'term' if len(terms) == 1 else 'terms'}"
    return f'<div role="status"><h2 class="count">{count}</h2></div><dl class="glossary">{"".join(map(_term, terms))}</dl>'


def _term(term: Term) -> str:
    also = f'<dd class="also">Also called: {escape(", ".join(term.also))}</dd>' if term.also else ""
    everyday = f'<dd class="also">In everyday words: {escape(", ".join(term.everyday))}</dd>' if term.everyday else ""
    return f'<div class="card"><dt>{escape(term.term)}</dt><dd>{escape(term.meaning)}</dd>{also}{everyday}</div>'
