"""The desk's pages as HTML: marks, escapes, and where a marker goes."""

import pytest

from assistant.desk.drafts import LetterSentence
from assistant.pages.desk_case_view import enquiry_html
from assistant.pages.desk_draft import sentence_end
from assistant.pages.desk_draft_view import changes_html, state_html
from assistant.pages.desk_evidence import counted, results_html


@pytest.mark.parametrize(
    ("body", "at", "place"),
    [
        ("", 0, 0),
        ("One sentence.", 3, 13),
        ("One sentence.", 99, 13),
        ("First one. Second one.", 4, 10),
        ("First one. [1] Second one.", 4, 14),
        ("First one. [1] Second one. [2]", 20, 30),
        ("Mr Smith wrote.\n\nAnother line", 20, 29),
        ("Ends here. \n- an item", 15, 21),
    ],
)
def test_a_marker_goes_behind_the_sentence_that_the_cursor_stands_in(body: str, at: int, place: int) -> None:
    assert sentence_end(body, at) == place


def test_an_enquiry_without_questions_is_shown_whole_and_escaped() -> None:
    assert enquiry_html("<b>Hello</b> & good day", []) == (
        '<section aria-label="Enquiry"><h2>Enquiry</h2><p class="source"></p>'
        '<div class="enquiry" tabindex="0">&lt;b&gt;Hello&lt;/b&gt; &amp; good day</div></section>'
    )


def test_what_changed_is_marked_by_word_and_escaped() -> None:
    assert changes_html("You may <b>go</b>.", "You must <b>go</b>.") == (
        '<div class="enquiry changes" tabindex="0">You <del>may</del><ins>must</ins> &lt;b&gt;go&lt;/b&gt;.</div>'
    )


def test_the_stored_text_cannot_break_out_of_its_attribute() -> None:
    assert state_html("Saved.", 'a"><script>', at=3) == '<p role="status">Saved.</p><div hidden data-stored="a&quot;&gt;&lt;script&gt;" data-at="3"></div>'


def test_sentences_are_counted_by_their_support_the_gravest_first() -> None:
    made = [
        LetterSentence(text=each, kind="human", support=each, paragraph=0)  # type: ignore[arg-type]
        for each in ("supported", "contradicted", "not_needed", "needs_source", "supported")
    ]
    assert counted(made) == "Of 5 sentences: 1 contradicted, 1 without a source, 2 supported."
    assert counted([]) == "Of 0 sentences: 0 supported."


def test_a_search_that_finds_nothing_says_so() -> None:
    assert results_html("x", []) == '<p role="status">Nothing was found. Try other words.</p>'
