"""Rows of the database as cases."""

import re
from datetime import date

from assistant.database.desk_tables import CaseRow
from assistant.desk.case_views import Case, CaseSummary

DONE = ("sent", "closed")
"""Where a case stands once nothing more is due."""
MATTER = 140
"""Characters of the opening shown in a list."""
_GREETING = re.compile(r"\A\s*[^\n]{0,60},\s*\n")


def reference(number: int) -> str:
    """How people name a case: `MIS-000123`."""
    return f"MIS-{number:06d}"


def matter(searchable: str) -> str:
    """The opening of an enquiry in one line, without the greeting where that stands in a line of its own."""
    words = " ".join(_GREETING.sub("", searchable, count=1).split())
    return words if len(words) <= MATTER else f"{words[: MATTER - 1].rsplit(' ', 1)[0]}…"


def summary_of(row: CaseRow, today: date) -> CaseSummary:
    """One line of a list."""
    return CaseSummary.model_validate(_fields(row, today))


def case_of(row: CaseRow, today: date) -> Case:
    """The whole case."""
    whole = ("contact", "enquiry", "updated_at", "replied_at", "closed_at", "erased_at")
    return Case.model_validate(_fields(row, today) | {name: getattr(row, name) for name in whole})


def _fields(row: CaseRow, today: date) -> dict[str, object]:
    same = ("number", "received_at", "channel", "name", "organisation", "status", "due_on", "assigned_to", "prospect_id", "version")
    proposed = ("sector", "region", "nation", "organisation_type", "stage")
    return {name: getattr(row, name) for name in same + proposed} | {
        "case_id": row.id,
        "reference": reference(row.number),
        "matter": matter(row.searchable),
        "is_overdue": row.status not in DONE and row.due_on < today,
        "unconfirmed": row.unconfirmed.split(),
    }
