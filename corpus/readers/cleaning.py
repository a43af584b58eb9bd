"""Running heads, running feet and bare page numbers, taken off the pages."""

import re
from collections import Counter

from corpus.readers.pages import Line, Page

_EDGE_LINES = 2
"""A running head or foot stands among this many lines nearest its edge."""
_LEAST_PAGES = 3
_LEAST_SHARE = 0.2
"""A line on this many pages, and on this share of all, at the same edge is a running line: heads that change by chapter stay above it."""
_PAGE_NUMBER = re.compile(r"^\W*(?:page\s+)?(?:\d{1,4}|[ivx]{1,7})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
_NEVER = re.compile(r"^(?:Recommendation|Figure|Annex)\b|^[^a-z]*(?:[a-z][^a-z]*){0,2}$", re.IGNORECASE)
"""Named places are no running lines however often they stand at an edge, nor are rows of figures, with fewer than three letters."""


def without_running_lines(pages: list[Page]) -> list[Page]:
    """The pages without the lines that repeat at the same edge of many of them (digits folded) and without page numbers.

    A file without pages, and a file of one page, stays as it is.
    """
    if len(pages) < 2:
        return pages
    edges = [_edges(page) for page in pages]
    seen = Counter(key for page_edges in edges for key in {(edge, _folded(text)) for edge, text in page_edges.values()})
    least = max(_LEAST_PAGES, _LEAST_SHARE * len(pages))
    cleaned = []
    for page, page_edges in zip(pages, edges, strict=True):
        gone = {
            number
            for number, (edge, text) in page_edges.items()
            if _PAGE_NUMBER.match(text) or (seen[(edge, _folded(text))] >= least and not _NEVER.match(text))
        }
        cleaned.append(Page(page.number, _without(page.lines, gone)))
    return cleaned


def _edges(page: Page) -> dict[int, tuple[str, str]]:
    """The lines nearest the top and the foot of a page, by their place in the page: (edge, text)."""
    order = list(range(len(page.lines)))
    if all(line.top is not None for line in page.lines):
        order.sort(key=lambda number: page.lines[number].top or 0.0)
    found = {}
    for number in order[:_EDGE_LINES]:
        found[number] = ("top", page.lines[number].text)
    for number in order[max(_EDGE_LINES, len(order) - _EDGE_LINES) :]:
        found[number] = ("foot", page.lines[number].text)
    return found


def _folded(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()).casefold())


def _without(lines: tuple[Line, ...], gone: set[int]) -> tuple[Line, ...]:
    """The other lines; the one after a line taken away begins its page or column anew."""
    kept: list[Line] = []
    lost = False
    for number, line in enumerate(lines):
        if number in gone:
            lost = True
            continue
        if lost and line.gap is not None:
            line = Line(line.text, None, line.size, line.bold, line.indent, line.top)
        kept.append(line)
        lost = False
    return tuple(kept)
