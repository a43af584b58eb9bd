"""Waiting for a page to come to rest."""

from playwright.sync_api import Page, expect


def settle(page: Page) -> None:
    """Wait until nothing is pending or still fading in: for that moment text has too little contrast."""
    expect(page.locator(".pending")).to_have_count(0, timeout=20_000)
    page.wait_for_function("document.getAnimations().every(each => each.playState !== 'running' || each.effect.getTiming().iterations === Infinity)")
