"""Composing an extractive answer: the few sentences that answer, best first, each tied to its span."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

import numpy as np

from assistant.lines import Line
from assistant.relevance import read_signs, relevance
from assistant.understanding import Kind
from corpus.sections import Role
from index.embedding import Vectors
from index.keywords import KeywordIndex
from index.passages import Passage, PassageSentence
from index.retrieval import Hit, Query
from index.terms import terms

# Chosen on the `dev` questions in a grid. "Odds" are those of `assistant/relevance.py`.
LONGEST = 8
"""Sentences in an answer, unless it is a list."""
ENOUGH_WORDS = 150
"""Nothing more is added to an answer of so many words."""
LEAST_ODDS = 0.05
"""How near the odds of a further sentence must come to those of the best one, as a share of them."""
NEAR_ITEM = 0.2
"""Where the odds of most items of a list come this near to the best one's, the whole list is told."""
NEW_TERMS = 2.0
"""Logarithm of what it multiplies a sentence's odds by to hold terms of the question that the answer lacks, for all of them."""
NEAR_FINDING = 0.5
"""What a source says opens the answer where its odds come this near to those of the best finding of what was not found."""
SAME_MATTER = 0.62
SAME_NOTE = 0.48
"""Two sentences whose vectors are this near speak of the same matter; in one note less is enough."""
SAME = 0.90
"""Two sentences whose vectors are this near say the same."""


@dataclass(frozen=True)
class Candidate:
    """A sentence that may be said, with its relevance to the question and the question's terms that it holds."""

    passage: Passage
    number: int
    vector: Vectors
    relevance: float
    score: float
    held: frozenset[str]

    @property
    def place(self) -> tuple[str, int]:
        """Passage id and sentence number: two candidates of one place are the same sentence."""
        return self.passage.id, self.number

    @property
    def sentence(self) -> PassageSentence:
        return self.passage.sentences[self.number]

    @property
    def text(self) -> str:
        return self.passage.quote(self.number)

    @property
    def line(self) -> Line:
        """The sentence as it is told in its own words."""
        return Line(self.text, ((self.passage, self.number),))


def compose(query: Query, kind: Kind, hits: Sequence[Hit], keywords: KeywordIndex, findings: frozenset[str] = frozenset()) -> list[Candidate]:
    """Choose the sentences of the answer, in the order they are told. Hits come best first; there is at least one.

    The best sentence comes first, or the whole list it opens. Then, one at a time, the sentence worth most: near the question,
    and holding what the answer still lacks of it. `findings` are ids of sources that say what was looked for and not found: where one
    speaks of the same matter, it has the last word, so that nobody takes what was once recommended for what exists.
    """
    candidates = candidates_in(query, kind, hits, keywords)
    opening = _opening(_found_before_not_found(candidates, findings), kind)
    chosen = list(opening)
    while _word_count(chosen) < ENOUGH_WORDS and len(chosen) < max(LONGEST, len(opening)):
        following = _next(candidates, chosen, query, keywords)
        if following is None:
            break
        chosen += _whole_list(following, chosen, candidates)
    last = _finding(candidates, chosen, findings)
    return _told_in_order(chosen, len(opening)) + last


def candidates_in(query: Query, kind: Kind, hits: Sequence[Hit], keywords: KeywordIndex) -> list[Candidate]:
    """Every sentence of the hits, the most relevant first."""
    words = frozenset(query.words).union(query.added)
    places = [(hit, number, signs) for hit in hits for number, signs in enumerate(read_signs(query, kind, hit, keywords))]
    odds = relevance([signs for _, _, signs in places]).tolist()
    found = [
        Candidate(hit.passage, number, hit.record.vectors.sentences[number], each, signs.passage, words & hit.record.words.sentences[number])
        for (hit, number, signs), each in zip(places, odds, strict=True)
    ]
    return sorted(found, key=lambda c: (-c.relevance, c.passage.id, c.number))


def _found_before_not_found(candidates: Sequence[Candidate], findings: frozenset[str]) -> list[Candidate]:
    """The candidates, with what sources say before what was not found in them, unless nothing said comes near the best finding."""
    said = [c for c in candidates if c.passage.source_id not in findings]
    if said and said[0].relevance >= NEAR_FINDING * candidates[0].relevance:
        return [*said, *(c for c in candidates if c.passage.source_id in findings)]
    return list(candidates)


