"""What in a question leans on what was said before: opening words, pronouns that nothing in the question explains, parts left out."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.english import ASKING, AUXILIARIES, FUNCTION, JOINING, PREPOSITIONS, VERBS

_WORD = re.compile(r"[A-Za-z0-9£%&][\w£%&'’.-]*[\w%]|[A-Za-z0-9]|[,;:.?!]")
_OPENING = re.compile(
    r"^(?:(?:ok|okay|right|great|lovely|good|thanks|thank you|cheers|sorry|hmm|well|so|and|but|or|also|(?:then"
    r"|now)(?=,)|yes|yeah|oh|ah|i see|got it|understood|fine|"
    r"that(?:'|’)s (?:helpful|great|good|useful|clear)|(?:very|really) helpful)\b(?:\s+(?:very much|a lot|for that))?[\s,.!;:–-]+)+(?=\w)",
    re.IGNORECASE,
)
_FRESH = re.compile(
    r"^(?:(?:a |on a |on to a )?(?:new|another|different|separate|unrelated|next|one more"
    r"|completely different)\s+(?:question|topic|subject|matter|thing|note|issue)\b"
    r"|changing (?:the )?(?:subject|topic)|moving on|separately|something else)[\s,:;.–-]*",
    re.IGNORECASE,
)
_CORRECTING = re.compile(
    r"^(?:(?:sorry|no|nope|oh|wait|hang on|actually|not that(?: one)?)\b[\s,.!;:–-]*)*(?:(?:what )?i (?:actually "
    r"|really )?(?:meant|mean|was asking about|am asking about)"
    r"(?: to ask| to say)?(?: about| was| is)?|i was thinking of|rather,?)\s+",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^(?:(?:what|how) about|what of)\s+", re.IGNORECASE)
_BARE = re.compile(
    r"^(?:(?:since|until|till|by|from|up to|for|to|with|of|in|at|on|under)\s+)?(?:why|when|who|whom|where|how|what|which)"
    r"(?:\s+(?:not|so|come|many|much|long|often|soon|far|big|old|age|date|day|year|amount|exactly|by|else|for|to|with|from))*$",
    re.IGNORECASE,
)
_EMPTY_IT = re.compile(
    r"\bit(?:'s)?(?: (?:is|was|be|really|ever|still|legally))* (?:\w+ )?(?:possible|legal|lawful|allowed|true"
    r"|better|best|worth|compulsory|necessary|easy|hard|common|"
    r"normal|likely|usual|ok|okay|fair|right|rain|snow|raining|snowing|sunny|cold|take|cost|mean|matter|make sense)\b(?!\?|$)",
    re.IGNORECASE,
)
_DAY_WORDS = frozenset("year month week government country parliament library assistant time spring summer autumn winter".split())
_MANY = frozenset(
    "staff people council councils government board company trust union commissioner team authority department body police employer everyone somebody".split()
)
_ORDINALS = frozenset("first second third fourth fifth last other".split())


class Shape(StrEnum):
    """How much of a question is there."""

    WHOLE = "whole"
    BARE = "bare"
    """A question word alone: since when?"""
    PART = "part"
    """One part alone, in place of a part of the question before: and in schools?"""


@dataclass(frozen=True)
class Leaning:
    """A question less its opening words, and what in it needs something said before.

    `pronouns` are character spans in `core`, each of a word or phrase that nothing in the question explains.
    """

    core: str
    shape: Shape
    pronouns: tuple[tuple[int, int], ...]
    fresh: bool
    """It says itself that it is a new question."""
    corrects: bool
    announced: bool
    """It opens with `what about`, and a part follows."""
    goes_on: bool
    """It opens as something said further: and, but, so."""

    @property
    def leans(self) -> bool:
        """Whether the question by its words cannot stand alone."""
        return not self.fresh and (self.corrects or bool(self.pronouns) or self.shape is not Shape.WHOLE)


def read_leaning(question: str) -> Leaning:
    """Read a question of any kind; one line or several."""
    text = " ".join(question.split())
    fresh = _FRESH.search(_OPENING.sub("", text) or text) is not None
    correcting = None if fresh else _CORRECTING.search(text)
    core = text[correcting.end() :] if correcting else _OPENING.sub("", text)
    goes_on = core != text and bool(re.match(r"(?:and|but|or|so)\b", text, re.IGNORECASE))
    about = _ABOUT.search(core)
    core = (core[about.end() :] if about else core).strip(" ,.;:!?") or text.strip(" ?") or text
    core = re.sub(r"[.?!]\s*(?:he|she|they)\s+(?!['’])", ", who ", core, flags=re.IGNORECASE)
    shape = _shape(core, bool(about) or correcting is not None)
    return Leaning(core, shape, () if fresh else tuple(_unexplained(core)), fresh, correcting is not None, bool(about) and shape is Shape.PART, goes_on)


def words(text: str) -> list[re.Match[str]]:
    """The words and marks of a text, where they stand."""
    return list(_WORD.finditer(text))


def _shape(core: str, announced: bool) -> Shape:
    if _BARE.match(core):
        return Shape.BARE
    first = _WORD.match(core)
    said = [match[0].lower().replace("’", "'") for match in words(core)]
    if announced and first and not (said[0] in AUXILIARIES or said[0] in ASKING):
        return Shape.PART
    has_verb = any(word in AUXILIARIES for word in said)
    starts = said[0] if said else ""
    if starts in ASKING or has_verb:
        return Shape.WHOLE if not (starts in PREPOSITIONS and len(said) <= 4 and not has_verb) else Shape.PART
    return Shape.PART if len([word for word in said if word[0].isalnum()]) <= 9 else Shape.WHOLE


def _unexplained(core: str) -> list[tuple[int, int]]:
    """Spans of the pronouns that no earlier noun of the question explains."""
    found: list[tuple[int, int]] = []
    empty = {match.start() for match in _EMPTY_IT.finditer(core)}
    tokens = words(core)
    said = [token[0].lower().replace("’", "'") for token in tokens]
    for number, token in enumerate(tokens):
        span = _refers(said, number, tokens)
        if span is not None and token.start() not in empty and not _explained(said, number):
            found.append(span)
    return found


def _refers(said: list[str], number: int, tokens: list[re.Match[str]]) -> tuple[int, int] | None:
    """The span of a word that points elsewhere, with `the … one` whole; None for any other word."""
    word = said[number]
    before = said[number - 1] if number else ""
    after = said[number + 1] if number + 1 < len(said) else ""
    span = (tokens[number].start(), tokens[number].end())
    ends = not after or not after[0].isalnum()
    if word in ("it", "its", "they", "them", "their", "theirs", "him", "his", "he", "she", "her"):
        return span
    if word in ("it's", "they're"):
        return (span[0], span[0] + word.index("'"))
    if word in ("that", "this"):
        if after in _DAY_WORDS and word == "this":
            return None
        points = ends or before in AUXILIARIES or before in PREPOSITIONS or (not before and after in AUXILIARIES)
        return span if points and before not in ("so",) else None
    if word == "that's":
        return (span[0], span[0] + 4)
    if word in ("these", "those"):
        if word == "these" and after == "days":
            return None
        return span if after not in ("who", "in", "that", "with", "whose", "which") else None
    if word == "there":
        return span if (ends and before not in AUXILIARIES) or after == "instead" else None
    if word == "ones" or (word == "one" and before in PREPOSITIONS and ends):
        return (tokens[number - 1].start() if before in ("which", "the", "other") else span[0], span[1])
    if word in ("one", "latter", "former") and (
        ends or before in _ORDINALS or after in PREPOSITIONS or after in JOINING or after in AUXILIARIES or word in ("latter", "former")
    ):
        start = number
        while start and said[start - 1][0].isalnum() and said[start] not in ("the", "which", "that", "any", "each") and number - start < 4:
            start -= 1
        return (tokens[start].start(), span[1]) if said[start] in ("the", "that", "any", "each", "which") else None
    return None


def _explained(said: list[str], number: int) -> bool:
    """Whether a noun stands before the pronoun that it can mean: in an earlier clause, or for `its` and `their` earlier in the same one."""
    word = said[number]
    if word in ("there", "one", "ones", "latter", "former"):
        return False
    many = word in ("they", "them", "their", "theirs", "these", "those", "they're")
    border = max((place for place in range(number) if said[place] in JOINING or said[place] in (",", ";", ".", "?", "!", ":")), default=-1)
    own = word in ("its", "their", "his", "her") and said[number - 1] not in PREPOSITIONS
    return any(_noun(said, place) and _agrees(said[place], many) for place in range(number if own else border))


def _noun(said: list[str], place: int) -> bool:
    word = said[place]
    return word[0].isalnum() and word not in FUNCTION and word not in VERBS and not word.isdigit() and (place == 0 or said[place - 1] != "how")


def _agrees(word: str, many: bool) -> bool:
    plural = word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))
    return (plural or word in _MANY) if many else not plural
