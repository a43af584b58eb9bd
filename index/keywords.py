"""The keyword index: BM25 over passages by bm25s, with each term's weight kept for coverage."""

import json
from collections import Counter
from collections.abc import Sequence
from math import log
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.terms import terms

K1 = 1.2
B = 0.75
"""BM25's usual constants (Robertson and Zaragoza, 2009, The Probabilistic Relevance Framework, section 3.5)."""


def write_keywords(folder: Path, texts: Sequence[str]) -> None:
    """Index the texts in order: the number of a text is its keyword number."""
    documents = [terms(text) for text in texts]
    index = bm25s.BM25(method="lucene", k1=K1, b=B)
    index.index(documents, show_progress=False)
    index.save(folder / "keywords")
    counts = Counter(term for document in documents for term in set(document))
    weights = {term: round(log(1 + (len(documents) - n + 0.5) / (n + 0.5)), 4) for term, n in counts.items()}
    (folder / "weights.json").write_text(json.dumps(weights), encoding="utf-8")


class KeywordIndex:
    """Reads one version's keyword index."""

    def __init__(self, folder: Path):
        self._index = bm25s.BM25.load(folder / "keywords", mmap=True)
        self._weights: dict[str, float] = json.loads((folder / "weights.json").read_text(encoding="utf-8"))
        self.heaviest = max(self._weights.values(), default=1.0)

    def weight(self, term: str) -> float:
        """The term's inverse document frequency; one the library never uses weighs as much as the rarest."""
        return self._weights.get(term, self.heaviest)

    def known(self, term: str) -> bool:
        """Whether any passage uses the term."""
        return term in self._weights

    def scores(self, query: Sequence[str], extra: Sequence[str] = ()) -> NDArray[np.float32]:
        """BM25 of every passage, by keyword number; `extra` terms count half.

        Divided by the most that the query's own terms could score, so that 1 is a perfect match at any length of query.
        """
        known = [term for term in query if self.known(term)]
        added = [term for term in extra if self.known(term) and term not in query]
        size = int(self._index.scores["num_docs"])
        found = np.zeros(size, dtype=np.float32)
        if known:
            found += self._index.get_scores(known)
        if added:
            found += 0.5 * self._index.get_scores(added)
        best = sum(self.weight(term) for term in query) * (K1 + 1)
        return found / best if best else found

    def coverage(self, query: Sequence[str], words: frozenset[str]) -> float:
        """The share of the query's terms, by weight, that `words` hold."""
        total = sum(self.weight(term) for term in query)
        return sum(self.weight(term) for term in query if term in words) / total if total else 0.0

    def best_coverage(self, wordings: Sequence[Sequence[str]], words: frozenset[str]) -> float:
        """The same for the way of putting the question that `words` cover best."""
        return max(self.coverage(wording, words) for wording in wordings)
