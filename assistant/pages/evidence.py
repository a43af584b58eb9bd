"""The evidence panel: an answer's sources as HTML, every value escaped."""

from html import escape
from itertools import groupby

from assistant.answers import Answer, Citation
from assistant.citing import AUTHORITY_WORDS, STANDING_WORDS
from corpus.dates import PartialDate

EMPTY = '<section class="evidence" aria-label="Sources"><h2>Sources</h2><p>The sources of each answer appear here, with the exact words quoted.</p></section>'


def evidence_html(answer: Answer) -> str:
    """What stands behind an answer, one card for each passage; for a non-answer, the nearest guidance under its own label."""
    parts = ['<section class="evidence" aria-label="Sources" aria-live="polite">']
    if answer.citations:
        parts.append("<h2>Sources</h2>")
        parts += [_card(list(group)) for _, group in groupby(answer.citations, key=lambda citation: citation.passage_id)]
    elif answer.related:
        parts.append("<h2>Nearest guidance</h2><p>This does not answer the question. It is the closest the library has.</p>")
        parts += [_card([citation]) for citation in answer.related]
    else:
        parts.append("<h2>Sources</h2><p>Nothing is quoted for this question.</p>")
    parts.append("</section>")
    return "".join(parts)


def _card(citations: list[Citation]) -> str:
    """One passage: each sentence quoted with its number and place, then the source, its weight and standing, and the way to it."""
    first = citations[0]
    link = ""
    if first.url and first.url.startswith(("http://", "https://")):
        link = f'<a href="{escape(first.url)}" target="_blank" rel="noopener noreferrer">Open the publisher’s page</a>'
    return (
        f'<article class="citation"><h3>{escape(first.title)}</h3>'
        f'<p class="source">{escape(first.publisher)}, {escape(_spoken(first.published))}</p>'
        f'<p class="badges"><span class="badge">{escape(AUTHORITY_WORDS[first.authority])}</span> '
        f'<span class="badge standing-{first.standing}">{escape(STANDING_WORDS[first.standing])}</span></p>'
        f"{''.join(_quote(citation) for citation in citations)}{link}</article>"
    )


def _quote(citation: Citation) -> str:
    return (
        f'<div class="quote"><p class="place"><span class="number">[{citation.number}]</span> {escape(citation.locator)}</p>'
        f"<blockquote>{escape(citation.quote)}</blockquote></div>"
    )


def _spoken(published: str) -> str:
    return "date not known" if published == "unknown" else PartialDate(published).spoken()
