"""The gate for sentences that a language model wrote: nothing in them that the spans they rest on do not say, clause by clause."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np

from assistant import gate
from assistant.checking.alignment import aligned
from assistant.checking.claim_words import meanings
from assistant.checking.quantities import quantities
from assistant.checking.statements import clauses, read_statement
from assistant.facts import read_facts
from assistant.model.parsing import Written
from assistant.model.prompting import Given
from corpus.locators import references
from index.embedding import Embedder
from index.passages import Passage
from index.store import PassageStore
from index.terms import terms

MOST_SPANS = 3
LEAST_WORDS, MOST_WORDS = 4, 60
WORDS_FROM = 0.75
"""Share of the content words of a clause that its spans must hold, in the same words or in words that mean the same. Set by hand: a clause of four such
words may have one of its own."""
LIKE_FROM = 0.7
"""Cosine of the sentence and what it rests on; set by hand too."""
ORDER_FROM = 0.6
"""Share of the content words that both have which must come in the same order: `A pays B` is not `B pays A`."""
ENTAILED_FROM = 0.5


class Reason(StrEnum):
    """Why a sentence is held back."""

    NO_PASSAGE = "no_passage"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    MODALITY = "modality"
    NEGATION = "negation"
    QUANTIFIER = "quantifier"
    ORDER = "order"
    WORDS = "words"
    LIKENESS = "likeness"
    ENTAILMENT = "entailment"
    REPEATED = "repeated"
    NOT_A_SENTENCE = "not_a_sentence"
    INSTRUCTION = "instruction"


class Entails(Protocol):
    """Tells for each pair of premise and hypothesis how likely it is entailed, neutral or contradicted."""

    def entails(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, float, float]]: ...


@dataclass(frozen=True)
class Grounded:
    """A sentence that may be told, and the places that it rests on."""

    text: str
    rests_on: tuple[tuple[Passage, int], ...]


@dataclass(frozen=True)
class Refused:
    """A sentence that is held back."""

    text: str
    reasons: tuple[Reason, ...]


_FAILURES = {
    gate.Failure.NUMBER: Reason.NUMBER,
    gate.Failure.DATE: Reason.DATE,
    gate.Failure.NAME: Reason.NAME,
    gate.Failure.MODALITY: Reason.MODALITY,
    gate.Failure.NEGATION: Reason.NEGATION,
}
_TALKS_OF_ITSELF = re.compile(
    r"\b(?:as an? (?:ai|assistant|language model)|passages?|json|the (?:text|context|question|prompt|instructions?)|system prompt|i (?:cannot|can|am|will|have)"
    r"|click|https?:|www\.|ignore|disregard)\b",
    re.IGNORECASE,
)
_QUANTIFIERS = re.compile(
    r"\b(?:all|every|each|any|only|solely|some|several|many|most|few|at least|at most|up to|no more than|no less than|more than|less than|fewer than|over|under"
    r"|within|about|around|nearly|almost|approximately|usually|normally|generally|often|sometimes|always|never|ever|if|unless|except|until|before|after|since|from"
    r"|compulsorily|voluntarily|automatically|first|last|majority|minority|half|both|either|neither)\b",
    re.IGNORECASE,
)


def ground(written: Written, passages: Sequence[Given], store: PassageStore, embedder: Embedder, entailment: Entails | None = None) -> Grounded | Refused:
    """Let a sentence through with what it rests on, or tell why not.

    Only passages that the model names count. Their sentences that hold most of it, re-read from the store, must hold every figure, day and name; each
    clause must agree with the clause that comes nearest to it in force, denial and quantifiers, and be covered in its content words.
    """
    text = written.text
    form = _form(text)
    if form:
        return Refused(text, (form,))
    named = [each for each in passages if each.number in written.passages]
    places = _places(text, named)
    spans = [_span(passage, number) for passage, number in places]
    if not spans or any(gate.reread(span, store) for span in spans):
        return Refused(text, (Reason.NO_PASSAGE,))
    support = [span.quote for span in spans]
    reasons = list(dict.fromkeys([*_facts(text, support), *_by_clause(text, support)]))
    if not reasons and _likeness(text, support, embedder) < LIKE_FROM:
        reasons.append(Reason.LIKENESS)
    if not reasons and entailment and entailment.entails([(" ".join(support), text)])[0][0] < ENTAILED_FROM:
        reasons.append(Reason.ENTAILMENT)
    return Refused(text, tuple(reasons)) if reasons else Grounded(text, places)


def _form(text: str) -> Reason | None:
    words = text.split()
    if not LEAST_WORDS <= len(words) <= MOST_WORDS or text[-1:] not in '.!”"' or (not text[:1].isupper() and not text[:1].isdigit() and text[:1] not in '£“"'):
        return Reason.NOT_A_SENTENCE
    if re.search(r"[{}<>\[\]|`#*]|\w_\w", text) or text.rstrip().endswith("?"):
        return Reason.NOT_A_SENTENCE
    return Reason.INSTRUCTION if _TALKS_OF_ITSELF.search(text) else None


def _span(passage: Passage, number: int) -> gate.Span:
    sentence = passage.sentences[number]
    return gate.Span(passage.id, passage.sha256, sentence.start, sentence.end, passage.quote(number))


def _places(text: str, named: Sequence[Given]) -> tuple[tuple[Passage, int], ...]:
    """The fewest sentences of the passages that hold what can be held of a sentence's content words, at most three, in their order."""
    left = set(terms(text))
    offered = [(each.passage, number) for each in named for number in each.sentences]
    chosen: list[tuple[Passage, int]] = []
    while len(chosen) < MOST_SPANS and offered:
        best = max(offered, key=lambda place: len(left & set(terms(place[0].quote(place[1])))))
        held = left & set(terms(best[0].quote(best[1])))
        if not held or (chosen and len(held) < 2):
            break
        chosen.append(best)
        offered.remove(best)
        left -= held
    order = [(each.passage.id, number) for each in named for number in each.sentences]
    return tuple(sorted(chosen, key=lambda place: order.index((place[0].id, place[1]))))


