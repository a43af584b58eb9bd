"""A passage's text as HTML: its paragraphs and lists, whole, with the passage or one of its sentences marked."""

from collections.abc import Iterator, Sequence
from html import escape

from index.passages import PassageSentence

Span = tuple[int, int]
HERE = "here"
"""The id of the first mark, so that an address can lead to it."""


def passage_html(text: str, marked: Sequence[Span] = ()) -> str:
    """All of the text: lines that begin with `- ` are list items, a blank line parts paragraphs; what lies in a marked span is in `mark` elements."""
    parts: list[str] = []
    in_list = False
    anchor = True
    for is_item, start, end in _blocks(text):
        if is_item != in_list:
            parts.append("<ul>" if is_item else "</ul>")
            in_list = is_item
        inner, anchor = _inner(text, start, end, marked, anchor)
        parts.append(f"<li>{inner}</li>" if is_item else f"<p>{inner}</p>")
    return "".join(parts) + ("</ul>" if in_list else "")


def sentence_span(sentences: Sequence[PassageSentence], number: int | None) -> Span | None:
    """The span of sentence `number`, counted from 1; None where there is no such sentence."""
    if number is None or not 1 <= number <= len(sentences):
        return None
    return sentences[number - 1].start, sentences[number - 1].end


def _blocks(text: str) -> Iterator[tuple[bool, int, int]]:
    """Each list item and each paragraph: whether it is an item, and where its words begin and end."""
    at = 0
    begun: int | None = None
    for line in text.split("\n"):
        end = at + len(line)
        is_item = line.startswith("- ")
        if begun is not None and (is_item or not line.strip()):
            yield False, begun, at - 1
            begun = None
        if is_item:
            yield True, at + 2, end
        elif line.strip() and begun is None:
            begun = at
        at = end + 1
    if begun is not None:
        yield False, begun, len(text)


def _inner(text: str, start: int, end: int, marked: Sequence[Span], anchor: bool) -> tuple[str, bool]:
    """The words of one block with its marks, and whether the anchor is still to be set."""
    parts: list[str] = []
    at = start
    for first, last in marked:
        first, last = max(first, at), min(last, end)
        if first < last:
            parts += [escape(text[at:first]), f'<mark id="{HERE}">' if anchor else "<mark>", escape(text[first:last]), "</mark>"]
            at, anchor = last, False
    return "".join(parts) + escape(text[at:end]), anchor
