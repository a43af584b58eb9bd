"""What an enquiry asks: direct and indirect questions, several in a sentence or a list, each as a question that can be put by itself."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from assistant.desk.enquiry_parts import pattern
from assistant.desk.language import is_english
from assistant.desk.turning import as_question, claim_question
from index.terms import terms

LEAST_WORDS = 3
"""Words of the shortest question by itself; "how long?" belongs to what stands beside it."""
_QUESTION_END = re.compile(r"\?[?!.]*[\"”’')\]]*$")
_ANNOUNCED = re.compile(r"(?:[^:?]{1,70}|[^:?]{1,200}\b(?:this|these|following|questions?))[^:?\w]{0,3}:\s+")
"""What announces a question: "My own question: ..."."""
_DIRECT = re.compile(
    r"^(?:(?:what|which|how|who|whose|where|why)(?: (?!(?:we|i|they|he|she|it|you|our|the|my|this|that|there)\b)[\w'’-]+){0,3} "
    r"(?:can|could|do|does|did|is|are|was|were|will|would|must|should|may|might|has|have|happens?|counts?|applies|apply|decides?|pays?)\b|"
    r"when (?:can|could|do|does|did|is|are|was|were|will|would|must|should|has|have)\b|"
    r"(?:can|could|do|does|did|is|are|will|would|must|should|may|has|have) (?:we|i|they|the|our|my|it|there|staff|a|an|any)\b|"
    r"(?:what|how) about\b)",
    re.IGNORECASE,
)
_AUX = r"(?:can|could|do|does|did|is|are|was|were|will|would|must|should|may|might|has|have)\b"
_CONDITION = re.compile(rf"(?:if|once|when|where) (?!{_AUX})", re.IGNORECASE)
"""Opens a direct question with a condition, which belongs to what is asked after it."""
_VERB_FIRST = re.compile(_AUX, re.IGNORECASE)
_TRAILING_TAG = re.compile(
    r"[,;–-]+ ?(?:and )?(?:(?:is|was) (?:that|this|it|he|she) (?:really |still )?(?:right|true|correct|so|the case)|right|correct|true)\W*$", re.IGNORECASE
)


class Piece(NamedTuple):
    """A stretch of an enquiry, characters `start:end`, with the question it puts; `clause` is its own wording where that is indirect."""

    start: int
    end: int
    text: str
    clause: str = ""


@dataclass(frozen=True)
class Said:
    """One sentence of the newest message: where it stands, its text in one line, and whether it is an item of a list that was led in as questions."""

    start: int
    end: int
    text: str
    asked_for: bool = False


def asked_in(sentence: Said, before: Said | None) -> list[Piece]:
    """The questions that a sentence puts, in order; `before` is the sentence before it, of which a bare "Is that right?" asks."""
    opening = pattern("openings").match(sentence.text)
    offset = opening.end() if opening else 0
    announced = _ANNOUNCED.match(sentence.text, offset)
    if announced and pattern("opens_clause").match(sentence.text[announced.end() :]):
        offset = announced.end()
    core = sentence.text[offset:]
    ends = bool(_QUESTION_END.search(core))
    if not core.strip() or (not is_english(core) and not pattern("opens_clause").match(core)):
        return []
    if ends and pattern("tags").search(core):
        return _of_claim(before, sentence) if before else []
    if ends and (tag := _TRAILING_TAG.search(core)) and len(core[: tag.start()].split()) >= LEAST_WORDS:
        return [Piece(sentence.start + offset, sentence.end, claim_question(_unsaid(core[: tag.start()])))]
    if ends and (pattern("courtesies").search(core) or pattern("rhetorical").search(core)):
        return []
    lead = _last_lead(core)
    if lead is not None:
        return _after_lead(sentence, offset, core, lead)
    if not (ends or sentence.asked_for or (_DIRECT.match(core) and len(core.split()) <= 40)):
        return []
    if pattern("rhetorical").search(core) or pattern("courtesies").search(core):
        return []
    pieces = _pieces(core)
    if len(pieces) > 1 and _CONDITION.match(pieces[0][2]):
        pieces = [(pieces[0][0], pieces[1][1], core[pieces[0][0] : pieces[1][1]]), *pieces[2:]]
    kept = [each for number, each in enumerate(pieces) if pattern("opens_clause").match(_opened(each[2])) or (number == 0 and _VERB_FIRST.match(each[2]))]
    kept = kept or pieces[-1:]
    if len(pieces) > 1 and kept[0] is not pieces[0] and _asks_inside(pieces[0][2]):
        kept = [pieces[0], *kept]
    if sentence.asked_for and not ends and not pattern("opens_clause").match(core):
        return [] if _is_idle(core) else [Piece(sentence.start + offset, sentence.end, _on(core))]
    return [Piece(sentence.start + offset + start, sentence.start + offset + end, as_question(text)) for start, end, text in kept]


def leads_in(sentence: str) -> bool:
    """Whether a sentence says that questions follow in a list: it asks for something and ends in a colon, or names questions to come."""
    text = sentence.rstrip()
    asks = bool(pattern("leads").search(text)) or bool(
        re.search(r"\b(?:questions?|queries|points|know|ask|following|advise|advice|help)\b", text, re.IGNORECASE)
    )
    return text.endswith((":", ":-", "–", "-", "...", "…")) and asks


def _last_lead(core: str) -> int | None:
    """Where the first lead ends, as long as something that is asked stands after it; None without one."""
    ends = [match.end() for match in pattern("leads").finditer(core)]
    best = None
    for end in ends:
        rest = core[end:]
        joint = pattern("joints").match(rest)
        after = rest[joint.end() :] if joint else rest
        asks = pattern("opens_clause").match(after) or pattern("asks_about").match(rest)
        if asks and (best is None or not _clause_between(core[best:end])):
            best = end
    return best if best is not None else (ends[0] if ends and not _QUESTION_END.search(core) else None)


def _clause_between(text: str) -> bool:
    """Whether a question already stands between two leads, so that the second belongs to it."""
    return len(text.split()) > 6


def _after_lead(sentence: Said, offset: int, core: str, lead: int) -> list[Piece]:
    rest = core[lead:]
    joint = pattern("joints").match(rest)
    skipped = joint.end() if joint else 0
    matter = rest[skipped:]
    if not terms(matter) or _is_idle(matter):
        return []
    at = sentence.start + offset + lead + skipped
    if pattern("opens_clause").match(matter):
        pieces = _pieces(matter, listed=True)
        kept = [piece for number, piece in enumerate(pieces) if number == 0 or pattern("opens_clause").match(_opened(piece[2]))]
        return [Piece(at + start, at + end, as_question(text, indirect=True), text) for start, end, text in kept if not _is_idle(text)]
    if pattern("asks_about").match(rest):
        return [Piece(at, sentence.end, _on(matter))]
    if re.match(r"\s*that\b", rest, re.IGNORECASE):
        return [Piece(at, sentence.end, claim_question(matter))]
    return []


def _of_claim(claim: Said | None, tag: Said) -> list[Piece]:
    assert claim is not None
    said = _unsaid(claim.text)
    return [Piece(claim.start, tag.end, claim_question(said))] if len(terms(said)) > 1 else []


def _unsaid(claim: str) -> str:
    """A claim without who said it."""
    opening = pattern("openings").match(claim)
    text = claim[opening.end() :] if opening else claim
    match = pattern("said").match(text)
    return text[match.end() :] if match else text


def _pieces(text: str, listed: bool = False) -> list[tuple[int, int, str]]:
    """The questions of one sentence: cut where another one is joined on. Neither side of a cut is left too short to ask anything."""
    joints = [(match.start(), match.end()) for match in pattern("conjunction").finditer(text)]
    if joints or listed:
        joints = sorted({*joints, *((match.start(), match.end()) for match in pattern("comma").finditer(text) if joints or _aux_after(text[match.end() :]))})
    cuts: list[tuple[int, int]] = []
    start = 0
    for stop, following in joints:
        if following <= start or (cuts and stop < cuts[-1][1]):
            continue
        later = min([begin for begin, _ in joints if begin > stop], default=len(text))
        if len(text[start:stop].split()) >= LEAST_WORDS and len(text[following:later].split()) >= LEAST_WORDS:
            cuts.append((stop, following))
            start = following
    bounds = [0, *(following for _, following in cuts)], [*(stop for stop, _ in cuts), len(text)]
    return [(begin, end, text[begin:end].strip()) for begin, end in zip(*bounds, strict=True)]


def _aux_after(text: str) -> bool:
    return bool(re.match(r"(?:whether|how|what|why)\b", text, re.IGNORECASE))


def _opened(text: str) -> str:
    opening = pattern("openings").match(text)
    return text[opening.end() :] if opening else text


def _asks_inside(text: str) -> bool:
    """Whether a clause asks after an opening condition: "If we leave, can we ..."."""
    return bool(re.search(r",\s", text)) and any(pattern("opens_clause").match(part.strip()) for part in text.split(",")[1:])


def _is_idle(text: str) -> bool:
    return bool(pattern("no_matter").match(text.strip()))


def _on(matter: str) -> str:
    """A question on a matter that is only named."""
    text = re.sub(r"^[\s,:–-]*(?:(?:about|as to|in|on|regarding|over|concerning|around|re|with)\b\s*)?", "", matter).rstrip(" .?!;:,")
    return f"What does the guidance say on {text}?"
