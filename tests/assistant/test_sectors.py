"""The sectors in words."""

from typing import get_args

from assistant.sectors import SECTOR_WORDS, label_of, within_a_sentence
from corpus.words import Sector


def test_every_sector_has_words() -> None:
    assert set(SECTOR_WORDS) == set(get_args(Sector))


def test_labels_and_words_within_a_sentence() -> None:
    assert [label_of("youth"), within_a_sentence("youth"), within_a_sentence("nhs_trust")] == ["Youth services", "youth services", "NHS trusts"]
