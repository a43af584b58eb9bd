"""Headings: which blocks are headings, how deep each stands, and the named places of official documents."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from corpus.readers.blocks import Block, Kind

TITLE, NUMBERED, PLAIN = 1, 2, 4
"""Depths: the titles of chapters and annexes; numbered headings within them; all other headings."""
_MOST_WORDS = 16
_MOST_COLON_WORDS = 5
_LARGER = 1.05
_MUCH_LARGER = 1.3
"""Type this much larger than the prose marks a heading, or a title; measured on two-column government reports."""
_RECOMMENDATION = re.compile(r"^Recommendation\s+(\d{1,3})\s*(?:[:.–—-]\s*|$)(?!\d)", re.IGNORECASE)
_SUB_RECOMMENDATION = re.compile(r"^Recommendation\s+(\d{1,3})\s*\(?([ivx]{1,5}|[a-h])[.)]\s+", re.IGNORECASE)
_FIGURE = re.compile(r"^(Figure|Fig\.|Table|Box|Chart)\s+([\dA-Z]{1,3}(?:\.\d{1,2})?)\s*(?:[:.–—-]\s|$)", re.IGNORECASE)
_ANNEX = re.compile(r"^(?:Annex|Appendix|Schedule)\s+(?:[A-Z]|\d{1,2})\b\s*(?:[:.–—-]\s*\S.*)?$", re.IGNORECASE)
_CHAPTER = re.compile(r"^(?:Chapter|Part)\s+(?:\d{1,2}|[IVX]{1,5}|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)\b\s*(?:[:.–—-]\s*\S.*)?$", re.IGNORECASE)
_NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})[.:)]?\s+(?=[^\W\d_])")
_NOT_A_HEADING = re.compile(r"://|@|www\.|^[^\W_]*$(?<![A-Za-z])|[,;]$|^\W*$|\.{3}")
_UNFINISHED = re.compile(r"\b(?:a|an|and|as|at|be|by|for|from|in|is|of|on|or|that|the|their|to|which|with)$")
_STARTS = re.compile(r"^[\"'‘“(]?(?:[A-Z]|\d+[A-Z]|i[A-Z])")


@dataclass(frozen=True)
class Place:
    """A place with a name of its own. `rest` is where its words begin in the block's text; `label` a sub-point, `(ii)`."""

    name: str
    rest: int
    label: str = ""


def recommendation(block: Block) -> Place | None:
    """`Recommendation 12: …` or a sub-point of one, `Recommendation 12 ii. …`."""
    if block.kind in (Kind.ROW, Kind.FOOTNOTE):
        return None
    text = block.words
    if match := _SUB_RECOMMENDATION.match(text):
        return Place(f"Recommendation {match[1]}", block.skip + match.end(), f"({match[2].lower()})")
    if block.kind is Kind.PROSE and (match := _RECOMMENDATION.match(text)):
        return Place(f"Recommendation {match[1]}", match.end())
    return None


def figure(block: Block) -> Place | None:
    """The caption of a figure, table, box or chart."""
    match = _FIGURE.match(block.text) if block.kind is Kind.PROSE else None
    return Place(f"{match[1].title().replace('Fig.', 'Figure')} {match[2]}", match.end()) if match else None


def is_named_place(block: Block) -> bool:
    """Whether a block begins a place with a name of its own: a recommendation, figure, chapter or annex."""
    return bool(recommendation(block) or figure(block) or _ANNEX.match(block.text) or _CHAPTER.match(block.text))


