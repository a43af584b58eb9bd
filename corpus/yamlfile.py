"""YAML read as plain strings, lists and mappings, with the line each field stands on."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from corpus.faults import Fault

Place = tuple[str | int, ...]
_NULL = "tag:yaml.org,2002:null"
_DEEPEST = 20
"""An anchor inside itself has no end; no file of the library needs more than three."""


class YamlText:
    """A parsed YAML text. `data` holds strings, lists and dicts only: `2012-06` stays the text the author wrote."""

    def __init__(self, path: Path, data: Any, lines: dict[Place, int]):
        self.path = path
        self.data = data
        self._lines = lines

    def line(self, *place: str | int) -> int:
        """The 1-based line in the file of a place such as `(0, "url")`, or of its nearest parent."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines[place]

    def fault(self, message: str, *place: str | int) -> Fault:
        field = ".".join(str(step) for step in place) or "yaml"
        return Fault(self.path, self.line(*place), field, message)

    def refused(self, error: ValidationError, *place: str | int) -> list[Fault]:
        """A fault for each field that a model refused in the record at `place`; what only follows from a fault inside the field is left out."""
        faults: list[Fault] = []
        told: list[Place] = []
        for problem in error.errors():
            steps = tuple(step for step in problem["loc"] if isinstance(step, int) or step.isidentifier())
            if any(earlier[: len(steps)] == steps for earlier in told):
                continue
            told.append(steps)
            message = problem["msg"].removeprefix("Value error, ")
            if problem["type"] == "missing":
                message = "is missing"
            elif problem["type"] in ("literal_error", "enum"):
                message = f"{problem['input']!r} is not one of {problem['ctx']['expected']}"
            elif problem["type"] == "extra_forbidden":
                message = "is not a field here"
            faults.append(Fault(self.path, self.line(*place, *steps), ".".join(map(str, steps)) or "record", message))
        return faults


def read_yaml(path: Path) -> YamlText:
    """As `parse_yaml`, for a whole file. Raises YamlError also where the file is not UTF-8."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise YamlError(Fault(path, 1, "encoding", f"is not UTF-8: {error.reason}")) from error
    return parse_yaml(text, path)


def parse_yaml(text: str, path: Path, first_line: int = 1) -> YamlText:
    """Parse `text`, which begins on `first_line` of the file at `path`.

    Raises YamlError where the text is not YAML or names a key twice.
    """
    lines: dict[Place, int] = {}

    def build(node: yaml.Node, place: Place) -> Any:
        lines.setdefault(place, node.start_mark.line + first_line)
        if len(place) > _DEEPEST:
            raise YamlError(Fault(path, node.start_mark.line + first_line, "yaml", f"cannot be parsed: lists and mappings stand more than {_DEEPEST} deep"))
        if isinstance(node, yaml.MappingNode):
            mapping: dict[str, Any] = {}
            for key_node, value_node in node.value:
                key = str(key_node.value)
                if key in mapping:
                    raise YamlError(Fault(path, key_node.start_mark.line + first_line, key, "is given twice; keep one"))
                lines[(*place, key)] = key_node.start_mark.line + first_line
                mapping[key] = build(value_node, (*place, key))
            return mapping
        if isinstance(node, yaml.SequenceNode):
            return [build(item, (*place, number)) for number, item in enumerate(node.value)]
        return None if node.tag == _NULL else node.value

    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        problem = getattr(error, "problem", None) or str(error)
        raise YamlError(Fault(path, line, "yaml", f"cannot be parsed: {problem}")) from error
    data = build(root, ()) if root is not None else None
    lines.setdefault((), first_line)
    return YamlText(path, data, lines)


class YamlError(Exception):
    """The text is not usable YAML; `fault` says where and why."""

    def __init__(self, fault: Fault):
        self.fault = fault
        super().__init__(str(fault))
