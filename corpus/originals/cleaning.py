"""Cleaning: running heads, page numbers and contents lists out; wrapped and hyphenated lines joined into blocks."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.originals.lines import Line

_PAGE_NUMBER = re.compile(r"(page\s+)?\d{1,4}(\s+of\s+\d{1,4})?|[ivxl]{1,6}", re.IGNORECASE)
_HYPHENS = "-\u00ad\u2010\u0002\ufffe"
_LABEL = re.compile(r"(?:[-*–]\s+|[•●▪◦]\s*)?(?P<label>\(?(?:[ivx]{1,5}|[a-z]|\d{1,2})[.)])(?:\s+(?=\S)|(?=[A-Z‘“(]))|[-*]\s+|[•●▪◦]\s*")
_FOOTNOTE = re.compile(r"[¹²³⁴-⁹⁰]+\s")
_CONTENTS = re.compile(r".*\S[\s.…]+\d{1,3}$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE_END = (".", "?", "!", ":", ";", "”", "’", '"')


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading or a list item. `label` is an item's own, such as `(ii)`; a plain bullet has an empty one, prose None."""

    text: str
    page: int | None
    strong: bool
    label: str | None = None
    footnote: bool = False


def clean(lines: Sequence[Line]) -> list[Block]:
    """The blocks of a document, in reading order. Footnotes, which interrupt what they stand in, come last."""
    kept = without_running_lines(lines)
    words = _vocabulary(kept)
    blocks: list[Block] = []
    notes: list[Block] = []
    in_note = False
    for line in kept:
        in_note = bool(_FOOTNOTE.match(line.text)) or (in_note and not line.opens)
        target = notes if in_note else blocks
        if _FOOTNOTE.match(line.text):
            notes.append(Block(line.text, line.page, False, footnote=True))
        elif target and _goes_on(line, target[-1]):
            last = target[-1]
            target[-1] = replace(last, text=joined(last.text, line.text, words), strong=last.strong and line.strong)
        else:
            blocks.append(_begun(line))
    return without_contents(blocks) + notes


def _vocabulary(lines: Sequence[Line]) -> Counter[str]:
    """How often the document writes each word, and each part of a hyphenated one; words at a line's end, and what follows a hyphen there, are left out."""
    words: Counter[str] = Counter()
    parted = False
    for line in lines:
        found = _WORD.findall(line.text.lower())
        for word in found[1 if parted else 0 : -1]:
            words.update({word, *word.split("-")})
        parted = line.text[-1:] in _HYPHENS
    return words


def without_running_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines but for bare page numbers at a page's edge, and lines that repeat, digits aside, at the edge of many pages."""
    pages = {line.page for line in lines if line.page is not None}
    counts = Counter(_folded(line.text) for line in lines if line.edge)
    many = max(3, len(pages) // 4)
    return [line for line in lines if not (line.edge and (counts[_folded(line.text)] >= many or _PAGE_NUMBER.fullmatch(line.text)))]


def joined(before: str, after: str, words: Counter[str]) -> str:
    """Two lines as one. A word parted at the line's end is made whole; its hyphen stays where the document writes it so, or uses its second half alone."""
    if before[-1:] not in _HYPHENS or before[-2:-1].isspace():
        return f"{before} {after}"
    if not after[:1].islower():
        return f"{before[:-1]}-{after}"
    start, end = _WORD.findall(before[:-1])[-1:], _WORD.findall(after)[:1]
    if not start or not end:
        return before[:-1] + after
    whole, parted = (start[0] + end[0]).lower(), f"{start[0]}-{end[0]}".lower()
    if words[whole] > words[parted]:
        return before[:-1] + after
    kept = words[parted] or (len(end[0]) > 2 and words[end[0].lower()])
    return f"{before[:-1]}{'-' if kept else ''}{after}"


def without_contents(blocks: Iterable[Block]) -> list[Block]:
    """The blocks but for runs of three or more that end in a page number, and a contents list run together in one."""
    found: list[Block] = []
    run: list[Block] = []
    for block in blocks:
        if _CONTENTS.fullmatch(block.text) and len(block.text) < 120:
            run.append(block)
            continue
        found += run if len(run) < 3 else []
        run = []
        if len(re.findall(r"[A-Za-z] \d{1,3}(?= [A-Z]|$)", block.text)) < 4 or block.text.endswith("."):
            found.append(block)
    return found + (run if len(run) < 3 else [])


def _begun(line: Line) -> Block:
    match = _LABEL.match(line.text)
    if not match:
        return Block(line.text, line.page, line.strong)
    label = (match["label"] or "").strip("().")
    return Block(line.text[match.end() :], line.page, line.strong, f"({label})" if label else "")


def _goes_on(line: Line, block: Block) -> bool:
    """Whether a line continues a block: the paragraph runs on, a sentence does that a page or column broke, or a heading in capitals."""
    if _LABEL.match(line.text):
        return False
    if not line.opens:
        return True
    if block.strong and line.strong and block.text.isupper() and line.text.isupper():
        return line.page == block.page
    unfinished = not block.text.endswith(_SENTENCE_END)
    heading = block.strong and not line.strong and block.label is None
    return unfinished and not heading and (line.text[:1].islower() or (line.page != block.page and line.text[:1] in "‘“'\"("))


def _folded(text: str) -> str:
    return re.sub(r"\d+", "0", text.lower())
