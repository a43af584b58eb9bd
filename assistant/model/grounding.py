"""The gate for sentences that a language model wrote: nothing in them that the spans they rest on do not say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np

from assistant import gate
from assistant.checking.claim_words import bodies
from assistant.checking.quantities import quantities
from assistant.model.edits import Departure, Made, made_of
from assistant.model.parsing import Written
from assistant.model.prompting import Given
from assistant.model.words import Kind
from corpus.locators import references
from index.embedding import Embedder
from index.passages import Passage
from index.store import PassageStore

LEAST_WORDS, MOST_WORDS = 4, 60
LIKE_FROM = 0.5
"""Cosine of the sentence and what it rests on, at least. Chosen on the `dev` pairs of `evals/training/rewrites.jsonl`."""
ENTAILED_FROM = 0.5
"""Chance that what a sentence rests on entails it, at least, where a model judges that."""


class Reason(StrEnum):
    """Why a sentence is held back."""

    NO_PASSAGE = "no_passage"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    MODALITY = "modality"
    NEGATION = "negation"
    QUANTIFIER = "quantifier"
    CONDITION = "condition"
    """Something is left out that narrows what its source says."""
    ORDER = "order"
    """Its words stand in another order, which may turn who does what to whom."""
    WORDS = "words"
    """It has words that its source has not."""
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


_KINDS = {
    Kind.NEGATION: Reason.NEGATION,
    Kind.FORCE: Reason.MODALITY,
    Kind.QUANTIFIER: Reason.QUANTIFIER,
    Kind.CONDITION: Reason.CONDITION,
    Kind.FIGURE: Reason.NUMBER,
    Kind.NAME: Reason.NAME,
}
_HOW = {"put_in": Reason.WORDS, "left_out": Reason.CONDITION, "moved": Reason.ORDER}
_FAILURES = {gate.Failure.NUMBER: Reason.NUMBER, gate.Failure.DATE: Reason.DATE, gate.Failure.NAME: Reason.NAME}
_TALKS_OF_ITSELF = re.compile(
    r"\b(?:as an? (?:ai|assistant|language model)|passages?|json|the (?:text|context|question|prompt|instructions?)|system prompt|i (?:cannot|can|am|will|have)"
    r"|click|https?:|www\.|ignore|disregard)\b",
    re.IGNORECASE,
)


def ground(written: Written, passages: Sequence[Given], store: PassageStore, embedder: Embedder, entailment: Entails | None = None) -> Grounded | Refused:
    """Let a sentence through with the one or two places that it is made of, or tell why not.

    Only passages that the model names count, and only as the store still holds them to the letter.
    """
    text = written.text
    form = _form(text)
    if form:
        return Refused(text, (form,))
    places = [(each.passage, number) for each in passages if each.number in written.passages for number in each.sentences]
    spans = [_span(passage, number) for passage, number in places]
    if not spans or any(gate.reread(span, store) for span in spans):
        return Refused(text, (Reason.NO_PASSAGE,))
    made, reasons = weigh(text, [span.quote for span in spans], embedder, entailment)
    return Refused(text, reasons) if reasons else Grounded(text, tuple(places[number] for number in sorted(made.sources)))


def weigh(text: str, offered: Sequence[str], embedder: Embedder, entailment: Entails | None = None) -> tuple[Made, tuple[Reason, ...]]:
    """How a sentence is made of those offered, and why it is to be held back: no reason where it is not.

    It must be made of their words by the few edits that are allowed; its figures, days, names and places must be those of what it is made of; it must be
    near to that in meaning; and, where a model judges, it must be entailed.
    """
    made = made_of(text, offered)
    support = [offered[number] for number in sorted(made.sources)]
    reasons = [*(_reason(each) for each in made.departures), *_facts(text, support)]
    if not reasons and _likeness(text, support, embedder) < LIKE_FROM:
        reasons.append(Reason.LIKENESS)
    if not reasons and entailment and entailment.entails([(" ".join(support), text)])[0][0] < ENTAILED_FROM:
        reasons.append(Reason.ENTAILMENT)
    return made, tuple(dict.fromkeys(reasons))


def held_back(text: str, offered: Sequence[str], embedder: Embedder, entailment: Entails | None = None) -> tuple[Reason, ...]:
    """Why a sentence may not be told on the strength of those offered; no reason where it may."""
    form = _form(text)
    return (form,) if form else weigh(text, offered, embedder, entailment)[1]


def _form(text: str) -> Reason | None:
    words = text.split()
    if not LEAST_WORDS <= len(words) <= MOST_WORDS or text[-1:] not in '.!”"' or (not text[:1].isupper() and not text[:1].isdigit() and text[:1] not in '£“"'):
        return Reason.NOT_A_SENTENCE
    if re.search(r"[{}<>\[\]|`#*]|\w_\w", text):
        return Reason.NOT_A_SENTENCE
    return Reason.INSTRUCTION if _TALKS_OF_ITSELF.search(text) else None


def _span(passage: Passage, number: int) -> gate.Span:
    sentence = passage.sentences[number]
    return gate.Span(passage.id, passage.sha256, sentence.start, sentence.end, passage.quote(number))


def _reason(departure: Departure) -> Reason:
    if departure.how == "moved":
        return Reason.ORDER
    return _KINDS.get(departure.word.kind, _HOW[departure.how])


def _facts(text: str, support: Sequence[str]) -> list[Reason]:
    """What in the figures, days, names and places of a sentence its support does not hold, read another way than word by word."""
    whole = " ".join(support)
    first = text.split()[0]
    plain = first.lower() + text[len(first) :] if first.lower() in whole.split() else text  # a word that the sentence happens to open with is no name
    reasons = [_FAILURES[each] for each in gate.compare(plain, whole) if each in _FAILURES]
    held = quantities(whole)
    if any(not any((said.value, said.unit, said.bound) == (other.value, other.unit, other.bound) for other in held) for said in quantities(text)):
        reasons.append(Reason.NUMBER)
    if not set(references(text)) <= set(references(whole)) or any(said.search(text) and not said.search(whole) for _, said in bodies()):
        reasons.append(Reason.NAME)
    return reasons


def _likeness(text: str, support: Sequence[str], embedder: Embedder) -> float:
    vectors = embedder.encode([text, " ".join(support)])
    return float(np.dot(vectors[0], vectors[1]))
