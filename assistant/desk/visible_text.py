"""What a person sees of an enquiry: HTML without its markup, nothing invisible, and for each character its place in the enquiry as given."""

import re
import unicodedata
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

_HTML = re.compile(r"<(?:!doctype html|html|body|div|p|br|table|span|ul|ol|li|blockquote)\b[^<>]*>", re.IGNORECASE)
_UNSEEN = ("script", "style", "head", "title", "template")
_BLOCKS = frozenset("p div br tr table ul ol li h1 h2 h3 h4 h5 h6 blockquote hr section article header footer pre dt dd".split())
_APART = frozenset("p table ul ol h1 h2 h3 h4 h5 h6 blockquote hr".split())


@dataclass(frozen=True)
class VisibleText:
    """`text`, and for each of its characters the position in the enquiry as given that it was read from."""

    text: str
    positions: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The characters `start:end` of the text as a span of the enquiry as given."""
        return self.positions[start], self.positions[end - 1] + 1


def visible_text(given: str) -> VisibleText:
    """Read plain text or HTML. A quoted block of HTML has its lines begin with `> `, as in plain mail."""
    parts = _from_html(given) if len(_HTML.findall(given)) >= 2 else list(zip(given, range(len(given)), strict=True))
    kept = [(" " if character in "\xa0\t" else character, at) for character, at in parts if character in "\n\t" or _seen(character)]
    return VisibleText("".join(character for character, _ in kept), tuple(at for _, at in kept))


def _seen(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def _from_html(given: str) -> list[tuple[str, int]]:
    reader = _Reader(given)
    reader.feed(given)
    reader.close()
    return reader.parts


class _Reader(HTMLParser):
    """Collects the visible characters of HTML with their positions."""

    def __init__(self, given: str):
        super().__init__(convert_charrefs=False)
        self.parts: list[tuple[str, int]] = []
        self._lines = [0]
        for line in given.split("\n")[:-1]:
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._unseen = 0
        self._quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        self._quoted += tag == "blockquote"
        self._break(tag)
        if tag == "li":
            self._put("- ", self._here())

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        self._break(tag)
        if tag == "blockquote":
            self._quoted = max(self._quoted - 1, 0)

    def handle_data(self, data: str) -> None:
        for offset, character in enumerate(data):
            self._put(" " if character.isspace() else character, self._here() + offset)

    def handle_entityref(self, name: str) -> None:
        self._put(unescape(f"&{name};"), self._here())

    def handle_charref(self, name: str) -> None:
        self._put(unescape(f"&#{name};"), self._here())

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _break(self, tag: str) -> None:
        if tag not in _BLOCKS or not self.parts:
            return
        wanted = 2 if tag in _APART else 1
        while self.parts and self.parts[-1][0] == " ":
            self.parts.pop()
        there = 0
        while there < min(wanted, len(self.parts)) and self.parts[-1 - there][0] == "\n":
            there += 1
        self.parts += [("\n", self._here())] * (wanted - there if tag != "br" else 1)

    def _put(self, text: str, at: int) -> None:
        if self._unseen:
            return
        for character in text:
            opens = not self.parts or self.parts[-1][0] == "\n"
            if character == " " and (opens or self.parts[-1][0] == " "):
                continue
            if opens and self._quoted:
                self.parts += [(">", at), (" ", at)]
            self.parts.append((character, at))
