"""The index as a llama-index retriever."""

import pytest

from index.embedding import SentenceEmbedder
from index.live import LiveIndex
from index.llama import GuidanceRetriever
from index.retrieval import read_query, search
from index.versions import NoIndexError, Versions

QUESTION = "How long can a reserved contract last now?"


def test_nodes_carry_the_passages_and_their_scores(small_index: Versions, embedder: SentenceEmbedder) -> None:
    live = LiveIndex(small_index)
    hits = search(read_query(QUESTION, live.current(), embedder), live.current())
    nodes = GuidanceRetriever(live, embedder).retrieve(QUESTION)
    assert [(node.node.node_id, node.text, node.score) for node in nodes] == [(hit.passage.id, hit.passage.text, hit.score) for hit in hits]
    assert [(node.node.start_char_idx, node.node.end_char_idx) for node in nodes] == [(hit.passage.start, hit.passage.end) for hit in hits]


def test_a_nodes_metadata_tells_where_it_stands(small_index: Versions, embedder: SentenceEmbedder) -> None:
    live = LiveIndex(small_index)
    [node] = GuidanceRetriever(live, embedder, k=1).retrieve("Recommendation 2")
    passage = live.current().store.passage("small-note.recommendation-2")
    assert passage is not None
    assert node.metadata == {
        "source_id": "report-2012",
        "locators": ["Recommendation 2", "Recommendation 2", "Recommendation 2", "Recommendation 2(i)", "Recommendation 2(ii)"],
        "heading_path": ["A small note", "A clear route for staff"],
        "sha256": passage.sha256,
    }


@pytest.mark.parametrize("k", [1, 2])
def test_no_more_than_k_nodes_come(small_index: Versions, embedder: SentenceEmbedder, k: int) -> None:
    assert len(GuidanceRetriever(LiveIndex(small_index), embedder, k).retrieve(QUESTION)) == k


def test_without_an_index_it_says_so(versions: Versions, embedder: SentenceEmbedder) -> None:
    with pytest.raises(NoIndexError):
        GuidanceRetriever(LiveIndex(versions), embedder).retrieve(QUESTION)


@pytest.fixture
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    return Versions(tmp_path_factory.mktemp("none") / "index")
