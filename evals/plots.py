"""The report's pictures, each an `svg` element that stands alone: no script, nothing fetched, a name for those who cannot see it."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import matplotlib
from matplotlib.figure import Figure

from evals.risk import Point

WIDTH = 9.0
"""Inches, at 72 points each; the page scales it to its column."""
INK, BAR, PALE, MARK = "#1d2a35", "#1d6fa5", "#9fb3c1", "#a8330b"
_SETTINGS = {
    "svg.fonttype": "none",
    "text.parse_math": False,
    "font.size": 10.5,
    "axes.edgecolor": PALE,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
}
_NOTHING = {"Date": None, "Creator": None, "Format": None, "Type": None}


@dataclass(frozen=True)
class Bar:
    """One bar: its label, the mean, and the ends of its interval. A `pale` one stands back."""

    label: str
    mean: float
    low: float
    high: float
    pale: bool = False


def bars(name: str, alternative: str, rows: Sequence[Bar], axis: str) -> str:
    """Horizontal bars of shares with their intervals, the first at the top."""
    with _drawing(name):
        figure = Figure(figsize=(WIDTH, 0.9 + 0.32 * len(rows)), layout="constrained")
        axes = figure.add_subplot(xlim=(0, 1), xlabel=axis)
        for number, row in enumerate(rows):
            axes.barh(number, row.mean, height=0.62, color=PALE if row.pale else BAR)
            _whisker(axes, number, row)
        _labelled(axes, rows)
        axes.xaxis.set_major_formatter(_percent)
        return _svg(figure, name, alternative)


def differences(name: str, alternative: str, rows: Sequence[Bar], axis: str) -> str:
    """A point and its interval for each difference, beside a line at no difference."""
    with _drawing(name):
        figure = Figure(figsize=(WIDTH, 0.9 + 0.32 * len(rows)), layout="constrained")
        axes = figure.add_subplot(xlabel=axis)
        axes.axvline(0, color=MARK, linewidth=1)
        for number, row in enumerate(rows):
            _whisker(axes, number, row)
            axes.plot([row.mean], [number], marker="o", color=BAR)
        _labelled(axes, rows)
        return _svg(figure, name, alternative)


def risk_curve(name: str, alternative: str, points: Sequence[Point]) -> str:
    """Shares of the answers that are wrong or incomplete, and that should not have been given, over the share of the questions answered."""
    with _drawing(name):
        figure = Figure(figsize=(WIDTH, 4), layout="constrained")
        axes = figure.add_subplot(xlim=(0, 1), ylim=(0, max(0.1, *(1.3 * point.wrong for point in points))))
        axes.set(xlabel="Share of all questions answered", ylabel="Of those answers, the share that are")
        answered = [point.answered for point in points]
        for label, shares, style in (
            ("wrong or incomplete", [point.wrong for point in points], "-"),
            ("answers to what the guidance does not answer", [point.uncovered for point in points], "--"),
        ):
            axes.step(answered, shares, where="post", color=BAR, linewidth=2, linestyle=style, label=label)
            axes.plot(answered[-1:], shares[-1:], marker="o", color=MARK)
        axes.annotate("as in use", (points[-1].answered, points[-1].wrong), textcoords="offset points", xytext=(8, -4), color=MARK)
        axes.legend(frameon=False)
        axes.xaxis.set_major_formatter(_percent)
        axes.yaxis.set_major_formatter(_percent)
        return _svg(figure, name, alternative)


def times(name: str, alternative: str, milliseconds: Sequence[float], marks: Sequence[tuple[str, float]]) -> str:
    """A histogram of times, with a line at each of the marks."""
    with _drawing(name):
        figure = Figure(figsize=(WIDTH, 3.4), layout="constrained")
        axes = figure.add_subplot(xlabel="Milliseconds from question to answer", ylabel="Questions")
        axes.hist(milliseconds, bins=min(40, max(5, len(milliseconds) // 5)), color=BAR)
        axes.set_xlim(left=0)
        for number, (label, value) in enumerate(marks):
            axes.axvline(value, color=MARK, linewidth=1.2)
            axes.annotate(label, (value, 0.95 - 0.1 * number), xycoords=("data", "axes fraction"), textcoords="offset points", xytext=(4, 0), color=MARK)
        return _svg(figure, name, alternative)


def calibration(name: str, alternative: str, bins: Sequence[tuple[float, float, int]]) -> str:
    """How often verdicts given with so much confidence are right, beside the line on which both are the same. A point's area goes with its claims."""
    with _drawing(name):
        figure = Figure(figsize=(WIDTH, 4.6), layout="constrained")
        axes = figure.add_subplot(xlim=(0, 1.02), ylim=(0, 1.05), xlabel="Confidence of the verdict", ylabel="Verdicts that are right")
        axes.plot([0, 1], [0, 1], color=PALE, linewidth=1.2)
        for confidence, right, count in bins:
            axes.scatter([confidence], [right], s=18 + 3 * count, color=BAR, zorder=2)
            axes.annotate(str(count), (confidence, right), textcoords="offset points", xytext=(9, -4), color=MARK)
        axes.xaxis.set_major_formatter(_percent)
        axes.yaxis.set_major_formatter(_percent)
        return _svg(figure, name, alternative)


def _drawing(name: str) -> Any:
    return matplotlib.rc_context({**_SETTINGS, "svg.hashsalt": name})


def _whisker(axes: Any, number: int, row: Bar) -> None:
    axes.plot([row.low, row.high], [number, number], color=INK, linewidth=1.6, marker="|", markersize=8)


def _labelled(axes: Any, rows: Sequence[Bar]) -> None:
    axes.set_yticks(range(len(rows)), [row.label for row in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.spines[["top", "right"]].set_visible(False)


def _percent(value: float, _: float) -> str:
    return f"{100 * value:.0f} %"


def _svg(figure: Figure, name: str, alternative: str) -> str:
    """The `svg` element alone, as wide as its column, its ids made its own so that several can share a page."""
    file = io.StringIO()
    figure.savefig(file, format="svg", metadata=_NOTHING)
    drawing = file.getvalue()
    element = drawing[drawing.index("<svg ") :].strip()
    element = re.sub(r' (?:width|height)="[\d.]+pt"', "", element, count=2)
    element = re.sub(r"\s*<style[^>]*>.*?</style>", "", element, count=1, flags=re.DOTALL)
    element = re.sub(r'( id="|url\(#|href="#)', rf"\g<1>{name}-", element)
    return element.replace("<svg ", f'<svg role="img" aria-label="{escape(alternative)}" ', 1)
