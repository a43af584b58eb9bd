"""The timeline's picture: its lanes, what it says, and that nothing in it can become markup or reach out."""

import re
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from html import escape
from itertools import pairwise
from typing import Any

import matplotlib
import pytest
from views import HOSTILE, change

from assistant.pages import timeline_picture
from assistant.pages.timeline_picture import WIDTH, TimelinePictures, chains, timeline_svg
from assistant.views import ChangeList, ChangeView

TODAY = date(2026, 11, 22)
FIRST = change("first", day="2015-02-26", before="Part B", after="light touch")
SECOND = change("second", day="2025-02-24", before="light touch", after="the Act")
ENDED = change("ended", day="2023-04", before="the relief", after="")
AHEAD = change("ahead", day="2027-01-01", before="the toll", after="the levy", has_come_about=False)
SVG = "{http://www.w3.org/2000/svg}"


def listed(*changes: ChangeView) -> ChangeList:
    return ChangeList(as_of=TODAY, changes=sorted(changes, key=lambda each: each.day))


def words(svg: str) -> list[tuple[str, bool]]:
    """Each line of text, and whether it is bold."""
    found = ElementTree.fromstring(svg).iter(f"{SVG}text")
    return [(text.text or "", "font-weight: 700" in (text.get("style") or "")) for text in found]


def test_a_change_that_follows_another_stands_in_its_chain() -> None:
    assert chains([FIRST, ENDED, SECOND, AHEAD]) == [(AHEAD,), (FIRST, SECOND), (ENDED,)]


def test_two_that_lead_to_one_each_tell_how_it_went_on() -> None:
    other = change("other", day="2016", before="Part C", after="light touch")
    assert chains([FIRST, other, SECOND]) == [(FIRST, SECOND), (other, SECOND)]


def test_the_picture_says_what_stood_when_and_what_stands_in_bold() -> None:
    said = words(timeline_svg(listed(FIRST, SECOND, ENDED, AHEAD)))
    years = [text for text, _ in said if re.fullmatch(r"\d{4}", text)]
    assert years == ["2015", "2017", "2019", "2021", "2023", "2025", "2027"]
    assert [each for each in said if each[0] not in years] == [
        ("The toll", True),
        ("→ the levy", False),
        ("1 Jan 2027", False),
        ("Part B", False),
        ("→ light touch", False),
        ("→ the Act", True),
        ("26 Feb 2015", False),
        ("24 Feb 2025", False),
        ("The relief", False),
        ("→ ended; nothing is recorded in its place", False),
        ("Apr 2023", False),
    ]


def test_it_has_a_name_and_takes_its_size_and_ink_from_the_page() -> None:
    svg = timeline_svg(listed(FIRST, SECOND, ENDED))
    root = ElementTree.fromstring(svg)
    assert (root.tag, root.get("role"), root.get("width"), root.get("height")) == (f"{SVG}svg", "img", None, None)
    assert root.get("aria-label") == "Timeline of 3 changes in 2 lines of succession. The list below the picture tells the same in words."
    assert (root.get("viewBox") or "").startswith(f"0 0 {WIDTH} ")
    assert "currentColor" in svg
    assert "#010203" not in svg
    assert "<style" not in svg


def test_it_names_no_other_machine() -> None:
    svg = timeline_svg(listed(FIRST, SECOND))
    assert set(re.findall(r"(?:https?:)?//[^\s\"'<>]+", svg)) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


@pytest.mark.parametrize("field", ["before", "after"])
@pytest.mark.parametrize("text", [HOSTILE, "$x^2$ & \\frac{1}{2}", "--> <!-- ]]>", "£135,018", "_" * 200])
def test_any_words_are_drawn_as_they_are(field: str, text: str) -> None:
    said = "".join(line for line, _ in words(timeline_svg(listed(change(**{field: text})))))
    assert re.sub(r"\s", "", text).casefold() in re.sub(r"\s", "", said).casefold()
    assert "<script" not in timeline_svg(listed(change(**{field: text})))


@pytest.mark.parametrize("day", ["1832-06-07", "2010", "2026-11", "2026-12-31", "2090-01-01"])
def test_every_day_and_year_has_its_place(day: str) -> None:
    reach = {"start": (0, 84), "middle": (-42, 42), "end": (-84, 0)}
    labels = [text for text in ElementTree.fromstring(timeline_svg(listed(change(day=day)))).iter(f"{SVG}text") if re.search(r"\d{4}", text.text or "")]
    for text in labels:
        anchor = re.search(r"text-anchor: (\w+)", text.get("style") or "")
        left, right = reach[anchor[1] if anchor else "start"]
        x = float(text.get("x") or "nan")
        width = 0.5 if len(text.text or "") == 4 else 1
        assert x + left * width >= 0
        assert x + right * width <= WIDTH
    assert 2 <= len(labels) <= 16


def test_long_names_take_lines_that_do_not_run_into_the_years() -> None:
    name = "the rules of procurement for health care services that NHS bodies and councils arrange together " * 3
    lines = [line for line, _ in words(timeline_svg(listed(change(before=name, after=name)))) if not re.search(r"\d{4}", line)]
    assert len(lines) >= 8
    assert max(map(len, lines)) <= 64


def test_the_day_of_what_follows_later_is_where_its_bar_begins() -> None:
    plain, gap = (timeline_svg(listed(change(day="2010", since=since))) for since in (None, "2015"))
    assert plain != gap
    assert [line for line, _ in words(plain)] == [line for line, _ in words(gap)]


def test_a_picture_is_drawn_once_for_a_version_a_day_and_its_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []

    def draw(found: ChangeList) -> str:
        drawn.append(len(found.changes))
        return f"picture {len(drawn)}"

    monkeypatch.setattr(timeline_picture, "timeline_svg", draw)
    pictures = TimelinePictures()
    asked: list[tuple[Any, ...]] = [("v1", listed(FIRST)), ("v1", listed(FIRST)), ("v1", listed(FIRST, SECOND)), ("v2", listed(FIRST))]
    asked.append(("v1", ChangeList(as_of=date(2027, 1, 1), changes=[FIRST])))
    assert [pictures.picture(*each) for each in asked] == ["picture 1", "picture 1", "picture 2", "picture 3", "picture 4"]
    assert drawn == [1, 2, 1, 1]


def test_pictures_are_not_kept_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline_picture, "timeline_svg", lambda found: "x")
    pictures = TimelinePictures()
    for number in range(3 * timeline_picture.KEPT):
        pictures.picture(f"v{number}", listed(FIRST))
    assert 0 < len(pictures._kept) <= timeline_picture.KEPT


def test_many_at_once_draw_the_same_and_leave_matplotlib_as_it_was() -> None:
    before = dict(matplotlib.rcParams)
    pictures = TimelinePictures()
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda number: pictures.picture(f"v{number % 3}", listed(FIRST, SECOND, ENDED)), range(12)))
    assert all(one == other for one, other in pairwise(drawn))
    assert dict(matplotlib.rcParams) == before


def test_its_name_is_escaped() -> None:
    assert escape("Timeline of 1 changes") in timeline_svg(listed(FIRST))
