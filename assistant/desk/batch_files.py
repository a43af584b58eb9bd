"""Reading a batch: a CSV file of questions or enquiries, as spreadsheets save them. All that is wrong with it is told at once, line by line."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from pydantic import ValidationError

from assistant.answers import Nation, Scope, Stage
from assistant.errors import BadInputError
from assistant.nations import NATION_WORDS
from assistant.sectors import SECTOR_WORDS
from assistant.stages import STAGE_WORDS
from assistant.understanding import usable_text
from corpus.words import Sector

BatchKind = Literal["question", "enquiry"]
LINE_LIMIT = 5_000
"""Lines of one batch: some ten minutes' work, and more than a helpline receives in a year."""
ENQUIRY_LIMIT = 100_000
"""Characters of one enquiry."""
REFERENCE_LIMIT = 200
FILE_LIMIT = 16 * 1024 * 1024
"""Bytes of a file: 5,000 questions of the greatest length, with room."""
TOLD = 50
"""Faults that are told; the others are counted."""
SCOPE_COLUMNS: dict[str, Mapping[str, str]] = {
    "sector": {value: SECTOR_WORDS[value] for value in get_args(Sector)},
    "nation": {value: NATION_WORDS[value] for value in get_args(Nation)},
    "stage": {value: STAGE_WORDS[value] for value in get_args(Stage)},
}
"""For each column that tells of the scope: its values, and their words, which do as well."""
_COLUMNS = ("question", "enquiry", "reference", *SCOPE_COLUMNS, "as_of")
_SEPARATORS = (",", ";", "\t")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class BatchLine:
    """One question or enquiry of a file. `line` is where it begins there, from 1; the scope is the line's own, over what was chosen for all."""

    line: int
    reference: str
    asked: str
    scope: Scope


@dataclass(frozen=True)
class BatchFile:
    """What a file holds."""

    kind: BatchKind
    lines: list[BatchLine]


@dataclass
class _Faults:
    """What is wrong with a file, each with its line."""

    told: list[str] = field(default_factory=list)

    def add(self, line: int, message: str) -> None:
        self.told.append(f"line {line}: {message}")

    def raise_any(self) -> None:
        if self.told:
            more = f"; and {len(self.told) - TOLD} more" if len(self.told) > TOLD else ""
            raise BadInputError("file", f"cannot be used; nothing was begun. {'; '.join(self.told[:TOLD])}{more}.")


def read_batch(content: bytes, scope: Scope | None = None, question_limit: int = 2_000) -> BatchFile:
    """The lines of a file in UTF-8, UTF-16 with its mark, or Windows-1252, its cells parted by commas, semicolons or tabs.

    The first line names the columns: `question` or `enquiry`, and where wanted `reference`, `sector`, `nation`, `stage`, `as_of`, in any order; other
    columns are passed over, and so are blank lines. Raises BadInputError with every fault.
    """
    if len(content) > FILE_LIMIT:
        raise BadInputError("file", f"is larger than {FILE_LIMIT // 1024 // 1024} MB. Send it in parts.")
    text = _text(content)
    records = _records(text)
    try:
        _, header = next(records, (1, []))
    except csv.Error as error:
        raise BadInputError("file", f"cannot be used; nothing was begun. {error}.") from error
    columns, kind = _columns(header)
    faults = _Faults()
    lines: list[BatchLine] = []
    limit = question_limit if kind == "question" else ENQUIRY_LIMIT
    try:
        for number, cells in records:
            if not any(cell.strip() for cell in cells):
                continue
            if len(lines) == LINE_LIMIT:
                faults.add(number, f"is beyond the {LINE_LIMIT:,} lines that one file may have; send the rest in another")
                break
            if len(cells) > len(header):
                faults.add(number, f"has {len(cells)} cells under {len(header)} columns; put a text that holds the separator in quotation marks")
                continue
            named = {name: cells[place].strip() if place < len(cells) else "" for name, place in columns.items()}
            lines.append(_line(number, named, kind, scope or Scope(), limit, faults))
    except csv.Error as error:
        faults.told.append(str(error))
    faults.raise_any()
    if not lines:
        raise BadInputError("file", f"holds no {kind}: there is nothing under its first line.")
    return BatchFile(kind=kind, lines=lines)


