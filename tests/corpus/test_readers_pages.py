"""Pages: empty ones are known."""

from corpus.readers.pages import Line, Page


def test_a_page_is_empty_without_words() -> None:
    assert Page(1, ()).is_empty()
    assert Page(1, (Line("  "),)).is_empty()
    assert not Page(1, (Line("x"),)).is_empty()
