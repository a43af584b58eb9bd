"""The timeline page's body: the picture, and the same changes in words."""

from views import change

from assistant.pages.change_list import changes_html
from assistant.pages.timeline import timeline_html


def test_the_picture_comes_with_the_same_changes_in_words() -> None:
    changes = [change("a"), change("b")]
    assert timeline_html(changes, "<svg></svg>") == (
        "<h2>At a glance</h2><p>Each row is one line of succession, read from left to right. In bold is the last that the library records in it. "
        "On a narrow screen the picture scrolls sideways; the same changes are told in words below it.</p>"
        '<div class="picture" tabindex="0" role="region" aria-label="Timeline picture; it can be scrolled sideways"><svg></svg></div>'
        f'<div role="status"><h2 class="count">2 changes, the latest first</h2></div>{changes_html(changes)}'
    )


def test_one_change_and_none() -> None:
    assert ">1 change, the latest first<" in timeline_html([change()], "")
    assert timeline_html([], "") == '<p role="status">The timeline has no change for this service.</p>'
