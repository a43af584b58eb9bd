"""Reading an enquiry: its parts, who writes, in which language, and the questions it holds, each with its place in the enquiry as given."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.desk.asking import Piece, Said, asked_in, leads_in
from assistant.desk.copied_questions import QuestionFinder, further
from assistant.desk.enquiry_parts import Line, PartKind, lines_of, pattern
from assistant.desk.language import other_language
from assistant.desk.names import name_in
from assistant.desk.sentences import split_sentences
from assistant.desk.visible_text import visible_text
from assistant.errors import BadInputError
from assistant.refusing import without_instructions
from index.terms import terms

ENQUIRY_LIMIT = 100_000
"""Characters of the longest enquiry that is read."""
MOST_QUESTIONS = 20
"""Questions of one enquiry that are answered."""
SAME = 0.75
"""Share of their words from which two questions of one enquiry are the same, asked twice."""
_BULLET = re.compile(r"\s*(?:[-•*–·]|\(?\d{1,2}[.):]|\(?[a-h][.)]|[ivx]{1,4}[.)]|Q\d*[.:)])\s+\S")
_LOOSE_END = re.compile(
    r"\?[\"”’')]* +(?=\S)|(?<=[a-z]{2})\. +(?=(?:can|could|what|how|do|does|is|are|will|would|who|where|when|if|we|i|also|please|just|not|our|my|they|it|so|"
    r"but|and|the|she|he|there|this|that|thanks|wants|asked)\b)|(?<=\w) (?=\(?[1-9]\) \w)"
)
"""A question mark ends a sentence whatever follows, and a full stop does before words that begin one, for those who write without
capitals; a number in brackets begins the next point of a list that runs on in a line."""
_WRAPPED = 50
"""Characters from which a line without a full stop runs on in the next one."""


@dataclass(frozen=True)
class Part:
    """Characters `start:end` of the enquiry as given, and what they are."""

    kind: PartKind
    start: int
    end: int


@dataclass(frozen=True)
class AskedQuestion:
    """A question of an enquiry: characters `start:end` of it as given, the question by itself, the sentence said just before it, and its own wording
    where that was indirect. `by_model`: the language model found it."""

    start: int
    end: int
    text: str
    before: str = ""
    clause: str = ""
    by_model: bool = False


@dataclass(frozen=True)
class Enquiry:
    """An enquiry as read.

    `message` is the newest message without greeting, signature and orders to the assistant; `background` is what of it asks nothing. `language` names it
    where it is not English. `ordered` says that the text tried to give orders.
    """

    parts: tuple[Part, ...]
    questions: tuple[AskedQuestion, ...]
    message: str
    background: str
    name: str
    language: str | None
    ordered: bool


def read_enquiry(text: str, finder: QuestionFinder | None = None) -> Enquiry:
    """Read an enquiry: plain text or HTML, with forwarded and quoted mail.

    With a `finder` what it finds beyond the questions found here is added, as far as all can be answered.

    Raises BadInputError for one that is empty, holds nothing to see, or has more than 100,000 characters.
    """
    if len(text) > ENQUIRY_LIMIT:
        raise BadInputError("enquiry", f"has {len(text):,} characters; the most is {ENQUIRY_LIMIT:,}. Leave out what does not belong to it.")
    seen = visible_text(text)
    if not seen.text.strip():
        raise BadInputError("enquiry", "is empty. Paste or type what was asked.")
    lines = lines_of(seen.text)
    body = [line for line in lines if line.kind == "body"]
    said, orders = _without_orders(list(_sentences(seen.text, body)))
    language = other_language("\n".join(sentence.text for sentence in said))
    asking = [[] if language else asked_in(sentence, said[number - 1] if number else None) for number, sentence in enumerate(said)]
    found = [(piece, _before(said, number)) for number, pieces in enumerate(asking) for piece in pieces]
    if not language:
        found = [*((piece, "") for piece in _in_subject(seen.text, lines)), *found]
    message = " ".join(sentence.text for sentence in said)
    copied = finder.find(message) if finder and message and not language else []
    added = list(further(copied, seen.text, said, [piece for piece, _ in found]))
    asks = {number for number, pieces in enumerate(asking) if pieces} | {number for _, number in added}
    known = _once(found)
    more = _once([*known, *((piece, _before(said, number)) for piece, number in added)])[len(known) : max(len(known), MOST_QUESTIONS)]
    questions = [(piece, before, False) for piece, before in known] + [(piece, before, True) for piece, before in more]
    questions.sort(key=lambda each: each[0].start)
    parts = [Part(line.kind, *seen.span(line.start, line.end)) for line in lines]
    parts += [Part("instructions", *seen.span(sentence.start, sentence.end)) for sentence in orders]
    return Enquiry(
        parts=tuple(sorted(parts, key=lambda part: (part.start, part.end))),
        questions=tuple(AskedQuestion(*seen.span(piece.start, piece.end), piece.text, before, piece.clause, by) for piece, before, by in questions),
        message=message,
        background=" ".join(sentence.text for number, sentence in enumerate(said) if number not in asks),
        name=name_in(seen.text, lines),
        language=language,
        ordered=bool(orders),
    )


def _before(said: Sequence[Said], number: int) -> str:
    """The sentence said just before one."""
    return said[number - 1].text if number else ""


def _sentences(text: str, body: Sequence[Line]) -> Iterator[Said]:
    """The sentences of the newest message. A line that runs on in the next one is read with it; list items know what led them in."""
    led = False
    blocks = [(start, re.sub(r"\n(> ?)?", lambda match: " " * len(match[0]), text[start:end])) for start, end in _blocks(text, body)]
    for place, (start, block) in enumerate(blocks):
        item = bool(_BULLET.match(block))
        led = led or (item and _asks_beside(blocks, place))
        spans = list(_loose(block))
        for number, (left, right) in enumerate(spans):
            yield Said(start + left, start + right, block[left:right], asked_for=led and item and number == 0)
        if not item:
            led = bool(spans) and leads_in(block[slice(*spans[-1])])


def _asks_beside(blocks: Sequence[tuple[int, str]], place: int) -> bool:
    """Whether another item of the same list asks a question by itself: then each of them is meant as one."""
    first = last = place
    while first and _BULLET.match(blocks[first - 1][1]):
        first -= 1
    while last + 1 < len(blocks) and _BULLET.match(blocks[last + 1][1]):
        last += 1
    return any(asked_in(Said(start, start + len(block), block), None) for start, block in blocks[first : last + 1])


def _blocks(text: str, body: Sequence[Line]) -> Iterator[tuple[int, int]]:
    open_block: tuple[int, int] | None = None
    for line in body:
        if open_block and _runs_on(text, open_block, line):
            open_block = open_block[0], line.end
            continue
        if open_block:
            yield open_block
        open_block = line.start, line.end
    if open_block:
        yield open_block


def _runs_on(text: str, block: tuple[int, int], line: Line) -> bool:
    between = text[block[1] : line.start]
    if between.count("\n") != 1 or _BULLET.match(text, line.start):
        return False
    last = text[slice(*block)].rsplit("\n", 1)[-1]
    return last.rstrip()[-1:] not in ".?!:;" and (len(last) >= _WRAPPED or text[line.start].islower())


def _loose(block: str) -> Iterator[tuple[int, int]]:
    """The sentences of a block; a question mark ends one whatever follows, and so does a full stop before words that ask."""
    for start, end in split_sentences(block):
        at = start
        for match in _LOOSE_END.finditer(block[start:end]):
            yield at, start + len(block[start:end][: match.end()].rstrip())
            at = start + match.end()
        yield at, end


def _without_orders(said: Sequence[Said]) -> tuple[list[Said], list[Said]]:
    """The sentences without those that order the assistant about, and those; what a sentence asks beside an order stays."""
    kept, orders = [], []
    for sentence in said:
        genuine = without_instructions(sentence.text)
        if genuine == sentence.text:
            kept.append(sentence)
            continue
        orders.append(sentence)
        if genuine:
            at = sentence.text.find(genuine[:30])
            kept.append(Said(sentence.start + max(at, 0), sentence.end, genuine, sentence.asked_for))
    return kept, orders


def _in_subject(text: str, lines: Sequence[Line]) -> list[Piece]:
    """What the subject line asks: only a line that is a question by itself does."""
    for line in lines:
        match = pattern("subject_line").match(text[line.start : line.end]) if line.kind == "heading" else None
        if match:
            subject = text[line.start + match.end() : line.end]
            return asked_in(Said(line.start + match.end(), line.end, subject), None) if subject.rstrip().endswith("?") else []
    return []


def _once(found: Sequence[tuple[Piece, str]]) -> list[tuple[Piece, str]]:
    """The questions without those that were asked already in nearly the same words."""
    kept: list[tuple[Piece, str]] = []
    seen: list[frozenset[str]] = []
    for piece, before in found:
        words = frozenset(terms(piece.text))
        if any(len(words & other) >= SAME * len(words | other) for other in seen if words or other):
            continue
        kept.append((piece, before))
        seen.append(words)
    return kept
