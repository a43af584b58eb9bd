"""Patterns of phrases kept in YAML."""

from pathlib import Path

import pytest

from assistant.phrases import Phrases


@pytest.fixture
def phrases(tmp_path: Path) -> Phrases:
    text = "parts: {who: 'we|{kin}', kin: 'my (aunt|uncle)'}\nplain: [cat, 'dog{1,2}']\nnamed: {one: '{who} sing(s)?', two: [a, 'b \\w+']}\nalone: '(?i:x) {more}'\n"
    (tmp_path / "words.yaml").write_text(text, encoding="utf-8")
    return Phrases(tmp_path / "words.yaml", {"more": "y"})


def test_parts_are_filled_in_and_brackets_only_group(phrases: Phrases) -> None:
    assert phrases.texts("named") == [("one", "(?:we|(?:my (?:aunt|uncle))) sing(?:s)?"), ("two", "a"), ("two", "b [\\w'-]+")]
    assert phrases.texts("plain") == [("plain", "cat"), ("plain", "dog{1,2}")]
    assert phrases.texts("alone") == [("alone", "(?i:x) (?:y)")]
    assert phrases.words("plain") == ["cat", "dog{1,2}"]


def test_a_section_is_found_anywhere_or_as_whole_words(phrases: Phrases) -> None:
    assert [bool(phrases.anywhere("plain").search(text)) for text in ("CONCATENATE", "Dogged", "bird")] == [True, True, False]
    ((name, pattern), _) = phrases.whole_words("plain")
    assert name == "plain"
    assert [bool(pattern.search(text)) for text in ("the cat.", "concatenate", "cat-like", "tom-cat", "cat's")] == [True, False, False, False, True]


def test_an_unknown_part_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text("parts: {}\nplain: ['{gone}']\n", encoding="utf-8")
    with pytest.raises(KeyError, match="gone"):
        Phrases(tmp_path / "words.yaml").texts("plain")
