"""The decision to answer: how it is read from the evidence, and where its thresholds stand."""

import json
from math import nextafter
from pathlib import Path

import pytest

import assistant.confidence
from assistant.confidence import EVIDENCE_NAMES, Evidence, confidence, enough, in_scope, read_evidence
from index.embedding import SentenceEmbedder
from index.live import LiveIndex, OpenIndex
from index.retrieval import read_query, search
from index.versions import Versions

WEIGHTS = json.loads((Path(assistant.confidence.__file__).parent / "confidence.json").read_text(encoding="utf-8"))


@pytest.fixture
def index(small_index: Versions) -> OpenIndex:
    return LiveIndex(small_index).current()


def evidence(question: str, index: OpenIndex, embedder: SentenceEmbedder) -> Evidence:
    query = read_query(question, index, embedder)
    return read_evidence(query, search(query, index), index.keywords)


def test_the_weights_on_file_are_those_of_the_signals() -> None:
    assert set(WEIGHTS["weights"]) == set(EVIDENCE_NAMES)
    assert set(WEIGHTS) == {"bias", "weights", "answer_from", "in_scope_from"}
    assert all(0 < WEIGHTS[name] < 1 for name in ("answer_from", "in_scope_from"))


def test_nothing_found_is_neither_enough_nor_in_scope(index: OpenIndex, embedder: SentenceEmbedder) -> None:
    query = read_query("What is a mutual?", index, embedder)
    nothing = read_evidence(query, [], index.keywords)
    assert (enough(confidence(nothing)), in_scope(nothing)) == (False, False)


@pytest.mark.parametrize("question", ["?", "what is it", "…", "互助"])
def test_a_question_without_a_word_to_look_for_is_no_evidence(index: OpenIndex, embedder: SentenceEmbedder, question: str) -> None:
    query = read_query(question, index, embedder)
    assert read_evidence(query, search(query, index), index.keywords) == read_evidence(query, [], index.keywords)


def test_signals_stay_in_their_ranges(index: OpenIndex, embedder: SentenceEmbedder) -> None:
    for question in ("What does section 33 allow?", "asdf qwer", "Who is Julian Le Grand?", "How much was the £10 million fund in 2013?", "a" * 2000):
        found = evidence(question, index, embedder)
        assert all(-1.0001 <= value <= 1.0001 for value in found.values()[:-1]), (question, found)
        assert -10 < found.likeness < 10  # a logit, not a share
        assert 0 < confidence(found) < 1


def test_the_librarys_own_question_is_better_covered_than_another(index: OpenIndex, embedder: SentenceEmbedder) -> None:
    own = evidence("What does section 33 allow?", index, embedder)
    other = evidence("What is the VAT rate on childcare in France?", index, embedder)
    assert confidence(own) > confidence(other)
    assert (in_scope(own), in_scope(other)) == (True, False)


def test_enough_begins_at_the_threshold() -> None:
    threshold = WEIGHTS["answer_from"]
    assert [enough(chance) for chance in (0.0, nextafter(threshold, 0), threshold, 1.0)] == [False, False, True, True]
