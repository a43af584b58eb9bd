"""The desk in a real browser: from a pasted enquiry to an approved reply, by keyboard too, and what happens when things go wrong."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from settling import settle

from app import build_app
from assistant.people.person import SYSTEM, Actor
from assistant.people.sessions import SESSION_COOKIE
from assistant.services import Services, build_services
from assistant.settings import Settings
from evals.server import serving
from index.embedding import SentenceEmbedder

pytestmark = pytest.mark.browser

QUICK = 30_000
PASSWORD = "four words of a password"
PEOPLE = {"ada@example.org": ("Ada Boyle", "adviser"), "wendy@example.org": ("Wendy Cole", "adviser"), "arun@example.org": ("Arun Shah", "approver")}
ENQUIRIES = sorted((Path(__file__).parent / "enquiries").glob("*.txt"))
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
OWN = "We are glad that you wrote to us about it."

Enter = Callable[..., Page]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, services: Services, embedder: SentenceEmbedder) -> Services:
    """The services over a database of their own, with two advisers and an approver."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("desk"))
    shutil.copytree(services.settings.index_dir, settings.index_dir)
    built = build_services(settings, embedder)
    built.database.open()
    for email, (name, role) in PEOPLE.items():
        built.people.add(email, name, role, PASSWORD, SYSTEM)
    return built


@pytest.fixture(scope="module")
def where(desk: Services) -> Iterator[str]:
    with serving(build_app(desk)) as address:
        yield address


@pytest.fixture
def enter(browser: Browser, desk: Services, where: str) -> Iterator[Enter]:
    """Opens a page of the desk as somebody signed in; the test fails where a page asks any other machine for anything."""
    contexts: list[BrowserContext] = []
    outside: list[str] = []

    def entered(email: str, path: str = "/desk", width: int = 1280) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900})
        context.add_cookies([{"name": SESSION_COOKIE, "value": desk.people.sign_in(email, PASSWORD), "url": where}])
        context.on("request", lambda request: outside.append(request.url) if not request.url.startswith((where, "data:", "blob:")) else None)
        contexts.append(context)
        page = context.new_page()
        page.goto(where + path)
        page.get_by_role("heading", level=1).wait_for(timeout=QUICK)
        return page

    yield entered
    for context in contexts:
        context.close()
    assert outside == []


def actor(desk: Services, email: str) -> Actor:
    found = desk.people.actor_of_session(desk.people.sign_in(email, PASSWORD))
    assert found is not None
    return found


def text_of(name: str) -> str:
    return next(path for path in ENQUIRIES if path.stem == name).read_text(encoding="utf-8")


def letter(page: Page) -> str:
    return page.locator("#draft-body textarea").input_value()


def paste(page: Page, enquiry: str) -> str:
    """Put an enquiry in and wait for its draft; its id."""
    page.locator("#new-enquiry textarea").fill(enquiry)
    page.locator("#make-draft").click()
    expect(page.locator("#draft-body textarea")).not_to_have_value("", timeout=QUICK)
    expect(page.locator("[data-arrived]")).to_have_count(1)
    found = re.search(r"\?draft=(\w+)$", page.url)
    assert found is not None
    return found[1]


def drafted(desk: Services, email: str = "ada@example.org") -> str:
    """A draft made without a browser; its id."""
    return desk.drafts.create(actor(desk, email), text_of("adult_social_care"), None, "email").draft_id


def open_draft(enter: Enter, email: str, draft_id: str, width: int = 1280) -> Page:
    page = enter(email, f"/desk?draft={draft_id}", width)
    expect(page.locator("#draft-body textarea")).not_to_have_value("", timeout=QUICK)
    page.wait_for_timeout(400)  # until the page's script has looked for text that was not saved
    return page


def write(page: Page, words: str) -> None:
    """Put a paragraph in before the closing, as an adviser types."""
    page.locator("#draft-body textarea").fill(letter(page) + f"\n\n{words}")


def told(page: Page) -> str:
    return page.locator("#draft .status").first.inner_text()


