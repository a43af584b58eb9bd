"""The ask page in a real browser, wide and phone-sized."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from settling import settle

pytestmark = pytest.mark.browser

ESCALATION = "Who can I go to if my employer won't engage with our spin-out proposal?"


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
    link = evidence.get_by_role("link", name="Open the publisher’s page").first
    assert link.get_attribute("href") == "http://eprints.lse.ac.uk/44579/"
    assert link.get_attribute("rel") == "noopener noreferrer"
    expect(page.get_by_label("Your question")).to_have_value("")


def test_another_day_is_answered_for_and_a_day_that_is_none_is_told(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.get_by_text("Your service, nation and stage, or another day").click()
    page.get_by_label("Day, month or year").fill("spring 2016")
    ask(page, "How long can a contract reserved for a mutual last?")
    expect(page.get_by_role("alert")).to_contain_text("The day 'spring 2016' is not a date", timeout=20_000)
    page.get_by_label("Day, month or year").fill("2016-03-01")
    ask(page, "How long can a contract reserved for a mutual last?")
    expect(page.locator(".chat")).to_contain_text("Answered for: as of 1 March 2016", timeout=20_000)
    expect(page.locator(".chat")).to_contain_text("three years at most")
    expect(page.locator(".chat")).to_contain_text("Standing is given as at 1 March 2016.")
    expect(page.locator(".chat")).to_contain_text("Later: On 24 February 2025, section 33 of the Procurement Act 2023")


def test_a_citation_leads_to_its_sentence_in_the_library(open_page: Callable[..., Page]) -> None:
    page = open_page()
    ask(page, ESCALATION)
    quote = page.locator("section.evidence blockquote").first
    expect(quote).to_be_visible(timeout=20_000)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Show [1] in the library").click()
    expect(opened.value.locator("mark")).to_have_text(quote.inner_text(), timeout=20_000)
    assert "/library?passage=" in opened.value.url
    opened.value.close()


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
    settle(page)
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
