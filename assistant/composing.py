"""Composing an extractive answer: the few sentences that answer, best first, each tied to its span."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.facts import read_facts
from assistant.understanding import Kind
from corpus.sections import Role
from index.embedding import Vectors
from index.keywords import KeywordIndex
from index.passages import Passage, PassageSentence
from index.retrieval import Hit, Query
from index.terms import terms

LONGEST = 5
"""Sentences in an answer, unless it is a list."""
ENOUGH_WORDS = 90
"""Nothing more is added to an answer of so many words."""
SPARSE_WORDS = 40
"""An answer shorter than this takes less close sentences of the same passage too."""
CLOSE = 0.62
LOOSE = 0.45
"""How near a further sentence of the same passage must come to the best one, as a share of its relevance."""
OTHER_PASSAGE = 0.82
"""The same for a sentence of another passage."""
OTHER_SCORE = 0.5
"""How near another passage's score must come to the best one's."""
SAME = 0.90
"""Two sentences whose vectors are this near say the same."""
_KIND_BONUS = 0.08
_LIST_KINDS = (Kind.LIST, Kind.HOW, Kind.DEFINITION, Kind.OTHER, Kind.WHO)


@dataclass(frozen=True)
class Candidate:
    """A sentence that may be said, with its relevance to the question."""

    passage: Passage
    number: int
    vector: Vectors
    relevance: float
    score: float

    @property
    def sentence(self) -> PassageSentence:
        return self.passage.sentences[self.number]

    @property
    def text(self) -> str:
        return self.passage.quote(self.number)


def compose(query: Query, kind: Kind, hits: Sequence[Hit], keywords: KeywordIndex) -> list[Candidate]:
    """Choose the sentences of the answer, in the order they are told. Hits come best first; there is at least one."""
    candidates = sorted(_candidates(query, kind, hits, keywords), key=lambda c: (-c.relevance, c.passage.id, c.number))
    best = next((c for c in candidates if c.sentence.role is not Role.LEAD_IN or kind in _LIST_KINDS), candidates[0])
    chosen = _with_list(best, kind, candidates)
    same = [c for c in candidates if c.passage.id == best.passage.id]
    others = [c for c in candidates if c.passage.id != best.passage.id and c.score >= OTHER_SCORE * best.score]
    first = len(chosen)
    chosen += _further(chosen, same, CLOSE * best.relevance)
    chosen += _further(chosen, others, OTHER_PASSAGE * best.relevance)
    if _word_count(chosen) < SPARSE_WORDS:
        chosen += _further(chosen, same, LOOSE * best.relevance)
    return chosen[:first] + _told_in_order(chosen[first:], best.passage)


def _candidates(query: Query, kind: Kind, hits: Sequence[Hit], keywords: KeywordIndex) -> Iterable[Candidate]:
    for hit in hits:
        passage = hit.passage
        heading = frozenset(terms(f"{passage.heading_path[-1]} {passage.locator}"))
        cosines = hit.vectors.sentences @ query.vector
        for number in range(len(passage.sentences)):
            text = passage.quote(number)
            coverage = keywords.coverage(query.words, heading | frozenset(terms(text)))
            relevance = 0.45 * float(cosines[number]) + 0.25 * coverage + 0.3 * (hit.score + hit.at_place) / (1 + hit.at_place)
            if _fits(kind, text):
                relevance += _KIND_BONUS
            yield Candidate(passage, number, hit.vectors.sentences[number], relevance, hit.score)


def _fits(kind: Kind, text: str) -> bool:
    """Whether a sentence holds the sort of thing the question asks for."""
    facts = read_facts(text)
    if kind is Kind.MONEY:
        return any(number[:1] in "£€$" for number in facts.numbers)
    if kind is Kind.NUMBER:
        return bool(facts.numbers)
    if kind is Kind.DATE:
        return bool(facts.dates) or any(len(number) == 4 and number[:2] in ("19", "20") for number in facts.numbers)
    if kind is Kind.WHO:
        return len(facts.names) >= 2
    return False


def _with_list(best: Candidate, kind: Kind, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best sentence; where it opens a list, or the question wants a list and it stands in one, the whole list."""
    role = best.sentence.role
    if role is Role.PROSE or (role is Role.ITEM and kind not in _LIST_KINDS):
        return [best]
    by_number = {c.number: c for c in candidates if c.passage.id == best.passage.id}
    start = best.number
    while start in by_number and by_number[start].sentence.role is Role.ITEM:
        start -= 1
    if start not in by_number or by_number[start].sentence.role is not Role.LEAD_IN:
        start += 1
    stop = max(start, best.number) + 1
    while stop in by_number and by_number[stop].sentence.role is Role.ITEM:
        stop += 1
    return [by_number[number] for number in range(start, stop)]


def _further(chosen: Sequence[Candidate], candidates: Sequence[Candidate], least: float) -> list[Candidate]:
    """Candidates, best first, that come near enough and say something new, while the answer is short."""
    added: list[Candidate] = []
    for candidate in candidates:
        told = [*chosen, *added]
        if candidate.relevance < least or _word_count(told) >= ENOUGH_WORDS or len(told) >= max(LONGEST, len(chosen)):
            break
        if candidate.sentence.role is not Role.LEAD_IN and not any(_same(candidate, other) for other in told):
            added.append(candidate)
    return added


def _same(one: Candidate, other: Candidate) -> bool:
    if one.passage.id == other.passage.id:
        return one.number == other.number
    return float(np.dot(one.vector, other.vector)) >= SAME or _alike(one.text, other.text)


def _alike(one: str, other: str) -> bool:
    a, b = frozenset(terms(one)), frozenset(terms(other))
    return len(a & b) >= 0.7 * min(len(a), len(b)) if a and b else False


def _told_in_order(further: list[Candidate], passage: Passage) -> list[Candidate]:
    """The best passage's own sentences in its order, then the others as they came."""
    own = sorted((c for c in further if c.passage.id == passage.id), key=lambda c: c.number)
    return own + [c for c in further if c.passage.id != passage.id]


def _word_count(chosen: Sequence[Candidate]) -> int:
    return sum(len(c.text.split()) for c in chosen)
