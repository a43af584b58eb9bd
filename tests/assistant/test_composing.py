"""Composing: whole lists in order, nothing twice, the best sentence first."""

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

import pytest

from assistant.composing import Candidate, compose
from assistant.services import Services
from assistant.understanding import Kind, question_kind
from corpus.sections import Role
from evals.questions import Question, load_questions
from index.embedding import SentenceEmbedder
from index.live import LiveIndex, OpenIndex
from index.passages import Passage
from index.retrieval import Hit, read_query, search
from index.versions import Versions

LEAD_IN = "The Taskforce recommended that the route should contain two things:"
ITEMS = [
    "The Taskforce recommended that the route should tell staff how to use their right.",
    "The Taskforce recommended that the route should name a person to whom staff can appeal.",
]
BEFORE = "Under the Old Regulations 2010 a reserved contract could last no longer than three years."
NOW = "Since 1 April 2020 the New Act has allowed a contract to be reserved for a mutual for up to five years."


@pytest.fixture
def index(small_index: Versions) -> OpenIndex:
    return LiveIndex(small_index).current()


def composed(question: str, index: OpenIndex, embedder: SentenceEmbedder, hits: Sequence[Hit] | None = None, kind: Kind | None = None) -> list[Candidate]:
    query = read_query(question, index, embedder)
    return compose(query, kind or question_kind(question), search(query, index) if hits is None else hits, index.keywords)


def texts(candidates: Sequence[Candidate]) -> list[str]:
    return [candidate.text for candidate in candidates]


def test_a_list_question_brings_the_lead_in_and_every_item_in_order(index: OpenIndex, embedder: SentenceEmbedder) -> None:
    assert texts(composed("What things should the route contain?", index, embedder))[:3] == [LEAD_IN, *ITEMS]


def test_a_question_for_one_item_of_a_short_list_brings_it_with_its_list(index: OpenIndex, embedder: SentenceEmbedder) -> None:
    told = texts(composed("Who is the person to whom staff can appeal?", index, embedder))
    assert told[told.index(LEAD_IN) :][:3] == [LEAD_IN, *ITEMS]


def test_the_sentence_nearest_to_the_question_comes_first(index: OpenIndex, embedder: SentenceEmbedder) -> None:
    assert texts(composed("How long could a reserved contract last under the Old Regulations 2010?", index, embedder))[0] == BEFORE
    assert texts(composed("Since when has the New Act allowed a reserved contract?", index, embedder))[0] == NOW


def test_one_passage_is_enough(index: OpenIndex, embedder: SentenceEmbedder) -> None:
    query = read_query("How long could a reserved contract last under the Old Regulations 2010?", index, embedder)
    hits = search(query, index, k=1)
    assert texts(composed(query.question, index, embedder, hits)) == [BEFORE]


def test_a_candidate_knows_its_place(index: OpenIndex, embedder: SentenceEmbedder) -> None:
    best = composed("How long could a reserved contract last under the Old Regulations 2010?", index, embedder)[0]
    assert (best.passage.id.endswith("reserved-before"), best.number, best.sentence, best.text) == (True, 0, best.passage.sentences[0], BEFORE)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_question_is_composed(index: OpenIndex, embedder: SentenceEmbedder, kind: Kind) -> None:
    assert texts(composed("What should the route contain?", index, embedder, kind=kind))


def assert_sound(chosen: Sequence[Candidate]) -> None:
    """Nothing is told twice; a lead-in is followed by its whole list; two items of a list are not told without the rest of it."""
    places = [candidate.place for candidate in chosen]
    assert len(places) == len(set(places)) > 0
    for number, candidate in enumerate(chosen):
        if candidate.sentence.role is Role.LEAD_IN:
            whole = list_under(candidate.passage, candidate.number)
            assert places[number + 1 : number + 1 + len(whole)] == whole
    alone = Counter(lead_in_of(c.passage, c.number) for c in chosen if c.sentence.role is Role.ITEM and lead_in_of(c.passage, c.number) not in places)
    assert [place for place, count in alone.items() if place and count > 1] == []


def list_under(passage: Passage, lead_in: int) -> list[tuple[str, int]]:
    following = takewhile(lambda number: passage.sentences[number].role is Role.ITEM, range(lead_in + 1, len(passage.sentences)))
    return [(passage.id, number) for number in following]


def lead_in_of(passage: Passage, item: int) -> tuple[str, int] | None:
    before = next(number for number in range(item, -1, -1) if passage.sentences[number].role is not Role.ITEM or number == 0)
    return (passage.id, before) if passage.sentences[before].role is Role.LEAD_IN else None


@pytest.mark.parametrize("question", ["What should the route contain?", "reserved contracts", "appeal", "What does Recommendation 2 say?", "zzz", "?"])
def test_the_answer_is_sound(index: OpenIndex, embedder: SentenceEmbedder, question: str) -> None:
    assert_sound(composed(question, index, embedder))


@pytest.mark.parametrize("question", load_questions()[::6], ids=lambda question: question.id)
def test_answers_from_the_bundled_library_are_sound(services: Services, embedder: SentenceEmbedder, question: Question) -> None:
    index = services.live.current()
    assert_sound(composed(question.question, index, embedder))


def test_a_finding_on_the_matter_has_the_last_word(services: Services) -> None:
    answer = services.ask.ask("Who can I go to if my employer won't engage with our spin-out proposal?")
    assert [(citation.source_id, citation.locator) for citation in answer.citations[:1] + answer.citations[-1:]] == [
        ("mutuals-taskforce-2012", "Recommendation 2(ii)"),
        ("library-search-2026", "Search finding B3"),
    ]
    assert answer.sentences[-1].text.startswith("No escalation point")
