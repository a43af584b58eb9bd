"""Figures as every face shows them: filters, tables, and the hiding of small numbers."""

from datetime import date, datetime
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from assistant.desk.likeness import Grouping
from assistant.desk.sheets import Cell
from assistant.desk.words import CaseStatus, Channel, Region
from assistant.errors import BadInputError
from corpus.sources import Source
from corpus.words import Sector

SMALL = 5
"""Counts below this could tell of single people; official statistics commonly hide them in what is published."""
FEWER = f"fewer than {SMALL}"
NOT_SHOWN = "not shown"
ChartKind = Literal["bars", "columns", "tiles"]


class InsightFilters(BaseModel):
    """Which enquiries and questions are counted. Days are in UTC, both ends included; nothing given counts all."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    from_: date | None = Field(default=None, alias="from", description="The first day, YYYY-MM-DD.")
    to: date | None = Field(default=None, description="The last day, YYYY-MM-DD.")
    sector: Sector | None = Field(default=None, description="The service area.")
    region: Region | None = Field(default=None, description="The region of England, or the other nation.")
    channel: Channel | None = Field(default=None, description="How enquiries came.")
    status: CaseStatus | None = Field(default=None, description="Where enquiries stand.")
    by: Literal["month", "week"] = Field(default="month", description="What the figures over time are counted by.")
    suppress_small: bool = Field(default=False, description=f"Hide counts below {SMALL} and what people wrote, for figures that leave the service.")

    def checked(self) -> "InsightFilters":
        """The same filters. Raises BadInputError where the last day lies before the first."""
        if self.from_ and self.to and self.to < self.from_:
            raise BadInputError("to", f"is {self.to}, before the first day {self.from_}; swap the two")
        return self


class Reading(NamedTuple):
    """What a table is read from. `sources` is the catalogue, `now` in UTC."""

    session: Session
    filters: InsightFilters
    sources: dict[str, Source]
    grouping: Grouping
    now: datetime


class InsightTable(BaseModel):
    """One table. `chart` says how it is drawn, by its first two columns; None where it is not. `note` says what is counted."""

    name: str
    title: str
    note: str
    columns: list[str]
    rows: list[list[Cell]]
    chart: ChartKind | None = None


class Insight(BaseModel):
    """All tables for the same filters."""

    filters: InsightFilters
    tables: list[InsightTable]


def suppressed(table: InsightTable, counts: tuple[int, ...]) -> InsightTable:
    """The table with small counts in these columns hidden, and with one count more where a single one could be worked out from a total elsewhere."""
    rows = [list(row) for row in table.rows]
    for column in counts:
        small = [row for row in rows if _is_count(row[column]) and 0 < row[column] < SMALL]  # type: ignore[operator]
        others = sorted((row for row in rows if _is_count(row[column]) and row[column] >= SMALL), key=lambda row: row[column])  # type: ignore[operator, return-value, arg-type]
        for row in small:
            row[column] = FEWER
        if len(small) == 1 and others:
            others[0][column] = NOT_SHOWN
    return table.model_copy(update={"rows": rows})


def _is_count(cell: Cell) -> bool:
    return isinstance(cell, int) and not isinstance(cell, bool)