def submit_by_key(page: Page) -> None:
    page.keyboard.press("Alt+Enter")
    status = page.locator("#draft .status").first
    expect(status).to_contain_text(re.compile("[Ss]ubmitted"), timeout=QUICK)
    if "not submitted" in status.inner_text():
        page.get_by_role("button", name="Submit it all the same").press("Enter")
        expect(status).to_contain_text("Submitted. Another person can approve it now.", timeout=QUICK)


@pytest.mark.parametrize("path", ENQUIRIES, ids=lambda path: path.stem)
def test_an_enquiry_goes_from_paste_to_an_approved_export(enter: Enter, desk: Services, path: Path) -> None:
    page = enter("ada@example.org")
    draft_id = paste(page, path.read_text(encoding="utf-8"))
    first = letter(page)
    assert "already approved our mutual" not in first
    assert [secret for secret in ("07700 900461", "priya.nair@", "SK4", "Alder Close", "5533108", "QQ 12", "943 476") if secret in first] == []
    made = desk.drafts.draft(actor(desk, "ada@example.org"), draft_id)
    assert len(made.questions) >= 2
    assert page.locator(".sentences li").count() == len(made.sentences)

    box = page.locator("#draft-body textarea")
    write(page, OWN)
    page.locator("#draft-search").get_by_role("textbox").fill("support for new mutuals")
    page.keyboard.press("Enter")
    expect(page.locator("[data-attach]")).to_have_count(9, timeout=QUICK)
    box.focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("Alt+1")
    expect(box).to_have_value(re.compile(re.escape(OWN) + r" \[\d+\]$"), timeout=QUICK)
    page.keyboard.press("Alt+s")
    expect(page.locator("#draft .status").first).to_contain_text("Saved as version 2.", timeout=QUICK)
    kept = desk.drafts.draft(actor(desk, "ada@example.org"), draft_id)
    assert (kept.body, kept.sentences[-1].kind, len(kept.sentences[-1].citations)) == (letter(page), "human", 1)
    submit_by_key(page)

    judge = enter("arun@example.org", "/approvals")
    judge.locator(f'a[href="/approvals?draft={draft_id}"]').click()
    judge.get_by_role("button", name="Approve this reply").click(timeout=QUICK)
    expect(judge.get_by_text("Approved. It can be sent now.")).to_be_visible(timeout=QUICK)
    with judge.expect_download() as download:
        judge.get_by_role("link", name="Word").click()
    assert download.value.suggested_filename.endswith(".docx")
    assert "DRAFT" not in download.value.suggested_filename
    judge.get_by_role("button", name="Mark as sent").click()
    expect(judge.get_by_text("Marked as sent.")).to_be_visible(timeout=QUICK)
    assert desk.drafts.draft(actor(desk, "ada@example.org"), draft_id).state == "sent"


def test_two_browsers_saving_the_same_draft_lose_nothing(enter: Enter, desk: Services) -> None:
    draft_id = drafted(desk)
    first, second = (open_draft(enter, email, draft_id) for email in ("ada@example.org", "wendy@example.org"))
    write(first, "This is from the first.")
    first.keyboard.press("Alt+s")
    expect(first.locator("#draft .status").first).to_contain_text("Saved as version 2.", timeout=QUICK)
    write(second, "This is <b>from</b> the second.")
    mine = letter(second)
    second.keyboard.press("Alt+s")
    theirs = second.get_by_role("region", name="Theirs")
    expect(theirs).to_contain_text("version 2, saved by Ada Boyle", timeout=QUICK)
    expect(theirs).to_contain_text("This is from the first.")
    assert letter(second) == mine
    assert (theirs.locator("del").count() > 0, theirs.locator("ins").count() > 0, theirs.locator("b").count()) == (True, True, 0)
    second.get_by_role("button", name="Keep mine").click()
    expect(second.locator("#draft .status").first).to_contain_text("Saved as version 3.", timeout=QUICK)
    assert desk.drafts.draft(actor(desk, "ada@example.org"), draft_id).body == mine
    write(first, "And this is later.")
    first.keyboard.press("Alt+s")
    first.get_by_role("button", name="Take theirs").click(timeout=QUICK)
    expect(first.locator("#draft-body textarea")).to_have_value(mine, timeout=QUICK)


