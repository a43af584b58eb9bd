"""Pages and lines: what every file reader hands on, with as much of the layout as the file shows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line of print.

    `gap` is the white space above it beyond the usual leading, in multiples of the type size; None where a page or
    column begins and it cannot be known. `size` is the type size in points, `indent` the distance in points from the
    left edge of its column, `top` the distance in points from the top of the page; a plain text knows neither size nor top.
    """

    text: str
    gap: float | None = 0.0
    size: float | None = None
    bold: bool = False
    indent: float = 0.0
    top: float | None = None


@dataclass(frozen=True)
class Page:
    """The lines of one page in reading order. `number` counts from 1 as the file does; None in a file without pages."""

    number: int | None
    lines: tuple[Line, ...]

    def is_empty(self) -> bool:
        return not any(line.text.strip() for line in self.lines)


@dataclass(frozen=True)
class Document:
    """One original as read: the title it gives itself, if any, and its pages."""

    title: str | None
    pages: tuple[Page, ...]
