"""The common way to search documents: whole notes cut into chunks of 1,024 tokens, embedded, and ranked by cosine, all by llama-index as it comes."""

from collections.abc import Sequence
from dataclasses import dataclass

from llama_index.core import VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.node_parser.text.utils import split_by_sentence_tokenizer_internal
from llama_index.core.schema import Document, TextNode
from nltk.tokenize import PunktSentenceTokenizer  # type: ignore[import-untyped]

from evals.metrics import DEPTH, Found
from index.embedding import Embedder
from index.passages import Passage

CHUNK_TOKENS = 1_024


@dataclass(frozen=True)
class Chunk:
    """A stretch of text that was found, and every place in it."""

    text: str
    places: tuple[Found, ...]


def place_of(passage: Passage) -> Found:
    """Where a passage stands, with the locators of its sentences."""
    locators = (passage.locator, *(sentence.locator for sentence in passage.sentences))
    return Found(passage_id=passage.id, source_id=passage.source_id, locators=locators)


class Embedding(BaseEmbedding):  # type: ignore[misc]  # the library ships no types here
    """Our embedding model, as llama-index asks for it."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder):
        super().__init__(model_name=embedder.name)
        self._embedder = embedder

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [[float(value) for value in row] for row in self._embedder.encode(texts)]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


@dataclass(frozen=True)
class _Whole:
    """A whole document, and where in its text each of its passages starts and ends."""

    text: str
    spans: tuple[tuple[int, int, Found], ...]


def find_chunks(passages: Sequence[Passage], questions: Sequence[str], embedder: Embedder) -> list[list[Chunk]]:
    """For each question the ten best chunks, by an in-memory `VectorStoreIndex` over the whole documents that the passages come from.

    A chunk has a place for each passage that it overlaps. At nine passages or so to a chunk this flatters the method: it finds a place by finding any
    text around it. On the other hand the bundled model reads only the first 256 word pieces of a chunk.
    """
    wholes = _documents(passages)
    splitter = SentenceSplitter(chunk_size=CHUNK_TOKENS, chunking_tokenizer_fn=_sentences)
    nodes = splitter.get_nodes_from_documents([Document(id_=name, text=whole.text) for name, whole in wholes.items()])
    retriever = VectorStoreIndex(nodes, embed_model=Embedding(embedder)).as_retriever(similarity_top_k=DEPTH)
    chunks = {node.node_id: _chunk(node, wholes[node.ref_doc_id]) for node in nodes}
    return [[chunks[found.node.node_id] for found in retriever.retrieve(question)] for question in questions]


def _sentences(text: str) -> list[str]:
    """As the splitter cuts sentences by default, without the list of stop words that it opens on the way and never uses: nltk refuses to read that
    file where an installer has linked it into place."""
    return list(split_by_sentence_tokenizer_internal(text, PunktSentenceTokenizer()))


def _documents(passages: Sequence[Passage]) -> dict[str, _Whole]:
    """The documents by id, each put together from its passages: title, then each heading and text."""
    texts: dict[str, str] = {}
    spans: dict[str, list[tuple[int, int, Found]]] = {}
    for passage in passages:
        name = passage.document_id
        before = texts.get(name, passage.heading_path[0])
        start = len(before) + 2
        texts[name] = f"{before}\n\n{passage.heading_path[-1]}\n{passage.text}"
        spans.setdefault(name, []).append((start, len(texts[name]), place_of(passage)))
    return {name: _Whole(text, tuple(spans[name])) for name, text in texts.items()}


def _chunk(node: TextNode, whole: _Whole) -> Chunk:
    start, end = node.start_char_idx, node.end_char_idx
    return Chunk(node.text, tuple(place for first, last, place in whole.spans if first < end and start < last))
