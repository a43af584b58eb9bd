"""The check pages as HTML, from checks made by hand."""

from bs4 import BeautifulSoup, Tag
from checks import check, part
from views import HOSTILE

from assistant.answers import Scope
from assistant.checking.verdicts import Verdict
from assistant.checking.whole_text import CheckedText, TextSentence
from assistant.pages.check import claims_page, whole_text_page


def read(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def one(page: BeautifulSoup | Tag, selector: str) -> str:
    (found,) = page.select(selector)
    return " ".join(found.get_text(" ").split())


def test_before_anything_is_checked_there_is_one_field_and_no_verdict() -> None:
    page = read(claims_page())
    assert len(page.select("textarea")) == 1
    assert page.select("article, .before, [role=alert]") == []
    assert page.select_one("textarea[autofocus]") is not None


def test_a_verdict_is_told_in_word_and_mark_with_what_settles_it() -> None:
    page = read(claims_page(checks=[check()], address_of=lambda citation: f"/library?passage={citation.passage_id}"))
    article = page.select_one("article.verdict-contradicted")
    assert article is not None
    assert one(article, "h2") == "✗ Contradicted"
    assert one(article, ".why") == "The guidance says £10 million, not £100 million."
    assert one(article, "blockquote") == "Statement 1 costs £10 and “stands”."
    assert one(article, ".place") == "Chapter 1 › A route , The Report (The Taskforce)"
    assert [badge.get_text() for badge in article.select(".badge")] == ["Independent report, not government policy", "Historic"]
    assert [(way.get_text(), way["href"]) for way in article.select(".ways a")] == [
        ("Show me the place", "/library?passage=note.route"),
        ("Show me the original", "https://example.org/report"),
    ]
    assert page.select_one("textarea[autofocus]") is None


def test_what_was_checked_goes_with_the_next_form_and_into_the_briefing() -> None:
    page = read(claims_page(checks=[check(claim="new")], before=[check(claim="old")], scope=Scope(nation="wales")))
    assert [field["value"] for field in page.select('input[name="earlier"]')] == ["new", "old"]
    briefing = page.select_one('form[action="/check/briefing"]')
    assert briefing is not None
    assert [(field["name"], field["value"]) for field in briefing.select("input")] == [("claim", "new"), ("claim", "old"), ("nation", "wales")]
    assert one(page, ".before li") == "✗ Contradicted : “old” The guidance says £10 million, not £100 million."


def test_each_part_of_a_claim_has_its_own_verdict() -> None:
    parts = [part("a is so", Verdict.SUPPORTED), part("b is so", Verdict.NOT_COVERED)]
    page = read(claims_page(checks=[check(Verdict.PARTLY, parts=parts)]))
    found = [" ".join(each.get_text(" ").split()) for each in page.select("article > ul > li")]
    assert found == ["✓ Supported : “a is so” Why a is so.", "– Not covered by the guidance : “b is so” Why b is so."]


def test_nothing_that_is_typed_or_quoted_becomes_markup() -> None:
    cited = check().citations[0].model_copy(update=dict.fromkeys(("title", "publisher", "locator", "quote"), HOSTILE))
    found = check(claim=HOSTILE, explanation=HOSTILE, suggestion=HOSTILE, citations=[cited], related=[cited], parts=[part(HOSTILE, Verdict.SUPPORTED)] * 2)
    text = CheckedText(text=HOSTILE, sentences=[TextSentence(start=0, end=len(HOSTILE), text=HOSTILE, check=found)], counts=dict.fromkeys(Verdict, 0))
    for html in (claims_page(HOSTILE, [found], [found], error=HOSTILE), whole_text_page(HOSTILE, text, error=HOSTILE)):
        assert read(html).select("script, img") == []


def test_a_text_stays_as_it_was_with_its_checked_sentences_marked() -> None:
    text = "Hello.\n  The fund was £100 million.\nBye"
    sentences = [TextSentence(start=0, end=6, text="Hello."), TextSentence(start=9, end=35, text="The fund was £100 million.", check=check())]
    counts = {**dict.fromkeys(Verdict, 0), Verdict.CONTRADICTED: 1}
    page = read(whole_text_page(checked=CheckedText(text=text, sentences=sentences, counts=counts)))
    whole = page.select_one(".whole")
    assert whole is not None
    assert whole.get_text() == "Hello.\n  The fund was £100 million. ✗ 1: Contradicted\nBye"
    assert [mark["class"] for mark in whole.select("mark")] == [["verdict-contradicted"]]
    assert one(page, "#found-1 h2") == "1. ✗ Contradicted"
    assert one(page, "main [role=status], h2 + [role=status]") == "Of 2 sentences: 1 contradicted; the rest says nothing to check."
