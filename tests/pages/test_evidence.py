"""The evidence panel: what it shows of each place, and that nothing in a place can become markup."""

from html import escape
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer, Citation, OriginalWords, Outcome
from assistant.citing import AUTHORITY_WORDS, STANDING_WORDS
from assistant.pages.evidence import EMPTY, evidence_html
from corpus.sources import Authority, Standing

SECTION = '<section class="evidence" aria-label="Sources" aria-live="polite">'
SCRIPT = "</p><script>alert(1)</script><img src=x onerror=alert(1)>\"'&"


def citation(number: int = 1, **changes: Any) -> Citation:
    fields = {
        "number": number,
        "passage_id": "note.section",
        "source_id": "report",
        "title": "The Report",
        "publisher": "The Taskforce",
        "published": "2012-06",
        "authority": Authority.INDEPENDENT_REPORT,
        "standing": Standing.HISTORIC,
        "superseded_by": [],
        "locator": "Recommendation 2(ii)",
        "url": "https://example.org/report",
        "quote": "The route should name a person.",
    }
    return Citation.model_validate({**fields, **changes})


def original(**changes: Any) -> OriginalWords:
    fields = {"passage_id": "report.r2", "locator": "Recommendation 2", "page": 31, "quote": "An escalation point."}
    return OriginalWords.model_validate({**fields, **changes})


def answer(citations: list[Citation], related: list[Citation] | None = None) -> Answer:
    return Answer(
        outcome=Outcome.ANSWERED,
        text="",
        citations=citations,
        related=related or [],
        answer_id="a",
        conversation_id="c",
        question="q",
        standalone_question="q",
        engine="extractive",
        confidence=1,
        timings_ms={},
    )


def panel(citations: list[Citation], related: list[Citation] | None = None) -> str:
    return evidence_html(answer(citations, related))


def way(number: int = 1, address: str = "/library?passage=note.section") -> str:
    return f'<p class="way"><a href="{address}" target="_blank">Show<span class="unseen"> [{number}]</span> in the library</a></p>'


