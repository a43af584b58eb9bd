"""The patterns of scope: read whole, and true to the product's vocabularies."""

from typing import get_args

from assistant.answers import Nation, Stage
from assistant.scope_patterns import scope_patterns
from corpus.words import Audience, Sector


def names(patterns: tuple[tuple[str, object], ...]) -> set[str]:
    return {name for name, _ in patterns}


def test_every_name_is_one_of_the_vocabularies() -> None:
    patterns = scope_patterns()
    sectors = set(get_args(Sector)) - {"all"}
    assert names(patterns.sectors) | names(patterns.employers) == sectors
    assert names(patterns.stages) == set(get_args(Stage))
    assert names(patterns.nations) == set(get_args(Nation))
    assert names(patterns.audiences) == set(get_args(Audience))
    assert names(patterns.days) == {"days", "days_before"}


def test_one_slip_is_mended_and_two_are_not() -> None:
    mended = scope_patterns().mended
    slips = ["libarry", "librry", "libraryy", "libraty", "lbrray", "library"]
    assert [mended.get(slip) for slip in slips] == ["library", "library", "library", "library", None, None]
