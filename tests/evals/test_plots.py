"""The report's pictures: what they say, how long their bars are, and that nothing in them can become markup or reach out."""

import re
import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import matplotlib
import pytest
from pages import HOSTILE, Page, texts, widths

from evals import plots
from evals.plots import BAR, PALE, Bar
from evals.risk import Point

ROWS = [Bar("half", 0.5, 0.4, 0.6), Bar("whole", 1.0, 1.0, 1.0), Bar("quarter", 0.25, 0.0, 0.3, pale=True), Bar("none", 0.0, 0.0, 0.0)]
POINTS = [Point(0.9, 0.25, 0.0, 0.0), Point(0.5, 0.5, 0.2, 0.1)]
PICTURES = {
    "bars": plots.bars("bars", HOSTILE, [Bar(HOSTILE, 0.5, 0.4, 0.6)], HOSTILE),
    "differences": plots.differences("differences", HOSTILE, [Bar(HOSTILE, -2.0, -3.0, 1.0)], HOSTILE),
    "risk": plots.risk_curve("risk", HOSTILE, POINTS),
    "times": plots.times("times", HOSTILE, [10.0, 12.0, 30.0], [(HOSTILE, 12.0)]),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_stands_alone_and_has_a_name(name: str) -> None:
    element = ElementTree.fromstring(PICTURES[name])
    assert (element.tag, element.get("role"), element.get("aria-label")) == ("{http://www.w3.org/2000/svg}svg", "img", HOSTILE)
    assert (element.get("width"), element.get("height")) == (None, None)
    page = Page(PICTURES[name])
    assert not {"script", "image", "style", "a", "metadata", "foreignobject"} & set(page.tags)
    assert [address for address in page.addresses if not address.startswith(f"#{name}-")] == []
    assert set(re.findall(r"url\(#([a-z]+)-", PICTURES[name])) <= {name}


def test_pictures_share_a_page_without_sharing_ids() -> None:
    assert Page("".join(PICTURES.values())).tags["svg"] == 4


@pytest.mark.parametrize("name", ["bars", "differences", "times"])
def test_text_from_outside_stays_text(name: str) -> None:
    assert HOSTILE in texts(PICTURES[name])


def test_a_picture_is_drawn_the_same_each_time_and_leaves_settings_alone() -> None:
    before = dict(matplotlib.rcParams)
    assert plots.bars("bars", HOSTILE, [Bar(HOSTILE, 0.5, 0.4, 0.6)], HOSTILE) == PICTURES["bars"]
    assert dict(matplotlib.rcParams) == before


def test_bars_are_as_long_as_their_means_and_the_pale_stand_back() -> None:
    drawn = plots.bars("bars", "", ROWS, "Share")
    half, whole, none = widths(drawn, BAR)
    (quarter,) = widths(drawn, PALE)
    assert (half / whole, quarter / whole, none) == pytest.approx((0.5, 0.25, 0.0), abs=1e-4)
    assert texts(drawn) == ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %", "Share", "half", "whole", "quarter", "none"]


def test_labels_come_from_the_top_down() -> None:
    heights = [float(y) for label in ("half", "whole", "quarter", "none") for y in re.findall(rf'y="([\d.]+)"[^>]*>{label}<', plots.bars("b", "", ROWS, ""))]
    assert len(heights) == 4
    assert all(one < other for one, other in pairwise(heights))


def test_the_curve_names_its_lines_and_where_it_stands_today() -> None:
    said = texts(PICTURES["risk"])
    named = [
        "Share of all questions answered",
        "Of those answers, the share that are",
        "wrong or incomplete",
        "answers to what the guidance does not answer",
        "as in use",
    ]
    assert sorted(text for text in said if not text.endswith(" %")) == sorted(named)


@pytest.mark.parametrize("points", [POINTS[:1], [Point(0.5, 1.0, 1.0, 1.0)]])
def test_a_curve_of_one_point_can_be_drawn(points: list[Point]) -> None:
    assert "as in use" in texts(plots.risk_curve("risk", "", points))


@pytest.mark.parametrize("milliseconds", [[5.0], [5.0, 5.0, 5.0], [float(number) for number in range(1000)]])
def test_times_of_any_number_can_be_drawn(milliseconds: list[float]) -> None:
    drawn = plots.times("times", "", milliseconds, [("half: 5 ms", 5.0), ("95 of 100: 6 ms", 6.0)])
    assert [text for text in texts(drawn) if text.endswith("ms")] == ["half: 5 ms", "95 of 100: 6 ms"]
