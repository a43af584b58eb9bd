"""Matching: the sentences of the library that speak of the same matter as a claim, and how surely."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from assistant.checking.claim_words import meanings, meant
from assistant.checking.quantities import Quantity
from assistant.checking.statements import Day, Force, Statement, clauses, read_statement, set_aside
from assistant.english import VERBS
from corpus.locators import references, without_sub_points
from corpus.sections import Role
from index.expansion import Expander
from index.keywords import KeywordIndex
from index.live import OpenIndex
from index.passages import Passage
from index.ranking import nearness
from index.retrieval import Hit, Query
from index.terms import terms

CLOSEST = 14
"""Sentences that are looked at closely: those nearest to the claim by their vectors and words."""


@dataclass(frozen=True)
class Alike:
    """What speaks for a sentence being on the same matter as a claim. Cosines run from -1 to 1, all else from 0 to 1."""

    cosine: float
    """Cosine of the claim and the sentence under its heading."""
    coverage: float
    """Share of the claim's matter, by weight, that the sentence holds, in the same words or in words that mean the same."""
    with_heading: float
    """The same with its heading and place."""
    in_passage: float
    """The same for the whole passage with its asks."""
    back: float
    """Share of the sentence's own matter, by weight, that the claim holds."""
    gap: float
    """Weight of the claim's rarest word that sentence, heading and place lack, as a share of the most a word can weigh."""
    thing_gap: float
    """The same for words that are no verbs, held against the sentence and its heading: what the claim is of or about."""
    behind: float
    """How far its cosine falls short of the nearest sentence's."""
    names: float
    """Share of the claim's names that the passage lacks."""
    ask: float
    """Cosine of the claim and the passage's nearest ask."""
    passage: float
    """The passage's chance of answering, by the ranker."""
    figures: float
    """Share of the claim's figures and days that the sentence has too; 1/2 where the claim has none."""
    place: float
    """1 where the claim names a place in the law or a report that neither sentence nor passage has."""
    topic: float
    """Cosine of the whole of what was claimed, of which the claim is a part, and the sentence."""
    missing: float
    """Weight of all that the claim has and sentence, heading and place lack, in units of the most a word can weigh; at most 3."""

    def values(self) -> tuple[float, ...]:
        """The signals in the order of `ALIKE_NAMES`."""
        return tuple(getattr(self, name) for name in ALIKE_NAMES)


ALIKE_NAMES = tuple(field.name for field in fields(Alike))


@dataclass(frozen=True)
class Match:
    """A sentence on the matter of a claim, and what it commits itself to."""

    passage: Passage
    number: int
    alike: Alike
    statement: Statement
    clause: Statement
    """The clause of the sentence that comes nearest to the claim: the whole where it has but one."""
    asides: tuple[str, ...]
    """What the sentence names only to set it aside: `and not by its staff`."""

    @property
    def text(self) -> str:
        return self.passage.quote(self.number)

    @property
    def around(self) -> str:
        """Its headings and place."""
        return f"{' '.join(self.passage.heading_path)} {self.passage.locator}"


@dataclass(frozen=True)
class Claimed:
    """One part of what was claimed, to be held against sentences: as read, its query, and those of the whole, which says what the part is about."""

    statement: Statement
    query: Query
    whole: Statement
    whole_query: Query


def matches(claimed: Claimed, hits: Sequence[Hit], index: OpenIndex) -> list[Match]:
    """The sentences of the hits that come nearest to the claim, the nearest first."""
    claim, query = claimed.statement, claimed.query
    near = sorted(_near(query, hits, index.keywords), reverse=True, key=lambda each: each[0])[:CLOSEST]
    nearest = max((each[1] for each in near), default=0.0)
    wanted = _wanted(claim.matter, index)
    found = []
    for cosine, hit, number in (each[1:] for each in near):
        text = hit.passage.quote(number)
        statement = read_statement(text)
        alike = _alike(claimed, wanted, statement, cosine, nearest, hit, number, index)
        clause, asides = _clause(claim, wanted, text, index)
        found.append(Match(hit.passage, number, alike, statement, clause, asides))
    return found


@dataclass(frozen=True)
class _Said:
    """What a text holds: its words, what these mean, and the terms of the glossary that it has under any of their names."""

    words: frozenset[str]
    meanings: frozenset[int]
    terms: frozenset[str]

    def holds(self, wanted: "_Wanted") -> bool:
        if wanted.term:
            return wanted.term in self.terms or all(word in self.words for word in wanted.words)
        (word,) = wanted.words
        if word in self.words or meanings(word) & self.meanings:
            return True
        return len(word) >= STEM and any(other.startswith(word[:STEM]) for other in self.words)

    def __or__(self, other: "_Said") -> "_Said":
        return _Said(self.words | other.words, self.meanings | other.meanings, self.terms | other.terms)


@dataclass(frozen=True)
class _Wanted:
    """One word of a claim, or one phrase that stands for a term of the glossary, with its weight."""

    words: tuple[str, ...]
    term: str
    weight: float

    @property
    def is_verb(self) -> bool:
        return not self.term and self.words[0] in _VERB_STEMS


