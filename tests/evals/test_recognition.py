"""Scoring what is recognised of scope."""

import json

from evals.questions import Utterance, load_utterances
from evals.recognition import Reading, read, recognition_misses, recognition_scores
from evals.scoring import Score

ONE = Utterance.model_validate({"id": "one", "split": "dev", "text": "I'm a librarian in Wales.", "scope": {"sector": "libraries", "nation": "wales"}})
TWO = Utterance.model_validate({"id": "two", "split": "dev", "text": "What is a mutual?", "scope": {}})
THREE = Utterance.model_validate({"id": "three", "split": "dev", "text": "Well?", "scope": {"sector": "fire"}})
READINGS = [Reading(ONE, {"sector": "libraries", "nation": "scotland"}), Reading(TWO, {}), Reading(THREE, {})]


def means(scores: dict[str, Score]) -> dict[str, tuple[float, int]]:
    return {name: (each.mean, each.cases) for name, each in scores.items() if each.cases}


def test_nothing_read_scores_nothing() -> None:
    assert means(recognition_scores([])) == {}
    assert recognition_misses([]) == ""


def test_an_utterance_is_right_only_as_a_whole_and_each_field_has_precision_and_recall() -> None:
    assert means(recognition_scores(READINGS)) == {
        "scope recognised": (0.3333, 3),
        "sector precision": (1.0, 1),
        "sector recall": (0.5, 2),
        "nation precision": (0.0, 1),
        "nation recall": (0.0, 1),
    }


def test_misses_are_told_for_a_person() -> None:
    assert recognition_misses(READINGS) == (
        "\n## one: scope\n\n**Said:** I'm a librarian in Wales.\n\n**Wanted:** sector libraries, nation wales\n\n"
        "**Recognised:** sector libraries, nation scotland\n"
        "\n## three: scope\n\n**Said:** Well?\n\n**Wanted:** sector fire\n\n**Recognised:** nothing\n"
    )


def test_the_product_reads_an_utterance_as_an_annotation_would_have_it() -> None:
    assert [reading.told for reading in read([ONE, TWO])] == [{"sector": "libraries", "nation": "wales", "audience": "staff"}, {}]


def test_the_scope_of_the_dev_utterances_is_recognised() -> None:
    dev = [utterance for utterance in load_utterances() if utterance.split == "dev"]
    wrong = [json.dumps([reading.utterance.id, reading.told]) for reading in read(dev) if not reading.exact]
    assert wrong == []
