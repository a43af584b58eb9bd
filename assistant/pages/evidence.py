"""The evidence panel: an answer's sources and notices as HTML, every value escaped."""

from html import escape

from assistant.answers import Answer, Citation, Notice
from assistant.citing import AUTHORITY_WORDS, STANDING_WORDS
from corpus.dates import PartialDate

EMPTY = '<section class="evidence" aria-label="Sources"><h2>Sources</h2><p>The sources of each answer appear here, with the exact words quoted.</p></section>'


def evidence_html(answer: Answer) -> str:
    """What stands behind an answer; for a non-answer, the nearest guidance under its own label."""
    parts = ['<section class="evidence" aria-label="Sources" aria-live="polite">']
    parts += [_notice(notice) for notice in answer.notices]
    if answer.citations:
        parts.append(f"<h2>Sources ({len(answer.citations)})</h2>")
        parts += [_citation(citation) for citation in answer.citations]
    if answer.related:
        parts.append("<h2>Nearest guidance</h2><p>This does not answer the question. It is the closest the library has.</p>")
        parts += [_citation(citation) for citation in answer.related]
    if not answer.citations and not answer.related:
        parts.append("<h2>Sources</h2><p>Nothing is quoted for this question.</p>")
    parts.append("</section>")
    return "".join(parts)


def _notice(notice: Notice) -> str:
    return f'<p class="notice notice-{escape(notice.kind)}"><strong>Note:</strong> {escape(notice.text)}</p>'


def _citation(citation: Citation) -> str:
    link = ""
    if citation.url and citation.url.startswith(("http://", "https://")):
        link = f'<a href="{escape(citation.url)}" target="_blank" rel="noopener noreferrer">Open the publisher’s page</a>'
    return (
        f'<article class="citation" id="source-{citation.number}">'
        f'<h3><span class="number">[{citation.number}]</span> {escape(citation.locator)}</h3>'
        f"<blockquote>{escape(citation.quote)}</blockquote>"
        f'<p class="source">{escape(citation.title)}<br>{escape(citation.publisher)}, {escape(_spoken(citation.published))}</p>'
        f'<p class="badges"><span class="badge">{escape(AUTHORITY_WORDS[citation.authority])}</span> '
        f'<span class="badge standing-{citation.standing}">{escape(STANDING_WORDS[citation.standing])}</span></p>'
        f"{link}</article>"
    )


def _spoken(published: str) -> str:
    return "date not known" if published == "unknown" else PartialDate(published).spoken()
