"""Splitting a claim into its parts: clauses that each have a predicate of their own. A list under one predicate stays whole."""

import re
from collections.abc import Sequence

from assistant.checking.claim_words import pattern
from assistant.english import AUXILIARIES, DETERMINERS, ONLY_VERBS, PRONOUNS, VERBS
from index.terms import terms

MOST_PARTS = 5
_JOINT = re.compile(
    r"\s*;\s*(?:and |but )?|,?\s+(?:but|whereas|although|though|while)\s+|,?\s+and\s+(?:also |then |so |that |yet )?|,\s+(?=(?:which|who)\s)"
    r"|,\s+(?=(?:all|most|none|half|some|both|many) of (?:them|which|whom)\s)|,\s+(?=(?:it|they|he|she|there|you|we)(?:\s|['’]))"
    r"|\s+[–-]\s+(?:and |but )?|(?<=[.!])\s+(?=[A-Z£\d])",
    re.IGNORECASE,
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
_NOMINATIVES = frozenset("it they he she we i there".split())
"""Open a clause whatever follows: nothing else begins with them."""
_NOMINATIVE = re.compile(r"(?:it|they|he|she|we|i|there|which|who)(?:\s|['’](?:s|re|ve|ll|d)\b)", re.IGNORECASE)
_OF_THEM = re.compile(r"(?:all|most|none|half|some|both|many) of (?:them|which|whom)\s", re.IGNORECASE)
_PLURAL = re.compile(
    r"^(?:two|three|four|five|six|seven|eight|nine|ten|many|several|most|some|\d+)\b|[^s']s$|\b(?:people|staff|children|men|women)$", re.IGNORECASE
)
_NOBODY = frozenset("nobody everyone everybody someone somebody anyone anybody noone no people there".split())
_RELATIVES = ("which", "who")
_PAST = frozenset(
    (
        "held had gave took went came got ran paid bought sold made kept won lost began became wrote said told left met built grew fell rose has gets gives "
        "brought beat chose drew drove heard knew laid led lent meant sat saw sent stood struck threw spoke sought taught "
        "takes goes comes runs pays keeps wants means lasts covers applies owns holds looks makes sits needs does belongs serves employs provides says"
    ).split()
)
"""Forms that are verbs after a noun: `the government held the rest`."""
_PHRASE_OPENS = re.compile(r"(?P<opens>for|in|at|by|to|from|with)\s", re.IGNORECASE)


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
        opens = _opens_a_clause(right, sentence=match[0].isspace())
        certain = _OF_THEM.match(right) or (_NOMINATIVE.match(right) and len(left.split()) > 2 and len(right.split()) > 2)
        if certain or (terms(right) and (_has_predicate(_main(left)) and (opens or _repeats_a_phrase(left, right, match[0])))):
            pieces.append(left)
            start = at
    pieces.append(text[start:])
    if len(pieces) > MOST_PARTS:
        return [text]
    told: list[str] = []
    for piece in pieces:
        told.append(_told_in_full(piece.strip(" ,.;"), told) if told else piece.strip(" ,.;"))
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
        if number and plain in _PAST and words[number - 1].lower() not in DETERMINERS:
            return number
        if number and plain.endswith("ed") and len(plain) > 4 and words[number - 1].lower() not in DETERMINERS:
            return number
    return None


def _has_verb(text: str) -> bool:
    return _predicate_at(_words(text)) is not None


def _has_predicate(text: str) -> bool:
    found = _predicate_at(_words(text))
    return found is not None and found > 0


def _main(text: str) -> str:
    """What a text says after its last subordinate word, unless that follows a comma: `Capita won, which is worth…` is whole before it."""
    return _SUBORDINATE.split(text)[-1]


def _repeats_a_phrase(left: str, right: str, joint: str) -> bool:
    """Whether a text gives the same predicate another phrase: `for councils in 2011` after `it ended for government in 2010`; both have a figure."""
    opens = _PHRASE_OPENS.match(right)
    return bool(opens and "and" in joint and re.search(rf"\b{opens['opens']}\s", left) and re.search(r"\d", right) and re.search(r"\d", left))


def _opens_a_clause(text: str, sentence: bool) -> bool:
    """Whether a text goes on with a clause: a verb at once, or a subject of a few words before one."""
    words = _words(re.split(r"[,;]", text)[0])
    if len(words) < 2:
        return False
    first = words[0].lower().replace("’", "'")
    if first in _NOMINATIVES or (first in _RELATIVES and not sentence):
        return True
    if _CONTRACTED.match(first) or _MODALS.match(words[0]) or first in ("isn't", "cannot"):
        return True
    if first.endswith("ed") and len(first) > 4 and not sentence:
        return True
    if first in ONLY_VERBS and first.endswith(("s", "d", "ept", "ave", "an", "ent", "old", "ost")) and first not in ("needs", "keep"):
        return True
    at = _predicate_at(words)
    if at is None or at == 0:
        return False
    if sentence or first in _SUBJECTS:
        return True
    certain = _MODALS.match(words[at]) or words[at].lower() in _PAST
    return at <= 6 and bool(certain) and first not in ("that", "which", "who")


def _told_in_full(piece: str, told: Sequence[str]) -> str:
    """A piece with what it leaves to those before it: the subject, the predicate, or what `which` stands for."""
    opens = _PHRASE_OPENS.match(piece)
    if opens:
        shared = re.split(rf"\b{opens['opens']}\s", told[0], maxsplit=1)[0].strip()
        return f"{shared} {piece}"
    if _OF_THEM.match(piece):
        quantifier, _, rest = piece.partition(" of ")
        _, _, rest = rest.partition(" ")
        return f"{quantifier[:1].upper()}{quantifier[1:]} of {_antecedent(told[-1])} {rest if _has_verb(rest) else f'are {rest}'}"
    first, _, rest = piece.partition(" ")
    if first.lower() in _RELATIVES and rest:
        return f"{_antecedent(told[-1])} {rest}"
    return _with_subject(piece, told[0])


def _antecedent(text: str) -> str:
    """The last noun phrase of a text: from its last article on, or its last capitalised words, or its last word."""
    words = text.split()
    for back in range(1, min(6, len(words)) + 1):
        if words[-back].lower() in DETERMINERS:
            return " ".join(words[-back:])
    capitalised = re.search(r"(?:[A-Z][\w'’-]*\s?)+$", text)
    return capitalised[0].strip() if capitalised else words[-1]


def _with_subject(piece: str, first: str) -> str:
    words = _words(first)
    at = _predicate_at(words)
    subject = " ".join(words[:at]) if at else ""
    opener = piece.split(" ")[0].lower().replace("’", "'")
    pronoun = opener.split("'")[0]
    elsewhere = subject.lower().split(" ")[0] in _NOBODY and pronoun in ("it", "they")
    if subject and (elsewhere or (pronoun == "it" and _PLURAL.search(subject))):
        subject = _antecedent(first)
    if not subject or len(subject.split()) > 9:
        return piece
    opening, _, rest = piece.partition(" ")
    plain = opening.lower().replace("’", "'")
    contracted = _CONTRACTED.match(plain)
    if contracted and contracted[1] in ("it", "they", "he", "she") and subject.lower() not in PRONOUNS:
        return f"{subject} {_VERB_OF[contracted[2]]} {rest}"
    if plain in ("it", "they", "he", "she") and subject.lower() not in PRONOUNS:
        return f"{subject} {rest}"
    if _MODALS.match(opening) or (plain in ONLY_VERBS and plain not in PRONOUNS) or (plain.endswith("ed") and len(plain) > 4):
        return f"{subject} {piece}"
    return piece[:1].upper() + piece[1:]
