"""Who says it, apart from what is told."""

import pytest

from assistant.model.tellers import names, told


def keys(text: str) -> tuple[list[str], list[str]]:
    found = told(text)
    return [word.key for word in found.core], [word.key for word in found.teller]


@pytest.mark.parametrize(
    ("text", "core", "teller"),
    [
        ("Trusts are slow.", "trust is slow", ""),
        ("Trusts are slow, the Mutuals Taskforce said.", "trust is slow", "mutual taskforce"),
        ("According to Alder, trusts are slow.", "trust is slow", "alder"),
        ("The Taskforce says that trusts are slow.", "trust is slow", "taskforce"),
        ("By the council's account, trusts are slow.", "trust is slow", "by council's"),
        ("Trusts are slow, and nobody said so.", "trust is slow and nobody said so", ""),
        ("No study shows that trusts are slow.", "no study show that trust is slow", ""),
        ("Alder argues that trusts are slow.", "alder argue that trust is slow", ""),
    ],
)
def test_a_sentence_comes_in_two(text: str, core: str, teller: str) -> None:
    assert keys(text) == (core.split(), teller.split())


@pytest.mark.parametrize(
    ("source", "teller", "names_it"),
    [
        ("Trusts are slow, the law firm Alder wrote in 2014.", "Trusts are slow.", True),
        ("Trusts are slow, the law firm Alder wrote in 2014.", "Trusts are slow, Alder wrote.", True),
        ("Trusts are slow, the law firm Alder wrote in 2014.", "Trusts are slow, the law firm Alder wrote in 2014.", True),
        ("Trusts are slow, the law firm Alder wrote in 2014.", "Trusts are slow, the council wrote.", False),
        ("Trusts are slow, the law firm Alder wrote in 2014.", "Trusts are slow, a law firm wrote.", False),
        ("Trusts are slow.", "Trusts are slow, Alder wrote.", False),
    ],
)
def test_a_source_names_a_teller_in_its_own_words_alone(source: str, teller: str, names_it: bool) -> None:
    assert names(told(source), told(teller).teller) is names_it
