"""The gate: no sentence reaches a reader unless code has tied it to a span of the live index."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assistant.facts import read_facts
from index.passages import text_digest
from index.store import PassageStore


class Failure(StrEnum):
    """Why the gate holds a sentence back."""

    NO_SPAN = "no_span"
    UNKNOWN_PASSAGE = "unknown_passage"
    CHANGED_PASSAGE = "changed_passage"
    WRONG_SPAN = "wrong_span"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    MODALITY = "modality"
    NEGATION = "negation"


@dataclass(frozen=True)
class Span:
    """Where a sentence's support stands: characters `start:end` of the passage whose text has this sha256."""

    passage_id: str
    sha256: str
    start: int
    end: int
    quote: str


def check(sentence: str, spans: Iterable[Span], store: PassageStore) -> list[Failure]:
    """Re-read each span from the store and hold the sentence against it. An empty list lets the sentence through."""
    quotes = []
    for span in spans:
        failure = reread(span, store)
        if failure:
            return [failure]
        quotes.append(span.quote)
    if not quotes:
        return [Failure.NO_SPAN]
    return compare(sentence, " ".join(quotes))


def reread(span: Span, store: PassageStore) -> Failure | None:
    """Whether the span still stands in the index, unchanged to the letter."""
    passage = store.passage(span.passage_id)
    if passage is None:
        return Failure.UNKNOWN_PASSAGE
    if text_digest(passage.text) != span.sha256 or passage.sha256 != span.sha256:
        return Failure.CHANGED_PASSAGE
    if passage.text[span.start : span.end] != span.quote or not span.quote:
        return Failure.WRONG_SPAN
    return None


def compare(sentence: str, support: str) -> list[Failure]:
    """Every number, date and name of the sentence is in its support; modality and negation are the same."""
    said, held = read_facts(sentence), read_facts(support)
    failures = []
    if not said.numbers <= held.numbers:
        failures.append(Failure.NUMBER)
    if not said.dates <= held.dates:
        failures.append(Failure.DATE)
    if not said.names <= held.names | frozenset(support.split()):
        failures.append(Failure.NAME)
    if said.modality != held.modality:
        failures.append(Failure.MODALITY)
    if said.negations != held.negations:
        failures.append(Failure.NEGATION)
    return failures
