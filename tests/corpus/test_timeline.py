"""The timeline: what is read, what is refused, and what it makes of sources."""

from datetime import date
from pathlib import Path

import pytest
from libraries import NOTE, write_small_library

from corpus.dates import PartialDate
from corpus.library import Library, inspect_library, load_library
from corpus.timeline import Change, Timeline, circles, read_timeline

RECORD = """
- id: old-to-new
  day: 2020-04-01
  before: the Old Regulations
  after: the New Act
  services: reserved contracts
  extent: England and Wales
  sectors: [all]
  names: [Old Regulations]
  replaces: [report-2012]
  by: [new-act]
  told_in: [small-note.reserved-now]
  now: [small-note.reserved-now]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_small_library(tmp_path)


def library(root: Path, *records: str) -> tuple[Library, list[str]]:
    """The small library with a timeline of these records, and its faults."""
    (root / "timeline.yaml").write_text("".join(records), encoding="utf-8")
    read, faults = inspect_library(root)
    return read, [str(fault).removeprefix(f"{root}/") for fault in sorted(faults)]


def change(identifier: str = "a", day: str = "2020-04-01", before: str = "one", after: str = "two", **more: object) -> Change:
    given = {"services": "s", "extent": "UK", "sectors": ["all"], "told_in": ["n.s"], **more}
    return Change.model_validate({"id": identifier, "day": day, "before": before, "after": after, **given})


def test_a_library_without_a_timeline_has_none(root: Path) -> None:
    assert load_library(root).timeline == Timeline(())


def test_a_change_ends_one_source_and_begins_another(root: Path) -> None:
    read, faults = library(root, RECORD)
    report = read.sources["report-2012"]
    assert faults == []
    assert (report.superseded_by, report.in_force_to) == (("new-act",), PartialDate("2020-03-31"))
    assert [report.standing_on(day) for day in (date(2012, 5, 1), date(2020, 3, 31), date(2020, 4, 1))] == ["proposed", "in_force", "superseded"]


def test_the_timeline_is_part_of_what_the_library_is_known_by(root: Path) -> None:
    before = load_library(root).digest
    assert library(root, RECORD)[0].digest != before


def test_a_change_for_some_services_alone_leaves_the_source_standing(root: Path) -> None:
    read, faults = library(root, RECORD.replace("sectors: [all]", "sectors: [youth]"))
    assert faults == []
    assert (read.sources["report-2012"].superseded_by, read.sources["report-2012"].in_force_to) == ((), None)
    [found] = read.timeline.of_source("report-2012")
    assert [found.is_for(sector) for sector in ("youth", "fire", "all", None)] == [True, False, False, False]
    assert [found.is_for(None, sectors) for sectors in (("youth", "fire"), ("fire",), ("all",))] == [True, False, False]


@pytest.mark.parametrize(("day", "last"), [("2020-04", "2020-04"), ("2020", "2020"), ("2020-01-01", "2019-12-31")])
def test_the_last_day_of_what_was_replaced(root: Path, day: str, last: str) -> None:
    read, _ = library(root, RECORD.replace("2020-04-01", day))
    assert str(read.sources["report-2012"].in_force_to) == last


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("day: 2020-04-01", "day: spring 2020", "3: day: 'spring 2020' is not a date: write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("day: 2020-04-01", "day: 2020-02-30", "3: day: '2020-02-30' is not a date in the calendar"),
        ("  day: 2020-04-01\n", "", "2: day: is missing"),
        ("  told_in: [small-note.reserved-now]\n", "", "2: told_in: is missing"),
        ("extent:", "extend:", "2: extent: is missing"),
        ("sectors: [all]", "sectors: [navy]", None),
        ("replaces: [report-2012]", "replaces: [gone]", "10: replaces: in change 'old-to-new': names 'gone', which is not in the catalogue"),
        ("by: [new-act]", "by: [newer-act]", "11: by: in change 'old-to-new': names 'newer-act', which is not in the catalogue"),
        (
            "told_in: [small-note.reserved-now]",
            "told_in: [small-note.gone]",
            "12: told_in: in change 'old-to-new': names 'small-note.gone', which is not in the notes",
        ),
        ("now: [small-note.reserved-now]", "now: [small-note.gone]", "13: now: in change 'old-to-new': names 'small-note.gone', which is not in the notes"),
        ("day: 2020-04-01", "day: 2011-01-01", "3: day: in change 'old-to-new': 2011-01-01 is before 'report-2012' began on 2012-06"),
        ("after: the New Act", "after: the New Act\n  since: 2019", "6: since: in change 'old-to-new': 2019 is before the day of the change, 2020-04-01"),
        (
            "replaces: [report-2012]",
            "replaces: [old-regulations]\n  since: 2020-05",
            None,
        ),
    ],
)
def test_a_fault_is_named_by_line_and_field(root: Path, old: str, new: str, fault: str | None) -> None:
    _, faults = library(root, RECORD.replace(old, new))
    if fault:
        assert f"timeline.yaml:{fault}" in faults
    elif "navy" in new:
        assert faults[0].startswith("timeline.yaml:8: sectors.0: 'navy' is not one of 'all', 'nhs_trust'")
    else:
        assert faults == []


def test_a_day_that_does_not_follow_the_sources_own_last_day_is_a_fault(root: Path) -> None:
    _, faults = library(root, RECORD.replace("[report-2012]", "[old-regulations]").replace("2020-04-01", "2021-04-01"))
    assert faults == [
        "timeline.yaml:3: day: in change 'old-to-new': 2021-04-01 does not follow the last day of 'old-regulations', which its record says is 2020-03-31"
    ]


def test_what_had_ended_cannot_take_a_place(root: Path) -> None:
    _, faults = library(root, RECORD.replace("by: [new-act]", "by: [old-regulations]").replace("2020-04-01", "2022-04-01"))
    assert "timeline.yaml:3: day: in change 'old-to-new': 2022-04-01 is after 'old-regulations' ended on 2020-03-31" in faults


def test_a_circle_is_told_where_it_closes(root: Path) -> None:
    back = RECORD.replace("old-to-new", "new-to-old").replace("2020-04-01", "2021-04-01").replace("replaces: [report-2012]", "replaces: [new-act]")
    _, faults = library(root, RECORD, back.replace("by: [new-act]", "by: [report-2012]"))
    assert [fault for fault in faults if "circle" in fault] == [
        "timeline.yaml:24: by: in change 'new-to-old': goes in a circle: 'report-2012' replaces 'new-act', which by way of others replaces it"
    ]


def test_a_circle_between_records_is_told_at_the_record(root: Path) -> None:
    path = root / "sources" / "all.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: new-act\n", "id: new-act\n  superseded_by: [old-regulations]\n"), encoding="utf-8")
    assert [str(fault).removeprefix(f"{root}/") for fault in inspect_library(root)[1]] == [
        "sources/all.yaml:32: superseded_by: in source 'new-act': goes in a circle: 'old-regulations' replaces 'new-act', which by way of others replaces it"
    ]


def test_circles_of_any_length_are_found() -> None:
    assert list(circles([("a", "b"), ("b", "c"), ("c", "d")])) == []
    assert list(circles([("a", "a")])) == [("a", "a")]
    assert list(circles([("a", "b"), ("b", "c"), ("x", "y"), ("c", "a")])) == [("c", "a")]


def test_two_changes_of_one_id_are_a_fault(root: Path) -> None:
    _, faults = library(root, RECORD, RECORD)
    assert "timeline.yaml:15: id: in change 'old-to-new': is already in the timeline" in faults


@pytest.mark.parametrize(
    ("text", "fault"), [("id: x\n", "1: yaml: must be a list of changes"), ("- [", "2: yaml: cannot be parsed: did not find expected node content")]
)
def test_a_file_that_is_no_list_of_changes(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "timeline.yaml"
    path.write_text(text, encoding="utf-8")
    listed, faults = read_timeline(path)
    assert (listed, [str(each).removeprefix(f"{tmp_path}/") for each in faults]) == ([], [f"timeline.yaml:{fault}"])


def test_the_chain_runs_to_what_stands_on_the_day() -> None:
    one, two, three = change("a", "2011", "one", "two"), change("b", "2018-11-29", "two", "three"), change("c", "2025-02-24", "three", "")
    timeline = Timeline((one, two, three))
    assert [timeline.after(one, date(year, 1, 1)) for year in (2012, 2019, 2026)] == [[], [two], [two, three]]
    assert timeline.after(three, date(2026, 1, 1)) == []


@pytest.mark.parametrize(
    ("day", "on", "happened"),
    [
        ("2020-04-01", date(2020, 4, 1), True),
        ("2020-04-01", date(2020, 3, 31), False),
        ("2020-04", date(2020, 4, 29), False),
        ("2020-04", date(2020, 4, 30), True),
        ("2020", date(2020, 12, 30), False),
        ("2020", date(2020, 12, 31), True),
    ],
)
def test_a_change_known_only_by_month_or_year_has_come_when_that_is_over(day: str, on: date, happened: bool) -> None:
    assert change(day=day).happened_by(on) is happened


def test_the_sections_that_tell_of_changes() -> None:
    assert Timeline((change(told_in=["a.b", "c.d"], now=["e.f"]), change("b", told_in=["a.b"]))).tells() == {"a.b", "c.d", "e.f"}


def test_a_note_may_not_have_the_id_of_a_source(root: Path) -> None:
    note = root / "notes" / "taskforce" / "small.md"
    note.write_text(NOTE.lstrip("\n").replace("id: small-note", "id: new-act"), encoding="utf-8")
    assert [fault.message for fault in inspect_library(root)[1]] == [
        "note 'new-act' has the id of a source; the passages of the source's original would be taken for it"
    ]


def test_every_change_of_the_bundled_timeline_says_its_day_and_both_sides_where_it_is_told() -> None:
    bundled = load_library()
    text = {section.id: section.text for section in bundled.sections()}
    for each in bundled.timeline.changes:
        told = " ".join(text[identifier] for identifier in (*each.told_in, *each.now))
        assert each.day.text[:4] in told or str(each.day.first.year - 1) in told or each.id in UNDATED, each.id


UNDATED = {"big-society-capital-renamed", "uncontested-contracts-ended", "nhs-property-to-companies", "youth-guidance-2012-replaced"}
"""Changes whose day no source gives; what they say of it says so."""
