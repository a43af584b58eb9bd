"""The pairs that the gate for reworded sentences is measured on, and what it makes of them."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.model.grounding import Reason
from evals.rewrites import KEPT, LET_THROUGH, Judged, Pair, altered, judge, load_pairs, rewrite_scores, table
from index.embedding import SentenceEmbedder

FEE = "A buyer may ask a bidder for a fee of £50."
GOOD = Pair(split="dev", sources=(FEE,), rewritten=FEE, verdict="good", kind="rewording")
BAD = Pair(split="dev", sources=(FEE,), rewritten="A buyer must ask a bidder for a fee of £60.", verdict="bad", kind="number")


def test_no_sentence_is_in_both_splits_and_no_pair_comes_twice() -> None:
    pairs = load_pairs()
    sentences = [{source for pair in pairs if pair.split == split for source in pair.sources} for split in ("dev", "test")]
    assert sentences[0] & sentences[1] == set()
    assert len({(pair.sources, pair.rewritten) for pair in pairs}) == len(pairs)
    assert load_pairs("dev") + load_pairs("test") == sorted(pairs, key=lambda pair: pair.split)


def test_the_gate_lets_nothing_bad_through_and_keeps_two_fifths_of_the_good(embedder: SentenceEmbedder) -> None:
    pairs = load_pairs()
    scores = rewrite_scores(judge([*pairs, *altered(pairs)], embedder))
    assert scores[LET_THROUGH].mean == 0
    assert scores[KEPT].mean >= 0.4


def test_a_sentence_is_altered_in_every_way_once() -> None:
    found = altered([GOOD, BAD])
    assert {pair.kind for pair in found} >= {"altered number", "altered force"}
    assert {(pair.sources, pair.verdict) for pair in found} == {((FEE,), "bad")}
    assert len({pair.rewritten for pair in found}) == len(found)


def test_the_shares_that_pass_are_told_by_kind() -> None:
    judged = [Judged(GOOD, ()), Judged(GOOD, (Reason.WORDS,)), Judged(BAD, (Reason.NUMBER,)), Judged(BAD, ())]
    scores = rewrite_scores(judged)
    assert {name: (each.mean, each.cases) for name, each in scores.items()} == {KEPT: (0.5, 2), LET_THROUGH: (0.5, 2), "number": (0.5, 2)}
    assert [line.split("  ")[0] for line in table(scores).splitlines()] == [KEPT, LET_THROUGH, "number"]
    assert [each.is_right for each in judged] == [True, False, True, False]


def test_a_line_that_is_no_pair_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text('{"split": "dev", "sources": [], "rewritten": "It is.", "verdict": "good", "kind": "x"}\n', encoding="utf-8")
    with pytest.raises(ValidationError):
        load_pairs(path=file)
