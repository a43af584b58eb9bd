"""The timeline drawn as a picture: a lane for each chain of changes, what stood before, what stands after, and the day."""

import io
import re
import threading
from collections.abc import Sequence
from datetime import date
from html import escape
from textwrap import wrap
from typing import Any

from assistant.views import ChangeList, ChangeView
from corpus.dates import PartialDate
from corpus.timeline import Timeline

WIDTH = 1000
NAMES = 430
"""The part of the width that the names take; the years stand to the right of it."""
RIGHT = WIDTH - 20
LINE = 18
"""Height of one line of names; 12.5 units of type on it read well at 1 unit to a pixel."""
TYPE = 12.5
LETTERS = 62
"""Letters to a line of names: type of this size takes some 6.5 units a letter."""
TOP = 34
PAST, NOW, INK = "#87919a", "#2e8b57", "#010203"
"""Grey and green keep 3:1 against white and against black; the ink becomes the colour of the text around the picture."""
LABEL = 84
"""The width of a day's label."""
MOST_YEARS = 10
"""Years named along the top, or a few more; a label takes the tenth part of the room."""
KEPT = 64
"""Pictures kept: one for each sector of a version or two."""

Chain = tuple[ChangeView, ...]


class TimelinePictures:
    """Draws each picture once for an index version and a day. Safe to share between threads; matplotlib's settings are not, hence the lock."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[Any, ...], str] = {}

    def picture(self, version: str, found: ChangeList) -> str:
        """The picture of these changes as an `svg` element."""
        key = (version, found.as_of, *(change.id for change in found.changes))
        with self._lock:
            if key not in self._kept:
                if len(self._kept) >= KEPT:
                    self._kept.clear()
                self._kept[key] = timeline_svg(found)
            return self._kept[key]


def chains(changes: Sequence[ChangeView]) -> list[Chain]:
    """Each line of succession, the one that changed last first. A change that follows another stands in that one's chain."""
    timeline = Timeline(tuple(changes))
    views = {change.id: change for change in changes}
    later = {change.id: tuple(views[follower.id] for follower in timeline.after(change, date.max)) for change in changes}
    followers = {follower.id for chain in later.values() for follower in chain}
    found = [(change, *later[change.id]) for change in changes if change.id not in followers]
    return sorted(found, key=lambda chain: chain[-1].day, reverse=True)


def timeline_svg(found: ChangeList) -> str:
    """The drawing, in the colours of the page around it, with a name for screen readers."""
    import matplotlib  # here and not above: starting up need not wait for it

    lanes = chains(found.changes)
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "timeline"}):
        drawing = _Drawing(lanes, found.as_of).svg()
    named = f"Timeline of {len(found.changes)} changes in {len(lanes)} lines of succession. The list below the picture tells the same in words."
    start = f'<svg role="img" aria-label="{escape(named)}" '
    return re.sub(r"^<svg ", start, _fitted(drawing))


def _fitted(drawing: str) -> str:
    """The `svg` element alone, without a fixed size or rules for the rest of the page, its ink that of the text around it."""
    element = drawing[drawing.index("<svg ") :].strip()
    element = re.sub(r' (?:width|height)="[\d.]+pt"', "", element, count=2)
    element = re.sub(r"\s*<style[^>]*>.*?</style>", "", element, count=1, flags=re.DOTALL)
    return element.replace(INK, "currentColor")


