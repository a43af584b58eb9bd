"""What a batch got, as files: a CSV of the answers, or a workbook with the answers and each citation."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from assistant.answers import Citation
from assistant.citing import AUTHORITY_WORDS, STANDING_WORDS
from assistant.desk.asked_figures import OUTCOME_WORDS
from assistant.desk.batches import BatchItem, BatchView
from assistant.desk.sheets import CSV, XLSX, Sheet, as_csv, as_xlsx
from assistant.rendering import citation_line

ResultFormat = Literal["csv", "xlsx"]
RESULT_WORDS: dict[str, str] = {
    **{outcome.value: words for outcome, words in OUTCOME_WORDS.items()},
    "no_question": "No question found",
    "failed": "Could not be used",
}
WAITING = "Not answered yet"
_SAFE = re.compile(r"[^A-Za-z0-9._-]+")


class ResultFile(NamedTuple):
    """A file to take away."""

    name: str
    media_type: str
    content: bytes


def result_file(batch: BatchView, items: Sequence[BatchItem], kind: ResultFormat) -> ResultFile:
    """The result in a format, under a name that no system takes amiss: `enquiries-answers.xlsx`."""
    stem = _SAFE.sub("-", batch.name.rsplit(".", 1)[0]).strip("-.") or "batch"
    content = as_csv(_answers(batch, items)) if kind == "csv" else as_xlsx([_answers(batch, items), _citations(items)])
    return ResultFile(f"{stem}-answers.{kind}", CSV if kind == "csv" else XLSX, content)


def _answers(batch: BatchView, items: Sequence[BatchItem]) -> Sheet:
    columns = ["Line", "Reference", batch.kind.title(), "Outcome", "Answer", "Please note", "Sources"]
    return Sheet("Answers", columns, [_row(item) for item in items])


def _row(item: BatchItem) -> list[str | int]:
    if item.answer is None:
        return [item.line, item.reference, item.asked, WAITING, "", "", ""]
    answer = item.answer
    sources = "\n".join(_source(citation) for citation in answer.citations)
    return [item.line, item.reference, item.asked, RESULT_WORDS.get(answer.outcome, answer.outcome), answer.text, "\n".join(answer.notices), sources]


def _source(citation: Citation) -> str:
    return f"[{citation.number}] {citation_line(citation)}" + (f" {citation.url}" if citation.url else "")


def _citations(items: Sequence[BatchItem]) -> Sheet:
    columns = ["Line", "Reference", "Number", "Title", "Locator", "Publisher", "Published", "Kind of source", "Standing", "Address", "Quote"]
    rows: list[list[str | int | float | None]] = [
        [
            item.line,
            item.reference,
            each.number,
            each.title,
            each.locator,
            each.publisher,
            each.published,
            AUTHORITY_WORDS[each.authority],
            STANDING_WORDS[each.standing],
            each.url,
            each.quote,
        ]
        for item in items
        for each in (item.answer.citations if item.answer else [])
    ]
    return Sheet("Citations", columns, rows)
