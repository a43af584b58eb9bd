"""The words of one PDF page with their places, from the characters that PDFium gives."""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium

_HYPHEN_MARKS = frozenset("\u0002\ufffe")
"""PDFium writes one of these for a hyphen at a line's end, which it takes for one of word division."""
_FOLDED = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00a0": " ", "\u200b": " ", "\ufeff": " "})
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WORD_GAP = 0.25
"""A gap wider than this, in type sizes, parts words even without a space: spaces in print are a quarter of the size or more."""


@dataclass(frozen=True)
class Word:
    """A word with its place in points from the page's lower left corner. `glued`: no space stands before it."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    glued: bool = False


@dataclass(frozen=True)
class _Glyph:
    text: str
    left: float
    right: float
    baseline: float
    size: float
    index: int


def page_words(textpage: Any) -> list[Word]:
    """The words of a pypdfium2 text page in the file's own order; raised numbers are written as superscripts."""
    words: list[Word] = []
    run: list[_Glyph] = []
    glued = False
    for glyph in _glyphs(textpage.raw, textpage.count_chars()):
        spaced = glyph.text.isspace()
        if run and (spaced or _parted(run[-1], glyph)):
            words.append(_word(textpage.raw, run, glued))
            glued = not spaced and abs(glyph.left - run[-1].right) < _WORD_GAP * glyph.size
            run = []
        if spaced:
            glued = False
        else:
            run.append(glyph)
    if run:
        words.append(_word(textpage.raw, run, glued))
    return _with_raised_marks(words)


def _glyphs(raw: Any, count: int) -> Iterator[_Glyph]:
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix, box = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    last: _Glyph | None = None
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        text = chr(code).translate(_FOLDED) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if text in _HYPHEN_MARKS:
            text = "-"
        if not text or (text < " " and not text.isspace()):
            continue
        if text.isspace():
            yield _Glyph(" ", 0, 0, 0, 0, index)
            continue
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(raw, index, box)
        pdfium.FPDFText_GetMatrix(raw, index, matrix)
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        glyph = _Glyph(text, box.left, box.right, y.value, pdfium.FPDFText_GetFontSize(raw, index) * scale, index)
        if pdfium.FPDFText_IsGenerated(raw, index) == 1 and last:
            glyph = replace(last, text=text, left=last.right)
        last = glyph
        yield glyph


def _parted(before: _Glyph, after: _Glyph) -> bool:
    """Whether two characters that follow each other in the file belong to different words."""
    if after.left == before.left and after.baseline == before.baseline:
        return False  # the letters of one ligature stand in one place
    size = max(before.size, after.size, 0.1)
    gap = after.left - before.right
    return gap > _WORD_GAP * size or gap < -size or abs(after.baseline - before.baseline) > 0.1 * size or min(before.size, after.size) < 0.9 * size


def _word(raw: Any, run: list[_Glyph], glued: bool) -> Word:
    first = run[0]
    return Word(
        "".join(glyph.text for glyph in run),
        min(glyph.left for glyph in run),
        max(glyph.right for glyph in run),
        first.baseline,
        first.size,
        _is_bold(raw, first.index),
        glued,
    )


def _is_bold(raw: Any, index: int) -> bool:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, index, buffer, len(buffer), flags)
    name = buffer.value.decode("utf-8", errors="replace").lower()
    return any(mark in name for mark in ("bold", "black", "heavy", "demi")) or pdfium.FPDFText_GetFontWeight(raw, index) >= 600


def _with_raised_marks(words: list[Word]) -> list[Word]:
    """Small raised numbers, which mark footnotes, become superscript characters on the line they belong to."""
    found: list[Word] = []
    for number, word in enumerate(words):
        neighbours = [words[other] for other in (number - 1, number + 1) if 0 <= other < len(words)]
        host = next((neighbour for neighbour in neighbours if _raised_beside(word, neighbour)), None)
        found.append(replace(word, text=word.text.translate(_RAISED), baseline=host.baseline, size=host.size) if host else word)
    return found


def _raised_beside(word: Word, host: Word) -> bool:
    if not (word.text.isascii() and word.text.isdigit() and word.size <= 0.85 * host.size):
        return False
    rise = (word.baseline - host.baseline) / host.size
    apart = max(word.left - host.right, host.left - word.right)
    return 0.1 <= rise <= 0.7 and apart <= host.size
