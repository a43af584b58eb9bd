"""Signing in and the people page in a real browser, wide and phone-sized, from the one-time link to a key revoked."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from no_model import NoModel
from playwright.sync_api import Page, expect
from settling import settle

from app import build_app
from assistant.people.person import SYSTEM
from assistant.services import Services, build_services
from assistant.settings import Settings
from evals.server import serving

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
GOOD = "four lighthouse pens"
QUICK = 15_000
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def desk(tmp_path: Path) -> Services:
    return build_services(Settings(data_dir=tmp_path), NoModel())


@pytest.fixture
def where(desk: Services) -> Iterator[str]:
    with serving(build_app(desk)) as address:
        yield address


def faults(page: Page) -> list[str]:
    settle(page)
    return [f"{each['id']}: {node['html']}" for each in Axe().run(page, options=RULES).response["violations"] for node in each["nodes"]]


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def sign_in(page: Page, email: str = "ada@example.org") -> None:
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password").fill(GOOD)
    page.get_by_label("Password").press("Enter")


def choose(page: Page, label: str, option: str | re.Pattern[str]) -> None:
    page.get_by_label(label, exact=True).click()
    page.get_by_role("option", name=option).click()


@pytest.mark.parametrize("width", [360, 1280])
def test_from_the_one_time_link_to_the_people_page(visit: Visit, desk: Services, where: str, width: int) -> None:
    page = visit(desk.people.set_up_link(where), width)
    assert (faults(page), fits(page)) == ([], True)
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("Email address").fill("ada@example.org")
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_label("The same password again").fill("short")
    page.keyboard.press("Enter")
    problem = page.get_by_role("alert").get_by_role("link")
    expect(problem).to_contain_text("The password is shorter than 12 characters.")
    assert (faults(page), fits(page)) == ([], True)
    problem.click()
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    expect(page.get_by_label("Your name")).to_have_value("Ada")
    for label in ("Password", "The same password again"):
        page.get_by_label(label, exact=True).fill(GOOD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{where}/")
    page.goto(f"{where}/people")
    expect(page.locator(".signed-in")).to_contain_text("Signed in as Ada (administrator)", timeout=QUICK)
    expect(page.get_by_role("row", name=re.compile("Ada ada@example.org administrator active"))).to_be_visible()
    assert (faults(page), fits(page)) == ([], True)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{where}/sign-in")
    assert (faults(page), fits(page)) == ([], True)
    page.goto(f"{where}/people")
    page.get_by_role("link", name="Sign in", exact=True).click(timeout=QUICK)
    sign_in(page)
    page.wait_for_url(f"{where}/people")
    expect(page.locator(".signed-in")).to_contain_text("Ada", timeout=QUICK)


def test_an_administrator_invites_changes_and_disables_and_makes_a_key(visit: Visit, desk: Services, where: str) -> None:
    desk.people.add("ada@example.org", "Ada", "admin", GOOD, SYSTEM)
    page = visit(f"{where}/sign-in?next=/people")
    sign_in(page)
    expect(page.get_by_role("heading", name="Invite somebody")).to_be_visible(timeout=QUICK)
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="The email is missing.")).to_be_visible(timeout=QUICK)
    page.get_by_label("Name", exact=True).fill("Grace <i>")
    page.get_by_label("Email address", exact=True).fill("grace@example.org")
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_text("Grace <i> was invited. Hand this link over yourself")).to_be_visible(timeout=QUICK)
    expect(page.get_by_label("Name", exact=True)).to_have_value("")
    link = page.get_by_label("Link to copy").input_value()
    assert link.startswith(f"{where}/set-up/")
    assert faults(page) == []
    desk.people.use_link(link.rpartition("/")[2], GOOD)
    choose(page, "Account", re.compile("Grace"))
    choose(page, "New role", "Approver")
    page.get_by_role("button", name="Give this role").click()
    expect(page.get_by_role("row", name=re.compile("Grace <i> grace@example.org approver active"))).to_be_visible(timeout=QUICK)
    expect(page.get_by_label("Link to copy")).to_have_count(0)
    page.get_by_role("button", name="Disable").click()
    expect(page.get_by_role("row", name=re.compile("Grace .* disabled"))).to_be_visible(timeout=QUICK)
    page.get_by_label("What the key is for").fill("Web site")
    page.get_by_label("Ask questions").check()
    page.get_by_role("button", name="Make a key").click()
    key = page.get_by_label("Key to copy")
    expect(key).to_have_value(re.compile("^mut_.{40}$"), timeout=QUICK)
    actor = desk.people.actor_of_key(key.input_value())
    assert actor
    assert actor.rights == {"ask"}
    choose(page, "Key", re.compile("Web site"))
    page.get_by_role("button", name="Revoke this key").click()
    expect(page.get_by_role("row", name=re.compile("Web site .* revoked on"))).to_be_visible(timeout=QUICK)
    desk.people.sign_out(next(each["value"] for each in page.context.cookies() if each["name"] == "mutuals_session"))
    page.get_by_label("What the key is for").fill("Another")
    page.get_by_role("button", name="Make a key").click()
    expect(page.get_by_text("You are signed out, so nothing was changed.")).to_be_visible(timeout=QUICK)
    assert [each.name for each in desk.people.keys.list(SYSTEM)] == ["Web site"]


def test_an_adviser_is_told_that_the_page_is_not_theirs(visit: Visit, desk: Services, where: str) -> None:
    desk.people.add("grace@example.org", "Grace", "adviser", GOOD, SYSTEM)
    page = visit(f"{where}/sign-in?next=/people")
    sign_in(page, "grace@example.org")
    expect(page.get_by_text("Your account may not administer people, keys and removal of data.")).to_be_visible(timeout=QUICK)
    expect(page.get_by_role("button", name="Invite", exact=True)).to_have_count(0)
