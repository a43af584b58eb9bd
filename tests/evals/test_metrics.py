"""Metrics on cases made by hand, with the whole number each must give."""

from collections.abc import Sequence
from typing import Any

import pytest

from assistant.answers import Answer
from evals import metrics
from evals.metrics import Case
from evals.questions import Question

ANSWERABLE = Question.model_validate(
    {
        "id": "one",
        "split": "dev",
        "topic": "t",
        "role": "staff",
        "kind": "direct",
        "question": "How long?",
        "answerable": True,
        "facts": ["five years", "section 33", r"\bnever\b"],
        "gold": [{"source": "act", "locator": "s. 33"}, {"source": "report", "locator": "Recommendation 2"}],
    }
)
UNANSWERABLE = ANSWERABLE.model_copy(update={"answerable": False, "facts": (), "gold": ()})


def answer(outcome: str, sentences: Sequence[tuple[str, list[int]]] = (), places: Sequence[tuple[str, str, str]] = ()) -> Answer:
    """An answer of sentences with their citation numbers, and of cited places: source, locator, quote."""
    return Answer.model_validate(
        {
            "outcome": outcome,
            "text": "",
            "sentences": [{"text": text, "citations": numbers} for text, numbers in sentences],
            "citations": [
                {
                    "number": number,
                    "passage_id": "p",
                    "source_id": source,
                    "title": "",
                    "publisher": "",
                    "published": "",
                    "authority": "statute",
                    "standing": "in_force",
                    "superseded_by": [],
                    "locator": locator,
                    "url": None,
                    "quote": quote,
                }
                for number, (source, locator, quote) in enumerate(places, start=1)
            ],
            "answer_id": "a",
            "conversation_id": "c",
            "question": "q",
            "standalone_question": "q",
            "engine": "extractive",
            "confidence": 0.5,
            "timings_ms": {},
        }
    )


def case(question: Question, given: Answer, found: Sequence[tuple[str, Sequence[str]]] = (), gate_failures: int = 0) -> Case:
    return Case(question, given, found, gate_failures)


FULL = answer(
    "answered",
    [("Section 33 allows up to FIVE years.", [1]), ("It must not be longer.", [2])],
    [("act", "s. 33(2)", "Section 33 allows up to FIVE years."), ("notes", "para 4", "It must not be longer.")],
)
SILENT = answer("not_covered")
ALL: dict[str, Any] = {
    "hit_at_1": lambda each: metrics.hit_at(each, 1),
    "hit_at_3": lambda each: metrics.hit_at(each, 3),
    "fact_recall": metrics.fact_recall,
    "citation_present": metrics.citation_present,
    "citation_correct": metrics.citation_correct,
    "abstained_rightly": metrics.abstained_rightly,
    "refused_wrongly": metrics.refused_wrongly,
    "gate_passed": metrics.gate_passed,
    "answer_words": metrics.answer_words,
}


@pytest.mark.parametrize(
    ("each", "numbers"),
    [
        (
            case(ANSWERABLE, FULL, [("notes", ["para 4"]), ("act", ["s. 33(2)", "s. 33"])]),
            {
                "hit_at_1": 0.0,
                "hit_at_3": 1.0,
                "fact_recall": 2 / 3,
                "citation_present": 1.0,
                "citation_correct": 1.0,
                "abstained_rightly": None,
                "refused_wrongly": 0.0,
                "gate_passed": 1.0,
                "answer_words": 12.0,
            },
        ),
        (
            case(ANSWERABLE, SILENT),
            {
                "hit_at_1": 0.0,
                "hit_at_3": 0.0,
                "fact_recall": 0.0,
                "citation_present": 0.0,
                "citation_correct": None,
                "abstained_rightly": None,
                "refused_wrongly": 1.0,
                "gate_passed": None,
                "answer_words": None,
            },
        ),
        (
            case(UNANSWERABLE, SILENT, [("act", ["s. 33"])]),
            {
                "hit_at_1": None,
                "hit_at_3": None,
                "fact_recall": None,
                "citation_present": None,
                "citation_correct": None,
                "abstained_rightly": 1.0,
                "refused_wrongly": None,
                "gate_passed": None,
                "answer_words": None,
            },
        ),
        (
            case(UNANSWERABLE, FULL, gate_failures=1),
            {
                "hit_at_1": None,
                "hit_at_3": None,
                "fact_recall": None,
                "citation_present": None,
                "citation_correct": 1.0,
                "abstained_rightly": 0.0,
                "refused_wrongly": None,
                "gate_passed": 0.0,
                "answer_words": 12.0,
            },
        ),
    ],
    ids=["answered", "refused", "rightly silent", "wrongly answered"],
)
def test_every_metric_of_a_case(each: Case, numbers: dict[str, float | None]) -> None:
    assert {name: metric(each) for name, metric in ALL.items()} == pytest.approx(numbers)


@pytest.mark.parametrize(("k", "hit"), [(0, 0.0), (1, 0.0), (2, 0.0), (3, 1.0), (9, 1.0)])
def test_a_hit_counts_from_its_rank_on(k: int, hit: float) -> None:
    found = [("act", ["s. 3"]), ("report", ["Recommendation 22"]), ("report", ["Chapter 3", "Recommendation 2(ii)"])]
    assert metrics.hit_at(case(ANSWERABLE, SILENT, found), k) == hit


@pytest.mark.parametrize(
    ("texts", "recall"),
    [([], 0.0), (["Nothing."], 0.0), (["FIVE YEARS"], 1 / 3), (["Five", "years."], 1 / 3), (["Under Section 33: never over five years."], 1.0)],
)
def test_facts_are_sought_over_the_sentences_together_whatever_their_case(texts: list[str], recall: float) -> None:
    assert metrics.fact_recall(case(ANSWERABLE, answer("answered", [(text, []) for text in texts]))) == pytest.approx(recall)


@pytest.mark.parametrize(
    ("numbers", "quotes", "share"),
    [
        ([[1], [2]], ["A.", "B."], 1.0),
        ([[1], [1]], ["A. B."], 1.0),
        ([[1], [2]], ["A.", "Not b."], 0.5),
        ([[1, 2], [2]], ["A.", "B."], 0.5),
        ([[], [2]], ["A.", "B."], 0.5),
        ([[9], [2]], ["A.", "B."], 0.5),
        ([[], []], [], 0.0),
    ],
)
def test_a_citation_is_correct_where_every_quote_holds_the_sentence(numbers: list[list[int]], quotes: list[str], share: float) -> None:
    given = answer("answered", [("A.", numbers[0]), ("B.", numbers[1])], [("act", "s. 1", quote) for quote in quotes])
    assert metrics.citation_correct(case(ANSWERABLE, given)) == share


def test_a_citation_shown_without_an_answer_is_no_right_abstention() -> None:
    assert metrics.abstained_rightly(case(UNANSWERABLE, answer("not_covered", [], [("act", "s. 33", "x")]))) == 0.0


@pytest.mark.parametrize(
    ("outcome", "refused"), [("answered", 0.0), ("partial", 0.0), ("clarify", 1.0), ("not_covered", 1.0), ("out_of_scope", 1.0), ("refused", 1.0)]
)
def test_only_an_answer_whole_or_partial_is_no_refusal(outcome: str, refused: float) -> None:
    assert metrics.refused_wrongly(case(ANSWERABLE, answer(outcome))) == refused
