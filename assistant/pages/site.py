"""All pages of the product as one multipage Gradio application."""

import gradio as gr

from assistant.addresses import LIBRARY, PATHWAY
from assistant.pages.ask import ask_page
from assistant.pages.batch import BATCH, batch_page
from assistant.pages.desk import desk_page
from assistant.pages.desk_approvals import approvals_page
from assistant.pages.desk_parts import APPROVALS, DESK
from assistant.pages.glossary import glossary_page
from assistant.pages.insight import INSIGHT, insight_page
from assistant.pages.library import library_page
from assistant.pages.pathway import pathway_page
from assistant.pages.people import PEOPLE, people_page
from assistant.pages.timeline import timeline_page
from assistant.services import Services


def site(services: Services) -> gr.Blocks:
    """The ask page at `/`, and the others beside it in the navigation bar."""
    pages = ask_page(services)
    others = (
        ("Pathway", PATHWAY, pathway_page),
        ("Library", LIBRARY, library_page),
        ("Timeline", "/timeline", timeline_page),
        ("Glossary", "/glossary", glossary_page),
        ("Desk", DESK, desk_page),
        ("Approvals", APPROVALS, approvals_page),
        ("Insight", INSIGHT, insight_page),
        ("Batch", BATCH, batch_page),
        ("People", PEOPLE, people_page),
    )
    for name, path, build in others:
        with pages.route(name, path):
            build(services, pages)
    return pages
