"""Charts of the figures as PNG: bars, columns over time, and the regions as tiles. One hue, numbers on each mark, so that nothing rests on colour."""

import io
import textwrap
from threading import Lock
from typing import Any

from assistant.desk.figures import FEWER, InsightTable
from assistant.desk.labels import REGION_WORDS
from assistant.desk.sheets import Cell
from assistant.desk.words import Region

PNG = "image/png"
WIDTH = 6.0
"""Inches: two charts beside each other on a wide screen are then still read with ease."""
DOTS = 150
INK, BLUE, LINE = "#1c1c1c", "#1d4f91", "#8a939b"
SHADES = ("#ffffff", "#d6e4f5", "#9bbfe6", "#3a73b5", "#173f75")
"""From none to most. Light text stands on the last two; every pair has a contrast of at least 4.5 to 1."""
PLACES: dict[Region, tuple[int, int]] = {
    "scotland": (2, 0),
    "northern_ireland": (0, 1),
    "north_east": (2, 1),
    "north_west": (1, 2),
    "yorkshire_and_the_humber": (2, 2),
    "wales": (0, 3),
    "west_midlands": (1, 3),
    "east_midlands": (2, 3),
    "east_of_england": (3, 3),
    "south_west": (1, 4),
    "london": (2, 4),
    "south_east": (3, 4),
}
"""Column and row of each tile: roughly where the region lies. Laid by hand."""
MOST_BARS = 20
MOST_PERIODS = 60
_drawing = Lock()
"""matplotlib draws in one thread at a time."""


def alt_text(table: InsightTable) -> str:
    """What the chart shows, in words: its title and each figure."""
    told = [f"{row[0]} {row[1]}" for row in _drawn(table)]
    left_out = len(table.rows) - len(told)
    more = f"; {left_out} more in the table" if left_out else ""
    return f"{table.title}: {', '.join(told)}{more}." if told else f"{table.title}: nothing to show."


def chart_png(table: InsightTable) -> bytes:
    """The table's first two columns as a chart. The same table gives the same bytes. Raises ValueError for a table that has no chart."""
    if table.chart is None:
        raise ValueError(f"the table {table.name!r} has no chart")
    with _drawing:
        from matplotlib import rc_context  # here and not above: starting up need not wait for it
        from matplotlib.figure import Figure

        with rc_context({"font.size": 10, "text.parse_math": False, "text.color": INK, "axes.labelcolor": INK, "xtick.color": INK, "ytick.color": INK}):
            rows = _drawn(table)
            figure = Figure(figsize=(WIDTH, _height(table, rows)), dpi=DOTS, layout="constrained")
            axes = figure.add_subplot()
            axes.set_title(table.title, loc="left", fontweight="bold")
            if not rows:
                axes.axis("off")
                axes.text(0, 0.5, "Nothing to show.")
            else:
                {"bars": _bars, "columns": _columns, "tiles": _tiles}[table.chart](axes, rows)
            file = io.BytesIO()
            figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def _drawn(table: InsightTable) -> list[list[Cell]]:
    """The rows that a chart has room for: the first bars, the last periods."""
    if table.chart == "columns":
        return table.rows[-MOST_PERIODS:]
    return table.rows[:MOST_BARS] if table.chart == "bars" else table.rows


def _height(table: InsightTable, rows: list[list[Cell]]) -> float:
    if table.chart == "bars":
        return 0.9 + sum(0.18 + 0.2 * (1 + _label(row[0]).count("\n")) for row in rows)
    return 5.9 if table.chart == "tiles" else 3.2


def _size(cell: Cell) -> float:
    """The length of a mark; none for a number that is hidden."""
    return float(cell) if isinstance(cell, int | float) else 0.0


def _label(cell: Cell) -> str:
    return "\n".join(textwrap.wrap(str(cell), 34, max_lines=2, placeholder=" …"))


def _bars(axes: Any, rows: list[list[Cell]]) -> None:
    sizes = [_size(row[1]) for row in rows]
    axes.barh(range(len(rows)), sizes, color=BLUE, height=0.62)
    axes.set_yticks(range(len(rows)), [_label(row[0]) for row in rows])
    axes.invert_yaxis()
    for position, row in enumerate(rows):
        axes.text(sizes[position] + max([*sizes, 1.0]) * 0.01, position, str(row[1]), va="center")
    axes.set_xlim(0, max([*sizes, 1.0]) * 1.12)
    axes.xaxis.set_visible(False)
    axes.tick_params(left=False)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    axes.spines["left"].set_color(LINE)


def _columns(axes: Any, rows: list[list[Cell]]) -> None:
    sizes = [_size(row[1]) for row in rows]
    axes.bar(range(len(rows)), sizes, color=BLUE, width=0.7)
    few = len(rows) <= 24
    for position, row in enumerate(rows if few else []):
        axes.text(position, sizes[position], str(row[1]), ha="center", va="bottom", fontsize=9)
    step = -(-len(rows) // 12)
    axes.set_xticks(range(0, len(rows), step), [str(row[0]).replace(" ", "\n") for row in rows[::step]], fontsize=8.5)
    axes.set_xlim(-0.6, max(len(rows), 6) - 0.4)
    axes.set_ylim(0, max([*sizes, 1.0]) * 1.15)
    axes.yaxis.set_visible(not few)
    for side in ("top", "right") if not few else ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(LINE)


def _tiles(axes: Any, rows: list[list[Cell]]) -> None:
    from matplotlib.patches import Rectangle

    values = {str(row[0]): row[1] for row in rows}
    most = max([_size(value) for value in values.values()] + [1.0])
    for region, (column, row) in PLACES.items():
        words = REGION_WORDS[region]
        value = values.get(words, 0)
        shade = 0 if not value else 1 if isinstance(value, str) else min(4, 1 + int(4 * _size(value) / (most + 1)))
        axes.add_patch(Rectangle((column, row), 0.96, 0.96, facecolor=SHADES[shade], edgecolor=LINE))
        colour = "#ffffff" if shade >= 3 else INK
        axes.text(column + 0.48, row + 0.3, "\n".join(textwrap.wrap(words, 12)), ha="center", va="center", color=colour, fontsize=9.5, fontweight="bold")
        said = value if value != FEWER else "fewer\nthan 5"
        axes.text(column + 0.48, row + 0.7, str(said), ha="center", va="center", color=colour, fontsize=16 if isinstance(value, int) else 11, fontweight="bold")
    elsewhere = [f"{name}: {value}" for name, value in values.items() if name not in REGION_WORDS.values()]
    axes.text(0, 5.15, "; ".join(elsewhere), va="center")
    axes.set_xlim(-0.02, 4)
    axes.set_ylim(5.3, -0.02)
    axes.set_aspect("equal")
    axes.axis("off")
