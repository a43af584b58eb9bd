"""A passage's text as HTML: nothing of it is lost, and what is asked for is marked."""

from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.pages.passage_text import passage_html, sentence_span
from corpus.sections import Role
from index.passages import PassageSentence

LIST = "Two things:\n\n- (i) One.\n- (ii) Two.\n\nThe end.\nTruly."


class Words(HTMLParser):
    """The text between tags, that in `mark` elements by itself."""

    def __init__(self, html: str):
        super().__init__()
        self.all = ""
        self.marked = ""
        self.depth = 0
        self.anchors = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag == "mark"
        self.anchors += ("id", "here") in attrs

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "mark"

    def handle_data(self, data: str) -> None:
        self.all += data
        self.marked += data if self.depth else ""


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("One.", "<p>One.</p>"),
        ("One.\nTwo.", "<p>One.\nTwo.</p>"),
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("- One.", "<ul><li>One.</li></ul>"),
        ("- One.\nTwo.", "<ul><li>One.</li></ul><p>Two.</p>"),
        (LIST, "<p>Two things:</p><ul><li>(i) One.</li><li>(ii) Two.</li></ul><p>The end.\nTruly.</p>"),
        ("a < b & <b>c</b>", "<p>a &lt; b &amp; &lt;b&gt;c&lt;/b&gt;</p>"),
    ],
)
def test_paragraphs_and_lists(text: str, html: str) -> None:
    assert passage_html(text) == html


def test_the_whole_passage_is_marked_block_by_block_with_one_anchor() -> None:
    assert passage_html(LIST, [(0, len(LIST))]) == (
        '<p><mark id="here">Two things:</mark></p><ul><li><mark>(i) One.</mark></li><li><mark>(ii) Two.</mark></li></ul><p><mark>The end.\nTruly.</mark></p>'
    )


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("(ii) Two.", '<li>(i) One.</li><li><mark id="here">(ii) Two.</mark></li>'),
        ("Two.", '<li>(i) One.</li><li>(ii) <mark id="here">Two.</mark></li>'),
        ("One.", '<li>(i) <mark id="here">One.</mark></li><li>(ii) Two.</li>'),
    ],
)
def test_one_sentence_is_marked(words: str, html: str) -> None:
    start = LIST.index(words)
    assert passage_html(LIST, [(start, start + len(words))]) == f"<p>Two things:</p><ul>{html}</ul><p>The end.\nTruly.</p>"


@pytest.mark.parametrize(("number", "span"), [(None, None), (0, None), (-1, None), (1, (0, 4)), (2, (5, 9)), (3, None)])
def test_sentences_are_counted_from_one(number: int | None, span: tuple[int, int] | None) -> None:
    sentences = [PassageSentence(start=start, end=start + 4, role=Role.PROSE, locator="p. 1") for start in (0, 5)]
    assert sentence_span(sentences, number) == span


@given(st.text(alphabet=st.sampled_from("ab<&>\"'-\n 1"), max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_no_word_is_lost_and_no_other_is_marked(text: str, start: int, length: int) -> None:
    words = Words(passage_html(text, [(start, start + length)]))
    shown = "".join(line.removeprefix("- ") for line in text.split("\n"))
    assert "".join(words.all.split()) == "".join(shown.split())
    assert "".join(unescape(words.marked).split()) in "".join(text[start : start + length].split()) or "- " in text
    assert words.anchors == (1 if words.marked else 0)
