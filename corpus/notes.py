"""The reader for notes: Markdown with YAML front matter, one sentence a line, one source and one place a section."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.faults import Fault
from corpus.locators import label_length, references, sub_point
from corpus.sections import Role, Section, Sentence
from corpus.sources import Identifier
from corpus.words import Audience, Sector, Topic
from corpus.yamlfile import YamlError, parse_yaml

_FRONT_MATTER = re.compile(r"\A---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)
_ENDS = (".", "?", "!", ":")
_NOT_PLAIN = re.compile(r"<[a-zA-Z/!]|\]\(|\*\*|__|`|^\s*\|")
_PRONOUN = re.compile(r"(It|This|They|These|Those|He|She)\b")
_MARKDOWN = MarkdownIt("commonmark").disable("reference")


class _Heading(BaseModel):
    model_config = ConfigDict(extra="forbid")

    topics: tuple[Topic, ...] = ()
    sectors: tuple[Sector, ...] = ()
    audiences: tuple[Audience, ...] = ()


class _FrontMatter(_Heading):
    id: Identifier
    title: str = Field(min_length=1)
    topics: tuple[Topic, ...] = Field(min_length=1)
    sectors: tuple[Sector, ...] = Field(min_length=1)
    audiences: tuple[Audience, ...] = Field(min_length=1)


class _SectionHead(_Heading):
    id: Identifier
    source: Identifier
    locator: str = Field(min_length=1)
    asks: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Note:
    """One file of the library's own words."""

    id: str
    title: str
    theme: str
    path: Path
    text: str
    sections: tuple[Section, ...]


def read_note(path: Path) -> tuple[Note | None, list[Fault]]:
    """Read one note: the note where its front matter can be used, and a fault for each thing wrong in it."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return None, [Fault(path, 1, "encoding", f"is not UTF-8: {error.reason}")]
    return parse_note(text, path)


def parse_note(text: str, path: Path) -> tuple[Note | None, list[Fault]]:
    """As `read_note`, for a text that is already at hand, its lines ended by a line feed alone."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return None, [Fault(path, 1, "front matter", "is missing: begin with a `---` block of id, title, topics, sectors, audiences")]
    front, faults = _validated(_FrontMatter, match[1], path, first_line=2)
    if front is None:
        return None, faults
    reader = _SectionReader(text, path, front, body_line=text.count("\n", 0, match.end()))
    sections = reader.read(text[match.end() :])
    note = Note(front.id, front.title, path.parent.name, path, text, tuple(sections))
    return note, faults + reader.faults


def _validated(model: type[BaseModel], text: str, path: Path, first_line: int) -> tuple[Any, list[Fault]]:
    try:
        parsed = parse_yaml(text, path, first_line)
    except YamlError as error:
        return None, [error.fault]
    if not isinstance(parsed.data, dict):
        return None, [parsed.fault("must hold `field: value` lines")]
    try:
        return model.model_validate(parsed.data), []
    except ValidationError as error:
        return None, parsed.refused(error)


