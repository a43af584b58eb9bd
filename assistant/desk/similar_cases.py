"""Past cases that are like one. Those that share its rarest words are looked at, and the meaning of the two enquiries tells how like they are.

What is made of an enquiry is kept in memory alone, so that nothing of it is left in the database once its data is erased.
"""

import re
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.database.desk_tables import CaseRow
from index.embedding import Embedder
from index.terms import terms

SAME_SECTOR = 0.1
"""What the same service adds to the likeness: enough to part two cases that are as like, not to lift one that is not."""
MEANING_FLOOR = 0.58
"""Likeness of meaning from which a case counts as like another. Chosen on the 20 enquiries of the `dev` split of `evals/enquiries`, each on a matter of
its own: the two pairs that ask about one thing are at 0.62 and 0.67, and no other pair is as high as this."""
WORDS_FLOOR = 0.1
"""The same for the likeness of words, where there is no model."""
CANDIDATES = 12
"""Cases whose meaning is compared: those with the most in common by words. A case that is met for the first time has to go through the
model, which is what a page waits for."""
OPENING = 600
"""Characters of an enquiry that the meaning is taken from: some 100 words, where most have asked their question."""
TOLD = 5
"""Shared words that are named in the reason."""
_AT_ONCE = 500
"""Cases read in one statement."""
_MASK = re.compile(r"\[[a-z ]+\]")
_WORD = re.compile(r"[\w’']+")

Numbers = NDArray[np.int32]
Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Alike:
    """A case like another: `score` from 0 to 1, and the reason in a sentence."""

    case_id: str
    score: float
    why: str


class Likeness:
    """The words of all cases, and the meaning of those that were compared, brought up to date whenever it is asked. Safe to share between threads."""

    def __init__(self, embedder: Embedder | None = None):
        self._embedder = embedder
        self._lock = Lock()
        self._numbers: dict[str, int] = {}
        self._words: dict[str, Numbers] = {}
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def nearest(self, session: Session, case: CaseRow, k: int) -> list[Alike]:
        """The `k` cases most like this one, best first: by the cosine of their meaning (of their words where there is no model), and the same service."""
        kept = session.execute(select(CaseRow.id, CaseRow.sector).where(CaseRow.erased_at.is_(None)).order_by(CaseRow.number))
        sectors = {row.id: row.sector for row in kept}
        if case.id not in sectors:  # erased since it was looked up
            return []
        with self._lock:
            self._read(session, sectors)
            ids, words = list(self._words), list(self._words.values())
            own = ids.index(case.id)
            likeness, weights = _cosines(words, own, len(self._numbers))
            likeness[own] = 0.0
            places = [place for place in np.argsort(-likeness, kind="stable")[:CANDIDATES].tolist() if likeness[place] > 0]
            scores = self._meaning(session, case.id, [ids[place] for place in places]) if self._embedder else likeness[places]
            spelt = {self._numbers.get(term): word for word in _WORD.findall(_MASK.sub(" ", case.searchable).lower()) for term in terms(word)}
        floor = MEANING_FLOOR if self._embedder else WORDS_FLOOR
        found = []
        for place, score in zip(places, scores.tolist(), strict=True):
            if score >= floor:
                shared = np.intersect1d(words[place], words[own])
                rarest = shared[np.argsort(-weights[shared], kind="stable")][:TOLD].tolist()
                same = case.sector is not None and sectors[ids[place]] == case.sector
                found.append(Alike(ids[place], round(min(1.0, score + SAME_SECTOR * same), 3), _why([spelt[each] for each in rarest if each in spelt], same)))
        return sorted(found, key=lambda each: -each.score)[:k]

    def _read(self, session: Session, wanted: dict[str, str | None]) -> None:
        """Read the words of cases that are new, and forget those that are erased."""
        for gone in self._words.keys() - wanted.keys():
            del self._words[gone]
            self._vectors.pop(gone, None)
        new = [key for key in wanted if key not in self._words]
        for key, text in _texts(session, new).items():
            found = dict.fromkeys(terms(text))
            self._words[key] = np.array([self._numbers.setdefault(term, len(self._numbers)) for term in found], dtype=np.int32)

    def _meaning(self, session: Session, own: str, others: list[str]) -> Scores:
        """How like each of the others is by meaning."""
        assert self._embedder is not None
        if not others:
            return np.zeros(0)
        new = _texts(session, [key for key in (own, *others) if key not in self._vectors])
        if new:
            self._vectors.update(zip(new, self._embedder.encode([text[:OPENING] for text in new.values()]), strict=True))
        likeness: Scores = np.array([self._vectors[key] @ self._vectors[own] for key in others], dtype=np.float64)
        return likeness


def _texts(session: Session, ids: list[str]) -> dict[str, str]:
    """What may be searched of these cases, without what stands in the place of personal data; in the order of their numbers."""
    found: dict[str, str] = {}
    for start in range(0, len(ids), _AT_ONCE):
        part = select(CaseRow.id, CaseRow.searchable).where(CaseRow.id.in_(ids[start : start + _AT_ONCE])).order_by(CaseRow.number)
        found |= {row.id: _MASK.sub(" ", row.searchable) for row in session.execute(part)}
    return found


def _cosines(words: list[Numbers], own: int, size: int) -> tuple[Scores, Scores]:
    """How like each case is to one of them by words, from 0 to 1; and the weight of each word, as in BM25: log(1 + (N - n + 0.5) / (n + 0.5)) for n of N."""
    flat = np.concatenate(words)
    held = np.bincount(flat, minlength=size)
    weights = np.log(1 + (len(words) - held + 0.5) / (held + 0.5))
    shared = np.zeros(size)
    shared[words[own]] = weights[words[own]] ** 2
    case = np.repeat(np.arange(len(words)), [len(each) for each in words])
    products = np.bincount(case, weights=shared[flat], minlength=len(words))
    norms = np.sqrt(np.bincount(case, weights=weights[flat] ** 2, minlength=len(words)))
    return products / np.maximum(norms * norms[own], 1e-12), weights


def _why(told: list[str], same_sector: bool) -> str:
    shared = f"Both speak of {', '.join(told)}."
    return f"{shared} Both are about the same service." if same_sector else shared
