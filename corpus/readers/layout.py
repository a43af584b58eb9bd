"""Words on a PDF page, put into lines in the order a person reads them, in one column or two."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.readers.glyphs import Word
from corpus.readers.pages import Line

_SAME_ROW = 0.4
_COLUMN_GAP = 1.0
"""Words farther apart than this, in type sizes, may stand in different columns: justified lines stay under it."""
_LEAST_LINES = 4
_LEAST_WORDS = 3
"""A column of prose holds this many words a line; the cells of a table seldom do."""
_HEADING_SIZE = 1.25
"""A line this much larger than the page's usual type stands above both columns, not in the left one, if nothing is beside it."""
_USUAL_LEADING = 1.3
"""Line distance in type sizes, assumed on a page with too few lines to measure it."""
_BULLETS = frozenset("•●▪◦‣·–-o")


@dataclass(frozen=True)
class Fragment:
    """Words that stand side by side on one line, with no gap wide enough for a gutter."""

    words: tuple[Word, ...]
    left: float
    right: float
    baseline: float
    size: float

    @property
    def text(self) -> str:
        pieces: list[str] = []
        for word in self.words:
            if pieces and not word.glued:
                pieces.append(" ")
            pieces.append(word.text)
        return "".join(pieces)


@dataclass(frozen=True)
class Gutter:
    """The empty strip between two columns, in points from the page's left edge."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def fragments(words: Iterable[Word], gap: float = _COLUMN_GAP) -> list[Fragment]:
    """Join words into fragments, from the top of the page down and from left to right."""
    found: list[Fragment] = []
    for row in _rows(list(words)):
        run: list[Word] = []
        for word in row:
            if run and word.left - run[-1].right > gap * max(word.size, run[-1].size):
                found.append(_fragment(run))
                run = []
            run.append(word)
        found.append(_fragment(run))
    return found


def _rows(words: list[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (-word.baseline, word.left)):
        if rows and rows[-1][0].baseline - word.baseline <= _SAME_ROW * min(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.left) for row in rows]


def _fragment(words: list[Word]) -> Fragment:
    size = max(words, key=lambda word: len(word.text)).size
    return Fragment(tuple(words), words[0].left, max(word.right for word in words), median(word.baseline for word in words), size)


def find_gutter(found: Sequence[Fragment]) -> Gutter | None:
    """The strip in the page's middle half that few lines cross, with running prose on both sides of it at the same height."""
    if len(found) < 2 * _LEAST_LINES:
        return None
    first, last = min(fragment.left for fragment in found), max(fragment.right for fragment in found)
    places = [first + (last - first) * (0.25 + 0.5 * step / 100) for step in range(101)]
    crossings = [_crossings(found, place) for place in places]
    known = [count for count in crossings if count is not None]
    if not known:
        return None
    runs: list[list[float]] = [[]]
    for place, count in zip(places, crossings, strict=True):
        if count is not None and count <= min(known) + 1:  # one more: a page number stands in the gutter itself
            runs[-1].append(place)
        else:
            runs.append([])
    longest = max(runs, key=len)
    return Gutter(longest[0], longest[-1])


def _crossings(found: Sequence[Fragment], place: float) -> int | None:
    """How many lines cross a place; None where it cannot be a gutter."""
    left = [fragment for fragment in found if fragment.right <= place]
    right = [fragment for fragment in found if fragment.left >= place]
    crossing = len(found) - len(left) - len(right)
    if min(len(left), len(right)) < _LEAST_LINES or crossing > max(4, 0.25 * min(len(left), len(right))):
        return None
    if any(_words_per_line(side) < _LEAST_WORDS for side in (left, right)):
        return None
    top = min(max(fragment.baseline for fragment in side) for side in (left, right))
    bottom = max(min(fragment.baseline for fragment in side) for side in (left, right))
    beside = sum(bottom <= fragment.baseline <= top for fragment in right)
    return crossing if beside >= _LEAST_LINES - 1 else None


def _words_per_line(side: Sequence[Fragment]) -> float:
    return sum(len(fragment.words) for fragment in side) / len({round(fragment.baseline) for fragment in side})


