"""Catalogue records: reading them, what is wrong with them, and their standing on a day."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import HttpUrl

from corpus.dates import PartialDate
from corpus.faults import Fault
from corpus.sources import Authority, Source, Standing, read_sources

RECORD = """
- id: old-act
  title: The Old Act 2010
  publisher: The Stationery Office
  published: 2010-04
  kind: act
  authority: statute
  extent: England
  url: https://example.org/old
  standing: superseded
  in_force_from: 2010-04-06
  in_force_to: 2020-03-31
  superseded_by: [new-act]
  checked_on: 2026-11-22
  sectors: [youth, police]
  audiences: [staff]
  topics: [procurement]
""".lstrip()
AUTHORITIES = "'statute', 'statutory_guidance', 'policy_guidance', 'policy_statement', 'independent_report', 'evidence', 'case_study' or 'commentary'"


def read(folder: Path, text: str) -> tuple[list[Source], list[str]]:
    """The sources of a catalogue file of this text, and its faults without their path."""
    path = folder / "some.yaml"
    path.write_text(text, encoding="utf-8")
    listed, faults = read_sources(path)
    assert all(fault.path == path for fault in faults)
    return [entry.source for entry in listed], [f"{fault.line}: {fault.field}: {fault.message}" for fault in faults]


def source(**changed: object) -> Source:
    record = {
        "id": "old-act",
        "title": "The Old Act 2010",
        "publisher": "The Stationery Office",
        "published": "2010-04",
        "kind": "act",
        "authority": "statute",
        "extent": "England",
        "url": "https://example.org/old",
        "standing": "in_force",
        "checked_on": "2026-11-22",
        "sectors": ["all"],
        "audiences": ["staff"],
        "topics": ["procurement"],
    }
    return Source.model_validate({**record, **changed})


def test_a_whole_record_is_read_field_by_field(tmp_path: Path) -> None:
    [found], faults = read(tmp_path, RECORD)
    assert faults == []
    assert dict(found) == {
        "id": "old-act",
        "title": "The Old Act 2010",
        "publisher": "The Stationery Office",
        "published": PartialDate("2010-04"),
        "kind": "act",
        "authority": Authority.STATUTE,
        "extent": "England",
        "url": HttpUrl("https://example.org/old"),
        "standing": Standing.SUPERSEDED,
        "in_force_from": PartialDate("2010-04-06"),
        "in_force_to": PartialDate("2020-03-31"),
        "superseded_by": ("new-act",),
        "checked_on": PartialDate("2026-11-22"),
        "sectors": ("youth", "police"),
        "audiences": ("staff",),
        "topics": ("procurement",),
    }


def test_a_record_survives_being_stored(tmp_path: Path) -> None:
    [found], _ = read(tmp_path, RECORD)
    assert Source.model_validate_json(found.model_dump_json()) == found


def test_the_optional_fields_may_be_left_out(tmp_path: Path) -> None:
    lines = [line for line in RECORD.splitlines() if not line.strip().startswith(("in_force", "superseded_by"))]
    [found], faults = read(tmp_path, "\n".join(lines))
    assert (found.in_force_from, found.in_force_to, found.superseded_by, faults) == (None, None, (), [])


def test_a_day_of_publication_may_be_unknown_and_our_own_findings_have_no_address(tmp_path: Path) -> None:
    [found], faults = read(tmp_path, RECORD.replace("published: 2010-04", "published: unknown").replace("https://example.org/old", "~"))
    assert (found.published, found.url, faults) == ("unknown", None, [])


@pytest.mark.parametrize("text", ["", "{}", "id: old-act", "just words", "~"])
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == ([], ["1: yaml: must be a list of source records"])


def test_an_empty_list_has_no_sources(tmp_path: Path) -> None:
    assert read(tmp_path, "[]") == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ("id: old-act", "id: Old Act", ["1: id: in source 'Old Act': String should match pattern '^[a-z0-9]+(-[a-z0-9]+)*$'"]),
        ("- id: old-act\n ", "-", ["1: id: in source 0: is missing"]),
        ("  title: The Old Act 2010\n", "", ["1: title: in source 'old-act': is missing"]),
        ("title: The Old Act 2010", "title: ''", ["2: title: in source 'old-act': String should have at least 1 character"]),
        ("published: 2010-04", "published: April 2010", ["4: published: in source 'old-act': 'April 2010' is not a date: write YYYY, YYYY-MM or YYYY-MM-DD"]),
        ("published: 2010-04", "published: 2010-13", ["4: published: in source 'old-act': '2010-13' is not a date in the calendar"]),
        ("authority: statute", "authority: law", [f"6: authority: in source 'old-act': 'law' is not one of {AUTHORITIES}"]),
        ("url: https://example.org/old", "url: see the library", ["8: url: in source 'old-act': Input should be a valid URL, relative URL without a base"]),
        ("url: https://example.org/old", "url: javascript:alert(1)", ["8: url: in source 'old-act': URL scheme should be 'http' or 'https'"]),
        (
            "standing: superseded",
            "standing: gone",
            ["9: standing: in source 'old-act': 'gone' is not one of 'in_force', 'historic', 'superseded', 'withdrawn', 'proposed' or 'unknown'"],
        ),
        (
            "in_force_to: 2020-03-31",
            "in_force_to: 2010-04-05",
            ["11: in_force_to: in source 'old-act': in_force_to 2010-04-05 is before in_force_from 2010-04-06"],
        ),
        ("in_force_to: 2020-03-31", "in_force_to: 2009", ["11: in_force_to: in source 'old-act': in_force_to 2009 is before in_force_from 2010-04-06"]),
        (
            "in_force_from: 2010-04-06",
            "in_force_from: soon",
            ["10: in_force_from: in source 'old-act': 'soon' is not a date: write YYYY, YYYY-MM or YYYY-MM-DD"],
        ),
        ("superseded_by: [new-act]", "superseded_by: new-act", ["12: superseded_by: in source 'old-act': Input should be a valid tuple"]),
        (
            "audiences: [staff]",
            "audiences: [staf]",
            ["15: audiences.0: in source 'old-act': 'staf' is not one of 'staff', 'employers', 'commissioners', 'departments' or 'investors'"],
        ),
        ("topics: [procurement]", "topics: []", ["16: topics: in source 'old-act': Tuple should have at least 1 item after validation, not 0"]),
        (
            "topics: [procurement]",
            "topic: [procurement]",
            ["1: topics: in source 'old-act': is missing", "16: topic: in source 'old-act': is not a field here"],
        ),
        ("extent: England\n", "extent: England\n  extent: Wales\n", ["8: extent: is given twice; keep one"]),
        ("title: The Old Act 2010", 'title: "The Old Act', ["17: yaml: cannot be parsed: found unexpected end of stream"]),
    ],
)
def test_a_faulty_record_is_named_by_line_and_field_and_left_out(tmp_path: Path, old: str, new: str, faults: list[str]) -> None:
    assert old in RECORD
    assert read(tmp_path, RECORD.replace(old, new)) == ([], faults)


def test_the_last_day_may_be_the_first(tmp_path: Path) -> None:
    [found], faults = read(tmp_path, RECORD.replace("2020-03-31", "2010-04-06"))
    assert (found.in_force_to, faults) == (PartialDate("2010-04-06"), [])


def test_one_bad_record_does_not_lose_the_good_ones(tmp_path: Path) -> None:
    sources, faults = read(tmp_path, RECORD + RECORD.replace("old-act", "other-act").replace("kind: act", "kind: law") + RECORD.replace("old-act", "third-act"))
    assert ([found.id for found in sources], len(faults)) == (["old-act", "third-act"], 1)
    assert faults[0].startswith("21: kind: in source 'other-act': 'law' is not one of 'act', ")


def test_a_listed_source_knows_the_line_of_each_field(tmp_path: Path) -> None:
    path = tmp_path / "some.yaml"
    path.write_text(RECORD + RECORD.replace("old-act", "other-act"), encoding="utf-8")
    listed, _ = read_sources(path)
    assert [entry.fault("superseded_by", "is odd") for entry in listed] == [
        Fault(path, 12, "superseded_by", "in source 'old-act': is odd"),
        Fault(path, 28, "superseded_by", "in source 'other-act': is odd"),
    ]


def test_a_catalogue_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "some.yaml"
    path.write_bytes(b"- id: caf\xe9")
    assert read_sources(path) == ([], [Fault(path, 1, "encoding", "is not UTF-8: unexpected end of data")])


@pytest.mark.parametrize(
    ("changed", "day", "standing"),
    [
        ({"standing": "in_force", "published": "unknown"}, date(1900, 1, 1), "in_force"),
        ({"standing": "in_force", "published": "2012-06"}, date(2012, 5, 31), "proposed"),
        ({"standing": "in_force", "published": "2012-06"}, date(2012, 6, 1), "in_force"),
        ({"standing": "unknown"}, date(2026, 1, 1), "unknown"),
        ({"standing": "withdrawn", "published": "2012-06"}, date(2012, 12, 31), "in_force"),
        ({"standing": "withdrawn", "published": "2012-06"}, date(2013, 1, 1), "unknown"),
        ({"standing": "withdrawn", "published": "2012-06"}, date(2026, 11, 22), "withdrawn"),
        ({"standing": "historic", "published": "unknown"}, date(2020, 1, 1), "unknown"),
        ({"standing": "in_force", "in_force_from": "2020-04-01"}, date(2020, 3, 31), "proposed"),
        ({"standing": "in_force", "in_force_from": "2020-04-01"}, date(2020, 4, 1), "in_force"),
        ({"standing": "in_force", "in_force_from": "2020-04"}, date(2020, 4, 1), "in_force"),
        ({"standing": "in_force", "in_force_from": "2020"}, date(2019, 12, 31), "proposed"),
        ({"standing": "historic", "in_force_from": "2012-06"}, date(2012, 5, 31), "proposed"),
        ({"standing": "historic", "in_force_from": "2012-06"}, date(2012, 6, 1), "in_force"),
        ({"standing": "historic", "in_force_from": "2012-06", "in_force_to": "2014", "superseded_by": ["new-act"]}, date(2015, 1, 1), "superseded"),
        ({"standing": "withdrawn", "in_force_to": "2014", "superseded_by": ["new-act"]}, date(2015, 1, 1), "withdrawn"),
        ({"standing": "superseded", "in_force_from": "2010-04-06", "in_force_to": "2020-03-31"}, date(2010, 4, 5), "proposed"),
        ({"standing": "superseded", "in_force_from": "2010-04-06", "in_force_to": "2020-03-31"}, date(2010, 4, 6), "in_force"),
        ({"standing": "superseded", "in_force_from": "2010-04-06", "in_force_to": "2020-03-31"}, date(2020, 3, 31), "in_force"),
        ({"standing": "superseded", "in_force_from": "2010-04-06", "in_force_to": "2020-03-31"}, date(2020, 4, 1), "superseded"),
        ({"standing": "withdrawn", "in_force_to": "2020-03"}, date(2020, 3, 31), "in_force"),
        ({"standing": "withdrawn", "in_force_to": "2020-03"}, date(2020, 4, 1), "withdrawn"),
        ({"standing": "in_force", "in_force_to": "2020"}, date(2020, 12, 31), "in_force"),
        ({"standing": "in_force", "in_force_to": "2020"}, date(2021, 1, 1), "historic"),
        ({"standing": "unknown", "in_force_to": "2020"}, date(2021, 1, 1), "historic"),
        ({"standing": "in_force", "in_force_to": "2020", "superseded_by": ["new-act"]}, date(2021, 1, 1), "superseded"),
    ],
)
def test_standing_is_that_of_the_day_asked_for(changed: dict[str, object], day: date, standing: str) -> None:
    assert source(**changed).standing_on(day) == Standing(standing)
