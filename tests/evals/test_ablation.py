"""Learning the ranker anew: what is learned from, that a variant cannot use what it is denied, and fusion by ranks."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import APPEAL, BEFORE, LESSONS, NOW, PLACE, ROUTE, THEN, write_lessons

from evals.ablation import TRAINING, VARIANTS, WHOLE, Lesson, ablated, fuse, fused, load_lessons
from evals.pools import Parts, WayTable, read_queries
from evals.questions import load_questions
from index.embedding import SentenceEmbedder
from index.live import LiveIndex, OpenIndex
from index.ranking import SIGNAL_NAMES, Signals
from index.retrieval import Hit
from index.versions import Versions

NOTHING = Signals(*[0.0] * len(SIGNAL_NAMES))


@pytest.fixture(scope="module")
def index(small_index: Versions) -> OpenIndex:
    return LiveIndex(small_index).current()


def test_there_is_a_variant_for_the_whole_and_one_for_each_part() -> None:
    whole = Parts()
    assert VARIANTS[WHOLE] == whole
    left_out = [[name for name in vars(whole) if not getattr(parts, name)] for parts in VARIANTS.values()]
    assert left_out == [[], *([name] for name in vars(whole))]


def test_lessons_are_read_in_order_and_those_of_other_libraries_left_out(index: OpenIndex, tmp_path: Path) -> None:
    assert load_lessons(write_lessons(tmp_path / "training"), index) == [Lesson(*lesson) for lesson in LESSONS if lesson[1] != "gone"]
    assert load_lessons(tmp_path, index) == []


def test_the_bundled_lessons_hold_no_question_that_is_measured_on() -> None:
    text = "".join(path.read_text(encoding="utf-8").lower() for path in TRAINING.glob("*.jsonl"))
    assert text
    assert [question.id for question in load_questions() if f'"{question.question.lower()}"' in text] == []


def test_each_variant_finds_what_its_parts_can(index: OpenIndex, embedder: SentenceEmbedder, tmp_path: Path) -> None:
    queries = read_queries([THEN.question, PLACE.question, APPEAL.question], index, embedder)
    found = ablated(queries, index, embedder, WayTable(index), write_lessons(tmp_path / "training"))
    first = {name: [passages[0].id if passages else None for passages in lists] for name, lists in found.items()}
    assert first == {
        **{name: [BEFORE, ROUTE, ROUTE] for name in VARIANTS},
        "ours less dense search": [BEFORE, ROUTE, None],
    }
    assert {name: [len(passages) for passages in lists] for name, lists in found.items()} == {
        **{name: [3, 3, 3] for name in VARIANTS},
        "ours less dense search": [2, 2, 0],
    }


def test_where_there_is_nothing_to_learn_from_nothing_is_ranked(index: OpenIndex, embedder: SentenceEmbedder, tmp_path: Path) -> None:
    assert ablated(read_queries([THEN.question], index, embedder), index, embedder, WayTable(index), tmp_path) == {}


@pytest.mark.parametrize(
    ("rankings", "order"),
    [
        ([], []),
        ([[], []], []),
        ([["a", "b"]], ["a", "b"]),
        ([["a", "b", "c"], ["b", "c", "a"]], ["b", "a", "c"]),
        ([["a"], ["b"]], ["a", "b"]),
        ([["a", "b"], ["c", "b"]], ["b", "a", "c"]),
    ],
)
def test_fusion_by_hand(rankings: list[list[str]], order: list[str]) -> None:
    """1/61 + 1/62 for a first and a second place is more than 1/61 + 1/63, and two seconds are more than one first."""
    assert fuse(rankings) == order


@given(st.lists(st.lists(st.integers(0, 20), unique=True), max_size=4))
def test_fusion_holds_each_item_once_by_the_sum_of_its_reciprocal_ranks(rankings: list[list[int]]) -> None:
    def total(item: int) -> float:
        return sum(1 / (60 + ranking.index(item) + 1) for ranking in rankings if item in ranking)

    order = fuse(rankings)
    assert sorted(order) == sorted({item for ranking in rankings for item in ranking})
    assert all(total(one) >= total(other) - 1e-12 for one, other in pairwise(order))


def hit(index: OpenIndex, passage_id: str, **signals: float) -> Hit:
    return Hit(index.store.records([passage_id])[0], 0.0, replace(NOTHING, **signals))


def test_hits_are_fused_by_words_and_meaning(index: OpenIndex) -> None:
    """By words: before, now; by meaning: route, before, now."""
    hits = [hit(index, BEFORE, keyword=0.5, sentence=0.4), hit(index, NOW, keyword=0.1, ask=0.3), hit(index, ROUTE, learned_passage=0.9)]
    assert [each.passage.id for each in fused(hits)] == [BEFORE, NOW, ROUTE]
    assert fused([]) == ()
