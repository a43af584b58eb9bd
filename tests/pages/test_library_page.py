"""The library page's list, and what it makes of an address."""

from pathlib import Path

import pytest
from views import source_view

from assistant.pages.library import FILTERS, FIRST, TITLE, _listed, _opened, _rank, _values, list_html
from assistant.pages.parts import NO_INDEX, alert
from assistant.pages.passage_view import passage_view
from assistant.pages.source_view import source_card, source_html
from assistant.services import Services, build_services
from assistant.settings import Settings
from corpus.sources import Authority, Standing
from corpus.words import THEMES
from index.embedding import SentenceEmbedder

NOW = "small-note.reserved-now"


@pytest.fixture
def bare(tmp_path: Path, embedder: SentenceEmbedder) -> Services:
    return build_services(Settings(data_dir=tmp_path), embedder)


def test_a_list_of_one() -> None:
    view = source_view()
    assert list_html([view], FIRST) == f'<div role="status"><h2 class="count">1 source</h2></div><ul class="cards">{source_card(view)}</ul>'


def test_a_long_list_says_how_much_of_it_is_shown() -> None:
    views = [source_view(id=f"source-{number}") for number in range(3)]
    cards = [source_card(view) for view in views]
    assert list_html(views, 2) == (
        f'<div role="status"><h2 class="count">3 sources, law and guidance first; the first 2 are shown</h2></div><ul class="cards">{cards[0]}{cards[1]}</ul>'
    )
    assert list_html(views, None) == f'<div role="status"><h2 class="count">3 sources, law and guidance first</h2></div><ul class="cards">{"".join(cards)}</ul>'


def test_an_empty_list_says_what_to_do() -> None:
    assert list_html([], FIRST) == '<p role="status">No source fits. Take a filter away, or use fewer words.</p>'


def test_every_filter_offers_every_choice() -> None:
    assert {name: set(offered) for name, (_, offered) in FILTERS.items()}["theme"] == set(THEMES)
    assert {name: set(offered) for name, (_, offered) in FILTERS.items()}["standing"] == set(Standing)
    assert {name: set(offered) for name, (_, offered) in FILTERS.items()}["authority"] == set(Authority)


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ({}, ["", "", "", "", ""]),
        ({"q": "act", "theme": "rights", "sector": "youth", "standing": "in_force", "authority": "statute"}, ["act", "rights", "youth", "in_force", "statute"]),
        ({"theme": "<b>", "sector": "navy", "standing": "", "authority": "IN_FORCE", "other": "x"}, ["", "", "", "", ""]),
        ({"sector": "all"}, ["", "", "", "", ""]),
    ],
)
def test_an_address_sets_the_filters_that_it_knows(asked: dict[str, str], values: list[str]) -> None:
    assert _values(asked) == values


@pytest.mark.parametrize(
    ("values", "ids"),
    [
        (("", "", "", "", ""), ["new-act", "old-regulations", "report-2012"]),
        ((None, None, None, None, None), ["new-act", "old-regulations", "report-2012"]),
        (("the", "taskforce", "fire", "in_force", "statute"), ["new-act"]),
        (("", "", "youth", "superseded", ""), ["old-regulations"]),
    ],
)
def test_the_list_is_narrowed_and_the_weightier_stands_first(dated_services: Services, values: tuple[str | None, ...], ids: list[str]) -> None:
    views = {view.source.id: view for view in dated_services.browse.sources().sources}
    html, more = _listed(dated_services, values, FIRST)
    assert html == list_html([views[identifier] for identifier in ids], FIRST)
    assert more.visible is False


def test_the_rest_of_a_long_list_can_be_asked_for(dated_services: Services) -> None:
    html, more = _listed(dated_services, ("",) * 5, 2)
    assert (html.count("<li"), more.visible, more.value) == (2, True, "Show all 3")


def test_the_order_is_by_weight_then_standing_then_title() -> None:
    views = [
        source_view(id="a", authority="commentary", standing="in_force", title="Aardvark"),
        source_view(id="b", authority="statute", standing="historic", title="Bees Act"),
        source_view(id="c", authority="statute", standing="in_force", title="Zebra Act"),
        source_view(id="d", authority="statute", standing="in_force", title="“Cats” Act"),
        source_view(id="e", authority="policy_guidance", standing="in_force", title="Aardvark"),
    ]
    assert [view.source.id for view in sorted(views, key=_rank)] == ["d", "c", "b", "e", "a"]


def test_words_that_cannot_be_used_are_told_plainly(dated_services: Services) -> None:
    assert _listed(dated_services, ("a\x00", "", "", "", ""), FIRST)[0] == alert(
        "The text has a control or invisible character (U+0000) at position 2; remove it and ask again."
    )


def test_an_address_opens_a_source(dated_services: Services) -> None:
    assert _opened(dated_services, {"source": "new-act"}) == source_html(dated_services.browse.source("new-act"))
    assert _opened(dated_services, {}) is None
    assert _opened(dated_services, {"theme": "rights"}) is None


@pytest.mark.parametrize(("sentence", "number"), [(None, None), ("2", 2), ("1", 1), ("0", None), ("-1", None), ("x", None), ("99999", None), ("²", None)])
def test_an_address_opens_a_passage_and_marks_a_sentence(dated_services: Services, sentence: str | None, number: int | None) -> None:
    asked = {"passage": NOW} if sentence is None else {"passage": NOW, "sentence": sentence}
    assert _opened(dated_services, asked) == passage_view(dated_services.browse.passage(NOW), [], number)


def test_a_passage_of_a_replaced_source_says_what_replaced_it(dated_services: Services) -> None:
    shown = _opened(dated_services, {"passage": "small-note.reserved-before"})
    assert shown is not None
    assert '<strong>Replaced by:</strong> <a href="/library?source=new-act">The New Act 2020</a>' in shown


@pytest.mark.parametrize("what", ["source", "passage"])
@pytest.mark.parametrize(
    ("identifier", "shown"), [("", ""), ("no-such", "no-such"), ("<b>'\"", "&lt;b&gt;&#x27;&quot;"), ("x" * 500, "x" * 100), ("\x00", "\x00")]
)
def test_an_unknown_id_is_told_plainly(dated_services: Services, what: str, identifier: str, shown: str) -> None:
    assert _opened(dated_services, {what: identifier}) == (
        f'{TITLE}<p role="alert">The library has no {what} with the id “{shown}”. It may have been taken out, or the address may be cut short.</p>'
        '<p><a href="/library">Go to the list of all sources</a></p>'
    )


def test_without_an_index_the_page_says_so(bare: Services) -> None:
    assert _opened(bare, {"source": "x"}) == TITLE + alert(NO_INDEX)
    assert _opened(bare, {"passage": "x"}) == TITLE + alert(NO_INDEX)
    assert _listed(bare, ("",) * 5, FIRST)[0] == alert(NO_INDEX)
