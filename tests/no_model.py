"""A stand-in for the embedding model, for tests of what never asks it anything: loading the real one takes seconds."""

from collections.abc import Callable, Sequence

from index.embedding import Vectors


class NoModel:
    """An embedder that must not be used."""

    name = "none"

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        raise AssertionError("this test needs the embedding model")
