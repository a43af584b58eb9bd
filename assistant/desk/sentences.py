"""Where one sentence of a letter or an enquiry ends and the next begins."""

import re

NO_BREAK = "\N{NO-BREAK SPACE}"
"""Stands for a space at which a text would be read as two sentences though it is one."""
_ABBREVIATED = frozenset("mr mrs ms dr prof rev st v vs cf e.g i.e eg ie approx dept ltd co inc ed eds tel hon cllr".split())
_NUMBERED = frozenset("no nos reg regs para paras art arts s ss sch ch pt p pp cl rec recs vol fig ext".split())
"""Short for what has a number, which then follows."""
_END = re.compile(r"[.!?…]+[\"”’')\]]*(?P<markers>(?:\s*\[\d{1,3}\])*+) +(?=[\"“‘'(\[£]*[A-Z\d])")
_LAST_WORD = re.compile(r"[\w.]*\w$")


def sentence_ends(text: str) -> list[tuple[int, int]]:
    """Each end inside a line of text: where the sentence stops, and where the next one starts."""
    found = []
    for match in _END.finditer(text):
        before = _LAST_WORD.search(text, 0, match.start())
        word = before[0].lower() if before else ""
        numbered = word in _NUMBERED and text[match.end()].isdigit()
        short = text[match.start()] == "." and (word in _ABBREVIATED or numbered or (len(word) == 1 and word.isalpha()))
        counted = text[: match.start()].strip().isdigit()  # "1. You asked ..."
        if not (short or counted) or match["markers"]:
            found.append((len(text[: match.end()].rstrip(" ")), match.end()))
    return found


def split_sentences(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences of one line of text, in order, without the spaces around them."""
    spans, start = [], 0
    for stop, following in [*sentence_ends(text), (len(text), len(text))]:
        piece = text[start:stop]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            spans.append((left, start + len(piece.rstrip())))
        start = following
    return spans
