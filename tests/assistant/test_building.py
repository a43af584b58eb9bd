"""Building: the body of an answer from chosen sentences, and of a non-answer from what stands nearest."""

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace

import pytest

from assistant.answers import AnswerSentence, Body, Notice, Outcome
from assistant.building import NOT_COVERED, OUT_OF_SCOPE, BodyBuilder, _in_list
from assistant.citing import cite
from assistant.lines import Line
from corpus.sections import Role
from index.embedding import SentenceEmbedder
from index.live import LiveIndex, OpenIndex
from index.passages import Passage
from index.retrieval import Hit, Query, read_query, search
from index.versions import Versions

TODAY = date(2026, 11, 22)
INDEPENDENT = "“The Report of 2012” is an independent report. What it recommends is not government policy."
HISTORIC = "“The Report of 2012” (June 2012) is historic: it describes the position at its time."


@pytest.fixture
def index(small_index: Versions) -> OpenIndex:
    return LiveIndex(small_index).current()


@pytest.fixture
def builder(index: OpenIndex) -> BodyBuilder:
    return BodyBuilder(index, TODAY, TODAY)


@pytest.fixture
def query(index: OpenIndex, embedder: SentenceEmbedder) -> Query:
    return read_query("Is there an appeal?", index, embedder)


@pytest.fixture
def hits(query: Query, index: OpenIndex) -> list[Hit]:
    return search(query, index)


def chosen(hits: Sequence[Hit], ending: str, *numbers: int) -> list[Line]:
    passage = next(each.passage for each in hits if each.passage.id.endswith(ending))
    return [Line(passage.quote(number), ((passage, number),)) for number in numbers]


def asks(hits: Sequence[Hit], *but: str) -> list[str]:
    return [hit.passage.asks[0] for hit in hits if not hit.passage.id.endswith(but)]


def test_an_answer_numbers_its_sentences_and_citations_from_one(builder: BodyBuilder, index: OpenIndex, hits: list[Hit]) -> None:
    passed = [*chosen(hits, "recommendation-2", 3), *chosen(hits, "reserved-now", 0)]
    report, act = (line.rests_on[0][0] for line in passed)
    assert builder.answered(hits, passed) == Body(
        outcome=Outcome.ANSWERED,
        text=(
            "The Taskforce recommended that the route should name a person to whom staff can appeal. [1] "
            "Since 1 April 2020 the New Act has allowed a contract to be reserved for a mutual for up to five years. [2]"
        ),
        sentences=[
            AnswerSentence(text="The Taskforce recommended that the route should name a person to whom staff can appeal.", citations=[1]),
            AnswerSentence(text="Since 1 April 2020 the New Act has allowed a contract to be reserved for a mutual for up to five years.", citations=[2]),
        ],
        citations=[
            cite(1, report, 3, index.store, TODAY),
            cite(2, act, 0, index.store, TODAY),
        ],
        notices=[Notice(kind="authority", text=INDEPENDENT, citations=[1]), Notice(kind="standing", text=HISTORIC, citations=[1])],
        suggestions=asks(hits, "recommendation-2", "reserved-now"),
    )


def test_a_list_is_told_as_one(builder: BodyBuilder, hits: list[Hit]) -> None:
    assert builder.answered(hits, chosen(hits, "recommendation-2", 1, 2, 3)).text == (
        "The Taskforce recommended that the route should contain two things: [1]\n\n"
        "- The Taskforce recommended that the route should tell staff how to use their right. [2]\n"
        "- The Taskforce recommended that the route should name a person to whom staff can appeal. [3]"
    )


def test_an_answer_for_another_day_says_so(index: OpenIndex, hits: list[Hit]) -> None:
    body = BodyBuilder(index, date(2015, 1, 1), TODAY).answered(hits, chosen(hits, "reserved-before", 0))
    assert body.notices == [Notice(kind="as_of", text="Standing is given as at 1 January 2015.")]
    assert [citation.standing for citation in body.citations] == ["in_force"]


def test_out_of_scope_shows_nothing(builder: BodyBuilder, query: Query, hits: list[Hit]) -> None:
    assert builder.unanswered(query, hits, [], scoped=False) == Body(outcome=Outcome.OUT_OF_SCOPE, text=OUT_OF_SCOPE)