def test_an_ended_session_keeps_the_text_and_a_reload_brings_it_back(enter: Enter, desk: Services, where: str) -> None:
    draft_id = drafted(desk)
    page = open_draft(enter, "ada@example.org", draft_id)
    write(page, "This is not saved yet.")
    mine = letter(page)
    page.context.clear_cookies()
    page.keyboard.press("Alt+s")
    expect(page.get_by_role("alert")).to_contain_text("You are no longer signed in. What you typed is still here.", timeout=QUICK)
    assert letter(page) == mine
    page.context.add_cookies([{"name": SESSION_COOKIE, "value": desk.people.sign_in("ada@example.org", PASSWORD), "url": where}])
    page.reload()
    expect(page.get_by_text("Your text that was not saved has been put back.")).to_be_visible(timeout=QUICK)
    assert letter(page) == mine
    page.keyboard.press("Alt+s")
    expect(page.locator("#draft .status").first).to_contain_text("Saved as version 2.", timeout=QUICK)
    page.wait_for_timeout(400)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('mutuals-draft-'))") == []
    write(page, "Nor is this.")
    page.wait_for_function("Object.keys(localStorage).some(key => key.startsWith('mutuals-draft-'))")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in*")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('mutuals-draft-'))") == []


def test_a_database_that_is_gone_is_told_the_text_stays_and_can_be_saved_once_it_is_back(enter: Enter, desk: Services) -> None:
    page = open_draft(enter, "ada@example.org", drafted(desk))
    write(page, "This must not be lost.")
    mine = letter(page)
    with closing(sqlite3.connect(desk.settings.data_dir / "assistant.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        page.keyboard.press("Alt+s")
        expect(page.get_by_role("alert")).to_be_visible(timeout=2 * QUICK)
        assert letter(page) == mine
        other.execute("ROLLBACK")
    page.keyboard.press("Alt+s")
    expect(page.locator("#draft .status").first).to_contain_text("Saved as version 2.", timeout=QUICK)
    assert letter(page) == mine


def test_the_one_who_wrote_it_cannot_approve_it_and_a_return_needs_a_reason(enter: Enter, desk: Services) -> None:
    author, other = actor(desk, "arun@example.org"), actor(desk, "ada@example.org")
    own = desk.drafts.create(author, text_of("welsh_council"), None, "email")
    desk.drafts.submit(author, own.draft_id, own.version, confirm=True)
    page = enter("arun@example.org", f"/approvals?draft={own.draft_id}")
    expect(page.get_by_text("another person has to approve it")).to_be_visible(timeout=QUICK)
    expect(page.get_by_role("button", name="Approve this reply")).to_have_count(0)
    theirs = desk.drafts.create(other, text_of("police_staff"), None, "email")
    desk.drafts.submit(other, theirs.draft_id, theirs.version, confirm=True)
    page.goto(page.url.split("?")[0] + f"?draft={theirs.draft_id}")
    page.get_by_role("button", name="Return it with this reason").click(timeout=QUICK)
    expect(page.get_by_role("alert")).to_contain_text("reason", timeout=QUICK)
    page.get_by_label("Reason for returning it").fill("Say which <i>Act</i> it is.")
    page.get_by_role("button", name="Return it with this reason").click()
    expect(page.get_by_text("Returned with your reason.")).to_be_visible(timeout=QUICK)
    page = open_draft(enter, "ada@example.org", theirs.draft_id)
    expect(page.locator(".returned")).to_have_text("Returned by Arun Shah: Say which <i>Act</i> it is.")


def test_a_case_is_confirmed_taken_changed_and_found_again(enter: Enter, desk: Services) -> None:
    who = actor(desk, "wendy@example.org")
    case_id = desk.drafts.create(who, text_of("adult_social_care"), None, "email").case_id
    page = enter("wendy@example.org", f"/desk?case={case_id}")
    expect(page.locator(".enquiry mark")).to_have_count(3, timeout=QUICK)
    page.get_by_role("button", name="Confirm what is proposed").click()
    expect(page.get_by_text("Confirmed.")).to_be_visible(timeout=QUICK)
    page.get_by_role("button", name="Assign to me").click()
    expect(page.get_by_text("The case is yours.")).to_be_visible(timeout=QUICK)
    page.get_by_label("Organisation", exact=True).fill("A county council")
    page.get_by_label("Reply due").fill("2020-02-31")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("is not a day", timeout=QUICK)
    page.get_by_label("Reply due").fill("2020-02-28")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible(timeout=QUICK)
    case = desk.cases.case(who, case_id)
    assert (case.unconfirmed, case.assigned_to, case.organisation, str(case.due_on)) == ([], who.id, "A county council", "2020-02-28")
    page.get_by_role("link", name="All cases").click()
    page.get_by_label("Words, name or number").fill(case.reference)
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 case", exact=True)).to_be_visible(timeout=QUICK)
    expect(page.locator("table.cases tbody tr")).to_contain_text("Overdue")


def test_a_reply_is_written_and_submitted_by_keyboard_alone(enter: Enter) -> None:
    page = enter("wendy@example.org")
    box = page.locator("#new-enquiry textarea")
    expect(box).to_be_visible(timeout=QUICK)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#new-enquiry') !== null"):
            break
    page.keyboard.insert_text(text_of("college_growth"))
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id === 'make-draft'"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#draft-body textarea")).not_to_have_value("", timeout=QUICK)
    page.wait_for_timeout(400)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#draft-body') !== null"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(f"\n\n{OWN}")
    page.keyboard.press("Alt+s")
    expect(page.locator("#draft .status").first).to_contain_text("Saved as version 2.", timeout=QUICK)
    submit_by_key(page)


