"""The nations that a source's extent tells of."""

import pytest

from assistant.answers import Nation
from assistant.nations import ALL_NATIONS, named_in, nations_of, spoken_nations
from corpus.library import load_library


@pytest.mark.parametrize(
    ("extent", "nations"),
    [
        ("", set()),
        ("Southampton", set()),
        ("England", {"england"}),
        ("England (Surrey)", {"england"}),
        ("England and Wales", {"england", "wales"}),
        ("England, Wales and Northern Ireland", {"england", "wales", "northern_ireland"}),
        ("Great Britain", {"england", "wales", "scotland"}),
        ("UK", ALL_NATIONS),
        ("UK central government (not NHS trusts; others may follow)", ALL_NATIONS),
        ("UK government / England", ALL_NATIONS),
        ("UK (not devolved Scottish authorities)", {"england", "wales", "northern_ireland"}),
        ("UK (Scottish councils)", {"scotland"}),
        ("England (not devolved Welsh or Northern Ireland authorities)", {"england"}),
        ("England and Northern Ireland (Wales has its own statutory instrument)", {"england", "northern_ireland"}),
        ("Wales (the same Act applies in England)", {"wales", "england"}),
    ],
)
def test_an_extent_tells_its_nations(extent: str, nations: set[Nation]) -> None:
    assert nations_of(extent) == nations


def test_nearly_every_extent_of_the_library_is_understood() -> None:
    """What names no nation names towns and counties alone."""
    extents = {source.extent for source in load_library().sources.values()}
    assert {extent for extent in extents if not nations_of(extent)} == {"Lancashire and Cumbria pension funds", "Southampton", "Southwark", "Staffordshire"}


@pytest.mark.parametrize(
    ("text", "nations"),
    [
        ("", set()),
        ("The right does not extend to Scotland or Wales.", {"scotland", "wales"}),
        ("Welsh, Scottish and English councils", {"wales", "scotland", "england"}),
        ("In Northern Ireland, Irish law is another thing", {"northern_ireland"}),
    ],
)
def test_nations_named_in_a_text(text: str, nations: set[Nation]) -> None:
    assert named_in(text) == nations


def test_nations_are_spoken_in_a_fixed_order() -> None:
    told = [spoken_nations(frozenset(each)) for each in ((), ("wales",), ("wales", "england"), ALL_NATIONS)]
    assert told == ["", "Wales", "England and Wales", "England, Wales, Scotland and Northern Ireland"]