def page_lines(words: Sequence[Word], gutter: Gutter | None, height: float) -> tuple[Line, ...]:
    """The lines of one page in reading order: full-width lines divide it into bands, each read left column first."""
    if not words:
        return ()
    if gutter is None:
        whole = fragments(words, gap=float("inf"))
        return tuple(_stretch_lines([whole], [min(fragment.left for fragment in whole)], height))
    found = fragments(words)
    body = _body_size(found)
    sides: dict[int, list[Fragment]] = {-1: [], 1: []}
    wide: list[Fragment] = []
    for fragment in found:
        side = _side(fragment, gutter)
        (sides[side] if side else wide).append(fragment)
    for heading in [fragment for fragment in sides[-1] if fragment.size >= _HEADING_SIZE * body and _stands_alone(fragment, sides)]:
        sides[-1].remove(heading)
        wide.append(heading)
    stretches = _bands(wide, sides)
    margins = [_margin(stretch, sides) for stretch in stretches]
    return tuple(_stretch_lines(stretches, margins, height))


def _margin(stretch: list[Fragment], sides: dict[int, list[Fragment]]) -> float:
    """The left edge of the column that a stretch stands in."""
    for side in sides.values():
        if stretch[0] in side:
            return min(fragment.left for fragment in side)
    return min(fragment.left for fragment in stretch)


def _side(fragment: Fragment, gutter: Gutter) -> int:
    """-1 in the left column, 1 in the right one, 0 across both or in the gutter itself."""
    if gutter.left <= fragment.left and fragment.right <= gutter.right:
        return 0
    return -1 if fragment.right <= gutter.middle else 1 if fragment.left >= gutter.middle else 0


def _body_size(found: Sequence[Fragment]) -> float:
    return median(fragment.size for fragment in found for _ in fragment.words)


def _stands_alone(heading: Fragment, sides: dict[int, list[Fragment]]) -> bool:
    """Nothing stands beside it in the right column, and the columns go on below it: in both, or in neither."""
    floor, ceiling = heading.baseline - 0.6 * heading.size, heading.baseline + heading.size
    if any(floor <= fragment.baseline <= ceiling for fragment in sides[1]):
        return False
    below_right = any(fragment.baseline < floor for fragment in sides[1])
    below_left = any(fragment.baseline < floor for fragment in sides[-1])
    return below_right or not below_left


def _bands(wide: list[Fragment], sides: dict[int, list[Fragment]]) -> list[list[Fragment]]:
    """Stretches in reading order; a column is in one piece between two full-width lines."""
    stretches: list[list[Fragment]] = []
    edges = [*sorted({fragment.baseline for fragment in wide}, reverse=True), float("-inf")]
    ceiling = float("inf")
    for edge in edges:
        for side in (-1, 1):
            stretches.append([fragment for fragment in sides[side] if edge < fragment.baseline <= ceiling])
        row = [fragment for fragment in wide if fragment.baseline == edge]
        between = stretches[-2:]
        if len(stretches) > 2 and not any(between):  # a second line of the same heading
            stretches[-3].extend(row)
        else:
            stretches.append(row)
        ceiling = edge
    return [stretch for stretch in stretches if stretch]


def _stretch_lines(stretches: list[list[Fragment]], margins: list[float], height: float) -> list[Line]:
    rows = [fragments((word for fragment in stretch for word in fragment.words), gap=float("inf")) for stretch in stretches]
    leading = _leading(rows)
    lines: list[Line] = []
    for row, margin in zip(rows, margins, strict=True):
        above: Fragment | None = None
        for fragment in row:
            gap = None
            if above is not None:
                gap = (above.baseline - fragment.baseline) / max(fragment.size, 0.1) - leading
            lines.append(_line(fragment, gap, margin, height))
            above = fragment
    return lines


def _leading(rows: list[list[Fragment]]) -> float:
    distances = [
        (above.baseline - below.baseline) / below.size
        for row in rows
        for above, below in pairwise(row)
        if below.size > 0 and abs(above.size - below.size) < 0.05 * below.size
    ]
    close = [distance for distance in distances if distance < 2]
    return median(close) if len(close) >= _LEAST_LINES else _USUAL_LEADING


def _line(fragment: Fragment, gap: float | None, margin: float, height: float) -> Line:
    start = fragment.words[1] if len(fragment.words) > 1 and fragment.words[0].text in _BULLETS else fragment.words[0]
    bold = all(word.bold for word in fragment.words if word.text not in _BULLETS)
    return Line(fragment.text, gap, round(fragment.size, 2), bold, start.left - margin, height - fragment.baseline)