def _text(content: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        try:
            text = content.decode(encoding or "cp1252")
        except UnicodeDecodeError as error:
            raise BadInputError("file", "is not text in UTF-8 or Windows-1252. Save it as “CSV UTF-8” and send it again.") from error
    if _CONTROL.search(text):
        raise BadInputError("file", "is not a CSV file: it holds control characters. Save it as “CSV UTF-8” and send it again.")
    if not text.strip():
        raise BadInputError("file", "is empty. Its first line must name the columns, one of them “question” or “enquiry”.")
    return text


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on. Raises csv.Error, its message naming the line."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    separator = next((each for each in _SEPARATORS if any(name in _COLUMNS[:2] for name in map(_name, _cells(first, each)))), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    begun = 1
    heading = True
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise csv.Error(f"line {begun}: {_plainly(str(error))}") from error
        if not heading or any(cell.strip() for cell in cells):  # blank lines may stand before the columns' names
            yield begun, cells
            heading = False
        begun = reader.line_num + 1


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _plainly(message: str) -> str:
    if "expected after" in message or "unexpected end" in message:
        return "a quotation mark is not closed, or stands inside a cell; double it there"
    if "field larger" in message:
        return f"a cell has more than {ENQUIRY_LIMIT:,} characters"
    return f"cannot be read ({message})"


def _name(cell: str) -> str:
    return "_".join(cell.strip().lower().split())


def _columns(header: Sequence[str]) -> tuple[dict[str, int], BatchKind]:
    """Where each known column stands, and what the file holds."""
    names = [_name(cell) for cell in header]
    for name in _COLUMNS:
        if names.count(name) > 1:
            raise BadInputError("file", f"has two columns “{name}”; keep one of them.")
    kinds: list[BatchKind] = [kind for kind in get_args(BatchKind) if kind in names]
    if len(kinds) != 1:
        found = "both" if kinds else "neither"
        raise BadInputError("file", f"must have one column “question” or one column “enquiry” in its first line; it has {found}.")
    return {name: names.index(name) for name in _COLUMNS if name in names}, kinds[0]


def _line(number: int, named: Mapping[str, str], kind: BatchKind, scope: Scope, limit: int, faults: _Faults) -> BatchLine:
    reference = named.get("reference", "")
    if len(reference) > REFERENCE_LIMIT:
        faults.add(number, f"the reference has {len(reference):,} characters; the most is {REFERENCE_LIMIT}")
    asked = named[kind]
    if not asked:
        faults.add(number, f"the {kind} is empty")
    elif kind == "question":
        try:
            usable_text(asked, kind, limit)
        except BadInputError as error:
            faults.add(number, f"the {kind} {error.message.rstrip('.')}")
    elif len(asked) > limit:
        faults.add(number, f"the {kind} has {len(asked):,} characters; the most is {limit:,}")
    given: dict[str, Any] = {}
    for column, words in SCOPE_COLUMNS.items():
        said = named.get(column, "")
        value = next((value for value, label in words.items() if said.casefold() in (value, label.casefold())), None)
        if said and value is None:
            faults.add(number, f"the {column} “{said[:40]}” is not known; use one of {', '.join(words)}")
        elif value:
            given[column] = value
    if named.get("as_of"):
        given["as_of"] = named["as_of"]
    try:
        scope = Scope.model_validate({**scope.model_dump(exclude_none=True), **given})
    except ValidationError:
        faults.add(number, f"the as_of “{named['as_of'][:40]}” is not a day; write it as YYYY-MM-DD")
    return BatchLine(line=number, reference=reference, asked=asked, scope=scope)