class HeadingFinder:
    """Tells the headings of one document by its own type sizes and by how its blocks follow each other."""

    def __init__(self, blocks: Sequence[Block]):
        self.blocks = blocks
        sizes = [block.size for block in blocks if block.size for _ in block.text.split()]
        self.body = median(sizes) if sizes else None
        marked = Counter(block.hashes for block in blocks if block.hashes)
        self.usual_mark = marked.most_common(1)[0][0] if marked else PLAIN
        self.words = Counter(word.strip(".,:;()'\"’") for block in blocks if len(block.text.split()) > _MOST_WORDS for word in block.text.split())
        self.title_size = self._title_size()
        self.titled = any(self._is_capital_title(block.text) for block in blocks)

    def depth(self, number: int) -> int | None:
        """How deep the heading at a place stands, 1 at the top; None where the block is no heading."""
        block = self.blocks[number]
        text = block.text
        if block.hashes:
            return self._marked_depth(number)
        if block.kind in (Kind.ROW, Kind.FOOTNOTE) or recommendation(block) or figure(block):
            return None
        if number + 1 == len(self.blocks) or len(text.split()) > _MOST_WORDS or text.startswith("- ") or _NOT_A_HEADING.search(text):
            return None
        if _ANNEX.match(text) or _CHAPTER.match(text):
            return TITLE
        if self._is_capital_title(text):
            return TITLE
        if not self._is_shaped(number):
            return None
        match = _NUMBER.match(text)
        if match:
            return self._numbered_depth(match[1])
        return TITLE if block.size and self.title_size and block.size >= self.title_size else self.usual_mark

    def _marked_depth(self, number: int) -> int | None:
        """The depth a file's own mark gives. People also mark lines for their looks: one that breaks off, or has nothing under it, is no heading."""
        block = self.blocks[number]
        if _UNFINISHED.search(block.text) or "://" in block.text or recommendation(block) or figure(block) or number + 1 == len(self.blocks):
            return None
        after = self.blocks[number + 1]
        if 0 < after.hashes < block.hashes:
            return None
        if after.kind is Kind.PROSE and not after.hashes and len(after.text.split()) < _MOST_COLON_WORDS and not _STARTS.match(after.text):
            return None
        return TITLE if _ANNEX.match(block.text) or _CHAPTER.match(block.text) else block.hashes

    def _title_size(self) -> float | None:
        """The largest type that stands more than once above the prose: chapter titles are set in it, a cover in larger still."""
        large = [block.size for block in self.blocks if block.size and self._is_larger(block, _MUCH_LARGER) and len(block.text.split()) <= _MOST_WORDS]
        repeated = [size for size, count in Counter(large).items() if count > 1]
        return max(repeated or large, default=None)

    def _numbered_depth(self, number: str) -> int:
        parts = number.count(".") + 1
        return min(parts if not self.titled else parts + 1, PLAIN)

    def _is_capital_title(self, text: str) -> bool:
        """All capitals, and not merely a name that the prose writes in capitals too."""
        if any(letter.islower() for letter in text) or len(text.split()) > _MOST_WORDS or _NOT_A_HEADING.search(text):
            return False
        words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
        return any(not self.words[word] for word in words)

    def _is_larger(self, block: Block, times: float) -> bool:
        return bool(block.size and self.body) and (block.size or 0) >= times * (self.body or 0)

    def _is_shaped(self, number: int) -> bool:
        """Whether a block looks like a heading and stands like one, above what belongs to it."""
        block = self.blocks[number]
        text = _NUMBER.sub("", block.text)
        if not _STARTS.match(text) or _UNFINISHED.search(text) or text.endswith((".", "!")):
            return False
        if self._is_list_of_numbers(number):
            return False
        if text.endswith(":") and not (block.bold or self._is_larger(block, _LARGER)) and not self._is_named(number):
            return False
        return self._leads(number)

    def _is_named(self, number: int) -> bool:
        """A few words with a colon name what follows; before a list they lead into it unless they are capitalised as a name."""
        words = self.blocks[number].text.rstrip(":").split()
        before_list = self.blocks[number + 1].kind is Kind.ITEM
        capitalised = all(word[0].isupper() for word in words if len(word) > 3)
        return len(words) <= _MOST_COLON_WORDS and (capitalised or not before_list)

    def _is_list_of_numbers(self, number: int) -> bool:
        """`1. First` between `2. Second` and its like is an item of a list."""
        label = self.blocks[number].label
        if not label:
            return False
        beside = [self.blocks[other] for other in (number - 1, number + 1) if 0 <= other < len(self.blocks)]
        return any(other.kind is Kind.ITEM and other.label != label for other in beside)

    def _leads(self, number: int) -> bool:
        """Whether something follows that a heading can stand over: prose, a list, a named place or a lesser heading."""
        after = self.blocks[number + 1]
        if after.kind is not Kind.PROSE or recommendation(after) or figure(after):
            return after.kind is not Kind.FOOTNOTE
        if self._is_capital_title(after.text) or _ANNEX.match(after.text) or _CHAPTER.match(after.text) or after.text[0].islower():
            return False
        return len(after.text.split()) >= _MOST_COLON_WORDS or bool(_STARTS.match(after.text))