class _Drawing:
    """One picture on a plane of `WIDTH` by as many units as its lanes need, counted from the top."""

    def __init__(self, lanes: Sequence[Chain], today: date):
        from matplotlib.figure import Figure

        self._rows = [_names(chain) for chain in lanes]
        height = TOP + sum(map(_height, self._rows)) + 4
        self._figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72)
        self._axes = self._figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
        self._axes.set_axis_off()
        days = [change.day for chain in lanes for change in chain]
        self._first = min(day.first.year for day in days) - 1
        self._last = max(today.year, *(day.last.year for day in days)) + 1
        self._years(height)
        top: float = TOP
        for chain, rows in zip(lanes, self._rows, strict=True):
            self._lane(chain, rows, top)
            top += _height(rows)

    def svg(self) -> str:
        """The file as matplotlib writes it."""
        file = io.StringIO()
        self._figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
        return file.getvalue()

    def _at(self, day: date) -> float:
        share = (day.year + (day.timetuple().tm_yday - 1) / 365.25 - self._first) / (self._last - self._first)
        return NAMES + share * (RIGHT - NAMES)

    def _years(self, height: float) -> None:
        for year in range(self._first + 1, self._last + 1, max(2, (self._last - self._first) // MOST_YEARS)):
            self._rule([self._at(date(year, 1, 1))] * 2, [TOP - 8, height], PAST, 0.5)
            self._words(self._at(date(year, 1, 1)), TOP - 18, str(year), "center")

    def _lane(self, chain: Chain, rows: "Sequence[_Row]", top: float) -> None:
        self._rule([0, WIDTH], [top, top], PAST, 0.7)
        for number, row in enumerate(rows):
            self._words(4 + row.indent, top + 8 + LINE * (number + 0.5), row.text, "left", row.stands)
        middle = top + _height(rows) / 2 + 4
        days = [self._at(change.day.first) for change in chain]
        self._rule([NAMES, days[0]], [middle, middle], PAST, 3)
        ends = [*days[1:], RIGHT]
        for change, start, end in zip(chain, days, ends, strict=True):
            last = change is chain[-1]
            if change.after:
                start = self._at(change.since.first) if change.since else start
                self._rule([start, end], [middle, middle], NOW if last and change.has_come_about else PAST, 9)
        for number, (change, x) in enumerate(zip(chain, days, strict=True)):
            self._mark(x, middle, change)
            near = number > 0 and x - days[number - 1] < LABEL
            edge = "right" if x > RIGHT - LABEL / 2 else "center"
            self._words(x + (10 if edge == "right" else 0), middle + (15 if near else -15), _short(change.day), edge)

    def _mark(self, x: float, y: float, change: ChangeView) -> None:
        """A round mark for a change, a cross for an end with nothing after it."""
        self._axes.plot([x], [y], marker="o" if change.after else "X", markersize=11, color=INK, markeredgewidth=0, zorder=3, clip_on=False)

    def _rule(self, xs: Sequence[float], ys: Sequence[float], colour: str, width: float) -> None:
        self._axes.plot(xs, ys, color=colour, linewidth=width, solid_capstyle="butt", zorder=1)

    def _words(self, x: float, y: float, text: str, align: str, bold: bool = False) -> None:
        weight = "bold" if bold else "normal"
        self._axes.text(x, y, text, fontsize=TYPE, color=INK, ha=align, va="center_baseline", weight=weight, parse_math=False, zorder=4)


class _Row:
    """One line of names."""

    def __init__(self, text: str, indent: float, stands: bool):
        self.text = text
        self.indent = indent
        self.stands = stands


def _names(chain: Chain) -> list[_Row]:
    """What stood first, then what came after it in turn, each begun on a line of its own."""
    stages = [(chain[0].before[:1].upper() + chain[0].before[1:], not chain[0].has_come_about)]
    for number, change in enumerate(chain):
        lasts = number + 1 == len(chain) or not chain[number + 1].has_come_about
        stages.append((change.after or "ended; nothing is recorded in its place", bool(change.after) and change.has_come_about and lasts))
    rows: list[_Row] = []
    for number, (stage, stands) in enumerate(stages):
        letters = LETTERS - (4 if stands else 0) - (2 if number else 0)
        for part, line in enumerate(wrap(stage, letters)):
            rows.append(_Row(f"→ {line}" if number and part == 0 else line, 18 if number and part else 0, stands))
    return rows


def _height(rows: Sequence[_Row]) -> float:
    return max(LINE * len(rows) + 16, 58)


def _short(day: PartialDate) -> str:
    """`24 Feb 2025`, `Feb 2025` or `2025`."""
    parts = day.spoken().split()
    return " ".join(part[:3] if part.isalpha() else part for part in parts)
