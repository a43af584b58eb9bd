"""Asking back, as rarely as can be."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.answers import Choice, Clarify, Scope
from assistant.clarifying import clarification
from index.embedding import SentenceEmbedder
from index.live import LiveIndex
from index.retrieval import Hit, read_query, search
from index.store import PassageStore
from index.versions import Versions

QUESTION = "Which pension would we get?"


@pytest.fixture
def store(small_index: Versions) -> PassageStore:
    return LiveIndex(small_index).current().store


@pytest.fixture
def hits(small_index: Versions, embedder: SentenceEmbedder) -> list[Hit]:
    index = LiveIndex(small_index).current()
    return search(read_query("How long can a reserved contract last?", index, embedder), index)


def made(hits: Sequence[Hit], *told: tuple[float, tuple[str, ...]], sources: Sequence[str] = ("new-act",) * 3) -> list[Hit]:
    """Hits of these scores and sectors."""
    found = []
    for hit, (score, sectors), source in zip(hits, told, sources, strict=False):
        passage = hit.passage.model_copy(update={"sectors": sectors, "source_id": source})
        found.append(replace(hit, record=replace(hit.record, passage=passage), score=score))
    return found


APART = ((0.9, ("youth",)), (0.85, ("schools", "libraries")))


def test_the_services_of_what_would_answer_are_the_choices(hits: list[Hit], store: PassageStore) -> None:
    choices = [Choice(value="youth", label="Youth services"), Choice(value="schools", label="Schools"), Choice(value="libraries", label="Libraries")]
    wanted = Clarify(question="The answer differs between services. Which do you work in?", field="sector", choices=choices)
    assert clarification(made(hits, *APART), Scope(), QUESTION, store) == wanted


def test_no_more_than_five_choices_are_given_of_each_hit_in_turn(hits: list[Hit], store: PassageStore) -> None:
    many = made(hits, (0.9, ("youth", "fire", "police")), (0.89, ("schools", "libraries", "housing")))
    asked = clarification(many, Scope(), QUESTION, store)
    assert asked is not None
    assert [each.value for each in asked.choices] == ["youth", "schools", "fire", "libraries", "police"]


def test_the_nations_of_what_would_answer_are_the_choices(hits: list[Hit], store: PassageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = dict(store.sources)
    sources["new-act"] = sources["new-act"].model_copy(update={"extent": "Wales"})
    monkeypatch.setattr(store, "sources", sources)
    found = made(hits, (0.9, ("all",)), (0.85, ("all",)), sources=("report-2012", "new-act"))
    choices = [Choice(value="england", label="England"), Choice(value="wales", label="Wales")]
    wanted = Clarify(question="The answer differs between the nations of the UK. Where is your service?", field="nation", choices=choices)
    assert clarification(found, Scope(), QUESTION, store) == wanted
    assert clarification(found, Scope(nation="wales"), QUESTION, store) is None


@pytest.mark.parametrize(
    ("told", "scope", "question"),
    [
        ((), Scope(), QUESTION),
        (APART[:1], Scope(), QUESTION),
        (((0.9, ("youth",)), (0.5, ("schools",))), Scope(), QUESTION),
        (((0.9, ("youth",)), (0.9, ("schools", "all"))), Scope(), QUESTION),
        (((0.9, ("youth",)), (0.9, ("youth", "schools"))), Scope(), QUESTION),
        (APART, Scope(sector="fire"), QUESTION),
        (APART, Scope(), "I'm a firefighter. Which pension would we get?"),
        (APART, Scope(), "Which pensions are there?"),
        (APART, Scope(), "Which pension did we get in 2012?"),
        (APART, Scope(), "What does section 33 give us?"),
    ],
    ids=["no hits", "one hit", "a clear best", "one for all", "something in common", "scope given", "service told", "not their own", "the past", "a place"],
)
def test_nothing_is_asked_that_need_not_be(
    hits: list[Hit], store: PassageStore, told: tuple[tuple[float, tuple[str, ...]], ...], scope: Scope, question: str
) -> None:
    assert clarification(made(hits, *told), scope, question, store) is None
