"""The inbox as HTML, every value escaped."""

from html import escape

from assistant.desk.case_views import CasePage, CaseSummary
from assistant.desk.labels import STATUS_WORDS
from assistant.pages.desk_parts import Names, case_address, day_words

_COLUMNS = ("Number", "Received", "From", "Matter", "Status", "Reply due", "Assigned to")
MATTER = 140
"""Characters of an enquiry's opening that the list shows."""


def inbox_html(page: CasePage, names: Names) -> str:
    """One page of cases as a table, and how many there are."""
    if not page.total:
        return '<p role="status">No case fits. Take a filter away, or put in a new enquiry above.</p>'
    first = (page.page - 1) * page.size + 1
    told = "1 case" if page.total == 1 else f"{page.total:,} cases"
    shown = f"; {first:,} to {first + len(page.cases) - 1:,} are shown" if page.total > len(page.cases) and page.cases else ""
    head = "".join(f'<th scope="col">{column}</th>' for column in _COLUMNS)
    rows = "".join(_row(case, names) for case in page.cases)
    return (
        f'<p role="status">{told}{shown}</p><div class="scrolls" tabindex="0" role="group" aria-label="Cases, table">'
        f'<table class="cases"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def due_html(case: CaseSummary) -> str:
    """The day a reply is due, and in words whether it has gone by."""
    late = ' <strong class="late">Overdue</strong>' if case.is_overdue else ""
    return f"{day_words(case.due_on)}{late}"


def case_line(case: CaseSummary) -> str:
    """A case named in passing, with the way to it."""
    return f'<a href="{escape(case_address(case.case_id))}">{escape(case.reference)}</a>: {escape(_short(case.matter))}'


def _row(case: CaseSummary, names: Names) -> str:
    who = " – ".join(escape(part) for part in (case.name, case.organisation) if part) or "Not told"
    return (
        f'<tr><th scope="row"><a href="{escape(case_address(case.case_id))}">{escape(case.reference)}</a></th><td>{day_words(case.received_at)}</td>'
        f'<td>{who}</td><td class="matter">{escape(_short(case.matter))}</td><td>{STATUS_WORDS[case.status]}</td><td>{due_html(case)}</td>'
        f"<td>{escape(names.of(case.assigned_to)) or 'Nobody'}</td></tr>"
    )


def _short(text: str) -> str:
    told = " ".join(text.split())
    return told if len(told) <= MATTER else told[:MATTER].rsplit(" ", 1)[0] + " …"
