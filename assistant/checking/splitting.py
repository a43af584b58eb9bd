"""Splitting a claim into its parts: clauses that each have a predicate of their own. A list under one predicate stays whole."""

import re

from assistant.checking.claim_words import pattern
from assistant.english import AUXILIARIES, DETERMINERS, ONLY_VERBS, PRONOUNS, VERBS
from index.terms import terms

MOST_PARTS = 5
_JOINT = re.compile(
    r"\s*;\s*(?:and |but )?|,?\s+(?:but|whereas|although|though)\s+|,?\s+and\s+(?:also |then |so |that )?|(?<=[.!])\s+(?=[A-Z£\d])", re.IGNORECASE
)
_WORD = re.compile(r"[\w'’£%-]+")
_MODALS = re.compile(
    r"^(?:also |still |never |always |only |just |now )?(?:is|are|was|were|has|have|had|can|could|may|might|must|shall|should|will|would|do|does|did|"
    r"isn['’]t|aren['’]t|wasn['’]t|weren['’]t|can['’]t|cannot|don['’]t|doesn['’]t|didn['’]t|won['’]t|mustn['’]t|hasn['’]t|haven['’]t)$",
    re.IGNORECASE,
)
_CONTRACTED = re.compile(r"^(it|they|he|she|that|there|you|we|i)'(s|re|ve|ll|d)$")
_VERB_OF = {"s": "is", "re": "are", "ve": "have", "ll": "will", "d": "would"}
_SUBORDINATE = re.compile(r"\b(?:if|unless|when|where|whether|because|although|which|who|that|until|while)\b(?=\s\w)", re.IGNORECASE)
_SUBJECTS = frozenset("it they he she this that these those there you we i".split())


def parts_of(claim: str) -> list[str]:
    """The parts of a claim, each a statement by itself: a subject that only the first names is put in place of a pronoun or nothing in the next.

    >>> parts_of("The fund was £10 million and it closed in 2015.")
    ['The fund was £10 million', 'The fund closed in 2015']
    """
    text = stripped(claim)
    pieces: list[str] = []
    start = at = 0
    while match := _JOINT.search(text, at):
        at = match.end()
        left, right = text[start : match.start()], text[match.end() :]
        if _has_predicate(_SUBORDINATE.split(left)[-1]) and len(terms(right)) > 1 and _opens_a_clause(right, sentence=match[0].isspace()):
            pieces.append(left)
            start = at
    pieces.append(text[start:])
    if len(pieces) > MOST_PARTS:
        return [text]
    told: list[str] = []
    for piece in pieces:
        told.append(_with_subject(piece.strip(" ,.;"), told[0]) if told else piece.strip(" ,.;"))
    return [piece for piece in told if piece]


def stripped(claim: str) -> str:
    """A claim without openings and tags that claim nothing: "I heard that", "right?"."""
    text = claim.strip()
    for _ in range(3):
        shorter = pattern("lead_ins").sub("", text)
        shorter = pattern("tags").sub("", shorter)
        if shorter == text or len(shorter.split()) < 3:
            break
        text = shorter.strip()
    return text[:1].upper() + text[1:] if text != claim.strip() else text


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _predicate_at(words: list[str]) -> int | None:
    """The number of the first word that is a verb, for certain: an auxiliary, or a verb that is no noun."""
    for number, word in enumerate(words):
        plain = word.lower().replace("’", "'")
        if plain in AUXILIARIES or plain in ONLY_VERBS or _MODALS.match(word) or (number and plain in VERBS and words[number - 1].lower() not in DETERMINERS):
            return number
        if number and plain.endswith("ed") and len(plain) > 4 and words[number - 1].lower() not in DETERMINERS:
            return number
    return None


def _has_predicate(text: str) -> bool:
    found = _predicate_at(_words(text))
    return found is not None and found > 0


def _opens_a_clause(text: str, sentence: bool) -> bool:
    """Whether a text goes on with a clause: a verb at once, or a subject of a few words before one."""
    words = _words(re.split(r"[,;]", text)[0])
    if len(words) < 2:
        return False
    first = words[0].lower().replace("’", "'")
    if _CONTRACTED.match(first) or _MODALS.match(words[0]) or first in ("isn't", "cannot"):
        return True
    if first in ONLY_VERBS and first.endswith(("s", "d", "ept", "ave", "an", "ent", "old", "ost")) and first not in ("needs", "keep"):
        return True
    at = _predicate_at(words)
    if at is None or at == 0:
        return False
    if sentence or first in _SUBJECTS:
        return True
    return at <= 6 and bool(_MODALS.match(words[at])) and first not in ("that", "which", "who")


def _with_subject(piece: str, first: str) -> str:
    words = _words(first)
    at = _predicate_at(words)
    subject = " ".join(words[:at]) if at else ""
    if not subject or len(subject.split()) > 9:
        return piece
    opening, _, rest = piece.partition(" ")
    plain = opening.lower().replace("’", "'")
    contracted = _CONTRACTED.match(plain)
    if contracted and contracted[1] in ("it", "they", "he", "she") and subject.lower() not in PRONOUNS:
        return f"{subject} {_VERB_OF[contracted[2]]} {rest}"
    if plain in ("it", "they", "he", "she") and subject.lower() not in PRONOUNS:
        return f"{subject} {rest}"
    if _MODALS.match(opening) or (plain in ONLY_VERBS and plain not in PRONOUNS):
        return f"{subject} {piece}"
    return piece[:1].upper() + piece[1:]
