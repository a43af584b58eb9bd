"""The index as a llama-index retriever, for pipelines built from that library's parts."""

from llama_index.core.callbacks import CallbackManager
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from index.embedding import Embedder
from index.live import LiveIndex
from index.retrieval import Hit, read_query, search


class GuidanceRetriever(BaseRetriever):  # type: ignore[misc]  # the library ships no types here
    """Hands out the `k` best passages of the live index as nodes; a node's id is the passage's, its metadata where it stands."""

    def __init__(self, live: LiveIndex, embedder: Embedder, k: int = 8):
        self._live = live
        self._embedder = embedder
        self._k = k
        super().__init__(callback_manager=CallbackManager([]))

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        index = self._live.current()
        hits = search(read_query(query_bundle.query_str, index, self._embedder), index, self._k)
        return [NodeWithScore(node=_node(hit), score=hit.score) for hit in hits]


def _node(hit: Hit) -> TextNode:
    passage = hit.passage
    locators = [passage.locator, *(sentence.locator for sentence in passage.sentences)]
    return TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata={"source_id": passage.source_id, "locators": locators, "heading_path": list(passage.heading_path), "sha256": passage.sha256},
    )
