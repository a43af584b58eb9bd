"""Questions that somebody copied out of an enquiry, found again in it: only what stands there to the letter is taken."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from assistant.desk.asking import Piece, Said, asked_in
from assistant.desk.enquiry_parts import pattern


class QuestionFinder(Protocol):
    """Anything that copies out what a message asks; see `assistant/model/finding_questions.py`."""

    def find(self, message: str) -> list[str]:
        """What it asks, in any order; empty where nothing was found."""
        ...


def further(copied: Iterable[str], text: str, said: Sequence[Said], found: Iterable[Piece]) -> Iterator[tuple[Piece, int]]:
    """The questions among what was copied out of a text that are not found yet, each with the number of the sentence it stands in.

    Each stands in the text once, spaces and line breaks aside, within one of the sentences said; it opens as a question does or wants to know something; and
    it shares no character with one that is found already.
    """
    taken = [(piece.start, piece.end) for piece in found]
    for copy in copied:
        places = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, copy.split())), text)]
        if len(places) != 1 or not (pattern("opens_clause").match(copy) or pattern("may_ask").search(copy)):
            continue
        [(start, end)] = places
        number = next((number for number, each in enumerate(said) if each.start <= start and end <= each.end), None)
        if number is None or any(start < until and since < end for since, until in taken):
            continue
        taken.append((start, end))
        yield from ((piece, number) for piece in _asked(start, end, re.sub(r"\s", " ", text[start:end])))


def _asked(start: int, end: int, line: str) -> list[Piece]:
    """The questions that a copied line puts; one that only says what somebody wants to know stays as it stands."""
    pieces = asked_in(Said(start, end, line, asked_for=True), None)
    is_put = pattern("opens_clause").match(line) or asked_in(Said(start, end, line), None)
    return pieces if is_put or not pieces else [Piece(start, end, line)]
