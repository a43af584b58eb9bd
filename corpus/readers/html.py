"""HTML pages, as lines: headings, paragraphs, lists and tables of the page's main part; nothing in it is ever run or fetched."""

import codecs
import re
import warnings
from collections.abc import Collection, Iterator
from pathlib import Path

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.dammit import EncodingDetector
from bs4.element import PageElement, PreformattedString, Tag

from corpus.readers.marked import MarkedLines, numeral
from corpus.readers.pages import Document, Page
from corpus.readers.text import decode
from corpus.readers.unreadable import UnreadableOriginalError

_LEFT_OUT = frozenset(
    "script style noscript template iframe object embed svg math canvas audio video form button input select datalist textarea dialog nav head "
    "footer aside".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p "
    "pre section summary table tbody td tfoot th thead tr ul".split()
)
_ENDS_A_LINE = _BLOCKS | {"br"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LAYS_OUT = (*_HEADINGS, "table")
"""What no cell of figures or words holds: a table with one of these inside its cells only sets out the page."""
_ENDS_AN_ITEM = (*_LAYS_OUT, "ul", "ol")
_WHOLE_PAGE = ("main", "article", "h1")
_LIST_STYLES = {"i": "roman", "I": "roman", "a": "letter", "A": "letter"}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DEEPEST = 100
"""Tags inside tags beyond this are read as plain text: no page that a person wrote comes near it."""
_HEAD = 2048
_TAG = re.compile(r"<[!?/A-Za-z]")
_OTHER_KINDS = (b"%PDF-", b"PK\x03\x04")
_READ_AS_TEXT = frozenset({"ascii", "iso8859-1", "cp1252"})


def read_html(path: Path) -> Document:
    """The title and the lines of an HTML page; a page in HTML has no page numbers.

    Scripts, forms, menus and hidden parts are left out. The encoding is the one the file declares, or else the likeliest.
    Raises `UnreadableOriginalError` where the file cannot be opened, is not HTML, or holds no words.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableOriginalError(path, f"cannot be opened ({error.strerror}); check the path and the permissions") from error
    text = _decoded(data)
    if data.startswith(_OTHER_KINDS) or "\0" in text[:_HEAD] or not _TAG.search(text[:_HEAD]):
        raise UnreadableOriginalError(path, "is not an HTML page, whatever its name says; download it again from the publisher")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(text.encode("utf-8", "replace"), "lxml", from_encoding="utf-8")
    lines = MarkedLines()
    _Walker(lines).walk(_main_part(soup))
    found = lines.lines()
    if not found:
        raise UnreadableOriginalError(path, "has no words to read, so a script probably fills it in; save the page from a browser, or as PDF, and add that")
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    return Document(title or None, (Page(None, found),))


def _decoded(data: bytes) -> str:
    """The text of a page by the encoding it declares, where that is a rarer one and fits; else as text files are read.

    Pages that declare Latin-1 are in truth in cp1252 or UTF-8, and one whose declaration can be read is not in UTF-16.
    """
    if data.startswith((b"<\0", b"\0<")):
        return data.decode("utf-16-le" if data[0] else "utf-16-be", errors="replace")
    try:
        said = codecs.lookup(EncodingDetector.find_declared_encoding(data, is_html=True) or "utf-8").name
        return data.decode(said) if said not in _READ_AS_TEXT and not said.startswith("utf") else decode(data)
    except (LookupError, UnicodeError):
        return decode(data)


def _main_part(soup: BeautifulSoup) -> Tag:
    """The page's main part where it marks exactly one, else all of its body."""
    if soup.form and soup.form.find(_WHOLE_PAGE):
        soup.form.unwrap()
    for selector in ("main", '[role="main"]', "article"):
        found = soup.select(selector)
        if len(found) == 1 and found[0].get_text(strip=True):
            return found[0]
    return soup.body or soup


def _is_left_out(tag: Tag) -> bool:
    """Whether a tag holds none of the page's own words, or hides them; the header of an article is its own, that of a page is not."""
    if tag.name in _LEFT_OUT or tag.has_attr("hidden") or tag.get("aria-hidden") == "true":
        return True
    style = str(tag.get("style", "")).replace(" ", "").lower()
    if "display:none" in style or "visibility:hidden" in style:
        return True
    return tag.name == "header" and not tag.find_parent(("main", "article"))


class _Walker:
    """Walks the tree and hands each block to the lines. `label` is that of the list item whose words come next."""

    def __init__(self, lines: MarkedLines):
        self.lines = lines
        self.loose: list[str] = []
        self.label: str | None = None

    def walk(self, tag: Tag, depth: int = 0) -> None:
        """Take in a block's contents: words between blocks make paragraphs of their own."""
        for child in tag.children:
            self._take(child, depth)
        self._flush()

    def _flush(self) -> None:
        words = "".join(self.loose)
        self.loose.clear()
        if self.label is None or not words.strip():
            self.lines.paragraph(words)
        else:
            self.lines.item(words, self.label)
            self.label = None

    def _take(self, piece: PageElement, depth: int) -> None:
        if isinstance(piece, Tag) and _is_left_out(piece):
            return
        if not isinstance(piece, Tag) or depth > _DEEPEST or (piece.name not in _BLOCKS and not piece.find(_BLOCKS)):
            self.loose.append(_inline(piece))
        else:
            self._flush()
            self._block(piece, depth + 1)

    def _block(self, tag: Tag, depth: int) -> None:
        if tag.name in _HEADINGS:
            self.lines.heading(int(tag.name[1]), _inline(tag))
        elif tag.name in ("ul", "ol"):
            self._list(tag, depth)
        elif tag.name == "tr":
            self._row(tag, depth)
        elif tag.name == "li":
            self._item(tag, "", depth)
        else:
            self.walk(tag, depth)

    def _list(self, tag: Tag, depth: int) -> None:
        number = _whole_number(tag, "start", 1)
        style = _LIST_STYLES.get(str(tag.get("type", "")), "decimal")
        for child in tag.children:
            if not isinstance(child, Tag) or child.name != "li":
                self._take(child, depth)
            elif not _is_left_out(child):
                number = _whole_number(child, "value", number)
                self._item(child, numeral(number, style) if tag.name == "ol" else "", depth)
                number += 1
        self._flush()

    def _item(self, tag: Tag, label: str, depth: int) -> None:
        """One item: its own words in one line, as far as a list, table or heading stands inside it; what comes after that follows."""
        self._flush()
        self.label = label
        for piece in _pieces(tag, _ENDS_AN_ITEM):
            if isinstance(piece, Tag):
                self._take(piece, depth)
            else:
                self.loose.append(piece)
        self._flush()
        self.label = None

    def _row(self, tag: Tag, depth: int) -> None:
        """One row; the cells of a table that only sets out the page are read one after another."""
        cells: list[Tag] = []
        for child in tag.children:
            if not isinstance(child, Tag) or child.name not in ("td", "th"):
                self._take(child, depth)
            elif not _is_left_out(child):
                cells.append(child)
        self._flush()
        if any(cell.find(_LAYS_OUT) for cell in cells):
            for cell in cells:
                self.walk(cell, depth)
        else:
            self.lines.row(_inline(cell) for cell in cells)


def _inline(whole: PageElement) -> str:
    return "".join(str(piece) for piece in _pieces(whole))


def _pieces(whole: PageElement, stops: Collection[str] = ()) -> Iterator[str | Tag]:
    """The words of a tag in order, with a space where a line or block begins or ends inside it; raised numbers become the signs for them.

    The tags named in `stops` come whole, in their place among the words.
    """
    waiting: list[PageElement | str] = [whole]
    while waiting:
        piece = waiting.pop()
        if not isinstance(piece, Tag):
            if not isinstance(piece, PreformattedString):
                yield str(piece)
        elif piece.name in stops:
            yield piece
        elif piece is whole or not _is_left_out(piece):
            if piece.name == "sup" and piece.get_text(strip=True).isdecimal():
                yield piece.get_text(strip=True).translate(_RAISED)
            else:
                edge = " " if piece.name in _ENDS_A_LINE else ""
                waiting += [edge, *reversed(piece.contents), edge]


def _whole_number(tag: Tag, attribute: str, otherwise: int) -> int:
    said = str(tag.get(attribute, "")).strip()
    return int(said) if said.isdecimal() and len(said) < 7 else otherwise
