"""The insight and batch pages in a real browser, wide and phone-sized: signed out, signed in, narrowed, a file sent and answered."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from settling import settle

from app import build_app
from assistant.database.desk_tables import CaseRow
from assistant.desk.figures import InsightFilters
from assistant.people.person import SYSTEM
from assistant.services import Services, build_services
from assistant.settings import Settings
from evals.server import serving
from index.embedding import SentenceEmbedder
from index.versions import Versions

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
QUICK = 20_000
EMAIL, PASSWORD = "grace@example.org", "a long enough passphrase"
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder, small_index: Versions) -> Services:
    root = tmp_path_factory.mktemp("insight")
    (root / "index").symlink_to(Path(small_index.root))
    services = build_services(Settings(data_dir=root), embedder)
    services.people.add(EMAIL, "Grace Hopper", "adviser", PASSWORD, SYSTEM)
    texts = dict.fromkeys(("name", "contact", "organisation", "enquiry", "searchable", "unconfirmed"), "")
    with services.database.writing() as session:
        for number, (sector, region) in enumerate([("libraries", "london"), ("libraries", "wales"), ("youth", "london")], start=1):
            at = NOW + timedelta(days=number)
            fields = {"channel": "email", "status": "new", "due_on": at.date(), "version": 1, "updated_at": at, "sector": sector, "region": region}
            session.add(CaseRow(id=f"{number:032d}", number=number, received_at=at, **texts, **fields))
    return services


@pytest.fixture(scope="module")
def where(desk: Services) -> Iterator[str]:
    with serving(build_app(desk)) as address:
        yield address


def signed_in(desk: Services, where: str, page: Page, path: str) -> Page:
    token = desk.people.sign_in(EMAIL, PASSWORD)
    page.context.add_cookies([{"name": "mutuals_session", "value": token, "url": where}])
    page.goto(f"{where}{path}")
    expect(page.get_by_text("Signed in as Grace Hopper")).to_be_visible(timeout=QUICK)
    return page


def clean(page: Page) -> list[str]:
    settle(page)
    violations = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in violations]


@pytest.mark.parametrize("path", ["/insight", "/batch"])
def test_nobody_in_particular_is_shown_the_way_in(visit: Visit, where: str, path: str) -> None:
    page = visit(f"{where}{path}", width=360)
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_have_attribute("href", f"/sign-in?next={path}", timeout=QUICK)
    assert (page.locator(".figure").count(), page.locator(".batches table").count(), clean(page)) == (0, 0, [])


@pytest.mark.parametrize("width", [360, 1280])
def test_figures_are_narrowed_and_drawn(visit: Visit, desk: Services, where: str, width: int) -> None:
    page = signed_in(desk, where, visit(f"{where}/insight", width=width), "/insight?from=2026-11-01")
    sectors = page.get_by_role("img", name="Enquiries by service area")
    expect(sectors).to_have_attribute("alt", "Enquiries by service area: Libraries 2, Youth services 1.", timeout=QUICK)
    sectors.scroll_into_view_if_needed()
    page.wait_for_function("image => image.naturalWidth > 0", arg=sectors.element_handle())
    page.get_by_role("combobox", name="Region", exact=True).click()
    page.get_by_role("option", name="London", exact=True).click()
    expect(sectors).to_have_attribute("alt", "Enquiries by service area: Youth services 1, Libraries 1.", timeout=QUICK)
    assert page.url == f"{where}/insight?from=2026-11-01&region=london"
    table = page.locator("#figure-sectors").locator("..")
    table.get_by_text("Show as a table").click()
    assert table.locator("tbody tr").all_inner_texts() == ["Youth services\t1", "Libraries\t1"]
    with page.expect_download() as download:
        table.get_by_role("link", name="CSV").click()
    assert download.value.path().read_text("utf-8-sig") == "Service area,Enquiries\nYouth services,1\nLibraries,1\n"
    page.get_by_label("To (year-month-day)").fill("yesterday")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("The day “to” is not a day. Write it as year-month-day, for example 2026-04-01.", timeout=QUICK)
    page.get_by_label("To (year-month-day)").fill("2026-11-30")
    page.keyboard.press("Enter")
    expect(sectors).to_be_visible(timeout=QUICK)
    assert (clean(page), page.evaluate("document.documentElement.scrollWidth")) == ([], width)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_file_is_sent_and_its_answers_taken_away(visit: Visit, desk: Services, where: str, width: int, tmp_path: Path) -> None:
    page = signed_in(desk, where, visit(f"{where}/batch", width=width), "/batch")
    sound, faulty = tmp_path / f"sound-{width}.csv", tmp_path / "<b>faulty.csv"
    sound.write_text("reference,question\n1,What is recommendation 2?\n2,Why?\n")
    faulty.write_text("question,reference\n,1\n")
    page.locator("input[type=file]").set_input_files(faulty)
    expect(page.get_by_role("alert")).to_have_text("The file cannot be used; nothing was begun. line 2: the question is empty.", timeout=QUICK)
    page.locator("input[type=file]").set_input_files(sound)
    row = page.locator(".batches tbody tr", has_text=sound.name)
    expect(row).to_contain_text("2 of 2", timeout=QUICK)
    expect(row).to_contain_text("Done")
    with page.expect_download() as download:
        row.get_by_role("link", name="CSV of", exact=False).last.click()
    assert (download.value.suggested_filename, download.value.path().read_bytes().count(b"What is recommendation 2?")) == (f"sound-{width}-answers.csv", 1)
    assert (clean(page), page.evaluate("document.documentElement.scrollWidth")) == ([], width)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("No batch yet.")).to_be_visible(timeout=QUICK)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_reader_says_what_was_wrong_with_the_last_answer(visit: Visit, desk: Services, where: str, width: int) -> None:
    page = visit(where, width=width)
    page.get_by_role("button", name="Was the last answer useful?").click()
    page.get_by_role("radio", name="Wrong").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_have_text("There is no answer yet to say something of. Ask a question first.", timeout=QUICK)
    page.get_by_label("Your question").fill("What is recommendation 2?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Start again")).to_be_visible(timeout=QUICK)
    page.get_by_label("What was missing or wrong?").fill(f"At {width} pixels: write to jo@example.org")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you. It is kept without personal data")).to_be_visible(timeout=QUICK)
    assert clean(page) == []
    comments = desk.insight.table(SYSTEM, "comments", InsightFilters()).rows
    assert [row[1:] for row in comments if str(width) in str(row[3])] == [["Wrong", "What is recommendation 2?", f"At {width} pixels: write to [email]"]]
