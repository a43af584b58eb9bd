"""Permanent addresses: that any id comes back from the address it is put into."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.addresses import passage_address, source_address


def test_addresses_read_plainly() -> None:
    assert source_address("pa-2023") == "/library?source=pa-2023"
    assert passage_address("note.section") == "/library?passage=note.section"
    assert passage_address("note.section", 2) == "/library?passage=note.section&sentence=2"


@pytest.mark.parametrize("identifier", ["a&b=c", "a#b", "a b", "a/b", "é", '"><script>'])
def test_what_could_mean_something_in_an_address_is_escaped(identifier: str) -> None:
    assert parse_qs(urlsplit(passage_address(identifier, 1)).query) == {"passage": [identifier], "sentence": ["1"]}


@given(st.text(min_size=1, max_size=50))
def test_any_id_comes_back(identifier: str) -> None:
    assert parse_qs(urlsplit(source_address(identifier)).query, keep_blank_values=True) == {"source": [identifier]}
