"""YAML read as plain strings, lists and mappings, with the line each field stands on."""

from pathlib import Path
from typing import Any

import yaml

from corpus.faults import Fault

Place = tuple[str | int, ...]
_NULL = "tag:yaml.org,2002:null"


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
        return self._lines.get(place, 1)

    def fault(self, message: str, *place: str | int) -> Fault:
        field = ".".join(str(step) for step in place) or "yaml"
        return Fault(self.path, self.line(*place), field, message)


def parse_yaml(text: str, path: Path, first_line: int = 1) -> YamlText:
    """Parse `text`, which begins on `first_line` of the file at `path`.

    Raises YamlError where the text is not YAML or names a key twice.
    """
    lines: dict[Place, int] = {}

    def build(node: yaml.Node, place: Place) -> Any:
        lines.setdefault(place, node.start_mark.line + first_line)
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
    return YamlText(path, data, lines)


class YamlError(Exception):
    """The text is not usable YAML; `fault` says where and why."""

    def __init__(self, fault: Fault):
        self.fault = fault
        super().__init__(str(fault))
