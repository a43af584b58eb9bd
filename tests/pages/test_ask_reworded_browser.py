"""The ask page where a language model is set up: the switch, sentences as they come, and what is said of them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from rewording import Rewords, rewording_services
from settling import settle

from app import build_app
from assistant.rendering import REWORDED as WORDED
from evals.server import serving
from index.embedding import SentenceEmbedder
from index.versions import Versions

pytestmark = pytest.mark.browser

OLD = "How long could a reserved contract last under the Old Regulations 2010?"
OLD_SENTENCE = "Under the Old Regulations 2010 a reserved contract could last no longer than three years."
SWITCH = "Let the language model put the answer together"


@pytest.fixture
def rewords() -> Rewords:
    return Rewords(go_on=Event())


@pytest.fixture
def worded_address(small_index: Versions, embedder: SentenceEmbedder, tmp_path: Path, rewords: Rewords) -> Iterator[str]:
    with serving(build_app(rewording_services(small_index, embedder, tmp_path, rewords))) as where:
        yield where


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.get_by_label("Your question").press("Enter")


def test_without_a_model_there_is_no_switch(visit: Callable[..., Page], dated_address: str) -> None:
    page = visit(dated_address)
    expect(page.get_by_label("Your question")).to_be_visible(timeout=30_000)
    expect(page.get_by_label(SWITCH)).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
def test_sentences_come_as_they_pass_and_the_answer_says_who_worded_it(visit: Callable[..., Page], worded_address: str, rewords: Rewords, width: int) -> None:
    assert rewords.go_on
    page = visit(worded_address, width)
    page.get_by_label(SWITCH).check(timeout=30_000)
    ask(page, OLD)
    chat = page.locator(".chat")
    expect(chat).to_contain_text(f"In short: {OLD_SENTENCE} …", timeout=30_000)
    expect(page.get_by_role("status").filter(has_text="The answer is being put together")).to_be_visible()
    rewords.go_on.set()
    expect(chat).to_contain_text(WORDED, timeout=30_000)
    expect(chat).to_contain_text("[1]")
    expect(chat).not_to_contain_text("…")
    expect(page.locator("section.evidence")).to_contain_text("The Old Regulations 2010")
    expect(page.get_by_text("The answer is being put together")).to_have_count(0)
    settle(page)
    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []


def test_left_off_the_library_speaks_as_ever(visit: Callable[..., Page], worded_address: str, rewords: Rewords) -> None:
    page = visit(worded_address)
    expect(page.get_by_label(SWITCH)).not_to_be_checked(timeout=30_000)
    ask(page, OLD)
    expect(page.locator(".chat")).to_contain_text(f"{OLD_SENTENCE} [1]", timeout=30_000)
    expect(page.locator(".chat")).not_to_contain_text(WORDED)
    assert rewords.asked == []
