"""Looks into the report's page and pictures."""

import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from html.parser import HTMLParser

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert('$x$')</script> & \"quoted\" $\\frac{1}{2}$"
_VOID = {"meta"}


class Page(HTMLParser):
    """A page read strictly: every element is closed in order, and every id stands once."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.names: list[str] = []
        self.rows: list[list[str]] = []
        self.paragraphs: list[str] = []
        self.headings: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []
        assert [(name, count) for name, count in Counter(self.ids).items() if count > 1] == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        told = dict(attrs)
        self.ids += [told["id"]] if told.get("id") else []
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "xlink:href", "data", "action", "srcset")]
        self.names += [told["aria-label"] or ""] if tag == "svg" else []
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag == "p":
            self.paragraphs.append("")
        if tag in ("h1", "h2"):
            self.headings.append("")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        last = self._open[-1] if self._open else ""
        if last in ("td", "th"):
            self.rows[-1][-1] += data
        if last == "p":
            self.paragraphs[-1] += data
        if last in ("h1", "h2"):
            self.headings[-1] += data


def texts(svg: str) -> list[str]:
    """The words in a picture, in order."""
    return [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def widths(svg: str, colour: str) -> list[float]:
    """How wide each filled shape of a colour is."""
    found = []
    for path in ElementTree.fromstring(svg).iter(f"{SVG}path"):
        if f"fill: {colour}" in (path.get("style") or ""):
            across = [float(x) for x, _ in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.get("d") or "")]
            found.append(max(across) - min(across))
    return found
