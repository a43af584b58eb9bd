"""The pathway page in a real browser, wide and phone-sized."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from assistant.services import Services

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
QUICK = 20_000


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()
    expect(page.get_by_role("option")).to_have_count(0)


def open_stage(visit: Visit, address: str, query: str = "", width: int = 1280) -> Page:
    page = visit(f"{address}/pathway{query}", width)
    expect(page.locator(".pathway .card").first).to_be_visible(timeout=QUICK)
    return page


def count(page: Page) -> str:
    return page.locator(".way-map > .done").inner_text()


def test_ticks_are_kept_over_a_reload_and_a_change_of_service(visit: Visit, address: str) -> None:
    page = open_stage(visit, address)
    steps = page.locator(".way-map > .done").get_attribute("data-steps")
    assert steps is not None
    total = len(steps.split())
    assert count(page) == f"0 of {total} steps done"
    page.get_by_role("checkbox").first.check()
    expect(page.locator(".way-map > .done")).to_have_text(f"1 of {total} steps done")
    page.reload()
    expect(page.get_by_role("checkbox").first).to_be_checked(timeout=QUICK)
    choose(page, "Your service", "Libraries")
    expect(page.locator(".way-map > .done")).not_to_have_text(f"1 of {total} steps done", timeout=QUICK)
    assert count(page).startswith("1 of ")
    assert page.url == f"{address}/pathway?sector=libraries&stage=exploring"
    expect(page.get_by_role("checkbox").first).to_be_checked()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Clear all ticks").click()
    expect(page.get_by_role("checkbox").first).not_to_be_checked()
    assert count(page).startswith("0 of ")


def test_a_stage_is_opened_from_the_picture_by_keyboard(visit: Visit, address: str) -> None:
    page = open_stage(visit, address, "?sector=nhs_trust")
    page.get_by_role("link", name="6. Procurement route").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#stage")).to_have_text("Procurement route", timeout=QUICK)
    expect(page.locator("#stage")).to_be_focused()
    expect(page.locator('.way-map [aria-current="step"]')).to_have_text("6. Procurement route")
    expect(page.get_by_label("Your stage")).to_have_value("6. Procurement route")
    assert page.url == f"{address}/pathway?sector=nhs_trust&stage=procurement-route"
    choose(page, "Your stage", "8. Tax")
    expect(page.locator("#stage")).to_have_text("Tax", timeout=QUICK)


def test_a_source_opens_behind_its_statement_and_leads_to_the_library(visit: Visit, address: str) -> None:
    page = open_stage(visit, address, "?stage=procurement-route")
    behind = page.locator(".behind").first
    behind.locator("summary").click()
    words = behind.locator("blockquote").first.inner_text()
    with page.expect_popup() as opened:
        behind.get_by_role("link", name="in the library").click()
    expect(opened.value.locator("mark")).to_have_text(words, timeout=QUICK)
    opened.value.close()


def test_a_step_leads_to_the_ask_page_with_its_question_and_service(visit: Visit, address: str, services: Services) -> None:
    page = open_stage(visit, address, "?sector=youth&stage=tax")
    link = page.get_by_role("link", name="Ask about this").first
    asked = services.pathways.pathway("youth").stages[7].steps[0].ask
    assert link.get_attribute("href") == f"/?ask={quote(asked, safe='')}&sector=youth"
    link.click()
    expect(page.get_by_label("Your question")).to_be_visible(timeout=QUICK)


def test_both_documents_can_be_downloaded(visit: Visit, address: str) -> None:
    page = open_stage(visit, address, "?sector=fire&as_of=2020-01-31")
    for name, kind in (("PDF", "pdf"), ("Word", "docx")):
        with page.expect_download() as download:
            page.get_by_role("link", name=f"Download {name}").click()
        assert download.value.suggested_filename == f"pathway-fire-2020-01-31.{kind}"


def test_every_step_is_open_while_it_is_printed(visit: Visit, address: str) -> None:
    page = open_stage(visit, address)
    closed = page.locator(".step > details:not([open])").count()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert (closed > 0, page.locator(".step > details:not([open])").count()) == (True, 0)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".step > details:not([open])").count() == closed


def test_a_day_that_is_none_and_an_earlier_day_are_told(visit: Visit, address: str) -> None:
    page = open_stage(visit, address, "?stage=procurement-route")
    page.get_by_text("See the pathway for another day").click()
    page.get_by_label("Day, month or year").fill("next spring")
    page.get_by_label("Day, month or year").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The day 'next spring' is not a date", timeout=QUICK)
    page.get_by_label("Day, month or year").fill("2013")
    page.get_by_label("Day, month or year").press("Enter")
    expect(page.locator(".note").first).to_contain_text("Standing is given as at 31 December 2013.", timeout=QUICK)
    assert page.url == f"{address}/pathway?stage=procurement-route&as_of=2013"


def test_without_an_index_and_without_pathways_it_says_so(visit: Visit, bare_address: str, dated_address: str) -> None:
    expect(visit(f"{bare_address}/pathway").get_by_role("alert")).to_contain_text("There is no index yet", timeout=QUICK)
    expect(visit(f"{dated_address}/pathway?stage=<b>").get_by_role("alert")).to_contain_text("This library has no pathway yet.", timeout=QUICK)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("query", ["?sector=libraries&stage=procurement-route", "?sector=police&stage=tax&as_of=2012-07-01"])
def test_the_page_fits_and_meets_wcag_2_2_aa_as_far_as_axe_can_tell(visit: Visit, address: str, query: str, width: int) -> None:
    page = open_stage(visit, address, query, width)
    page.locator(".behind summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
