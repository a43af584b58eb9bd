"""A source as HTML: in the list, and opened."""

from html import escape

import pytest
from views import HOSTILE, change, passage_view, source_name, source_page, source_view

from assistant.pages.change_list import changes_html
from assistant.pages.source_view import FINDINGS, OPEN_SECTIONS, source_card, source_html

BADGES = '<p class="badges"><span class="badge">Independent report, not government policy</span> <span class="badge standing-historic">Historic</span></p>'
LINK = '<a href="https://example.org/report" target="_blank" rel="noopener noreferrer">Open the publisher’s page</a>'
OPENED = (
    '<article class="opened"><nav class="trail" aria-label="You are here"><p><a href="/library">Library</a> › The Report</p></nav>'
    f'<h1>The Report</h1><p class="source">The Taskforce, June 2012</p>{BADGES}'
)
FACTS = (
    '<dl class="facts"><div><dt>Applies in</dt><dd>England</dd></div><div><dt>Services</dt><dd>All services</dd></div>{more}'
    "<div><dt>Standing checked</dt><dd>22 November 2026</dd></div></dl>"
)
SECTION = (
    '<section class="card"><h4>A clear route</h4><p class="place">Recommendation 2</p><p>The route should contain two things:</p>'
    "<ul><li>(i) It should tell staff of their right.</li><li>(ii) It should name a person.</li></ul>"
    '<p><a href="/library?passage=note.route">Permanent address<span class="unseen"> of “A clear route”</span></a></p></section>'
)


def test_a_source_in_the_list() -> None:
    assert source_card(source_view(themes=("rights", "money"))) == (
        '<li class="card"><h3><a href="/library?source=report">The Report</a></h3><p class="source">The Taskforce, June 2012</p>'
        f'{BADGES}<p class="themes">Themes: Rights to take over a service, Money and tax</p></li>'
    )


def test_a_source_without_date_or_theme_in_the_list() -> None:
    assert source_card(source_view(published="unknown")) == (
        f'<li class="card"><h3><a href="/library?source=report">The Report</a></h3><p class="source">The Taskforce, date not known</p>{BADGES}</li>'
    )


def test_a_bare_source_is_told_whole() -> None:
    assert source_html(source_page()) == (
        f"{OPENED}<p>{LINK}</p>{FACTS.format(more='')}<h2>What the library says of it</h2><p>No note quotes this source yet.</p></article>"
    )


def test_a_full_source_is_told_whole() -> None:
    ended, begun = change("ended"), change("begun")
    page = source_page(
        {"in_force_from": "2012-06", "in_force_to": "2015-01-01"},
        themes=["taskforce"],
        superseded_by=[source_name("next"), source_name("other")],
        superseded=[source_name("old")],
        replaced_in=[ended],
        replacing_in=[begun],
        passages=[
            passage_view(),
            passage_view(passage_id="report.p", is_original=True, page=31, locator="Rec. 2", text="One two three four five six seven eight nine."),
        ],
    )
    more = (
        "<div><dt>In force from</dt><dd>June 2012</dd></div><div><dt>Last day in force</dt><dd>1 January 2015</dd></div>"
        "<div><dt>Themes</dt><dd>The Mutuals Taskforce of 2012</dd></div>"
    )
    assert source_html(page) == (
        f'{OPENED}<p class="succession"><strong>Replaced by:</strong> <a href="/library?source=next">Title of next</a>; '
        '<a href="/library?source=other">Title of other</a></p>'
        '<p class="succession"><strong>Took the place of:</strong> <a href="/library?source=old">Title of old</a></p>'
        f"<p>{LINK}</p>{FACTS.format(more=more)}<h2>What the library says of it</h2><p>In our own words, each section from one place in the source.</p>"
        f"<details open><summary><h3>A note</h3> (1)</summary>{SECTION}</details>"
        "<h2>The publisher’s own text</h2><details><summary>1 parts, in order</summary><ol>"
        '<li><a href="/library?passage=report.p">Rec. 2, p. 31: One two three four five six seven eight…</a></li></ol></details>'
        f"<h2>What took its place, and when</h2>{changes_html([ended])}<h2>What it took the place of</h2>{changes_html([begun])}</article>"
    )


def test_sections_stand_under_their_notes_and_many_are_folded() -> None:
    def note(title: str, count: int) -> list[object]:
        return [passage_view(passage_id=f"{title}.{number}", heading_path=[title, "A section"]) for number in range(count)]

    few = source_html(source_page(passages=[*note("One", 1), *note("Two", OPEN_SECTIONS - 1)]))
    many = source_html(source_page(passages=[*note("One", 1), *note("Two", OPEN_SECTIONS)]))
    assert (few.count("<details open>"), few.count("<details>"), many.count("<details open>"), many.count("<details>")) == (2, 0, 0, 2)
    assert f"<h3>Two</h3> ({OPEN_SECTIONS})" in many


@pytest.mark.parametrize("url", [None, "https://example.org/a?b=1&c=2"])
def test_the_way_to_the_publisher(url: str | None) -> None:
    way = '<a href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">Open the publisher’s page</a>' if url else FINDINGS
    assert f"<p>{way}</p>" in source_html(source_page({"url": url}))


@pytest.mark.parametrize("field", ["title", "publisher", "extent"])
def test_markup_in_a_record_is_shown_and_not_run(field: str) -> None:
    for show in (lambda words: source_html(source_page({field: words})), lambda words: source_card(source_view(**{field: words}))):
        assert show(HOSTILE) == show("MARK").replace("MARK", escape(HOSTILE))


@pytest.mark.parametrize("field", ["locator", "text"])
def test_markup_in_a_section_is_shown_and_not_run(field: str) -> None:
    for original in (False, True):
        html = source_html(source_page(passages=[passage_view(**{field: HOSTILE.replace(" ", "_")}, is_original=original)]))
        assert escape(HOSTILE.replace(" ", "_")) in html
        assert "<script" not in html
