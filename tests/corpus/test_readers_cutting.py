"""What holds for every section, whatever the file."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.cutting import Original, cut
from corpus.readers.pages import Document, Line, Page
from corpus.readers.text import pages_of
from index.passages import cut_passages

PIECES = st.sampled_from(
    [
        "CONTENTS", "1. THE PLAN", "Some Heading", "Recommendation 1: Do it.", "Recommendation 1 ii. Do it.", "- i. Do it;", "(ii) Do **more**", "- • -",
        "Figure 1 – Map", "This map shows", "Annex A: List", "² Ibid", "words²", "the words go on and on to the", "and they end.", "A\tB", "Foreword ... 3",
        "# Title", "**", "---", "", "", "\f", "short-", "term", "i.", "1.", "o x", "–", "Recommendation 2", "It ends here. It begins again.", "&amp;lt; \\*",
    ]
)  # fmt: skip
LINES = st.builds(
    Line,
    st.one_of(PIECES.filter(str.strip), st.text(min_size=1).map(lambda text: " ".join(text.split()) or "x")),
    st.sampled_from([None, 0.0, 1.0]),
    st.sampled_from([None, 8.0, 10.0, 20.0]),
    st.booleans(),
)


def holds(original: Original) -> None:
    ids = [section.id for section in original.sections]
    assert len(set(ids)) == len(ids)
    end = 0
    for section in original.sections:
        assert section.start >= end
        end = section.start + len(section.text)
        assert original.text[section.start : end] == section.text
        assert section.sentences
        spans = [(sentence.start, sentence.end) for sentence in section.sentences]
        assert spans == sorted(spans)
        assert all(0 <= first < last <= len(section.text) for first, last in spans)
        assert all(section.quote(sentence) == section.quote(sentence).strip() for sentence in section.sentences)
    for passage in cut_passages(original.sections):
        assert original.text[passage.start : passage.end] == passage.text


@given(st.lists(PIECES, max_size=30).map("\n".join))
def test_texts_of_all_kinds(text: str) -> None:
    holds(cut(Document(None, tuple(pages_of(text))), "x", "Title"))


@given(st.text())
def test_any_text(text: str) -> None:
    holds(cut(Document(None, tuple(pages_of(text))), "x", "Title"))


@given(st.lists(st.lists(LINES, max_size=8), max_size=5))
def test_any_lines_in_type(pages: list[list[Line]]) -> None:
    holds(cut(Document(None, tuple(Page(number, tuple(lines)) for number, lines in enumerate(pages, start=1))), "x", "Title"))