def _opening(candidates: Sequence[Candidate], kind: Kind) -> list[Candidate]:
    """The best sentence. Where it leads into a list, or the question wants a list and its passage has one, the whole list."""
    best = next((c for c in candidates if c.sentence.role is not Role.LEAD_IN or _items(c, candidates)), candidates[0])
    if best.sentence.role is Role.LEAD_IN:
        return [best, *_items(best, candidates)]
    if kind is Kind.LIST or _one_of_many(best, candidates):
        lead_ins = [c for c in candidates if c.passage.id == best.passage.id and c.sentence.role is Role.LEAD_IN]
        if lead_ins:
            return [lead_ins[0], *_items(lead_ins[0], candidates)]
    return [best]


def _one_of_many(best: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Whether the best sentence is an item of a list of which most other items come near it too."""
    items = [c for c in candidates if c.passage.id == best.passage.id and c.sentence.role is Role.ITEM]
    near = sum(c.relevance >= NEAR_ITEM * best.relevance for c in items)
    return best.sentence.role is Role.ITEM and len(items) > 1 and near > len(items) / 2


def _items(lead_in: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The list items that stand directly under a lead-in."""
    by_number = {c.number: c for c in candidates if c.passage.id == lead_in.passage.id}
    items = []
    number = lead_in.number + 1
    while number in by_number and by_number[number].sentence.role is Role.ITEM:
        items.append(by_number[number])
        number += 1
    return items


def _next(candidates: Sequence[Candidate], chosen: Sequence[Candidate], query: Query, keywords: KeywordIndex) -> Candidate | None:
    """The candidate of the best odds beside what is chosen already, or None where none comes near enough."""
    lacking = frozenset(query.words).difference(*(c.held for c in chosen))
    found, most = None, LEAST_ODDS * max(c.relevance for c in chosen)
    for candidate in candidates:
        if candidate.sentence.role is Role.LEAD_IN or any(same(candidate, other) for other in chosen):
            continue
        odds = candidate.relevance * exp(NEW_TERMS * keywords.coverage(query.words, lacking & candidate.held))
        if odds >= most:
            found, most = candidate, odds
    return found


def _whole_list(item: Candidate, chosen: Sequence[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidate; where it is the second of one list to be told, what is missing of that list as well, lead-in first: half a list misleads."""
    for lead_in in candidates:
        if lead_in.sentence.role is Role.LEAD_IN and lead_in.passage.id == item.passage.id:
            whole = [lead_in, *_items(lead_in, candidates)]
            told = {other.place for other in chosen}
            if item.place in {each.place for each in whole} and told.intersection(each.place for each in whole):
                return [each for each in whole if each.place not in told]
    return [item]


def _finding(candidates: Sequence[Candidate], chosen: Sequence[Candidate], findings: frozenset[str]) -> list[Candidate]:
    """The first sentence of a finding on the answer's matter, where none is told yet: one in the same note, or very like what is told."""
    if any(c.passage.source_id in findings for c in chosen):
        return []
    for candidate in candidates:
        if candidate.passage.source_id in findings and candidate.number == 0:
            near = max(float(candidate.vector @ told.vector) for told in chosen)
            if near >= (SAME_NOTE if candidate.passage.document_id == chosen[0].passage.document_id else SAME_MATTER):
                return [candidate]
    return []


def same(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences are one, or say the same."""
    if one.passage.id == other.passage.id:
        return one.number == other.number
    return float(np.dot(one.vector, other.vector)) >= SAME or _alike(one.text, other.text)


def _alike(one: str, other: str) -> bool:
    a, b = frozenset(terms(one)), frozenset(terms(other))
    return len(a & b) >= 0.8 * min(len(a), len(b)) if a and b else False


def _told_in_order(chosen: Sequence[Candidate], opening: int) -> list[Candidate]:
    """The first `opening` sentences, then passage by passage as these came, each in its own order. An opening item goes to its place in its list
    where that came to be told."""
    first = chosen[0]
    if first.sentence.role is Role.ITEM and any(c.sentence.role is Role.LEAD_IN and c.passage.id == first.passage.id for c in chosen):
        opening = 0
    passages = list(dict.fromkeys(c.passage.id for c in chosen))
    further = sorted(chosen[opening:], key=lambda c: (passages.index(c.passage.id), c.number))
    return [*chosen[:opening], *further]


def _word_count(chosen: Sequence[Candidate]) -> int:
    return sum(len(c.text.split()) for c in chosen)
