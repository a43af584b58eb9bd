"""YAML as plain text, and where each field stands."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.faults import Fault
from corpus.yamlfile import YamlError, parse_yaml, read_yaml

HERE = Path("some.yaml")
PLAIN = st.recursive(
    st.none() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def fault_of(text: str, first_line: int = 1) -> Fault:
    with pytest.raises(YamlError) as caught:
        parse_yaml(text, HERE, first_line)
    assert str(caught.value) == str(caught.value.fault)
    return caught.value.fault


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "~", "null"])
def test_a_text_of_nothing_holds_nothing(text: str) -> None:
    assert parse_yaml(text, HERE).data is None


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a", "a"),
        ("[]", []),
        ("{}", {}),
        ("published: 2012-06", {"published": "2012-06"}),
        ("published: 2012-06-30", {"published": "2012-06-30"}),
        ("number: 007", {"number": "007"}),
        ("answer: yes", {"answer": "yes"}),
        ("a: 1.50", {"a": "1.50"}),
        ("a:", {"a": None}),
        ("a: ~", {"a": None}),
        ('a: "~"', {"a": "~"}),
        ('a: ""', {"a": ""}),
        ("1: one", {"1": "one"}),
        ("- [a, 1]\n- {b: 2}", [["a", "1"], {"b": "2"}]),
    ],
)
def test_every_value_stays_the_text_that_was_written(text: str, data: object) -> None:
    assert parse_yaml(text, HERE).data == data


@given(PLAIN)
def test_what_is_dumped_is_read_again(data: object) -> None:
    assert parse_yaml(yaml.safe_dump(data), HERE).data == data


@given(st.text())
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    fault = None
    try:
        parse_yaml(text, HERE)
    except YamlError as error:
        fault = error.fault
    assert fault is None or (fault.path == HERE and fault.line >= 1)


LINES = parse_yaml("- id: a\n  topics:\n    - one\n    - two\n\n- id: b\n  url: |\n    x\n", HERE, first_line=10)


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 10),
        ((0,), 10),
        ((0, "id"), 10),
        ((0, "topics"), 11),
        ((0, "topics", 1), 13),
        ((1,), 15),
        ((1, "url"), 16),
        ((1, "missing"), 15),
        ((1, "missing", 3, "deeper"), 15),
        ((9,), 10),
    ],
)
def test_a_place_has_its_own_line_or_its_parents(place: tuple[str | int, ...], line: int) -> None:
    assert LINES.line(*place) == line


def test_a_fault_is_told_at_its_place() -> None:
    assert LINES.fault("is wrong", 0, "topics", 1) == Fault(HERE, 13, "0.topics.1", "is wrong")
    assert LINES.fault("is wrong") == Fault(HERE, 10, "yaml", "is wrong")


@pytest.mark.parametrize(
    ("text", "line", "field", "message"),
    [
        ("id: a\ntitle: b\nid: c\n", 3, "id", "is given twice; keep one"),
        ("id: a\nid: a\n", 2, "id", "is given twice; keep one"),
        ("- a: 1\n- b:\n    c: 1\n    c: 2\n", 4, "c", "is given twice; keep one"),
        ("a: [1\nb: 2", 2, "yaml", "cannot be parsed: did not find expected ',' or ']'"),
        ('a: "x', 1, "yaml", "cannot be parsed: found unexpected end of stream"),
        ("a: b: c", 1, "yaml", "cannot be parsed: mapping values are not allowed in this context"),
        ("\tid: a", 1, "yaml", "cannot be parsed: found character that cannot start any token"),
        ("a: *nowhere", 1, "yaml", "cannot be parsed: found undefined alias"),
        ("a: 1\nb: &self [*self]\n", 2, "yaml", "cannot be parsed: lists and mappings stand more than 20 deep"),
        ("a\n---\nb\n", 2, "yaml", "cannot be parsed: but found another document"),
    ],
)
def test_what_is_not_usable_yaml_is_named_with_its_line(text: str, line: int, field: str, message: str) -> None:
    assert fault_of(text) == Fault(HERE, line, field, message)


def test_lines_of_faults_are_counted_from_where_the_text_begins() -> None:
    assert fault_of("id: a\nid: b\n", first_line=40) == Fault(HERE, 41, "id", "is given twice; keep one")


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    size: int = 0
    tags: tuple[int, ...] = Field(default=(1,), min_length=1)


def refused(text: str) -> list[Fault]:
    parsed = parse_yaml(text, HERE)
    with pytest.raises(ValidationError) as caught:
        Record.model_validate(parsed.data[0])
    return parsed.refused(caught.value, 0)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("- tags: ['1']\n", [Fault(HERE, 1, "name", "is missing")]),
        ("- name: a\n  nam: b\n", [Fault(HERE, 2, "nam", "is not a field here")]),
        ("- just text\n", [Fault(HERE, 1, "record", "Input should be a valid dictionary or instance of Record")]),
        ("- name: a\n  tags: []\n", [Fault(HERE, 2, "tags", "Tuple should have at least 1 item after validation, not 0")]),
    ],
)
def test_what_a_model_refuses_is_told_at_its_field(text: str, faults: list[Fault]) -> None:
    assert refused(text) == faults


def test_what_only_follows_from_a_fault_inside_the_field_is_left_out() -> None:
    unreadable = "Input should be a valid integer, unable to parse string as an integer"
    assert refused("- name: a\n  tags:\n    - x\n    - y\n") == [Fault(HERE, 3, "tags.0", unreadable), Fault(HERE, 4, "tags.1", unreadable)]


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: £5\n", encoding="utf-8")
    assert read_yaml(path).data == {"a": "£5"}


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("a: £5\n".encode("latin-1"))
    with pytest.raises(YamlError) as caught:
        read_yaml(path)
    assert caught.value.fault == Fault(path, 1, "encoding", "is not UTF-8: invalid start byte")
