"""Dates as sources give them: a day, a month or only a year."""

import re
from calendar import monthrange
from datetime import date
from functools import total_ordering
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

_PATTERN = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@total_ordering
class PartialDate:
    """`2012`, `2012-06` or `2012-06-30`. `first` and `last` are the days that bound it."""

    __slots__ = ("first", "last", "text")

    def __init__(self, text: str):
        match = _PATTERN.fullmatch(text)
        if not match:
            raise ValueError(f"{text!r} is not a date: write YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = match.groups()
        try:
            self.first = date(int(year), int(month or 1), int(day or 1))
            last_month = int(month or 12)
            self.last = date(int(year), last_month, int(day or monthrange(int(year), last_month)[1]))
        except ValueError as error:
            raise ValueError(f"{text!r} is not a date in the calendar") from error
        self.text = text

    def spoken(self) -> str:
        """As a person writes it: `30 June 2012`, `June 2012` or `2012`."""
        parts = self.text.count("-")
        if parts == 0:
            return self.text
        month = f"{self.first:%B %Y}"
        return month if parts == 1 else f"{self.first.day} {month}"

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"PartialDate({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and self.text == other.text

    def __lt__(self, other: "PartialDate") -> bool:
        return (self.first, self.last) < (other.first, other.last)

    def __hash__(self) -> int:
        return hash(self.text)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        def read(value: Any) -> "PartialDate":
            return value if isinstance(value, cls) else cls(str(value))

        text = core_schema.str_schema(pattern=rf"^{_PATTERN.pattern}$")
        serialization = core_schema.plain_serializer_function_ser_schema(str, return_schema=text)
        return core_schema.no_info_plain_validator_function(read, serialization=serialization, json_schema_input_schema=text)
