"""The check pages in a real browser on a phone: with and without scripts, and on a slow line."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
CLAIM = "The Mutuals Support Programme was worth £100 million."
TEXT = f"Dear all,\n\n{CLAIM} Isn't that a lot?\n\n- Reserved contracts may last five years at most."


def test_a_claim_is_checked_from_the_keyboard_and_its_words_are_copied(visit: Visit, address: str) -> None:
    page = visit(f"{address}/check", 360, 740)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(page.locator("#claim")).to_be_focused()
    page.keyboard.type(CLAIM)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("article.verdict h2")).to_be_visible()
    page.get_by_role("button", name="Copy to say it").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".say").inner_text()


def test_nothing_is_wider_than_the_phone_and_every_control_can_be_hit_with_a_thumb(visit: Visit, address: str) -> None:
    page = visit(f"{address}/check", 360, 740)
    page.fill("#claim", f"{CLAIM}\n{'Incomprehensibilities' * 8}")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("article.verdict")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    heights = page.evaluate("[...document.querySelectorAll('button, summary, nav a, .ways a')].filter(e => e.offsetParent).map(e => e.offsetHeight)")
    assert min(heights) >= 44


def test_without_scripts(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto(f"{address}/check")
        for claim in (CLAIM, "Staff transfer under TUPE."):
            page.fill("#claim", claim)
            page.get_by_role("button", name="Check", exact=True).click()
            expect(page.locator("article .claim")).to_have_text(f"“{claim}”")
        expect(page.locator(".before li")).to_have_count(1)
        with page.expect_download() as download:
            page.get_by_role("button", name="Download a briefing (PDF)").click()
        assert download.value.suggested_filename == "claims-checked.pdf"


def test_on_a_slow_line_the_page_and_the_verdict_are_few_bytes(visit: Visit, address: str) -> None:
    page = visit(f"{address}/check", 360, 740)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000})
    received: list[float] = []
    line.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.fill("#claim", CLAIM)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("article.verdict")).to_be_visible()
    assert sum(received) < 30_000


def test_a_whole_text_leads_from_a_mark_to_what_it_rests_on(visit: Visit, address: str) -> None:
    page = visit(f"{address}/check/text", 360, 740)
    page.fill("#text", TEXT)
    page.get_by_role("button", name="Check the text").click()
    expect(page.locator(".whole mark")).to_have_count(2)
    page.locator(".whole mark a").first.click()
    assert page.url.endswith("#found-1")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as a Word document").click()
    assert download.value.suggested_filename == "text-checked.docx"


@pytest.mark.parametrize("width", [360, 1280])
def test_accessible_to_wcag_22_aa(width: int, visit: Visit, address: str) -> None:
    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
    page = visit(f"{address}/check", width)
    found = [Axe().run(page, options=rules).response["violations"]]
    page.fill("#claim", CLAIM)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("article.verdict")).to_be_visible()
    found.append(Axe().run(page, options=rules).response["violations"])
    page.goto(f"{address}/check/text")
    page.fill("#text", TEXT)
    page.get_by_role("button", name="Check the text").click()
    expect(page.locator(".whole")).to_be_visible()
    found.append(Axe().run(page, options=rules).response["violations"])
    assert found == [[], [], []]