class Elements(HTMLParser):
    """Every tag with its attributes, and the text between them."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_before_any_question() -> None:
    assert Elements(EMPTY).words == ["Sources", "The sources of each answer appear here, with the exact words quoted."]


def test_nothing_cited_and_nothing_near() -> None:
    assert panel([]) == f"{SECTION}<h2>Sources</h2><p>Nothing is quoted for this question.</p></section>"


def test_one_citation_is_one_card() -> None:
    assert panel([citation()]) == (
        f'{SECTION}<h2>Sources</h2><article class="citation"><h3>The Report</h3><p class="source">The Taskforce, June 2012</p>'
        '<p class="badges"><span class="badge">Independent report, not government policy</span> <span class="badge standing-historic">Historic</span></p>'
        '<div class="quote"><p class="place"><span class="number">[1]</span> Recommendation 2(ii)</p>'
        f"<blockquote>The route should name a person.</blockquote>{way()}</div>"
        '<a href="https://example.org/report" target="_blank" rel="noopener noreferrer">Open the publisher’s page</a></article></section>'
    )


def test_sentences_of_one_passage_share_a_card_and_keep_their_order() -> None:
    cards = Elements(panel([citation(1), citation(2, quote="Second."), citation(3, passage_id="other", quote="Third."), citation(4, quote="Fourth.")]))
    shown = [word for word in cards.words if word.startswith("[") or word.endswith(".")]
    assert shown == ["[1]", "The route should name a person.", "[2]", "Second.", "[3]", "Third.", "[4]", "Fourth."]
    assert [tag for tag, _ in cards.tags].count("article") == 3


def test_nearest_guidance_stands_under_its_own_label() -> None:
    words = Elements(panel([], [citation(), citation(2)])).words
    assert words[:2] == ["Nearest guidance", "This does not answer the question. It is the closest the library has."]
    assert "Sources" not in words


@pytest.mark.parametrize(("published", "spoken"), [("unknown", "date not known"), ("2012", "2012"), ("2012-06", "June 2012"), ("2012-06-30", "30 June 2012")])
def test_the_date_is_told_in_words(published: str, spoken: str) -> None:
    assert f'<p class="source">The Taskforce, {spoken}</p>' in panel([citation(published=published)])


@pytest.mark.parametrize("authority", list(Authority))
def test_authority_is_told_in_words(authority: Authority) -> None:
    assert AUTHORITY_WORDS[authority] in Elements(panel([citation(authority=authority)])).words


@pytest.mark.parametrize("standing", list(Standing))
def test_standing_is_told_in_words(standing: Standing) -> None:
    assert STANDING_WORDS[standing] in Elements(panel([citation(standing=standing)])).words


@pytest.mark.parametrize("url", [None, "", "javascript:alert(1)", "data:text/html,x", " https://example.org", "//example.org", "JAVASCRIPT:alert(1)"])
def test_only_a_web_address_becomes_a_link(url: str | None) -> None:
    assert panel([citation(url=url)]).count("<a ") == 1
    assert way() in panel([citation(url=url)])


def test_an_address_cannot_leave_its_attribute() -> None:
    url = 'https://example.org/"><script>alert(1)</script>?a=1&b=2'
    links = [attributes for tag, attributes in Elements(panel([citation(url=url)])).tags if tag == "a"]
    assert links == [{"href": "/library?passage=note.section", "target": "_blank"}, {"href": url, "target": "_blank", "rel": "noopener noreferrer"}]


def test_each_sentence_leads_to_its_own_place_in_the_library() -> None:
    shown = evidence_html(answer([citation(1), citation(2)]), lambda each: f"/library?passage=a&b&sentence={each.number}")
    assert [way(number, f"/library?passage=a&amp;b&amp;sentence={number}") in shown for number in (1, 2)] == [True, True]


def test_the_publishers_words_stand_under_a_plain_label() -> None:
    assert (
        '<blockquote>The route should name a person.</blockquote><p class="place">The publisher’s words, p. 31</p>'
        f'<blockquote class="original">An escalation point.</blockquote>{way()}</div>'
    ) in panel([citation(original=original())])
    assert '<p class="place">The publisher’s words, Recommendation 2</p>' in panel([citation(original=original(page=None))])


def test_publishers_words_that_several_sentences_rest_on_are_shown_once() -> None:
    same = [citation(1, original=original()), citation(2), citation(3, original=original()), citation(4, original=original(quote="Another."))]
    words = Elements(panel(same)).words
    assert [word for word in words if "publisher’s words" in word or word in ("An escalation point.", "Another.")] == [
        "The publisher’s words, p. 31",
        "An escalation point.",
        "The publisher’s words, p. 31: as for [1]",
        "The publisher’s words, p. 31",
        "Another.",
    ]


@pytest.mark.parametrize("field", ["locator", "quote"])
def test_markup_in_the_publishers_words_is_shown_and_not_run(field: str) -> None:
    html = panel([citation(original=original(page=None, **{field: SCRIPT}))])
    assert html == panel([citation(original=original(page=None, **{field: "MARK"}))]).replace("MARK", escape(SCRIPT))


@pytest.mark.parametrize("field", ["title", "publisher", "locator", "quote"])
def test_markup_in_a_place_is_shown_and_not_run(field: str) -> None:
    html = panel([citation().model_copy(update={field: SCRIPT})])
    assert html == panel([citation().model_copy(update={field: "MARK"})]).replace("MARK", escape(SCRIPT))
    assert "<script" not in html


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=40), st.text(max_size=80), st.text(max_size=40))
def test_no_place_adds_or_changes_an_element(title: str, publisher: str, locator: str, quote: str, path: str) -> None:
    plain = Elements(panel([citation()]))
    hostile = Elements(panel([citation(title=title, publisher=publisher, locator=locator, quote=quote, url=f"https://example.org/{path}")]))
    assert [(tag, set(attributes)) for tag, attributes in hostile.tags] == [(tag, set(attributes)) for tag, attributes in plain.tags]
