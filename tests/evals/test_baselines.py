"""Baselines over the small library: what each finds, and how what was found is judged."""

import math
from pathlib import Path

import pytest
from small import APPEAL, BEFORE, NOT_JUDGED, NOW, PLACE, ROUTE, THEN, asked, write_lessons

from assistant.settings import Settings
from evals.ablation import VARIANTS
from evals.baselines import Baseline, facts_within, judge, measure_baselines
from evals.chunks import Chunk
from evals.metrics import Found
from index.versions import NoIndexError, Versions

SECOND = 1 / math.log2(3)
PLAIN = ["BM25 alone", "dense alone, llama-index defaults", "dense + BM25, reciprocal rank fusion", "ours"]


@pytest.fixture(scope="module")
def settings(small_index: Versions) -> Settings:
    return Settings(data_dir=small_index.root.parent)


def ranks(name: str, first: list[float], found: list[float], reciprocal: list[float], gain: list[float], facts: list[float]) -> Baseline:
    return Baseline(name, {"hit@1": first, "hit@5": found, "MRR@10": reciprocal, "nDCG@10": gain, "fact in first 5": facts})


def best(name: str) -> Baseline:
    return ranks(name, *[[1.0] * 3] * 5)


def second(name: str) -> Baseline:
    """The question that names a place finds it second."""
    return ranks(name, [1.0, 0.0, 1.0], [1.0] * 3, [1.0, 0.5, 1.0], [1.0, SECOND, 1.0], [1.0] * 3)


def test_every_baseline_on_questions_that_tell_them_apart(settings: Settings, tmp_path: Path) -> None:
    """The third question shares no word with its passage; the second names a place and speaks at length of another, which comes first, and
    the text of two passages answers it."""
    questions = [THEN, NOT_JUDGED[0], PLACE, NOT_JUDGED[1], APPEAL]
    assert measure_baselines(settings, questions, write_lessons(tmp_path / "training")) == [
        ranks("BM25 alone", [1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [1.0, 0.5, 0.0], [1.0, SECOND, 0.0], [1.0, 0.0, 0.0]),
        best("dense alone, llama-index defaults"),
        second("dense + BM25, reciprocal rank fusion"),
        second("ours"),
        second("ours, ranker learned the same way"),
        second("ours less asks as further ways in"),
        second("ours less the learned map"),
        second("ours less the glossary"),
        second("ours less keyword search"),
        ranks("ours less dense search", [1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [1.0, 0.5, 0.0], [1.0, SECOND, 0.0], [1.0, 0.0, 0.0]),
        second("ours less exact places"),
        second("ours less sentence vectors"),
        second("ours less the learned ranker"),
    ]


def test_where_nothing_can_be_learned_the_plain_baselines_remain(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert [each.name for each in measure_baselines(settings, [THEN], tmp_path / "empty")] == PLAIN
    assert not set(PLAIN) & set(VARIANTS)


def test_without_a_question_to_judge_by_nothing_is_measured(tmp_path: Path) -> None:
    """Not even the index is opened."""
    assert measure_baselines(Settings(data_dir=tmp_path), NOT_JUDGED) == measure_baselines(Settings(data_dir=tmp_path), []) == []


def test_without_an_index_measuring_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        measure_baselines(Settings(data_dir=tmp_path), [THEN])


def place(source: str, *locators: str) -> Found:
    return Found(passage_id=f"{source} {locators[0]}", source_id=source, locators=locators)


GOLD, OTHER = place("new-act", "s. 33"), place("new-act", "s. 1")


@pytest.mark.parametrize(
    ("chunks", "judged"),
    [
        ([], ranks("x", [0.0], [0.0], [0.0], [0.0], [0.0])),
        ([Chunk("Up to five years.", (GOLD,))], ranks("x", [1.0], [1.0], [1.0], [1.0], [0.0])),
        ([Chunk("Five years.\nUnder the", (OTHER,)), Chunk("OLD rules.", (OTHER, GOLD, OTHER))], ranks("x", [0.0], [1.0], [0.5], [SECOND], [1.0])),
        ([Chunk("x", (OTHER,))] * 5 + [Chunk("Under the old: five years.", (GOLD,))], ranks("x", [0.0], [0.0], [1 / 6], [1 / math.log2(7)], [0.0])),
        ([Chunk("x", (OTHER,))] * 10 + [Chunk("x", (GOLD,))], ranks("x", [0.0], [0.0], [0.0], [0.0], [0.0])),
    ],
    ids=["nothing found", "found, not every fact", "one place of a chunk is enough", "sixth", "eleventh"],
)
def test_what_was_found_is_judged_by_its_places_and_its_text(chunks: list[Chunk], judged: Baseline) -> None:
    assert judge("x", [PLACE], [chunks]) == judged


def test_judging_needs_something_found_for_each_question() -> None:
    with pytest.raises(ValueError):
        judge("x", [PLACE, THEN], [[]])


@pytest.mark.parametrize(
    ("texts", "held"),
    [([], 0.0), (["one two"], 1.0), (["ONE", "two"], 1.0), (["one\n\n  two"], 1.0), (["two one"], 0.0), (["one"], 0.0)],
)
def test_facts_are_sought_in_the_joined_text(texts: list[str], held: float) -> None:
    question = asked("q", "?", ("one two",), (("new-act", "s. 33"),))
    assert facts_within(question, [Chunk(text, (GOLD,)) for text in texts]) == held


def test_the_passages_meant_by_the_lessons_are_those_of_the_library(settings: Settings) -> None:
    from index.live import LiveIndex

    assert [passage.id for passage in LiveIndex(Versions(settings.index_dir)).current().store.all_passages()] == [ROUTE, BEFORE, NOW]
