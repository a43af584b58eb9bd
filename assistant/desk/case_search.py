"""Finding cases by what they are and by words in them."""

import re
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from assistant.database.desk_tables import CaseRow
from assistant.desk.case_views import CaseFilters, CasePage, storable
from assistant.desk.reading_cases import DONE, summary_of

_REFERENCE = re.compile(r"(?:MIS-?)?0*([1-9][0-9]{0,8})", re.IGNORECASE)
_SAME = ("sector", "region", "nation", "organisation_type", "stage", "channel", "assigned_to", "prospect_id")
_ORDERS = {"received": CaseRow.received_at, "due": CaseRow.due_on, "updated": CaseRow.updated_at}


def listed(session: Session, filters: CaseFilters, today: date) -> CasePage:
    """One page of the cases that fit."""
    fits = _fits(filters, today)
    total = session.scalar(select(func.count()).select_from(CaseRow).where(*fits)) or 0
    column = _ORDERS[filters.sort.removeprefix("-")]
    order = (column.desc(), CaseRow.number.desc()) if filters.sort.startswith("-") else (column, CaseRow.number)
    rows = session.scalars(select(CaseRow).where(*fits).order_by(*order).limit(filters.size).offset((filters.page - 1) * filters.size))
    return CasePage(cases=[summary_of(row, today) for row in rows], total=total, page=filters.page, size=filters.size)


def _fits(filters: CaseFilters, today: date) -> list[ColumnElement[bool]]:
    """What a case must fulfil."""
    fits: list[ColumnElement[bool]] = [getattr(CaseRow, name) == storable(value) for name in _SAME if (value := getattr(filters, name)) is not None]
    if filters.status:
        fits.append(CaseRow.status.in_(filters.status))
    if filters.unassigned:
        fits.append(CaseRow.assigned_to.is_(None))
    if filters.overdue:
        fits += [CaseRow.status.not_in(DONE), CaseRow.due_on < today]
    if filters.received_from:
        fits.append(CaseRow.received_at >= _start(filters.received_from))
    if filters.received_to and filters.received_to < date.max:
        fits.append(CaseRow.received_at < _start(filters.received_to + timedelta(days=1)))
    return fits + [_holds(word) for word in storable(filters.q).split()]


def _holds(word: str) -> ColumnElement[bool]:
    """Whether the word stands in what may be searched, or is the case's number."""
    texts = (CaseRow.searchable, CaseRow.name, CaseRow.organisation)
    places: list[ColumnElement[bool]] = [text.icontains(word, autoescape=True) for text in texts]
    number = _REFERENCE.fullmatch(word)
    return or_(*places, CaseRow.number == int(number[1])) if number else or_(*places)


def _start(day: date) -> datetime:
    """The first moment of a day, in UTC."""
    return datetime.combine(day, time(), UTC)
