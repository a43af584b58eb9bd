"""How well a sentence answers a question: what speaks for it, and the learned weights that make one score of that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np

from assistant.facts import read_facts
from assistant.understanding import Kind, holds
from corpus.sections import Role
from index.keywords import KeywordIndex
from index.network import Network, Numbers
from index.ranking import nearness
from index.retrieval import Hit, Query


@dataclass(frozen=True)
class Signs:
    """What speaks for a sentence. Cosines run from -1 to 1, all else from 0 to 1."""

    cosine: float
    """Cosine of the question and the sentence under its heading."""
    learned: float
    """The same for the question as the index's learned map moves it."""
    behind: float
    """How far that falls short of the passage's nearest sentence."""
    coverage: float
    """Share of the question's terms, by weight, that the sentence holds."""
    heading_coverage: float
    """The same with the terms of its heading and place."""
    first: float
    """1 for the passage's first sentence, 1/2 for its second, and so on: notes put the most asked-for fact first (`docs/corpus.md`, rule 5)."""
    sort: float
    """1 where it holds the sort of fact the question asks for: an amount, a number, a date, a name."""
    modality: float
    """1 where a yes/no question and the sentence share a modality: must, should, may, will."""
    lead_in: float
    """1 where it leads into a list and the question wants one."""
    passage: float
    """Its passage's chance of answering, by the ranker."""

    def values(self) -> tuple[float, ...]:
        """The signs in the order of `SIGN_NAMES`."""
        return tuple(getattr(self, name) for name in SIGN_NAMES)


SIGN_NAMES = tuple(field.name for field in fields(Signs))


@cache
def _network() -> Network:
    return Network.read(Path(__file__).parent / "relevance.json", SIGN_NAMES)


def relevance(signs: Sequence[Signs]) -> Numbers:
    """The learned odds of each sentence to be the one that answers best; shape `(len(signs),)`.

    Only their ratios mean something: of two sentences of which one has twice the odds, it is twice as likely the better (listwise softmax, as in
    `index/ranking.py`; weights by `evals/train.py`).
    """
    return np.asarray(np.exp(_network().values([each.values() for each in signs])))


def read_signs(query: Query, kind: Kind, hit: Hit, keywords: KeywordIndex) -> Iterator[Signs]:
    """The signs of each sentence of a passage, in order."""
    passage, words = hit.passage, hit.record.words
    cosines = nearness(hit.record.vectors.sentences, query.vectors)
    learned = nearness(hit.record.vectors.sentences, query.learned)
    nearest = float(learned.max())
    asked = read_facts(query.question).modality
    for number, sentence in enumerate(passage.sentences):
        text = passage.quote(number)
        facts = read_facts(text)
        yield Signs(
            cosine=float(cosines[number]),
            learned=float(learned[number]),
            behind=nearest - float(learned[number]),
            coverage=keywords.best_coverage(query.wordings, words.sentences[number]),
            heading_coverage=keywords.best_coverage(query.wordings, words.sentences[number] | words.heading),
            first=1 / (1 + number),
            sort=float(holds(kind, text)),
            modality=float(kind is Kind.YES_NO and bool(asked & facts.modality)),
            lead_in=float(kind is Kind.LIST and sentence.role is Role.LEAD_IN),
            passage=hit.score,
        )
