"""The outline of an original: which blocks are headings, and what each section's locator is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.originals.cleaning import Block
from corpus.originals.sentences import split_sentences
from corpus.sections import Role, Section, Sentence

_RECOMMENDATION = re.compile(r"Recommendation\s+(\d{1,3})\b\s*(?:\(?([ivx]{1,5})[.)])?\s*[:.–—-]?\s*(?=\S)", re.IGNORECASE)
_FIGURE = re.compile(r"((?:Figure|Table|Box)\s+\d{1,3})\b")
_ANNEX = re.compile(r"((?:Annex|Appendix)\s+[A-Z0-9]{1,2})\b", re.IGNORECASE)
_CHAPTER = re.compile(r"(?:Chapter\s+)?(\d{1,2})[.:]?\s+(?=[A-Z])")
_SMALL = frozenset("a an and as at by for from in into of on or the to with – - &".split())
MOST_HEADING_WORDS = 14


@dataclass
class _Draft:
    """A section while its blocks are gathered."""

    locator: str
    path: tuple[str, ...]
    page: int | None
    blocks: list[Block] = field(default_factory=list)


def outline(blocks: Sequence[Block], source_id: str) -> list[Section]:
    """Cut an original into sections.

    A section runs from a heading to the next. A recommendation is a section with its sub-points and what is said under it; its
    locator is `Recommendation 12`, each sub-point's `Recommendation 12(ii)`. Else the locator is a figure or annex, the heading path
    (`Chapter 2 › NAViGO`), or the page. Every section's text stands in the whole document's at its `start`.
    """
    drafts = [draft for draft in _drafts(blocks) if draft.blocks]
    sections: list[Section] = []
    names: dict[str, int] = {}
    start = 0
    for draft in drafts:
        text, sentences = _body(draft)
        name = _slug(draft.locator)
        names[name] = names.get(name, 0) + 1
        identifier = f"{source_id}.{name}" if names[name] == 1 else f"{source_id}.{name}-{names[name]}"
        sections.append(
            Section(
                id=identifier,
                document_id=source_id,
                source_id=source_id,
                locator=draft.locator,
                heading_path=draft.path,
                text=text,
                start=start,
                sentences=tuple(sentences),
                page=draft.page,
            )
        )
        start += len(text) + 2
    return sections


def _drafts(blocks: Sequence[Block]) -> Iterator[_Draft]:
    path: list[tuple[int, str, str]] = []
    draft = _Draft(_page_locator(blocks[0].page if blocks else None), ("Opening",), blocks[0].page if blocks else None)
    for block in blocks:
        recommendation = _RECOMMENDATION.match(block.text)
        level = None if recommendation or block.footnote else heading_level(block)
        if recommendation and block.label is None:
            yield draft
            locator = f"Recommendation {recommendation[1]}"
            sub_point = f"({recommendation[2].lower()})" if recommendation[2] else None
            draft = _Draft(locator, (*(title for _, title, _ in path), locator), block.page)
            draft.blocks.append(Block(block.text, block.page, block.strong, sub_point))
        elif level is not None:
            yield draft
            path = [*(step for step in path if step[0] < level), (level, block.text, _heading_name(block))]
            draft = _Draft(_path_locator(path, block.page), tuple(title for _, title, _ in path), block.page)
        elif block.footnote and draft.locator != "Footnotes":
            yield draft
            draft = _Draft("Footnotes", ("Footnotes",), block.page, [block])
        else:
            draft.blocks.append(block)
    yield draft


def heading_level(block: Block) -> int | None:
    """1 for a chapter or other heading in capitals, 2 for a numbered or annexed one, 3 for any other; None for what is no heading."""
    text = block.text.strip()
    words = text.split()
    if not words or len(words) > MOST_HEADING_WORDS or text.endswith((".", ",", ";", "?", "!")) or not text[0].isalnum() or "@" in text or "://" in text:
        return None
    letters = [character for character in text if character.isalpha()]
    if len(letters) < 3:
        return None
    numbered = block.label is not None and block.label.strip("()").isdigit()
    if block.label is not None and not (numbered and (_title_case(words) or text.isupper())):
        return None
    if sum(character.isupper() for character in letters) >= 0.9 * len(letters) and len(letters) > 4:
        return 1
    if _ANNEX.match(text):
        return 1
    if text.endswith(":"):
        return None
    if numbered:
        return 2
    return 3 if block.strong or _title_case(words) or _FIGURE.match(text) else None


def _title_case(words: Sequence[str]) -> bool:
    weighty = [word for word in words if word.lower() not in _SMALL and word[0].isalpha()]
    capital = [word for word in weighty if word[0].isupper() or any(character.isupper() for character in word)]
    return bool(words[0][0].isupper() or words[0][0].isdigit()) and len(capital) >= 0.75 * max(1, len(weighty))


def _heading_name(block: Block) -> str:
    """A heading as a locator names it: `Chapter 2` for a numbered chapter, else the heading, capitals softened."""
    text = block.text
    for pattern in (_FIGURE, _ANNEX):
        if match := pattern.match(text):
            return match[1].title()
    if text.isupper() and (number := _chapter_number(block)):
        return f"Chapter {number}"
    if text.isupper() and len(text) > 5:
        return text.title() if " " in text else text.capitalize()
    return text.rstrip(" –-")


def _chapter_number(block: Block) -> str | None:
    label = (block.label or "").strip("()")
    if label.isdigit():
        return label
    match = _CHAPTER.match(block.text)
    return match[1] if match else None


def _path_locator(path: Sequence[tuple[int, str, str]], page: int | None) -> str:
    names = [name for _, _, name in path]
    if names and (_FIGURE.fullmatch(names[-1]) or _ANNEX.fullmatch(names[-1])):
        return names[-1]
    ends = [names[0], names[-1]] if len(names) > 1 else names
    return " › ".join(ends) if ends else _page_locator(page)


def _page_locator(page: int | None) -> str:
    return f"p. {page}" if page is not None else "Opening"


def _body(draft: _Draft) -> tuple[str, list[Sentence]]:
    text = ""
    sentences: list[Sentence] = []
    for number, block in enumerate(draft.blocks):
        follows = draft.blocks[number + 1].label is not None if number + 1 < len(draft.blocks) else False
        text += "\n\n" if text and block.label is None else "\n" if text else ""
        if block.label is not None:
            text += f"- {block.label} " if block.label else "- "
        locator = f"{draft.locator}{block.label}" if block.label and draft.locator.startswith("Recommendation") else draft.locator
        spans = list(split_sentences(block.text))
        for place, (start, end) in enumerate(spans):
            role = Role.ITEM if block.label is not None else Role.PROSE
            if role is Role.PROSE and follows and place == len(spans) - 1 and block.text.rstrip().endswith(":"):
                role = Role.LEAD_IN
            sentences.append(Sentence(len(text) + start, len(text) + end, role, locator))
        text += block.text
    return text, sentences


def _slug(locator: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", locator.lower()).strip("-") or "section"
