"""PDF files by PDFium: each page's runs of text put into lines, two columns read one after the other."""

import ctypes
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.originals.lines import Line, UnreadableOriginalError

MIDDLE = (0.3, 0.7)
"""Where on the page, as shares of its width, a gutter between two columns may run."""
GUTTER = 6.0
"""Points: the least width of a gutter."""
INSET = 0.4
"""Points by which a run's box is narrowed, so that no letter of the next run is read with it."""
BOLD = 600
"""Font weight from which a run is bold (OpenType: 400 is regular, 700 bold)."""


@dataclass(frozen=True)
class _Run:
    """A run of text on the page; the y axis points up."""

    left: float
    bottom: float
    right: float
    top: float
    text: str
    size: float
    bold: bool

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


def read_pdf(path: Path) -> list[Line]:
    """The lines of a PDF in reading order.

    Raises UnreadableOriginalError for a file that is protected by a password, damaged, no PDF, or has no text (a scan).
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableOriginalError(path, "is protected by a password. Save a copy without one and add that.") from error
        raise UnreadableOriginalError(path, "is damaged or no PDF. Download it again and add the new file.") from error
    try:
        pages = [_runs(document[number]) for number in range(len(document))]
        widths = [document[number].get_width() for number in range(len(document))]
    except pdfium.PdfiumError as error:
        raise UnreadableOriginalError(path, "is damaged: a page cannot be read. Download it again and add the new file.") from error
    finally:
        document.close()
    sizes = [run.size for runs in pages for run in runs for _ in range(len(run.text))]
    if not sizes:
        raise UnreadableOriginalError(path, "has no text on any page; it may be a scan. Add a copy whose text can be selected.")
    body = statistics.median(sizes)
    return [line for number, (runs, width) in enumerate(zip(pages, widths, strict=True), start=1) for line in _page_lines(runs, width, number, body)]


def _runs(page: pdfium.PdfPage) -> list[_Run]:
    text = page.get_textpage()
    found = []
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        words = text.get_text_bounded(left + INSET, bottom, right - INSET, top).replace("\r", " ").replace("\n", " ")
        if not words.strip():
            continue
        at = text.get_index((left + min(right - left, 4) / 2), (bottom + top) / 2, 3, 3)
        size, bold = _face(text, at) if at is not None else (top - bottom, False)
        found.append(_Run(left, bottom, right, top, words, size, bold))
    return found


def _face(text: pdfium.PdfTextPage, at: int) -> tuple[float, bool]:
    size = raw.FPDFText_GetFontSize(text, at)
    weight = raw.FPDFText_GetFontWeight(text, at)
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(text, at, name, 128, ctypes.c_int())
    return float(size), weight >= BOLD or b"bold" in name.value.lower()


def _page_lines(runs: Sequence[_Run], width: float, number: int, body: float) -> Iterator[Line]:
    rows: list[list[_Run]] = []
    for band in _bands(runs, _gutter(runs, width)):
        rows += _rows(band)
    if not rows:
        return
    tops = [max(run.top for run in row) for row in rows]
    edges = {tops.index(max(tops)), tops.index(min(tops))}
    pitch = _pitch(rows)
    before: list[_Run] | None = None
    for place, row in enumerate(rows):
        gap = before[0].middle - row[0].middle if before else 0.0
        opens = before is None or gap > 1.35 * pitch or gap < 0
        strong = all(run.bold for run in row) or all(run.size > 1.08 * body for run in row)
        yield Line(_joined(row), number, opens, strong, place in edges)
        before = row


def _gutter(runs: Sequence[_Run], width: float) -> float | None:
    """The x of a gutter between two columns, or None: hardly any run crosses it, and several stand side by side of it."""
    best: tuple[int, float] | None = None
    start, stop = (int(share * width) for share in MIDDLE)
    for x in range(start, stop, 2):
        crossing = sum(run.left < x + GUTTER / 2 and run.right > x - GUTTER / 2 for run in runs)
        left = [run for run in runs if run.right <= x - GUTTER / 2]
        right = [run for run in runs if run.left >= x + GUTTER / 2]
        facing = sum(any(abs(one.middle - other.middle) < one.top - one.bottom + 8 for other in right) for one in left)
        if facing >= 3 and crossing <= 0.2 * len(runs) and (best is None or crossing < best[0]):
            best = (crossing, float(x))
    return best[1] if best else None


def _bands(runs: Sequence[_Run], gutter: float | None) -> Iterator[list[_Run]]:
    """Runs in the order the columns are read: what crosses the gutter parts the page into bands, each read left column first."""
    if gutter is None:
        yield list(runs)
        return
    crossing = sorted((run for run in runs if run.left < gutter < run.right), key=lambda run: -run.middle)
    rest = [run for run in runs if run not in crossing]
    for wide in crossing:
        above = [run for run in rest if run.middle > wide.middle]
        rest = [run for run in rest if run.middle <= wide.middle]
        yield from ([run for run in above if run.right <= gutter], [run for run in above if run.right > gutter], [wide])
    yield from ([run for run in rest if run.right <= gutter], [run for run in rest if run.right > gutter])


def _rows(runs: Sequence[_Run]) -> list[list[_Run]]:
    """Runs on one line together, from top to bottom and left to right."""
    rows: list[list[_Run]] = []
    for run in sorted(runs, key=lambda run: -run.middle):
        row = rows[-1] if rows else None
        if row and row[0].bottom - 1 <= run.middle <= row[0].top + 1:
            row.append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.left) for row in rows]


def _pitch(rows: Sequence[Sequence[_Run]]) -> float:
    """The usual distance from line to line on the page."""
    gaps = [one[0].middle - other[0].middle for one, other in pairwise(rows) if one[0].middle > other[0].middle]
    return sorted(gaps)[len(gaps) // 4] if gaps else 1.0


def _joined(row: Sequence[_Run]) -> str:
    text = row[0].text
    for before, run in pairwise(row):
        apart = run.left - before.right >= 0.12 * run.size or (run.bold != before.bold and run.text[:1].isalnum())
        text += (" " if apart else "") + run.text
    return " ".join(text.split())