def _wanted(matter: str, index: OpenIndex) -> list[_Wanted]:
    """What a claim's matter is made of. A phrase of the glossary counts as one thing, however many words it has."""
    keywords = index.keywords
    found = []
    for phrase, term in index.expander.phrases(matter):
        matter = matter.replace(phrase, " ", 1)
        words = tuple(terms(phrase))
        if words:
            found.append(_Wanted(words, term, max(keywords.weight(word) for word in terms(term) or words)))
    return found + [_Wanted((word,), "", keywords.weight(word)) for word in dict.fromkeys(terms(matter)) if not word.isdigit() and word not in _NUMBERS]


def _said(text: str, index: OpenIndex) -> _Said:
    """What a text holds."""
    return _read(text, index.expander)


@lru_cache(maxsize=32_768)
def _read(text: str, expander: Expander) -> _Said:
    named = frozenset(term for _, term in expander.phrases(text))
    return _Said(frozenset(terms(text)), meant(text), named.union(expander.own(text)))


def _share(wanted: Sequence[_Wanted], said: _Said) -> float:
    total = sum(each.weight for each in wanted)
    return sum(each.weight for each in wanted if said.holds(each)) / total if total else 0.0


def _gap(wanted: Sequence[_Wanted], said: _Said, keywords: KeywordIndex) -> float:
    return max((each.weight for each in wanted if not said.holds(each)), default=0.0) / keywords.heaviest


def _clause(claim: Statement, wanted: Sequence[_Wanted], text: str, index: OpenIndex) -> tuple[Statement, tuple[str, ...]]:
    """The clause of a sentence that holds most of the claim's matter, and what the sentence sets aside.

    Where the claim denies a thing or a duty and that clause does not, one that does goes before it: `asks them to consider it, but does not make them`.
    """
    whole, *pieces = clauses(text)
    asides = tuple(piece for piece in pieces if set_aside(piece))
    told = sorted((piece for piece in pieces if not set_aside(piece)), key=lambda piece: -_share(wanted, _said(piece, index))) or [whole]
    read = [read_statement(piece) for piece in told]
    denying = [statement for statement in read if _denies(statement)] if _denies(claim) else []
    return (denying or read)[0], asides


def _denies(statement: Statement) -> bool:
    return statement.denies or statement.force is Force.NEED_NOT


def _near(query: Query, hits: Sequence[Hit], keywords: KeywordIndex) -> Iterator[tuple[float, float, Hit, int]]:
    """Every sentence with its nearness by vector and words together, and its cosine. What leads into a list says nothing by itself."""
    for hit in hits:
        cosines = nearness(hit.record.vectors.sentences, query.vectors)
        for number, sentence in enumerate(hit.passage.sentences):
            if sentence.role is not Role.LEAD_IN:
                covered = keywords.best_coverage(query.wordings, hit.record.words.sentences[number])
                yield float(cosines[number]) + 0.5 * covered, float(cosines[number]), hit, number


def _alike(claimed: Claimed, wanted: Sequence[_Wanted], told: Statement, cosine: float, nearest: float, hit: Hit, number: int, index: OpenIndex) -> Alike:
    claim, query = claimed.statement, claimed.query
    own, passage = hit.record.words, hit.passage
    sentence = _said(told.core, index)
    around = sentence | _said(f"{' '.join(passage.heading_path)} {passage.locator}", index)
    everything = around | _Said(own.all.union(*own.asks), frozenset(), frozenset())
    said = _said(claim.text, index)
    names = {term for name in claim.names | claimed.whole.names for term in terms(name)}
    figures = [*claim.quantities, *claim.days]
    held = sum(any(_same_figure(figure, other) for other in (*told.quantities, *told.days)) for figure in figures)
    places = {without_sub_points(place) for place in references(f"{passage.text} {passage.locator} {' '.join(passage.heading_path)}")}
    lacking = sum(each.weight for each in wanted if not around.holds(each))
    return Alike(
        cosine=cosine,
        coverage=_share(wanted, sentence),
        with_heading=_share(wanted, around),
        in_passage=_share(wanted, everything),
        back=_share(_wanted(told.matter, index), said),
        gap=_gap(wanted, around, index.keywords),
        thing_gap=_gap([each for each in wanted if not each.is_verb], around, index.keywords),
        behind=nearest - cosine,
        names=sum(term not in everything.words for term in names) / len(names) if names else 0.0,
        ask=float((query.vectors @ hit.record.vectors.asks.T).max()) if len(hit.record.vectors.asks) else 0.0,
        passage=hit.score,
        figures=held / len(figures) if figures else 0.5,
        place=float(bool(claim.places - places)),
        topic=float(nearness(hit.record.vectors.sentences[number : number + 1], claimed.whole_query.vectors)[0]),
        missing=min(lacking / index.keywords.heaviest, 3.0),
    )


def _same_figure(one: object, other: object) -> bool:
    if isinstance(one, Day) and isinstance(other, Day):
        return one.agrees(other)
    return isinstance(one, Quantity) and isinstance(other, Quantity) and one.unit == other.unit and abs(one.value - other.value) <= 0.02 * one.value


_NUMBERS = frozenset(terms("two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"))
"""Figures are compared on their own."""
STEM = 6
"""Letters at which two words that open alike are taken for one: `charity` and `charitable`."""
_VERB_STEMS = frozenset(term for verb in VERBS for term in terms(verb))