class _SectionReader:
    """Walks the Markdown blocks of one note and cuts them into sections."""

    def __init__(self, text: str, path: Path, front: _FrontMatter, body_line: int):
        self.text = text
        self.path = path
        self.front = front
        self.body_line = body_line
        self.offsets = [0]
        for line in text.split("\n"):  # as Markdown counts lines: other separators stand within one
            self.offsets.append(self.offsets[-1] + len(line) + 1)
        self.faults: list[Fault] = []
        self.headings: list[str] = []
        self.seen: dict[str, int] = {}

    def fault(self, line: int, field: str, message: str) -> None:
        self.faults.append(Fault(self.path, line + 1, field, message))

    def read(self, body: str) -> list[Section]:
        """Cut the body into sections: each runs from its heading to the next one."""
        tokens = [token for token in _MARKDOWN.parse(body) if token.level == 0 and token.map]
        starts = [number for number, token in enumerate(tokens) if token.type == "heading_open"]
        if tokens and (not starts or starts[0] > 0):
            self.fault(self._line(tokens[0]), "section", "text stands before the first heading; put it under a `##` heading")
        if not starts:
            self.fault(self.body_line, "section", "the note has no section; add a `##` heading")
        sections = []
        for number, start in enumerate(starts):
            stop = starts[number + 1] if number + 1 < len(starts) else len(tokens)
            section = self._section(tokens[start], tokens[start + 1 : stop])
            if section:
                sections.append(section)
        return sections

    def _line(self, token: Any) -> int:
        return int(token.map[0]) + self.body_line

    def _section(self, heading: Any, blocks: list[Any]) -> Section | None:
        line = self._line(heading)
        title = self.text[self.offsets[line] : self.offsets[line + 1]].strip().lstrip("#").strip()
        level = int(heading.tag[1])
        if level not in (2, 3):
            self.fault(line, "heading", f"{title!r} is at level {level}; sections are `##` or `###`")
            return None
        self.headings = [*self.headings[: level - 2], title]
        if not blocks or blocks[0].type != "fence" or blocks[0].info.strip() != "yaml":
            self.fault(line, "section", f"{title!r} has no `yaml` block with id, source, locator and asks under its heading")
            return None
        head_line = self._line(blocks[0])
        head, faults = _validated(_SectionHead, blocks[0].content, self.path, first_line=head_line + 2)
        self.faults += faults
        if head is None:
            return None
        if head.id in self.seen:
            self.fault(head_line, "id", f"{head.id!r} is already the section on line {self.seen[head.id]}")
        self.seen[head.id] = line + 1
        return self._cut(head, line, blocks[1:])

    def _cut(self, head: _SectionHead, line: int, blocks: list[Any]) -> Section | None:
        spans = [span for block in blocks for span in self._block_lines(block)]
        if not spans:
            self.fault(line, "text", f"section {head.id!r} has no sentences")
            return None
        first, last = spans[0][0], spans[-1][0]
        start = self.offsets[first]
        text = self.text[start : self.offsets[last + 1]].rstrip()
        sentences = tuple(self._sentence(number, role, start, head.locator) for number, role in spans)
        return Section(
            id=f"{self.front.id}.{head.id}",
            document_id=self.front.id,
            source_id=head.source,
            locator=head.locator,
            heading_path=(self.front.title, *self.headings),
            text=text,
            start=start,
            sentences=sentences,
            asks=head.asks,
            topics=head.topics or self.front.topics,
            sectors=head.sectors or self.front.sectors,
            audiences=head.audiences or self.front.audiences,
            theme=self.path.parent.name,
            path=self.path,
            line=line + 1,
        )

    def _block_lines(self, block: Any) -> list[tuple[int, Role]]:
        if block.type == "paragraph_open":
            lines = range(*block.map)
            return [(self.body_line + number, self._prose_role(self.body_line + number)) for number in lines]
        if block.type == "bullet_list_open":
            numbers = [self.body_line + number for number in range(*block.map)]
            return [(number, Role.ITEM) for number in numbers if self._raw(number).strip()]
        if block.type in ("bullet_list_close", "paragraph_close", "heading_close", "inline"):
            return []
        self.fault(self._line(block), "text", f"{block.type.removesuffix('_open')} cannot stand in a note; use sentences and `- ` lists")
        return []

    def _raw(self, line: int) -> str:
        return self.text[self.offsets[line] : self.offsets[line + 1]].rstrip("\n")

    def _prose_role(self, line: int) -> Role:
        return Role.LEAD_IN if self._raw(line).rstrip().endswith(":") else Role.PROSE

    def _sentence(self, line: int, role: Role, section_start: int, locator: str) -> Sentence:
        raw = self._raw(line)
        stripped = raw.strip()
        skip = len(raw) - len(raw.lstrip())
        if role is Role.ITEM:
            if not stripped.startswith("- "):
                self.fault(line, "text", "a list item takes one line: begin it with `- `")
            skip += 2
            label = sub_point(raw[skip:])
            locator = _with_label(locator, label)
            skip += label_length(raw[skip:])
        words = raw[skip:].rstrip()
        self._lint(line, words)
        start = self.offsets[line] + skip - section_start
        return Sentence(start, start + len(words), role, locator)

    def _lint(self, line: int, words: str) -> None:
        if not words.endswith(_ENDS):
            self.fault(line, "text", f"a sentence ends with a full stop, one sentence a line: {words[:60]!r}")
        if _NOT_PLAIN.search(words):
            self.fault(line, "text", f"plain words only, no Markdown marks, links or HTML: {words[:60]!r}")
        if _PRONOUN.match(words):
            self.fault(line, "text", f"a sentence names its subject, so that it can be quoted alone: {words[:60]!r}")


def _with_label(locator: str, label: str) -> str:
    """`Recommendation 2` and `(ii)` make `Recommendation 2(ii)`. A locator that already says so stays, and so does one without a number."""
    return f"{locator}{label}" if label and references(locator) and not locator.endswith(label) else locator
