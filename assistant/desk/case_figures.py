"""Figures of enquiries: who asks, when, and how soon they are answered. One query each, none for one make of database alone."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from assistant.database.desk_tables import CaseRow
from assistant.desk.figures import FEWER, SMALL, InsightFilters, Reading
from assistant.desk.labels import CHANNEL_WORDS, ORGANISATION_WORDS, REGION_WORDS, STATUS_WORDS
from assistant.desk.sheets import Cell
from assistant.sectors import SECTOR_WORDS
from assistant.stages import STAGE_WORDS

NOT_KNOWN = "Not known"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def chosen(filters: InsightFilters, dated: bool = True) -> list[ColumnElement[bool]]:
    """What the filters say of cases."""
    which: list[ColumnElement[bool]] = [*within(CaseRow.received_at, filters)] if dated else []
    for name in ("sector", "region", "channel", "status"):
        value = getattr(filters, name)
        if value is not None:
            which.append(getattr(CaseRow, name) == value)
    return which


def within(column: InstrumentedAttribute[datetime], filters: InsightFilters) -> Iterator[ColumnElement[bool]]:
    """From the first day's midnight to the midnight after the last day, in UTC."""
    if filters.from_:
        yield column >= _midnight(filters.from_)
    if filters.to and filters.to < date.max:
        yield column < _midnight(filters.to + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def sectors(reading: Reading) -> list[list[Cell]]:
    """By service area, the most first."""
    return _counted(reading, CaseRow.sector, SECTOR_WORDS)


def regions(reading: Reading) -> list[list[Cell]]:
    """By region, each of them, in the order from north to south; those not known last."""
    counts = dict(_counts(reading, CaseRow.region))
    told: list[list[Cell]] = [[words, counts.get(region, 0)] for region, words in REGION_WORDS.items()]
    unknown = sum(count for value, count in counts.items() if value not in REGION_WORDS)
    return [*told, [NOT_KNOWN, unknown]] if unknown else told


def stages(reading: Reading) -> list[list[Cell]]:
    """By stage, the most first."""
    return _counted(reading, CaseRow.stage, STAGE_WORDS)


def organisations(reading: Reading) -> list[list[Cell]]:
    """By type of organisation, the most first."""
    return _counted(reading, CaseRow.organisation_type, ORGANISATION_WORDS)


def channels(reading: Reading) -> list[list[Cell]]:
    """By how the enquiry came, the most first."""
    return _counted(reading, CaseRow.channel, CHANNEL_WORDS)


def statuses(reading: Reading) -> list[list[Cell]]:
    """By where the enquiry stands, the most first."""
    return _counted(reading, CaseRow.status, STATUS_WORDS)


def _counts(reading: Reading, column: InstrumentedAttribute[Any]) -> Sequence[tuple[str | None, int]]:
    found = reading.session.execute(select(column, func.count()).where(*chosen(reading.filters)).group_by(column))
    return [(value, count) for value, count in found]


def _counted(reading: Reading, column: InstrumentedAttribute[Any], words: Mapping[Any, str]) -> list[list[Cell]]:
    """Labels with counts, the most first, then in the order of the words; what is not known last."""
    order = list(words)
    found = [(value, count) for value, count in _counts(reading, column)]
    known = sorted((each for each in found if each[0] in words), key=lambda each: (-each[1], order.index(each[0])))
    unknown = sum(count for value, count in found if value not in words)
    told: list[list[Cell]] = [[words[value], count] for value, count in known]
    return [*told, [NOT_KNOWN, unknown]] if unknown else told


def over_time(reading: Reading) -> list[list[Cell]]:
    """By month or week from the first to the last that has any, also those between without one. Months are told apart here: no two databases do it alike."""
    moments = reading.session.scalars(select(CaseRow.received_at).where(*chosen(reading.filters)))
    by_week = reading.filters.by == "week"
    counts = Counter(_period(moment.astimezone(UTC).date(), by_week) for moment in moments)
    rows: list[list[Cell]] = []
    if counts:
        period, last = min(counts), max(counts)
        while period <= last:
            rows.append([_spoken(period, by_week), counts[period]])
            period = period + timedelta(days=7) if by_week else (period.replace(day=28) + timedelta(days=4)).replace(day=1)
    return rows


def _period(day: date, by_week: bool) -> date:
    """The Monday of the week, or the first of the month."""
    return day - timedelta(days=day.weekday()) if by_week else day.replace(day=1)


def _spoken(period: date, by_week: bool) -> str:
    month = f"{_MONTHS[period.month - 1]} {period.year}"
    return f"{period.day} {month}" if by_week else month


def replies(reading: Reading) -> list[list[Cell]]:
    """How soon enquiries were replied to. The percentile is by nearest rank: as many days as 90 in 100 took at most."""
    columns = (CaseRow.received_at, CaseRow.replied_at, CaseRow.due_on, CaseRow.status)
    found = reading.session.execute(select(*columns).where(*chosen(reading.filters))).all()
    today = reading.now.astimezone(UTC).date()
    replied = [(row.received_at.astimezone(UTC).date(), row.replied_at.astimezone(UTC).date(), row.due_on) for row in found if row.replied_at]
    days = sorted(int(np.busday_count(received, sent)) for received, sent, _ in replied)
    late = sum(sent > due for _, sent, due in replied)
    overdue = sum(row.due_on < today for row in found if not row.replied_at and row.status not in ("sent", "closed"))
    hides = reading.filters.suppress_small
    told: list[list[Cell]] = [["Enquiries replied to", FEWER if hides and 0 < len(days) < SMALL else len(days)]]
    if days and not (hides and len(days) < SMALL):
        told.append(["Working days to reply, median", float(np.median(days))])
        told.append(["Working days to reply, 90th percentile", days[math.ceil(0.9 * len(days)) - 1]])
        told.append(["Replied to after the due date, per cent", None if hides and 0 < late < SMALL else round(100 * late / len(days), 1)])
    told.append(["Open and past the due date", FEWER if hides and 0 < overdue < SMALL else overdue])
    return told