def nearest(passage: Passage, number: int, quote: str, index: OpenIndex) -> dict[str, object]:
    sentence = next(n for n in range(len(passage.sentences)) if passage.quote(n) == quote)
    return cite(number, passage, sentence, index.store, TODAY).model_dump()


def test_not_covered_shows_the_nearest_guidance_beside_it(builder: BodyBuilder, query: Query, hits: list[Hit], index: OpenIndex) -> None:
    body = builder.unanswered(query, hits, [], scoped=True)
    related = body.related
    assert body == Body(outcome=Outcome.NOT_COVERED, text=NOT_COVERED, related=related, suggestions=asks(hits))
    assert [place.model_dump() for place in related] == [
        nearest(hit.passage, number, place.quote, index) for number, (hit, place) in enumerate(zip(hits, related, strict=True), start=1)
    ]
    assert related[0].quote == "The Taskforce recommended that the route should name a person to whom staff can appeal."


@pytest.mark.parametrize("scoped", [True, False])
def test_a_place_the_library_does_not_hold_is_named(builder: BodyBuilder, query: Query, hits: list[Hit], scoped: bool) -> None:
    body = builder.unanswered(query, hits, ["recommendation 23", "s 99(1)"], scoped)
    assert (body.outcome, body.citations, body.notices) == (
        Outcome.NOT_COVERED,
        [],
        [
            Notice(kind="place", text="The library holds nothing at Recommendation 23."),
            Notice(kind="place", text="The library holds nothing at section 99(1)."),
        ],
    )


def test_nothing_found_is_told_without_nearest_guidance(builder: BodyBuilder, query: Query) -> None:
    assert builder.unanswered(query, [], [], scoped=True) == Body(outcome=Outcome.NOT_COVERED, text=NOT_COVERED)


def test_a_line_names_every_place_that_it_rests_on_and_a_place_has_one_number(builder: BodyBuilder, index: OpenIndex, hits: list[Hit]) -> None:
    [appeal], [act] = chosen(hits, "recommendation-2", 3), chosen(hits, "reserved-now", 0)
    (report, _), (rules, _) = appeal.rests_on[0], act.rests_on[0]
    lines = [Line("Both were said.", (*act.rests_on, *appeal.rests_on, *act.rests_on)), appeal, Line("A rule was made.", act.rests_on)]
    sentences = [
        AnswerSentence(text="Both were said.", citations=[1, 2]),
        AnswerSentence(text=appeal.text, citations=[2]),
        AnswerSentence(text="A rule was made.", citations=[1]),
    ]
    assert builder.cited(lines) == (sentences, [cite(1, rules, 0, index.store, TODAY), cite(2, report, 3, index.store, TODAY)])


def test_an_item_in_other_words_is_none_of_the_list(builder: BodyBuilder, hits: list[Hit]) -> None:
    items = chosen(hits, "recommendation-2", 2, 3)
    assert builder.answered(hits, [items[0], Line("A person should be named.", items[1].rests_on)]).text == (
        "The Taskforce recommended that the route should tell staff how to use their right. [1] A person should be named. [2]"
    )


@pytest.mark.parametrize(
    ("told", "listed"),
    [
        ([("a", Role.ITEM)], [False]),
        ([("a", Role.ITEM), ("a", Role.ITEM)], [True, True]),
        ([("a", Role.LEAD_IN), ("a", Role.ITEM), ("a", Role.ITEM)], [False, True, True]),
        ([("a", Role.ITEM), ("b", Role.ITEM)], [False, False]),
        ([("a", Role.ITEM), ("a", Role.ITEM), ("b", Role.ITEM)], [True, True, False]),
        ([("a", Role.ITEM), ("a", Role.PROSE), ("a", Role.ITEM)], [False, False, False]),
    ],
)
def test_only_neighbours_of_one_list_are_told_as_a_list(told: list[tuple[str, Role]], listed: list[bool]) -> None:
    lines = [SimpleNamespace(list_of=passage if role is Role.ITEM else None) for passage, role in told]
    assert [_in_list(lines, number) for number in range(len(lines))] == listed  # type: ignore[arg-type]
