"""A real browser, and servers of the pages for it to open."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from app import build_app
from assistant.services import Services, build_services
from assistant.settings import Settings
from evals.server import serving
from index.embedding import SentenceEmbedder

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
def dated_address(dated_services: Services) -> Iterator[str]:
    """The whole application over the small library with its timeline and one original."""
    with serving(build_app(dated_services)) as where:
        yield where


@pytest.fixture(scope="session")
def bare_address(tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder) -> Iterator[str]:
    """The whole application while there is no index."""
    with serving(build_app(build_services(Settings(data_dir=tmp_path_factory.mktemp("bare")), embedder))) as where:
        yield where


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address at a width and waits for its heading; the test fails where the page asks any other machine for anything."""
    pages: list[Page] = []
    outside: list[str] = []

    def visited(address: str, width: int = 1280, height: int = 900) -> Page:
        here = "/".join(address.split("/")[:3])
        page = browser.new_page(viewport={"width": width, "height": height})
        page.on("request", lambda request: outside.append(request.url) if not request.url.startswith((here, "data:", "blob:")) else None)
        page.goto(address)
        page.get_by_role("heading", level=1).wait_for(timeout=30_000)
        pages.append(page)
        return page

    yield visited
    for page in pages:
        page.close()
    assert outside == []
