"""The running text, made whole: footnotes set apart and paragraphs joined over what interrupts them."""

import re
from dataclasses import replace

from corpus.readers.blocks import Block, Kind
from corpus.readers.headings import figure, is_named_place, recommendation
from corpus.readers.hyphens import LineJoiner
from corpus.readers.marks import without_references

_LOOK_BACK = 12
"""A paragraph that stops is taken up again within this many blocks: the largest boxes and figures seen stay under it."""
_LEAST_WORDS = 6
_HANGING = frozenset(
    "a an and as at be by for from in into is its of on or such than that the their these this those to was were whether which who with".split()
)
_ALL_CAPS = re.compile(r"^[^a-z]*[A-Z]{4}[^a-z]*$")
_SAME_TYPE = 0.07


def set_footnotes_apart(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """(running text, footnotes). The raised numbers that point to the footnotes are taken out of the running text."""
    notes = [block for block in blocks if block.kind is Kind.FOOTNOTE]
    numbers = {note.label for note in notes}
    rest = [replace(block, text=without_references(block.text, numbers)) for block in blocks if block.kind is not Kind.FOOTNOTE]
    return rest, notes


def rejoin(blocks: list[Block]) -> list[Block]:
    """Join each paragraph that stops in mid-sentence with the block that ends it, over a figure or box in between."""
    joiner = LineJoiner(block.text for block in blocks)
    found: list[Block] = []
    for block in blocks:
        place = _beginning(found, block)
        if place is None:
            found.append(block)
        else:
            begun = found[place]
            found[place] = replace(begun, text=joiner.join(begun.text, block.text), bold=begun.bold and block.bold, hashes=0)
    return found


def _beginning(before: list[Block], block: Block) -> int | None:
    """Where among the blocks before it the sentence began that this block goes on with: the nearest open paragraph."""
    if block.kind is not Kind.PROSE or block.hashes or not before or block.text.startswith(("http", "www")):
        return None
    last = len(before) - 1
    if not block.text[0].islower():
        hangs = _hangs(before[last]) and not is_named_place(block)
        return last if hangs and _may_go_on(before[last], block) else None
    for place in range(last, max(-1, last - _LOOK_BACK), -1):
        candidate = before[place]
        adjacent = place == last
        if _may_go_on(candidate, block) and (adjacent or (candidate.kind is Kind.PROSE and not is_named_place(candidate))):
            return place
        if (candidate.hashes and not _hangs(candidate)) or _ALL_CAPS.match(candidate.text) or recommendation(candidate):
            return None
    return None


def _may_go_on(begun: Block, block: Block) -> bool:
    """Whether a block stops in mid-sentence and the other is set in the same type."""
    if begun.kind is Kind.ROW or figure(begun) or (begun.hashes and not _hangs(begun)) or not begun.is_open() or _ALL_CAPS.match(begun.text):
        return False
    if begun.size and block.size and abs(begun.size - block.size) > _SAME_TYPE * begun.size and not _hangs(begun):
        return False
    return len(begun.words.split()) >= _LEAST_WORDS or _hangs(begun)


def _hangs(block: Block) -> bool:
    """Whether a block ends on a word or mark that nothing ends on."""
    words = block.words.split()
    return block.is_open() and (words[-1] in _HANGING or block.text.endswith(("-", ",")))
