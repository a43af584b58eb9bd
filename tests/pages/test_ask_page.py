"""The ask page in a real browser, wide and phone-sized."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

pytestmark = pytest.mark.browser

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ESCALATION = "Who can I go to if my employer won't engage with our spin-out proposal?"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        if os.environ.get("MUTUALS_REQUIRE_BROWSER"):
            pytest.fail("no Chromium is installed, and MUTUALS_REQUIRE_BROWSER says that one must be")
        pytest.skip("no Chromium is installed: install the package `chromium` to run the browser tests")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[[int, int], Page]]:
    """Opens the page at a size; the test fails where the page asks any other machine for anything."""
    pages: list[Page] = []
    outside: list[str] = []

    def opened(width: int = 1280, height: int = 900) -> Page:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.on("request", lambda request: outside.append(request.url) if not request.url.startswith((address, "data:", "blob:")) else None)
        page.goto(address)
        expect(page.get_by_label("Your question")).to_be_visible(timeout=30_000)
        pages.append(page)
        return page

    yield opened
    for page in pages:
        page.close()
    assert outside == []


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.get_by_label("Your question").press("Enter")


def test_a_question_is_answered_with_numbered_sources(open_page: Callable[..., Page]) -> None:
    page = open_page()
    ask(page, ESCALATION)
    evidence = page.locator("section.evidence")
    expect(evidence).to_contain_text("Recommendation 2(ii)", timeout=20_000)
    expect(evidence).to_contain_text("Independent report, not government policy")
    expect(evidence).to_contain_text("Historic")
    expect(page.locator(".chat")).to_contain_text("[1]")
    expect(page.locator(".chat")).to_contain_text("escalation point")
    link = evidence.get_by_role("link").first
    assert link.get_attribute("href") == "http://eprints.lse.ac.uk/44579/"
    assert link.get_attribute("rel") == "noopener noreferrer"
    expect(page.get_by_label("Your question")).to_have_value("")


def test_what_is_not_covered_is_said_and_shows_no_source_as_an_answer(open_page: Callable[..., Page]) -> None:
    page = open_page()
    ask(page, "What does Recommendation 23 say?")
    expect(page.locator(".chat")).to_contain_text("does not answer that question", timeout=20_000)
    expect(page.locator(".chat")).to_contain_text("The library holds nothing at Recommendation 23.")
    expect(page.locator("section.evidence")).to_contain_text("Nearest guidance")


def test_an_example_asks_itself(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.get_by_role("button", name="Do we have to become a community interest company?").click()
    expect(page.locator("section.evidence .citation").first).to_be_visible(timeout=20_000)
    expect(page.get_by_role("button", name="Start again")).to_be_visible()


def test_start_again_clears_the_conversation(open_page: Callable[..., Page]) -> None:
    page = open_page()
    ask(page, "Who chaired the Taskforce?")
    expect(page.locator(".chat")).to_contain_text("Le Grand", timeout=20_000)
    page.get_by_role("button", name="Start again").click()
    expect(page.locator(".chat")).not_to_contain_text("Le Grand")
    expect(page.locator("section.evidence")).to_contain_text("The sources of each answer appear here")


def test_an_unusable_question_stays_in_the_box_with_a_plain_message(open_page: Callable[..., Page]) -> None:
    page = open_page()
    ask(page, "What is a mutual?\u200b")
    expect(page.get_by_role("alert")).to_contain_text("invisible character (U+200B)", timeout=20_000)
    expect(page.get_by_label("Your question")).to_have_value("What is a mutual?\u200b")


def test_markup_in_a_question_is_shown_and_never_run(open_page: Callable[..., Page]) -> None:
    page = open_page()
    ask(page, '<img src=x onerror="window.broken=1"> What is a **public service mutual**? <script>window.broken=1</script>')
    expect(page.locator(".chat")).to_contain_text('<img src=x onerror="window.broken=1">', timeout=20_000)
    expect(page.locator(".chat")).to_contain_text("**public service mutual**")
    assert page.locator(".chat img[src='x']").count() == 0
    assert page.evaluate("window.broken") is None


def test_the_page_fits_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page(360, 740)
    ask(page, ESCALATION)
    expect(page.locator("section.evidence .citation").first).to_be_visible(timeout=20_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_meets_wcag_2_2_aa_as_far_as_axe_can_tell(open_page: Callable[..., Page], width: int) -> None:
    page = open_page(width)
    ask(page, ESCALATION)
    expect(page.locator("section.evidence .citation").first).to_be_visible(timeout=20_000)
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
