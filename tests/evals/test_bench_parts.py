"""Parts of the benchmarks that can be held to a result: what is dealt to clients, quantiles, and the libraries they are run on. Timings are no tests."""

import numpy as np
import pytest

from corpus.library import load_library
from evals.bench_build import part_of, texts_of, with_one_sentence_changed
from evals.bench_library import MadeUp, known_sentences
from evals.bench_load import dealt, quantile, training_questions
from index.embedding import SentenceEmbedder
from index.passages import cut_passages
from index.versions import Versions


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.2, 1), (0.21, 2), (0.5, 3), (0.95, 5), (1.0, 5)])
def test_a_quantile_is_the_nearest_rank(share: float, value: float) -> None:
    assert quantile([5, 3, 1, 4, 2], share) == value


def test_hands_are_dealt_one_after_the_other_and_begin_anew() -> None:
    assert dealt(["a", "b", "c"], [2, 0, 3]) == [["a", "b"], [], ["c", "a", "b"]]


def test_training_questions_are_told_once_in_an_order_that_stays() -> None:
    questions = training_questions()
    assert len(questions) == len(set(questions)) > 1000
    assert training_questions() == questions


def test_a_part_of_a_library_is_another_library() -> None:
    library = load_library()
    part = part_of(library, 10)
    assert len(part.notes) == -(-len(library.notes) // 10)
    assert part.digest != library.digest
    assert part_of(library, 1) is library


def test_one_changed_sentence_changes_two_texts() -> None:
    """The sentence's own, and its passage's."""
    library = part_of(load_library(), 20)
    before, after = texts_of(library), texts_of(with_one_sentence_changed(library))
    assert len(set(after) - set(before)) == len(set(before) - set(after)) == 2


def test_generated_passages_stand_behind_the_real_ones_and_need_no_model(small_index: Versions, embedder: SentenceEmbedder) -> None:
    library = part_of(load_library(), 20)
    made_up = MadeUp(embedder, known_sentences(small_index.live()))
    large = made_up.enlarge(library, 7)
    real, passages = list(cut_passages(library.sections())), list(cut_passages(large.sections()))
    assert passages[: len(real)] == real
    assert len(passages) == len(real) + 7
    vectors = made_up.encode([passage.text for passage in passages[-7:]])
    assert np.linalg.norm(vectors, axis=1).tolist() == pytest.approx([1.0] * 7, abs=1e-5)