@pytest.mark.parametrize(("enquiry", "said"), [("   ", "The enquiry is empty"), ("x" * 100_001, "100,001 characters")], ids=["blank", "too long"])
def test_an_enquiry_that_cannot_be_used_is_told_and_stays(enter: Enter, enquiry: str, said: str) -> None:
    page = enter("ada@example.org")
    page.locator("#new-enquiry textarea").fill(enquiry)
    page.locator("#make-draft").click()
    expect(page.get_by_role("alert")).to_contain_text(said, timeout=QUICK)
    assert page.locator("#new-enquiry textarea").input_value() == enquiry


@pytest.mark.parametrize("path", ["/desk", "/desk?case=1", "/desk?draft=1", "/approvals"])
def test_nobody_sees_the_desk_without_signing_in(browser: Browser, where: str, path: str) -> None:
    page = browser.new_page()
    page.goto(where + path)
    expect(page.get_by_role("link", name="Sign in")).to_be_visible(timeout=QUICK)
    assert page.locator("textarea:visible").count() == 0
    page.close()


def test_a_case_and_a_draft_that_are_not_there_are_told(enter: Enter, where: str) -> None:
    page = enter("ada@example.org")
    for query in ("case=<b>1", "draft=<b>1"):
        page.goto(f"{where}/desk?{query}")
        expect(page.get_by_role("alert")).to_contain_text("with the id “<b>1”", timeout=QUICK)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("view", ["inbox", "case", "draft", "approvals", "approval"])
def test_each_view_fits_and_meets_wcag_2_2_aa_as_far_as_axe_can_tell(enter: Enter, desk: Services, view: str, width: int) -> None:
    who = actor(desk, "ada@example.org")
    draft = desk.drafts.create(who, text_of("housing_procurement"), None, "email")
    body = draft.body + "\n\nA first contract may last for ten years without any competition."
    draft = desk.drafts.save(who, draft.draft_id, draft.version, body)
    if view.startswith("approval"):
        desk.drafts.submit(who, draft.draft_id, draft.version, confirm=True)
    paths = {"inbox": "/desk", "case": f"/desk?case={draft.case_id}", "draft": f"/desk?draft={draft.draft_id}"}
    paths |= {"approvals": "/approvals", "approval": f"/approvals?draft={draft.draft_id}"}
    page = enter("arun@example.org" if view.startswith("approval") else "ada@example.org", paths[view], width)
    if view == "draft":
        page.locator("#draft-search").get_by_role("textbox").fill("direct award")
        page.keyboard.press("Enter")
        expect(page.locator("[data-attach]")).to_have_count(9, timeout=QUICK)
        page.locator(".sentences summary").first.click()
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options=AXE).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
