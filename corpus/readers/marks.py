"""Marks that are not words: Markdown and HTML in a text, the labels of list items, the numbers of footnotes."""

import html
import re

_HASHES = re.compile(r"^(#{1,6})\s+")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_ADDRESS = re.compile(r"<((?:https?://|mailto:|www\.)[^<>]*)>")
_TAG = re.compile(r"</?(?:a|b|br|em|i|p|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![A-Za-z0-9*])|(?<![\w_])_(?=[^\s_])([^_\n]+?)(?<=[^\s_])_(?![A-Za-z0-9_])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|])")
_BULLET = re.compile(r"^(?:[•●▪◦‣·]\s*|[-–*o]\s+)(?=\S)")
_LABEL = re.compile(r"^(?:\((?P<closed>[ivx]{1,5}|[a-z]|\d{1,2})\)|(?P<open>[ivx]{1,5}|[a-h]|\d{1,2})(?P<stop>[.)]))\s+(?=\S)")
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
FOOTNOTE = re.compile(rf"^(?:(?P<mark>[{_SUPERSCRIPTS}]{{1,3}})|\[(?P<number>\d{{1,3}})\])\s*(?=[^\W\d_]|[\"'“‘<(*])")
_REFERENCE = re.compile(rf"(?<=[^\s{_SUPERSCRIPTS}])\s?([{_SUPERSCRIPTS}]{{1,3}})(?![{_SUPERSCRIPTS}])")
_UNIT = re.compile(r"(?:\d|\b)(?:[ckm]?m|ft|CO)$")
_TO_DIGITS = str.maketrans(_SUPERSCRIPTS, "0123456789")


def heading_hashes(line: str) -> int:
    """How many `#` open a Markdown heading; 0 where the line is none."""
    match = _HASHES.match(line)
    return len(match[1]) if match else 0


def plain_words(text: str) -> str:
    """The text without Markdown marks, HTML tags and the angle brackets around addresses.

    >>> plain_words("**Press** for *it* ([here](#), <http://example.org>)")
    'Press for it (here, http://example.org)'
    """
    text = _HASHES.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = _ADDRESS.sub(r"\1", text)
    text = _TAG.sub("", text)
    text = text.replace("**", "").replace("`", "")
    text = _EMPHASIS.sub(lambda match: match[1] or match[2], text)
    text = _ESCAPED.sub(r"\1", text)
    return " ".join(html.unescape(text).replace("\u00ad", "").split())


def bullet_length(line: str) -> int:
    """How many characters a list bullet and the space after it take; 0 without one."""
    match = _BULLET.match(line)
    return match.end() if match else 0


def item_label(text: str) -> tuple[str, int]:
    """The label a list item opens with, in brackets, and the characters it takes: `ii. Words` gives `(ii)` and 4."""
    match = _LABEL.match(text)
    if not match:
        return "", 0
    return f"({match['closed'] or match['open']})", match.end()


def footnote_number(text: str) -> str:
    """The number that a footnote opens with, in plain digits; empty where the text is no footnote."""
    match = FOOTNOTE.match(text)
    if not match:
        return ""
    return (match["mark"] or match["number"]).translate(_TO_DIGITS)


def without_references(text: str, numbers: set[str]) -> str:
    """The text without the raised numbers that point to the document's footnotes; others, as in m², stay."""

    def pointed(match: re.Match[str]) -> str:
        points = match[1].translate(_TO_DIGITS) in numbers and not _UNIT.search(text[: match.start()])
        return "" if points else match[0]

    return _REFERENCE.sub(pointed, text)
