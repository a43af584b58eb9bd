"""How easily sentences read."""

import pytest

from evals.readability import readability, syllables


@pytest.mark.parametrize(("word", "count"), [("a", 1), ("the", 1), ("mutual", 2), ("table", 2), ("made", 1), ("service", 2), ("2,025", 1), ("nth", 1)])
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_nothing_reads_as_nothing() -> None:
    assert readability([]) == {"words a sentence": 0.0, "Flesch reading ease": 0.0}
    assert readability(["…"]) == {"words a sentence": 0.0, "Flesch reading ease": 0.0}


def test_short_plain_sentences_read_more_easily() -> None:
    plain = readability(["The cat sat on the mat.", "It is so."])
    heavy = readability(["Organisational responsibilities necessitate comprehensive consideration of accountability."])
    assert plain == {"words a sentence": 4.5, "Flesch reading ease": 117.7}
    assert heavy["Flesch reading ease"] < 0
