"""The keyword index, pinned against the formula written out."""

from math import log
from pathlib import Path

import numpy as np
import pytest

from index.keywords import K1, B, KeywordIndex, write_keywords
from index.terms import terms

TEXTS = ["Reserved contracts last three years.", "A reserved contract may last five years, five at most.", "Staff can appeal.", ""]


@pytest.fixture(scope="module")
def keywords(tmp_path_factory: pytest.TempPathFactory) -> KeywordIndex:
    folder = tmp_path_factory.mktemp("keywords")
    write_keywords(folder, TEXTS)
    return KeywordIndex(folder)


def idf(term: str) -> float:
    documents = [terms(text) for text in TEXTS]
    n = sum(term in document for document in documents)
    return log(1 + (len(documents) - n + 0.5) / (n + 0.5))


def bm25(query: list[str]) -> list[float]:
    """Robertson and Zaragoza, 2009, with the idf that Lucene uses."""
    documents = [terms(text) for text in TEXTS]
    mean = sum(map(len, documents)) / len(documents)
    return [
        sum(idf(term) * document.count(term) / (document.count(term) + K1 * (1 - B + B * len(document) / mean)) for term in query) for document in documents
    ]


@pytest.mark.parametrize("query", [["five"], ["reserv", "year"], ["staff", "appeal", "contract"]])
def test_scores_are_bm25_as_a_share_of_the_most_the_query_could_score(keywords: KeywordIndex, query: list[str]) -> None:
    most = sum(idf(term) for term in query) * (K1 + 1)
    np.testing.assert_allclose(keywords.scores(query), np.array(bm25(query)) / most, rtol=1e-3)


@pytest.mark.parametrize(("query", "extra"), [([], []), (["unheard"], []), ([], ["unheard"])])
def test_a_query_that_the_library_does_not_know_scores_nothing(keywords: KeywordIndex, query: list[str], extra: list[str]) -> None:
    assert keywords.scores(query, extra).tolist() == [0.0, 0.0, 0.0, 0.0]


def test_extra_terms_count_half(keywords: KeywordIndex) -> None:
    most = idf("staff") * (K1 + 1)
    expected = (np.array(bm25(["staff"])) + 0.5 * np.array(bm25(["five"]))) / most
    np.testing.assert_allclose(keywords.scores(["staff"], ["five", "staff", "unheard"]), expected, rtol=1e-3)


def test_a_term_weighs_by_its_rarity_and_an_unknown_one_as_the_rarest(keywords: KeywordIndex) -> None:
    assert [keywords.weight(term) for term in ("five", "contract", "unheard")] == [round(idf("five"), 4), round(idf("contract"), 4), keywords.heaviest]
    assert keywords.heaviest == round(idf("five"), 4)


def test_a_term_is_known_where_a_passage_uses_it(keywords: KeywordIndex) -> None:
    assert [keywords.known(term) for term in ("five", "unheard", "")] == [True, False, False]


@pytest.mark.parametrize(
    ("query", "words", "share"),
    [([], {"five"}, 0.0), (["five"], set(), 0.0), (["five"], {"five", "year"}, 1.0), (["five", "staff"], {"five"}, 0.5), (["five", "unheard"], {"five"}, 0.5)],
)
def test_coverage_is_the_share_of_the_query_that_is_held(keywords: KeywordIndex, query: list[str], words: set[str], share: float) -> None:
    assert keywords.coverage(query, frozenset(words)) == pytest.approx(share)


def test_one_text_can_be_indexed(tmp_path: Path) -> None:
    write_keywords(tmp_path, ["Staff can appeal."])
    found = KeywordIndex(tmp_path)
    assert (found.known("appeal"), found.scores(["appeal"]).shape) == (True, (1,))
    assert found.scores(["appeal"])[0] > 0
