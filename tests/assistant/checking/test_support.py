"""Whether a sentence of a reply has support."""

import pytest

from assistant.answers import Citation
from assistant.checking.support import NO_SOURCE, SentenceSupport
from assistant.citing import cite
from assistant.services import Services

NOW = "Since 1 April 2020 the New Act has allowed a contract to be reserved for a mutual for up to five years."


@pytest.fixture(scope="module")
def cited(dated_services: Services) -> Citation:
    index = dated_services.live.current()
    passage = index.store.passage("small-note.reserved-now")
    assert passage is not None
    return cite(4, passage, 0, index.store, dated_services.support._today())


@pytest.mark.parametrize("sentence", ["", "Dear Ann,", "Thank you for your letter.", "Would you like to meet?", "We hope this helps."])
def test_what_claims_nothing_needs_no_support(dated_services: Services, cited: Citation, sentence: str) -> None:
    assert dated_services.support.support(sentence, [cited]) == SentenceSupport("not_needed")


def test_the_very_words_cited_are_their_own_support(dated_services: Services, cited: Citation) -> None:
    assert dated_services.support.support(NOW, [cited]) == SentenceSupport("supported", cited)


def test_other_words_for_what_is_cited_keep_its_citation(dated_services: Services, cited: Citation) -> None:
    sentence = "Under the New Act, a contract can be reserved for a mutual for up to five years."
    assert dated_services.support.support(sentence, [cited]) == SentenceSupport("supported", cited)


def test_a_changed_figure_is_contradicted_by_what_is_cited(dated_services: Services, cited: Citation) -> None:
    sentence = "Under the New Act, a contract can be reserved for a mutual for up to nine years."
    expected = SentenceSupport("contradicted", cited, "The guidance says at most five years, not nine years.")
    assert dated_services.support.support(sentence, [cited]) == expected


def test_without_a_citation_the_library_gives_one_to_attach(dated_services: Services) -> None:
    found = dated_services.support.support(NOW, [])
    assert (found.support, found.why) == ("supported", "")
    assert found.citation is not None
    assert (found.citation.number, found.citation.quote) == (1, NOW)


def test_what_nothing_bears_out_needs_a_source(dated_services: Services, cited: Citation) -> None:
    assert dated_services.support.support("Your gardeners must publish their salaries each spring.", [cited]) == SentenceSupport(
        "needs_source", None, NO_SOURCE
    )


def test_a_citation_whose_words_are_gone_supports_nothing(dated_services: Services, cited: Citation) -> None:
    gone = cited.model_copy(update={"quote": "The gardeners must publish their salaries."})
    assert dated_services.support.support("The gardeners must publish their salaries.", [gone]).support == "needs_source"
