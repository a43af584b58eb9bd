"""The library, timeline and glossary pages in a real browser, wide and phone-sized."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
ROUTE = "small-note.recommendation-2"
NO_INDEX = "There is no index yet, so nothing can be answered."
PAGES = (
    "/library",
    "/library?q=regulations&theme=taskforce",
    "/library?source=old-regulations",
    "/library?source=report-2012",
    f"/library?passage={ROUTE}&sentence=3",
    "/library?passage=report-2012.recommendation-2",
    "/library?passage=no-such",
    "/timeline",
    "/glossary",
)
QUICK = 15_000


def titles(page: Page) -> list[str]:
    return page.locator(".cards h3").all_inner_texts()


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label).click()
    page.get_by_role("option", name=option, exact=True).click()
    expect(page.get_by_role("option")).to_have_count(0)


def test_the_navigation_bar_leads_to_every_page(visit: Visit, dated_address: str) -> None:
    page = visit(dated_address)
    for name, heading in (("Library", "Library"), ("Timeline", "Timeline"), ("Glossary", "Glossary"), ("Ask", "Public service mutuals: guidance assistant")):
        page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading, timeout=QUICK)


def test_the_list_is_filtered_and_a_source_opened(visit: Visit, dated_address: str) -> None:
    page = visit(f"{dated_address}/library")
    expect(page.locator(".count")).to_have_text("3 sources, law and guidance first", timeout=QUICK)
    assert titles(page) == ["The New Act 2020", "The Old Regulations 2010", "The Report of 2012"]
    choose(page, "Kind of source", "Act or regulations")
    expect(page.locator(".count")).to_have_text("2 sources, law and guidance first", timeout=QUICK)
    choose(page, "Standing today", "Superseded")
    expect(page.locator(".count")).to_have_text("1 source", timeout=QUICK)
    page.get_by_label("Words in the title or publisher").fill("no such words")
    expect(page.get_by_text("No source fits.")).to_be_visible(timeout=QUICK)
    page.get_by_label("Words in the title or publisher").fill("stationery")
    expect(page.locator(".count")).to_have_text("1 source", timeout=QUICK)
    page.get_by_role("link", name="The Old Regulations 2010").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The Old Regulations 2010", timeout=QUICK)
    expect(page.locator(".badges").first).to_have_text("Act or regulations Superseded")
    expect(page.locator(".succession")).to_have_text("Replaced by: The New Act 2020")
    expect(page.locator(".facts")).to_contain_text("31 March 2020")
    expect(page.get_by_role("link", name="Open the publisher’s page")).to_have_attribute("href", "https://example.org/old")
    expect(page).to_have_title("The Old Regulations 2010 – Public service mutuals")


def test_going_back_brings_the_filtered_list(visit: Visit, dated_address: str) -> None:
    page = visit(f"{dated_address}/library")
    choose(page, "Standing today", "In force")
    expect(page.locator(".count")).to_have_text("1 source", timeout=QUICK)
    page.get_by_role("link", name="The New Act 2020").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The New Act 2020", timeout=QUICK)
    page.go_back()
    expect(page.locator(".count")).to_have_text("1 source", timeout=QUICK)
    expect(page.get_by_label("Standing today")).to_have_value("In force")
    assert page.url == f"{dated_address}/library?standing=in_force"
    choose(page, "Kind of source", "Case study")
    expect(page.get_by_text("No source fits.")).to_be_visible(timeout=QUICK)
    choose(page, "Standing today", "Any")
    choose(page, "Kind of source", "Any")
    expect(page.locator(".count")).to_have_text("3 sources, law and guidance first", timeout=QUICK)
    assert page.url == f"{dated_address}/library"


def test_an_address_with_several_filters_brings_its_list_and_keeps_it(visit: Visit, dated_address: str) -> None:
    address = f"{dated_address}/library?q=the&theme=taskforce&sector=youth&standing=in_force&authority=statute"
    page = visit(address)
    expect(page.locator(".count")).to_have_text("1 source", timeout=QUICK)
    page.wait_for_timeout(1000)  # whatever the page does on taking its inputs from the address has been answered by now
    assert (titles(page), page.url) == (["The New Act 2020"], address)
    assert [page.get_by_label(label).input_value() for label in ("Theme", "Service", "Standing today", "Kind of source")] == [
        "The Mutuals Taskforce of 2012",
        "Youth services",
        "In force",
        "Act or regulations",
    ]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_permanent_address_shows_its_sentence_on_a_fresh_load(visit: Visit, dated_address: str, width: int) -> None:
    page = visit(f"{dated_address}/library?passage={ROUTE}&sentence=4", width, 500)
    mark = page.locator("mark")
    expect(mark).to_have_count(1, timeout=QUICK)
    expect(mark).to_have_text("The Taskforce recommended that the route should name a person to whom staff can appeal.")
    expect(mark).to_be_in_viewport(timeout=QUICK)
    expect(page.get_by_label("Words in the title or publisher")).to_have_count(0)


def test_a_passage_is_marked_whole_and_stands_beside_the_publishers_words(visit: Visit, dated_address: str) -> None:
    page = visit(f"{dated_address}/library?passage={ROUTE}")
    expect(page.locator("mark")).to_have_count(3, timeout=QUICK)
    assert page.locator(".pair blockquote").all_inner_texts() == [
        "Each department should publish a route for its staff by April 2013.",
        "The route should say:",
        "how staff may use their right; and",
        "to whom an appeal may be made.",
    ]
    page.get_by_role("link", name="The publisher’s words, Recommendation 2").first.click()
    expect(page.locator(".place").first).to_have_text("The publisher’s own words: Recommendation 2", timeout=QUICK)


def test_the_timeline_is_a_picture_and_a_list_and_can_be_narrowed(visit: Visit, dated_address: str) -> None:
    page = visit(f"{dated_address}/timeline")
    picture = page.get_by_role("img", name="Timeline of 2 changes in 2 lines of succession.")
    expect(picture).to_be_visible(timeout=QUICK)
    assert page.locator(".changes h3").all_inner_texts() == ["1 April 2020", "April 2013"]
    choose(page, "Show what changed for", "Libraries")
    expect(page.get_by_role("img", name="Timeline of 1 changes in 1 lines of succession.")).to_be_visible(timeout=QUICK)
    assert page.locator(".changes h3").all_inner_texts() == ["1 April 2020"]
    assert page.url.endswith("/timeline?sector=libraries")
    page.get_by_text("Read more").click()
    page.get_by_role("link", name="Reserved contracts now, s. 33").click()
    expect(page.locator("mark").first).to_contain_text("Since 1 April 2020 the New Act", timeout=QUICK)


def test_the_picture_scrolls_in_its_own_box_on_a_phone(visit: Visit, dated_address: str) -> None:
    page = visit(f"{dated_address}/timeline", 360)
    expect(page.locator(".picture svg")).to_be_visible(timeout=QUICK)
    assert page.evaluate("document.querySelector('.picture').scrollWidth > document.querySelector('.picture').clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_glossary_is_filtered(visit: Visit, dated_address: str) -> None:
    page = visit(f"{dated_address}/glossary?q=alone")
    expect(page.locator(".glossary dt")).to_have_text("spin out", timeout=QUICK)
    page.get_by_label("Find a word or abbreviation").fill("TUPE")
    expect(page.get_by_text("No term fits.")).to_be_visible(timeout=QUICK)


@pytest.mark.parametrize("what", ["source", "passage"])
def test_an_unknown_id_is_told_plainly(visit: Visit, dated_address: str, what: str) -> None:
    page = visit(f"{dated_address}/library?{what}=<img src=x onerror=alert(1)>")
    expect(page.get_by_role("alert")).to_contain_text(f"The library has no {what} with the id “<img src=x onerror=alert(1)>”.", timeout=QUICK)
    page.get_by_role("link", name="Go to the list of all sources").click()
    expect(page.locator(".count")).to_have_text("3 sources, law and guidance first", timeout=QUICK)


@pytest.mark.parametrize("path", ["/library", "/library?source=x", "/library?passage=x", "/timeline", "/glossary"])
def test_without_an_index_every_page_says_so(visit: Visit, bare_address: str, path: str) -> None:
    expect(visit(f"{bare_address}{path}").get_by_role("alert")).to_contain_text(NO_INDEX, timeout=QUICK)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_the_pages_fit_and_meet_wcag_2_2_aa_as_far_as_axe_can_tell(visit: Visit, dated_address: str, path: str, width: int) -> None:
    page = visit(f"{dated_address}{path}", width)
    expect(page.locator(".library .card, .library [role=alert]").first).to_be_visible(timeout=QUICK)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
