"""Small pieces of HTML that several pages share, every value escaped."""

from html import escape

import gradio as gr

from assistant.citing import AUTHORITY_WORDS, STANDING_WORDS
from corpus.sources import Authority, Standing

NO_INDEX = "There is no index yet, so nothing can be answered. Whoever runs this assistant should run “mutuals index”."


def navigation() -> None:
    """Gives the first page its name in the navigation bar, and the check page, which is none of Gradio's; each page needs its own, as
    Gradio keeps them by page."""
    gr.Navbar([("Check a claim", "check")], main_page_name="Ask")


def header(title: str, lead: str) -> str:
    """The opening of a page: its one first-level heading, and what it is for."""
    return f'<header class="intro"><h1>{escape(title)}</h1><p>{escape(lead)}</p></header>'


def alert(message: str) -> str:
    """A message that something went wrong, told to screen readers at once."""
    return f'<p role="alert">{escape(message)}</p>'


def badges(authority: Authority, standing: Standing) -> str:
    """What weight a source has, and whether it stands."""
    return (
        f'<p class="badges"><span class="badge">{escape(AUTHORITY_WORDS[authority])}</span> '
        f'<span class="badge standing-{standing}">{escape(STANDING_WORDS[standing])}</span></p>'
    )


def publisher_link(url: str | None) -> str:
    """The way to the publisher's page, or nothing where there is no web address."""
    if not url or not url.startswith(("http://", "https://")):
        return ""
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">Open the publisher’s page</a>'


def link(address: str, words: str) -> str:
    """A link inside this site."""
    return f'<a href="{escape(address)}">{escape(words)}</a>'
