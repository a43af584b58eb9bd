"""A passage at its permanent address: marked, with the publisher's own words beside it."""

from html import escape

import pytest
from views import HOSTILE, TEXT, passage_name, passage_page, source_name

from assistant.answers import OriginalWords
from assistant.pages.passage_text import passage_html
from assistant.pages.passage_view import passage_view, place_of

START = (
    '<article class="opened"><nav class="trail" aria-label="You are here"><p><a href="/library">Library</a> › '
    '<a href="/library?source=report">The Report</a> › Recommendation 2</p></nav><h1>A clear route</h1>'
    '<p class="source">Recommendation 2 in <a href="/library?source=report">The Report</a> (The Taskforce, June 2012)</p>'
    '<p class="badges"><span class="badge">Independent report, not government policy</span> <span class="badge standing-historic">Historic</span></p>'
)
LINK = '<p><a href="https://example.org/report" target="_blank" rel="noopener noreferrer">Open the publisher’s page</a></p>'
PERMANENT = "The address of this page is permanent: copy it to point somebody to this place.</p>"


def test_a_passage_is_told_whole() -> None:
    assert passage_view(passage_page(), [], None) == (
        f'{START}<section class="card passage" aria-label="The passage"><p class="place">In our own words: Recommendation 2</p>'
        f'{passage_html(TEXT, [(0, len(TEXT))])}</section><p class="told">This is the place you followed, highlighted. {PERMANENT}{LINK}</article>'
    )


def test_one_sentence_is_marked() -> None:
    assert passage_view(passage_page(), [], 3) == (
        f'{START}<section class="card passage" aria-label="The passage"><p class="place">In our own words: Recommendation 2</p>'
        "<p>The route should contain two things:</p><ul><li>(i) It should tell staff of their right.</li>"
        '<li>(ii) <mark id="here">It should name a person.</mark></li></ul></section>'
        f'<p class="told">The sentence you followed is highlighted. {PERMANENT}{LINK}</article>'
    )


@pytest.mark.parametrize("sentence", [0, 4, 9999])
def test_a_sentence_that_is_not_there_marks_the_passage(sentence: int) -> None:
    assert passage_view(passage_page(), [], sentence) == passage_view(passage_page(), [], None)


def test_the_publishers_own_text_says_so_with_its_page() -> None:
    html = passage_view(passage_page(is_original=True, page=31, url=None), [source_name("next")], None)
    assert '<p class="succession"><strong>Replaced by:</strong> <a href="/library?source=next">Title of next</a></p>' in html
    assert '<section class="card passage original" aria-label="The passage"><p class="place">The publisher’s own words: Recommendation 2, p. 31</p>' in html
    assert "Open the publisher’s page" not in html


def test_the_publishers_words_stand_beside_ours_and_the_neighbours_are_named() -> None:
    words = OriginalWords(passage_id="report.r2", locator="Recommendation 2", page=31, quote="The route should name a person.")
    page = passage_page(originals=[None, None, words], previous=passage_name("note.a"), next=passage_name("note.b"))
    end = passage_view(page, [], None).split(LINK)[1]
    assert end == (
        '<nav class="neighbours" aria-label="Beside this passage"><p>Before this: <a href="/library?passage=note.a">Heading of note.a, p. 1</a></p>'
        '<p>After this: <a href="/library?passage=note.b">Heading of note.b, p. 1</a></p></nav>'
        "<h2>Our words beside the publisher’s</h2><p>The nearest sentence at the same place in the publisher’s own file.</p>"
        '<div class="pair"><div><p class="place"><a href="/library?passage=note.route&amp;sentence=3">Our words, sentence 3</a></p>'
        '<p>It should name a person.</p></div><div><p class="place"><a href="/library?passage=report.r2">The publisher’s words, p. 31</a></p>'
        "<blockquote>The route should name a person.</blockquote></div></div></article>"
    )


def test_a_file_without_pages_names_the_place() -> None:
    assert place_of(OriginalWords(passage_id="x", locator="s. 33", page=None, quote="")) == "The publisher’s words, s. 33"


@pytest.mark.parametrize("field", ["title", "publisher", "locator"])
def test_markup_in_a_passage_is_shown_and_not_run(field: str) -> None:
    html = passage_view(passage_page(**{field: HOSTILE}), [], None)
    assert html == passage_view(passage_page(**{field: "MARK"}), [], None).replace("MARK", escape(HOSTILE))


def test_markup_in_the_publishers_words_is_shown_and_not_run() -> None:
    words = OriginalWords(passage_id=HOSTILE, locator=HOSTILE, page=None, quote=HOSTILE)
    html = passage_view(passage_page(originals=[words, None, None], text=HOSTILE * 3), [source_name("x", HOSTILE)], 1)
    assert "<script" not in html
    assert "<img" not in html
