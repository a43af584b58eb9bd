"""The llama-index baseline: documents put together from passages, cut as that library cuts them, and every chunk mapped back to its places."""

import asyncio
from pathlib import Path

import nltk
import pytest
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.node_parser.text import utils
from llama_index.core.utils import GlobalsHelper
from small import BEFORE, NOW, ROUTE

from evals import chunks
from evals.chunks import Chunk, Embedding, find_chunks, place_of
from evals.metrics import Found
from index.embedding import SentenceEmbedder
from index.live import LiveIndex
from index.passages import Passage
from index.versions import Versions


@pytest.fixture(scope="module")
def passages(small_index: Versions) -> list[Passage]:
    return list(LiveIndex(small_index).current().store.all_passages())


def test_a_place_has_the_locators_of_the_passage_and_of_its_sentences(passages: list[Passage]) -> None:
    locators = ("Recommendation 2", "Recommendation 2", "Recommendation 2", "Recommendation 2(i)", "Recommendation 2(ii)")
    assert place_of(passages[0]) == Found(passage_id=ROUTE, source_id="report-2012", locators=locators)


def test_a_short_note_is_one_chunk_with_every_place_and_no_ask(passages: list[Passage], embedder: SentenceEmbedder) -> None:
    text = "A small note" + "".join(f"\n\n{passage.heading_path[-1]}\n{passage.text}" for passage in passages)
    whole = Chunk(text, tuple(place_of(passage) for passage in passages))
    assert find_chunks(passages, ["How long?", "Who?"], embedder) == [[whole], [whole]]
    assert not any(ask in text for passage in passages for ask in passage.asks)


def test_no_question_finds_nothing(passages: list[Passage], embedder: SentenceEmbedder) -> None:
    assert find_chunks(passages, [], embedder) == []


def test_chunks_cover_a_long_note_and_each_has_the_places_it_overlaps(
    passages: list[Passage], embedder: SentenceEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chunks of at most 80 tokens with some overlap: the nearest to each question comes first, and together they hold every passage."""
    monkeypatch.setattr(chunks, "SentenceSplitter", lambda **given: SentenceSplitter(**{**given, "chunk_size": 80, "chunk_overlap": 10}))
    (old, new) = find_chunks(passages, ["What did the old regulations of 2010 say?", "What does the New Act say of five years?"], embedder)
    assert len(old) > 2
    assert {chunk.text for chunk in old} == {chunk.text for chunk in new}
    assert {place.passage_id for chunk in old for place in chunk.places} == {ROUTE, BEFORE, NOW}
    texts = {passage.id: passage for passage in passages}
    for chunk in old:
        for passage_id in (ROUTE, BEFORE, NOW):
            held = any(texts[passage_id].quote(number) in chunk.text for number in range(len(texts[passage_id].sentences)))
            assert not held or passage_id in {place.passage_id for place in chunk.places}
    assert BEFORE in {place.passage_id for place in old[0].places}
    assert NOW in {place.passage_id for place in new[0].places}


def test_documents_are_kept_apart(passages: list[Passage], embedder: SentenceEmbedder) -> None:
    other = passages[2].model_copy(update={"document_id": "other", "heading_path": ("Another note", "Now")})
    found = find_chunks([*passages[:2], other], ["What does the New Act allow?"], embedder)[0]
    assert sorted([place.passage_id for place in chunk.places] for chunk in found) == [[ROUTE, BEFORE], [NOW]]
    assert next(chunk.text for chunk in found if len(chunk.places) == 1) == f"Another note\n\nNow\n{other.text}"


def test_sentences_are_cut_as_the_library_cuts_them_by_default(passages: list[Passage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own cutter is given copies of the files that it opens, since it may refuse those that were installed as links."""
    for name in ("corpora/stopwords/english", "tokenizers/punkt_tab/english/collocations.tab"):
        copy = tmp_path / name
        copy.parent.mkdir(parents=True)
        copy.write_text("the\n", encoding="utf-8")
    monkeypatch.setenv("NLTK_DATA", str(tmp_path))
    monkeypatch.setattr(nltk.data, "path", [str(tmp_path)])
    monkeypatch.setattr(nltk.corpus, "stopwords", nltk.corpus.util.LazyCorpusLoader("stopwords", nltk.corpus.reader.WordListCorpusReader, "english"))
    monkeypatch.setattr(utils, "globals_helper", GlobalsHelper())
    text = " ".join(f"{passage.heading()}. {passage.text} (See e.g. s. 33.) What then? Dr. No!" for passage in passages)
    theirs = utils.split_by_sentence_tokenizer()(text)
    assert len(theirs) > 9
    assert chunks._sentences(text) == theirs
    assert "".join(theirs) == text


def test_the_embedding_is_ours(embedder: SentenceEmbedder) -> None:
    embedding = Embedding(embedder)
    one, two = embedder.encode(["one", "two"]).tolist()
    assert embedding.model_name == "all-MiniLM-L6-v2"
    assert embedding.get_text_embedding_batch(["one", "two"]) == [pytest.approx(one, abs=1e-6), pytest.approx(two, abs=1e-6)]
    assert embedding.get_query_embedding("one") == pytest.approx(one, abs=1e-6)
    assert asyncio.run(embedding.aget_query_embedding("two")) == pytest.approx(two, abs=1e-6)
