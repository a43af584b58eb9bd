"""HTML pages, as lines: headings, paragraphs, lists and tables of the page's main part; nothing in it is ever run or fetched."""

import warnings
from pathlib import Path

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PreformattedString, Tag

from corpus.readers.marked import MarkedLines, numeral
from corpus.readers.pages import Document, Page
from corpus.readers.unreadable import UnreadableOriginalError

_LEFT_OUT = frozenset(
    "script style noscript template iframe object embed svg math canvas audio video form button input select textarea nav head".split()
)
_PAGE_FURNITURE = frozenset("header footer aside".split())
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p "
    "pre section summary table tbody td tfoot th thead tr ul".split()
)
_LIST_STYLES = {"i": "roman", "I": "roman", "a": "letter", "A": "letter"}
_DEEPEST = 200
"""Tags inside tags beyond this are read as plain text: no page that a person wrote comes near it."""
_HEAD_BYTES = 2048


def read_html(path: Path) -> Document:
    """The title and the lines of an HTML page; a page in HTML has no page numbers.

    Scripts, forms, menus and hidden parts are left out. The encoding is the one the file declares, or else the likeliest.
    Raises `UnreadableOriginalError` where the file cannot be opened, is not HTML, or holds no words.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableOriginalError(path, f"cannot be opened ({error.strerror}); check the path and the permissions") from error
    if b"<" not in data[:_HEAD_BYTES] and b"\0<" not in data[:_HEAD_BYTES]:
        raise UnreadableOriginalError(path, "is not an HTML page, whatever its name says; download it again from the publisher")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(data, "lxml")
    lines = MarkedLines()
    _Walker(lines).walk(_main_part(soup))
    found = lines.lines()
    if not found:
        raise UnreadableOriginalError(path, "has no words to read, so it is probably filled in by a script; save the page from a browser, or as PDF, and add that")
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    return Document(title or None, (Page(None, found),))


def _main_part(soup: BeautifulSoup) -> Tag:
    """The page's main part where it marks exactly one, else all of its body."""
    for name, attributes in (("main", {}), (True, {"role": "main"}), ("article", {})):
        found = soup.find_all(name, attrs=attributes)
        if len(found) == 1 and isinstance(found[0], Tag) and found[0].get_text(strip=True):
            return found[0]
    return soup.body or soup


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.get("style", "")).replace(" ", "").lower()
    return tag.has_attr("hidden") or tag.get("aria-hidden") == "true" or "display:none" in style or "visibility:hidden" in style


class _Walker:
    """Walks the tree and hands each block to the lines."""

    def __init__(self, lines: MarkedLines):
        self.lines = lines
        self.loose = ""

    def walk(self, tag: Tag, depth: int = 0) -> None:
        """Take in a block's contents: words between blocks make paragraphs of their own."""
        for child in tag.children:
            if isinstance(child, PreformattedString):
                continue
            if isinstance(child, NavigableString):
                self.loose += str(child)
            elif isinstance(child, Tag):
                self._child(child, depth)
        self._flush()

    def _flush(self) -> None:
        self.lines.paragraph(self.loose)
        self.loose = ""

    def _child(self, tag: Tag, depth: int) -> None:
        if tag.name in _LEFT_OUT or tag.name in _PAGE_FURNITURE or _is_hidden(tag):
            return
        if depth > _DEEPEST:
            self.loose += f" {tag.get_text(' ')} "
        elif tag.name == "br":
            self.loose += " "
        elif tag.name not in _BLOCKS and not tag.find(_BLOCKS):
            self.loose += _inline(tag)
        else:
            self._flush()
            self._block(tag, depth + 1)

    def _block(self, tag: Tag, depth: int) -> None:
        if tag.name[0] == "h" and tag.name[1:].isdigit():
            self.lines.heading(int(tag.name[1:]), _inline(tag))
        elif tag.name in ("ul", "ol"):
            self._list(tag, depth)
        elif tag.name == "tr":
            self.lines.row(_inline(cell) for cell in tag.find_all(("td", "th"), recursive=False))
        elif tag.name == "li":
            self._item(tag, "", depth)
        else:
            self.walk(tag, depth)

    def _list(self, tag: Tag, depth: int) -> None:
        start = str(tag.get("start", "1"))
        number = int(start) if start.isdigit() else 1
        style = _LIST_STYLES.get(str(tag.get("type", "")), "decimal")
        for child in tag.find_all(True, recursive=False):
            if child.name != "li":
                self._child(child, depth)
            elif not _is_hidden(child):
                own = str(child.get("value", ""))
                number = int(own) if own.isdigit() else number
                self._item(child, numeral(number, style) if tag.name == "ol" else "", depth)
                number += 1

    def _item(self, tag: Tag, label: str, depth: int) -> None:
        """One item: its own words in one line, then what lists or tables stand inside it."""
        inside = [child for child in tag.find_all(("ul", "ol", "table")) if child.find_parent(("li",)) is tag]
        for child in inside:
            child.extract()
        self.lines.item(_inline(tag), label)
        for child in inside:
            self._child(child, depth)


def _inline(tag: Tag) -> str:
    """The words of a tag, with a space where a line or block ends inside it; raised numbers become the signs for them."""
    words = ""
    for piece in tag.descendants:
        if isinstance(piece, Tag):
            words += " " if piece.name == "br" or piece.name in _BLOCKS else ""
        elif not isinstance(piece, PreformattedString) and not any(
            parent.name in _LEFT_OUT or _is_hidden(parent) for parent in piece.parents if isinstance(parent, Tag) and parent is not tag.parent
        ):
            words += str(piece)
    return words
