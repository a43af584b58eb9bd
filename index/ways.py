"""Ways in: every vector that leads to a passage (its text, its sentences, its asks), searched by Chroma."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import chromadb
from chromadb.config import Settings

from index.embedding import Vectors
from index.passages import Passage

_NAME = "ways"
_BATCH = 2000


def _client(folder: Path) -> Any:
    return chromadb.PersistentClient(path=str(folder / "chroma"), settings=Settings(anonymized_telemetry=False))


def write_ways(folder: Path, passages: Sequence[Passage], vectors: Vectors) -> None:
    """Store each passage's vectors, in store order, under ids that begin with the passage's id."""
    collection = _client(folder).create_collection(_NAME, configuration={"hnsw": {"space": "cosine", "ef_search": 200}}, embedding_function=None)
    ids: list[str] = []
    metadatas: list[dict[str, Any]] = []
    for passage in passages:
        metadata = {"source_id": passage.source_id, **{f"sector_{sector}": True for sector in passage.sectors}}
        names = [passage.id, *(f"{passage.id}#s{n}" for n in range(len(passage.sentences))), *(f"{passage.id}#a{n}" for n in range(len(passage.asks)))]
        ids += names
        metadatas += [metadata] * len(names)
    for start in range(0, len(ids), _BATCH):
        stop = start + _BATCH
        collection.add(ids=ids[start:stop], embeddings=vectors[start:stop], metadatas=metadatas[start:stop])


class Ways:
    """Searches one version's vectors."""

    def __init__(self, folder: Path):
        self._client = _client(folder)
        self._collection = self._client.get_collection(_NAME, embedding_function=None)
        self._count = self._collection.count()

    def nearest(self, vectors: Vectors, k: int, source_ids: Sequence[str] | None = None, sector: str | None = None) -> list[str]:
        """Ids of the passages that the `k` vectors nearest to each row of `vectors` lead to, each once."""
        conditions: list[dict[str, Any]] = []
        if source_ids is not None:
            conditions.append({"source_id": {"$in": list(source_ids)}})
        if sector is not None:
            conditions.append({"$or": [{"sector_all": True}, {f"sector_{sector}": True}]})
        where = None if not conditions else conditions[0] if len(conditions) == 1 else {"$and": conditions}
        found = self._collection.query(query_embeddings=list(vectors), n_results=min(k, self._count), where=where, include=["distances"])
        return list(dict.fromkeys(identifier.partition("#")[0] for ids in found["ids"] for identifier in ids))
