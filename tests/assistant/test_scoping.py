"""Fitting what was found to the reader's sector and day."""

from datetime import date

import pytest

from assistant.answers import Scope
from assistant.scoping import OTHER_SECTOR, fitted, standing
from index.embedding import SentenceEmbedder
from index.live import LiveIndex
from index.retrieval import read_query, search
from index.versions import Versions


@pytest.mark.parametrize(("sector", "kept"), [(None, 1), ("all", 1), ("youth", 1), ("libraries", OTHER_SECTOR)])
@pytest.mark.parametrize("question", ["How long can a reserved contract last?", "What does regulation 77 say?"])
def test_a_passage_for_another_service_stands_back_unless_its_place_is_named(
    small_index: Versions, embedder: SentenceEmbedder, question: str, sector: str | None, kept: float
) -> None:
    index = LiveIndex(small_index).current()
    hits = search(read_query(question, index, embedder), index)
    assert {hit.passage.sectors for hit in hits} == {("all",), ("youth",)}
    wanted = [(hit.passage.id, hit.at_place, hit.score * (kept if hit.passage.sectors == ("youth",) else 1)) for hit in hits]
    found = [(hit.passage.id, hit.at_place, hit.score) for hit in fitted(hits, Scope.model_validate({"sector": sector}))]
    assert found == sorted(wanted, key=lambda each: -(each[1] + each[2]))


@pytest.mark.parametrize(
    ("question", "day", "sources"),
    [
        ("How long can a reserved contract last?", date(2026, 11, 22), {"new-act"}),
        ("How long can a reserved contract last?", date(2015, 1, 1), {"new-act", "old-regulations"}),
        ("How long did a reserved contract last?", date(2026, 11, 22), {"new-act", "old-regulations"}),
        ("How long can a reserved contract last under regulation 77?", date(2026, 11, 22), {"new-act", "old-regulations"}),
        ("How long could a reserved contract last in 2012?", date(2026, 11, 22), {"new-act", "old-regulations"}),
    ],
)
def test_what_was_replaced_speaks_only_for_its_time(small_index: Versions, embedder: SentenceEmbedder, question: str, day: date, sources: set[str]) -> None:
    index = LiveIndex(small_index).current()
    hits = search(read_query(question, index, embedder), index)
    found = {hit.passage.source_id for hit in standing(hits, question, index.store.sources, day)}
    assert found - {"report-2012"} == sources