def _facts(text: str, support: Sequence[str]) -> list[Reason]:
    """What in the figures, days, names and places of a sentence its support does not hold. Force and denial are compared clause by clause."""
    whole = " ".join(support)
    failures = gate.compare(text, whole)
    reasons = [_FAILURES[each] for each in failures if each not in (gate.Failure.MODALITY, gate.Failure.NEGATION)]
    held = quantities(whole)
    for said in quantities(text):
        if not any(said.value == other.value and said.unit == other.unit and said.bound == other.bound for other in held):
            reasons.append(Reason.NUMBER)
    if not set(references(text)) <= set(references(whole)):
        reasons.append(Reason.NAME)
    statement, read = read_statement(text), [read_statement(each) for each in support]
    if not statement.bodies <= frozenset(body for each in read for body in each.bodies):
        reasons.append(Reason.NAME)
    return reasons


def _by_clause(text: str, support: Sequence[str]) -> list[Reason]:
    """Where a clause of a sentence and the clause of the support that comes nearest to it part: force, denial, quantifiers, order and words."""
    offered = [piece for sentence in support for piece in _pieces(sentence)] + list(support)
    reasons: list[Reason] = []
    for clause in _pieces(text):
        near = max(offered, key=lambda other: (_share(clause, other), -len(other)))
        here, there = read_facts(clause), read_facts(near)
        if here.modality != there.modality or read_statement(clause).force is not read_statement(near).force:
            reasons.append(Reason.MODALITY)
        if here.negations != there.negations:
            reasons.append(Reason.NEGATION)
        if _quantified(clause) != _quantified(near):
            reasons.append(Reason.QUANTIFIER)
        if _share(clause, near) < WORDS_FROM:
            reasons.append(Reason.WORDS)
        if _in_order(clause, near) < ORDER_FROM:
            reasons.append(Reason.ORDER)
        if any(difference.kind != "body" for difference in aligned(clause, near)):
            reasons.append(Reason.NEGATION)
    return reasons


def _pieces(text: str) -> list[str]:
    """The clauses of a sentence, who said it among them: a model must not lend it to somebody else."""
    found = clauses(text)
    return found[1:] if len(found) > 1 else [text.rstrip(".")]


def _quantified(text: str) -> frozenset[str]:
    return frozenset(match[0].lower() for match in _QUANTIFIERS.finditer(text))


def _share(text: str, other: str) -> float:
    """Share of the content words of a text that another holds, in the same words or in words that mean the same."""
    words, held = terms(text), frozenset(terms(other))
    alike = sum(word in held or any(meanings(word) & meanings(each) for each in held) for word in words)
    return alike / len(words) if words else 0.0


def _in_order(text: str, other: str) -> float:
    """Share of the content words that two texts have both, each once in both, which come in one order: their longest common subsequence."""
    here, there = terms(text), terms(other)
    ours = [word for word in here if here.count(word) == 1 and there.count(word) == 1]
    theirs = [word for word in there if word in ours]
    longest = [[0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i, word in enumerate(ours):
        for j, each in enumerate(theirs):
            longest[i + 1][j + 1] = longest[i][j] + 1 if word == each else max(longest[i][j + 1], longest[i + 1][j])
    return longest[-1][-1] / len(ours) if ours else 1.0


def _likeness(text: str, support: Sequence[str], embedder: Embedder) -> float:
    vectors = embedder.encode([text, " ".join(support)])
    return float(np.dot(vectors[0], vectors[1]))
