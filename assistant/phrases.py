"""Patterns of everyday phrases, kept in YAML files so that they can be read and added to without touching code."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_NAMED = re.compile(r"\{([a-z_]+)\}")
_BRACKET = re.compile(r"(?<!\\)\((?!\?)")


class Phrases:
    """A file of patterns. Under `parts` it names patterns that others hold as `{name}`; all brackets only group, and `\\w+` takes apostrophes and hyphens."""

    def __init__(self, file: Path, parts: Mapping[str, str] | None = None):
        self._words: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
        self._parts = {**self._words["parts"], **(parts or {})}

    def words(self, section: str) -> list[str]:
        """A plain list of the file."""
        return list(self._words[section])

    def groups(self, section: str) -> list[Any]:
        """A list of lists of words of the file."""
        return list(self._words[section])

    def mapping(self, section: str) -> dict[str, list[str]]:
        """The lists of words of a section under their names."""
        return dict(self._words[section])

    def texts(self, section: str) -> list[tuple[str, str]]:
        """A section's patterns with their names; those of a plain list have the section's own."""
        found = self._words[section]
        named: Mapping[str, str | Sequence[str]] = found if isinstance(found, Mapping) else {section: found}
        return [(name, self._filled(text)) for name, each in named.items() for text in ([each] if isinstance(each, str) else each)]

    def anywhere(self, section: str) -> re.Pattern[str]:
        """All patterns of a section as one, in either case of letters."""
        return re.compile("|".join(f"(?:{text})" for _, text in self.texts(section)), re.IGNORECASE)

    def whole_words(self, section: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """Each pattern of a section under its name, at word boundaries, for text in small letters."""
        return tuple((name, re.compile(rf"(?<![\w'-])(?:{text})(?!\w|-\w)")) for name, text in self.texts(section))

    def _filled(self, text: str) -> str:
        while _NAMED.search(text):
            text = _NAMED.sub(lambda match: f"({self._parts[match[1]]})", text)
        return _BRACKET.sub("(?:", text).replace(r"\w+", r"[\w'-]+")


@cache
def refusal_phrases(section: str) -> re.Pattern[str]:
    """A section of `refusal_words.yaml`."""
    return REFUSAL_WORDS.anywhere(section)


REFUSAL_WORDS = Phrases(Path(__file__).parent / "refusal_words.yaml")
