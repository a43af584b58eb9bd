"""Refusing: instructions slipped in, people's personal data, abuse and requests to act get a plain sentence; a genuine question beside them stays."""

import re
from dataclasses import dataclass
from functools import cache

from assistant.answers import Outcome
from assistant.phrases import REFUSAL_WORDS, refusal_phrases

_PIECE = re.compile(r"(?<=[.!?])[\"”’']?\s+|\s*-{3,}\s*|\n+|\s*[<\[]/?(?=(?:system|assistant|inst|user)\b)")
"""Where one piece of a text ends and the next begins: sentences, ruled lines, and marks that set off a feigned message."""


@cache
def _instructions() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.IGNORECASE) for _, text in REFUSAL_WORDS.texts("instructions"))


INSTRUCTIONS = (
    "I answer questions about public service mutuals from the guidance in this library, and cannot take on another task or set my rules aside. "
    "If you have a question about mutuals, please ask it."
)
PERSONAL_DATA = (
    "I cannot help with personal details of people, such as addresses, pay or sickness. I answer questions about public service mutuals from published "
    "guidance; what an organisation may tell of its staff is for that organisation to say."
)
ACTION = (
    "I can only answer questions from the guidance: I cannot contact anyone, send anything or act for you. "
    "If you tell me what you want to know about mutuals, I will look for it."
)
ABUSE = "I am sorry that this has been frustrating. I can answer questions about public service mutuals: please put your question in a sentence or two."


@dataclass(frozen=True)
class Refusal:
    """Why a text gets no answer, in a plain sentence."""

    outcome: Outcome
    text: str


def refusal(text: str) -> Refusal | None:
    """Why nothing in a text may be answered; None where it holds a question to look for."""
    kept = without_instructions(text)
    if kept != text and not _is_question(kept):
        return Refusal(Outcome.REFUSED, INSTRUCTIONS)
    if refusal_phrases("personal").search(kept):
        return Refusal(Outcome.REFUSED, PERSONAL_DATA)
    if refusal_phrases("acts").search(kept) and not refusal_phrases("seeks").search(kept):
        return Refusal(Outcome.OUT_OF_SCOPE, ACTION)
    if refusal_phrases("abuse").search(kept) and not _is_question(refusal_phrases("abuse").sub(" ", kept)):
        return Refusal(Outcome.REFUSED, ABUSE)
    return None


def without_instructions(text: str) -> str:
    """The text without what orders the assistant about; the very text where there is no such thing."""
    pieces = [piece for piece in _PIECE.split(re.sub(r"[^\S\n]+", " ", text)) if piece]
    kept = []
    cut = False
    for piece in pieces:
        rest = piece
        for pattern in _instructions():
            rest = pattern.sub(" ", rest)
        cut = cut or rest != piece
        if rest == piece or _is_question(rest):
            kept.append(re.sub(r"^[\s,;.:!?]*(?:and|then)\b[\s,]*", "", re.sub(r"\s+", " ", rest)).strip())
    return " ".join(each for each in kept if each) if cut else text


def _is_question(text: str) -> bool:
    """Whether a text asks for something, beyond filler words."""
    return bool(refusal_phrases("asks").search(text)) and len(refusal_phrases("filler").sub(" ", text).split()) >= 2
