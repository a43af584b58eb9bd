"""The evidence panel: an answer's sources as HTML, every value escaped."""

from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby

from assistant.addresses import passage_address
from assistant.answers import Answer, Citation
from assistant.pages.parts import badges, publisher_link
from assistant.pages.passage_view import place_of
from assistant.rendering import published

EMPTY = '<section class="evidence" aria-label="Sources"><h2>Sources</h2><p>The sources of each answer appear here, with the exact words quoted.</p></section>'

AddressOf = Callable[[Citation], str]
"""Gives the permanent address of what a citation quotes."""


def _of_passage(citation: Citation) -> str:
    return passage_address(citation.passage_id)


def evidence_html(answer: Answer, address_of: AddressOf = _of_passage) -> str:
    """What stands behind an answer, one card for each passage; for a non-answer, the nearest guidance under its own label."""
    parts = ['<section class="evidence" aria-label="Sources" aria-live="polite">']
    if answer.citations:
        parts.append("<h2>Sources</h2>")
        parts += [_card(list(group), address_of) for _, group in groupby(answer.citations, key=lambda citation: citation.passage_id)]
    elif answer.related:
        parts.append("<h2>Nearest guidance</h2><p>This does not answer the question. It is the closest the library has.</p>")
        parts += [_card([citation], address_of) for citation in answer.related]
    else:
        parts.append("<h2>Sources</h2><p>Nothing is quoted for this question.</p>")
    parts.append("</section>")
    return "".join(parts)


def _card(citations: list[Citation], address_of: AddressOf) -> str:
    """One passage: its source with weight and standing, each sentence quoted with its number and place, and the way to the publisher."""
    first = citations[0]
    quotes = "".join(_quote(citation, citations[:number], address_of(citation)) for number, citation in enumerate(citations))
    return (
        f'<article class="citation"><h3>{escape(first.title)}</h3>'
        f'<p class="source">{escape(first.publisher)}, {escape(published(first.published))}</p>'
        f"{badges(first.authority, first.standing)}{quotes}{publisher_link(first.url)}</article>"
    )


def _quote(citation: Citation, before: Sequence[Citation], address: str) -> str:
    """One sentence, with the publisher's own words where they are there. The library opens in a tab of its own, so that the conversation stays."""
    return (
        f'<div class="quote"><p class="place"><span class="number">[{citation.number}]</span> {escape(citation.locator)}</p>'
        f"<blockquote>{escape(citation.quote)}</blockquote>{_original(citation, before)}"
        f'<p class="way"><a href="{escape(address)}" target="_blank">Show<span class="unseen"> [{citation.number}]</span> in the library</a></p></div>'
    )


def _original(citation: Citation, before: Sequence[Citation]) -> str:
    """The publisher's own words, once where several sentences on the card rest on the same ones."""
    original = citation.original
    if original is None:
        return ""
    shown = next((other.number for other in before if other.original == original), None)
    if shown is not None:
        return f'<p class="place">{escape(place_of(original))}: as for [{shown}]</p>'
    return f'<p class="place">{escape(place_of(original))}</p><blockquote class="original">{escape(original.quote)}</blockquote>'
