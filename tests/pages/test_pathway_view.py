"""A stage of a pathway as HTML, and the picture of where the reader is."""

from datetime import date

import pytest
from pathway_views import NOTHING, citation, pathway
from views import HOSTILE

from assistant.answers import Citation
from assistant.pages.parts import alert
from assistant.pages.pathway_picture import picture_html, step_ids
from assistant.pages.pathway_view import EMPTY, pathway_html, stage_number
from assistant.pathway_views import Pathway


def address(citation: Citation) -> str:
    return f"/library?passage={citation.passage_id}&sentence={citation.number}"


def test_a_library_without_pathways_says_so() -> None:
    empty = Pathway(sector="all", as_of=date(2026, 11, 22), stages=[], citations=[], notices=[])
    assert pathway_html(empty, "", "", address) == alert(EMPTY)


@pytest.mark.parametrize(("asked", "number"), [("", 0), ("no-such", 0), ("going-live", 1), ("spinning_out", 1), ("pre_spin_out", 0)])
def test_which_stage_is_shown(asked: str, number: int) -> None:
    assert stage_number(pathway(), asked) == number


def test_the_picture_is_a_list_with_the_stage_marked() -> None:
    assert step_ids(pathway().stages) == ["route"]
    assert picture_html(pathway(), 0, "2020") == (
        '<nav class="way-map" aria-labelledby="where"><h2 id="where">Where you are</h2>'
        '<span class="done" role="status" data-steps="route">1 step</span><ol>'
        '<li class="now"><svg class="mark" aria-hidden="true" width="32"><line x1="16" x2="16" y1="22" y2="100%"/><circle cx="16" cy="22" r="11"/>'
        '<path d="M11.5 22 l3.2 3.5 l5.8 -7"/></svg><div><a href="/pathway?sector=libraries&amp;stage=exploring&amp;as_of=2020" data-stage="exploring" '
        'aria-current="step">1. Exploring</a><span class="here">You are here</span><span class="done" data-steps="route">1 step</span></div></li>'
        '<li><svg class="mark" aria-hidden="true" width="32"><line x1="16" x2="16" y1="0" y2="22"/><circle cx="16" cy="22" r="8"/>'
        '<path d="M11.5 22 l3.2 3.5 l5.8 -7"/></svg><div><a href="/pathway?sector=libraries&amp;stage=going-live&amp;as_of=2020" data-stage="going-live">'
        '2. Going live</a><span class="done" data-steps="">0 steps</span></div></li></ol></nav>'
    )


def test_a_stage_with_its_steps_and_sources() -> None:
    shown = pathway_html(pathway(), "exploring", "", address)
    assert shown.startswith('<div class="pathway"><nav class="way-map"')
    assert '<p class="count">Stage 1 of 2, for libraries, as on 22 November 2026</p>' in shown
    assert '<h2 id="stage" tabindex="-1">Exploring</h2><p>You look.</p>' in shown
    assert '<div class="note"><p><strong>Please note</strong></p><ul><li>The Report is not policy.</li></ul></div>' in shown
    assert '<input type="checkbox" data-step="route"> Done<span class="unseen">: Find the route</span>' in shown
    assert (
        "<h4>What it is</h4><ul><li><p>Statement 1 costs £10 and “stands”.</p>"
        '<details class="behind"><summary>[1] Chapter 1 › A route, The Report <span class="badge">Independent report, not government policy</span> '
        '<span class="badge standing-historic">Historic</span></summary><p class="source">The Taskforce, June 2012</p>'
        '<p class="place">In our own words, Chapter 1 › A route</p><blockquote>Statement 1 costs £10 and “stands”.</blockquote>'
        '<p class="way"><a href="/library?passage=note.route&amp;sentence=1" target="_blank">Show<span class="unseen"> [1]</span> in the library</a> · '
        '<a href="https://example.org/report" target="_blank" rel="noopener noreferrer">Open the publisher’s page</a></p></details></li>'
    ) in shown
    assert f'<h4>Who does it</h4><p class="nothing">{NOTHING}</p>' in shown
    assert '<a href="/?ask=What%20is%20the%20route%3F&amp;sector=libraries">Ask about this<span class="unseen">: What is the route?</span></a>' in shown
    assert "Next: <a href" in shown
    assert "Before this" not in shown
    assert 'href="/api/v1/pathways/libraries/download?format=pdf" download>Download PDF</a>' in shown
    assert 'href="/api/v1/pathways/libraries/download?format=docx" download>Download Word</a>' in shown


def test_a_stage_without_steps_says_so_and_keeps_the_day() -> None:
    shown = pathway_html(pathway(), "going-live", "2020-01", address)
    assert '<p role="status">This library has no step of “Going live” for this service.</p>' in shown
    assert "/pathway?sector=libraries&amp;stage=exploring&amp;as_of=2020-01" in shown
    assert "download?format=pdf&amp;as_of=2020-01" in shown
    assert "The Report is not policy." not in shown


def test_nothing_in_a_text_becomes_markup() -> None:
    shown = pathway_html(pathway([citation(1, title=HOSTILE, locator=HOSTILE, quote=HOSTILE, publisher=HOSTILE), citation(2)]), "", HOSTILE, address)
    assert "<script" not in shown
    assert "<img" not in shown
