"""Changes in words: what stood before and after, since when, and where it is told."""

from html import escape

import pytest
from views import HOSTILE, change, passage_name, source_name

from assistant.pages.change_list import changes_html

ROWS = "<div><dt>Before</dt><dd>the old rule</dd></div><div><dt>After</dt><dd>{after}</dd></div><div><dt>For</dt><dd>contracts (England)</dd></div>"


def test_one_change_is_told_whole() -> None:
    told = change(replaces=["old"], by=["new"], sources=[source_name("old"), source_name("new")], passages=[passage_name("note.change")])
    assert changes_html([told]) == (
        f'<ol class="changes"><li class="card"><h3>1 April 2020</h3><dl>{ROWS.format(after="<strong>the new rule</strong>")}</dl>'
        '<details><summary>Read more<span class="unseen"> about the old rule</span></summary><dl>'
        '<div><dt>Read about it</dt><dd><ul><li><a href="/library?passage=note.change">Heading of note.change, p. 1</a></li></ul></dd></div>'
        '<div><dt>Documents before</dt><dd><ul><li><a href="/library?source=old">Title of old</a></li></ul></dd></div>'
        '<div><dt>Documents since</dt><dd><ul><li><a href="/library?source=new">Title of new</a></li></ul></dd></div>'
        "</dl></details></li></ol>"
    )


@pytest.mark.parametrize(
    ("fields", "day", "after"),
    [
        ({"after": ""}, "1 April 2020", "nothing is recorded in its place"),
        ({"day": "2020-04"}, "April 2020", "<strong>the new rule</strong>"),
        ({"day": "2020", "since": "2021-03-30"}, "2020", "<strong>the new rule</strong>, from 30 March 2021"),
        ({"has_come_about": False}, '1 April 2020 <span class="badge standing-proposed">Still to come</span>', "<strong>the new rule</strong>"),
    ],
)
def test_what_differs_is_said(fields: dict[str, object], day: str, after: str) -> None:
    assert changes_html([change(**fields)]) == f'<ol class="changes"><li class="card"><h3>{day}</h3><dl>{ROWS.format(after=after)}</dl></li></ol>'


def test_the_latest_comes_first() -> None:
    html = changes_html([change("a", day="2010"), change("b", day="2015"), change("c", day="2020")])
    assert [html.index(year) for year in ("2020", "2015", "2010")] == sorted(html.index(year) for year in ("2020", "2015", "2010"))


@pytest.mark.parametrize("field", ["before", "after", "services", "extent"])
def test_markup_in_a_change_is_shown_and_not_run(field: str) -> None:
    html = changes_html([change(**{field: HOSTILE}, passages=[passage_name("x")])])
    assert html == changes_html([change(**{field: "MARK"}, passages=[passage_name("x")])]).replace("MARK", escape(HOSTILE))
    assert "<script" not in html
