"""A briefing to take into a meeting: what was checked, as a PDF of one page for half a dozen claims."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from assistant.checking.verdicts import Check
from assistant.checking.wording import VERDICT_MARKS, VERDICT_WORDS, place
from assistant.pdf import pdf, styles

TITLE = "Claims checked against the guidance"
CAUTION = (
    "Each verdict rests on the sentence quoted under it, from a library of notes on official and other sources, as it stood on the day given. "
    "“Not covered” says nothing for or against a claim. This is general guidance, not legal advice."
)
_LONGEST_QUOTE = 320
"""Characters of a quotation on a page that must stay short; what is cut is marked."""


def briefing(checks: Sequence[Check], day: date) -> bytes:
    """The checks as a PDF, in the order given."""
    from reportlab.platypus import KeepTogether, Paragraph

    styled = styles()

    def paragraphs(check: Check) -> Iterator[Any]:
        yield Paragraph(f"{VERDICT_MARKS[check.verdict]} {VERDICT_WORDS[check.verdict]}: “{escape(check.claim)}”", styled["step"])
        yield Paragraph(escape(check.explanation), styled["paragraph"])
        for citation in check.citations[:2]:
            yield Paragraph(f"“{escape(_shortened(citation.quote))}”", styled["note"])
            yield Paragraph(escape(place(citation)), styled["source"])
            if citation.url:
                address = escape(citation.url, {'"': "&quot;"})
                yield Paragraph(f'<link href="{address}">{escape(citation.url)}</link>', styled["link"])
        for notice in check.notices:
            yield Paragraph(escape(notice.text), styled["source"])

    spoken = f"{day.day} {day:%B %Y}"
    story: list[Any] = [Paragraph(TITLE, styled["title"]), Paragraph(f"Checked on {spoken}. {CAUTION}", styled["paragraph"])]
    story += [KeepTogether(list(paragraphs(check))) for check in checks]
    return pdf(story, TITLE, f"{len(checks)} checked", f"{TITLE}, {spoken}. Not legal advice.", day)


def _shortened(quote: str) -> str:
    return quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE].rsplit(' ', 1)[0]} …"
