"""Signing in and out and the one-time links, over a real server."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from no_model import NoModel

from assistant.api.application import build_api
from assistant.api.sign_in import local
from assistant.people.person import SYSTEM
from assistant.services import Services, build_services
from assistant.settings import Settings
from evals.server import serving

GOOD = "four lighthouse pens"
WRONG = "The email address or the password is wrong."
LOCKED = "Too many wrong passwords. Wait a quarter of an hour, then try again; or ask an administrator for a link to choose a new one."
GONE = "This link does not work any more: it was used, has expired, or was replaced by a newer one. Ask an administrator for a new one."


@pytest.fixture
def desk(tmp_path: Path) -> Services:
    """The services over an empty data directory: signing in needs no index."""
    return build_services(Settings(data_dir=tmp_path), NoModel())


@pytest.fixture
def client(desk: Services) -> Iterator[httpx.Client]:
    with serving(build_api(desk)) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


def problems(response: httpx.Response) -> list[tuple[str, str]]:
    """The field that each line of the summary leads to, and its words."""
    found = re.findall(r'<li><a href="#(\w+)">(.*?)</a></li>', response.text)
    for field, _ in found:
        assert f'id="{field}-error"' in response.text
        assert f'id="{field}" name="{field}"' in response.text
    return [(field, unescape(message)) for field, message in found]


def sign_in(client: httpx.Client, email: str = "ada@example.org", password: str = GOOD, **more: str) -> httpx.Response:
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def test_the_first_person_sets_up_an_account_and_is_signed_in(desk: Services, client: httpx.Client) -> None:
    path = desk.people.set_up_link("")
    page = client.get(path)
    assert (page.status_code, page.headers["cache-control"], page.headers["referrer-policy"]) == (200, "no-store", "same-origin")
    assert re.findall(r'<input type="(\w+)" id="(\w+)" name="\w+" autocomplete="([\w-]+)"', page.text) == [
        ("text", "name", "name"),
        ("email", "email", "username"),
        ("password", "password", "new-password"),
        ("password", "again", "new-password"),
    ]
    typed = {"name": "Ada <b>", "email": "ada@example.org", "password": GOOD, "again": GOOD}
    different = client.post(path, data=typed | {"again": "another"})
    assert (different.status_code, problems(different)) == (422, [("again", "The two passwords are not the same. Enter the same one twice.")])
    assert 'value="Ada &lt;b&gt;"' in different.text
    assert GOOD not in different.text
    short = client.post(path, data=typed | {"password": "short", "again": "short"})
    words = "The password is shorter than 12 characters. Three or four words that have nothing to do with each other do well."
    assert (short.status_code, problems(short)) == (422, [("password", words)])
    done = client.post(path, data=typed)
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert re.fullmatch(r"mutuals_session=[\w-]{43}; HttpOnly; Max-Age=604800; Path=/; SameSite=lax", done.headers["set-cookie"])
    actor = desk.people.actor_of_session(client.cookies["mutuals_session"])
    assert actor
    assert (actor.name, actor.role) == ("Ada <b>", "admin")
    again = client.get(path)
    assert (again.status_code, GONE in again.text) == (404, True)
    assert client.post(path, data=typed).status_code == 404


def test_who_signs_in_goes_on_to_where_they_came_from_and_out_again(desk: Services, client: httpx.Client) -> None:
    desk.people.add("ada@example.org", "Ada", "adviser", GOOD, SYSTEM)
    page = client.get("/sign-in", params={"next": '/desk?case="1"'})
    assert '<input type="hidden" name="next" value="/desk?case=&quot;1&quot;">' in page.text
    answer = sign_in(client, " ADA@example.org", next="/desk?case=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk?case=1")
    token = client.cookies["mutuals_session"]
    assert desk.people.actor_of_session(token)
    assert client.get("/sign-out").status_code == 200
    assert desk.people.actor_of_session(token)  # an address alone signs nobody out
    out = client.post("/sign-out")
    assert (out.status_code, out.headers["location"], "mutuals_session" in client.cookies) == (303, "/sign-in", False)
    assert desk.people.actor_of_session(token) is None
    assert client.post("/sign-out").status_code == 303


def test_what_is_missing_or_wrong_is_told_and_the_address_stays(desk: Services, client: httpx.Client) -> None:
    desk.people.add("ada@example.org", "Ada", "adviser", GOOD, SYSTEM)
    empty = sign_in(client, "", "")
    assert (empty.status_code, problems(empty)) == (422, [("email", "Enter your email address."), ("password", "Enter your password.")])
    told = []
    for email in ("ada@example.org", "nobody@example.org", '"><script>', "\x00@example.org"):
        for _ in range(4):
            wrong = sign_in(client, email, "wrong password here")
            assert (wrong.status_code, problems(wrong)) == (401, [("email", WRONG)])
        locked = sign_in(client, email, "wrong password here")
        assert (locked.status_code, locked.headers["retry-after"], problems(locked)) == (429, "900", [("email", LOCKED)])
        told.append(re.sub(r'name="email" [^>]*>', "", locked.text))
        assert "<script>" not in locked.text
    assert len(set(told)) == 1  # whether there is an account shows nowhere
    right = sign_in(client)
    assert (right.status_code, problems(right)) == (429, [("email", LOCKED)])
    assert "mutuals_session" not in client.cookies


@pytest.mark.parametrize(
    "sent",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}],
    ids=lambda sent: " ".join(sent.values()),
)
def test_a_page_of_another_site_can_do_nothing(desk: Services, client: httpx.Client, sent: dict[str, str]) -> None:
    path = desk.people.set_up_link("")
    assert client.post(path, data={"name": "Eve", "email": "eve@example.org", "password": GOOD, "again": GOOD}, headers=sent).status_code == 403
    assert not desk.people.has_accounts()
    desk.people.add("ada@example.org", "Ada", "adviser", GOOD, SYSTEM)
    refused = client.post("/sign-in", data={"email": "ada@example.org", "password": GOOD}, headers=sent)
    assert (refused.status_code, "set-cookie" in refused.headers) == (403, False)
    sign_in(client)
    assert client.post("/sign-out", headers=sent).status_code == 403
    assert desk.people.actor_of_session(client.cookies["mutuals_session"])


@pytest.mark.parametrize("sent", [{"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://127.0.0.1"}])
def test_our_own_page_can(desk: Services, client: httpx.Client, sent: dict[str, str]) -> None:
    desk.people.add("ada@example.org", "Ada", "adviser", GOOD, SYSTEM)
    origin = {"Origin": str(client.base_url).rstrip("/")} if "Origin" in sent else sent
    assert client.post("/sign-in", data={"email": "ada@example.org", "password": GOOD}, headers=origin).status_code == 303


def test_over_https_the_cookie_is_for_https_alone(desk: Services, client: httpx.Client) -> None:
    desk.people.add("ada@example.org", "Ada", "adviser", GOOD, SYSTEM)
    answer = client.post("/sign-in", data={"email": "ada@example.org", "password": GOOD}, headers={"X-Forwarded-Proto": "https"})
    assert answer.headers["set-cookie"].endswith("; Path=/; SameSite=lax; Secure")


def test_a_form_that_is_too_large_is_refused(client: httpx.Client) -> None:
    assert sign_in(client, password="a" * 20_000).status_code == 413


def test_without_the_database_nothing_is_lost_and_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "assistant.db").mkdir()
    with serving(build_api(build_services(Settings(data_dir=tmp_path), NoModel()))) as address, httpx.Client(base_url=address) as client:
        gone = sign_in(client)
        assert (gone.status_code, gone.headers["retry-after"]) == (503, "30")
        assert problems(gone) == [("email", "Signing in is not possible at the moment, as the database cannot be reached. Try again in a minute.")]
        assert 'value="ada@example.org"' in gone.text
        assert client.get("/set-up/anything").status_code == 503
        assert client.post("/sign-out", headers={"Cookie": "mutuals_session=a"}).status_code == 503
        told = client.get("/api/v1/people", headers={"Cookie": "mutuals_session=a"})
        assert (told.status_code, told.headers["content-type"]) == (503, "application/problem+json")


@pytest.mark.parametrize(
    "address", ["", "desk", "//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/a\nb", "/\t/evil.example", "\\/evil"]
)
def test_an_address_elsewhere_is_not_gone_on_to(address: str) -> None:
    assert local(address) == "/"


@given(st.text(max_size=60))
def test_an_address_to_go_on_to_stays_on_this_site(address: str) -> None:
    assert httpx.URL("http://desk.example/").join(local(address)).host == "desk.example"


def test_a_way_on_this_site_is_kept() -> None:
    assert local("/desk?case=12&next=//x#a") == "/desk?case=12&next=//x#a"
