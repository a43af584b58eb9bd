"""Accounts and keys over HTTP, and who gets in by which key or session."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from no_model import NoModel
from sqlalchemy import URL

from assistant.api.application import build_api
from assistant.people.person import SYSTEM
from assistant.services import Services, build_services
from assistant.settings import Settings
from evals.server import serving

GOOD = "four lighthouse pens"
NOBODY = "This needs an account or a key: sign in, or send a valid key as `Authorization: Bearer KEY`."
NOT_ALLOWED = "You may not see or change accounts and keys: that needs the right “administer”."


@pytest.fixture
def desk(database_at: URL, tmp_path: Path) -> Services:
    """Services over an empty database of each make."""
    return build_services(Settings(data_dir=tmp_path, database_url=database_at.render_as_string(hide_password=False)), NoModel())


@pytest.fixture
def server(desk: Services) -> Iterator[str]:
    with serving(build_api(desk)) as address:
        yield address


@pytest.fixture
def admin(desk: Services, server: str) -> Iterator[httpx.Client]:
    """A client of somebody signed in as an administrator."""
    desk.people.add("ada@example.org", "Ada", "admin", GOOD, SYSTEM)
    token = desk.people.sign_in("ada@example.org", GOOD)
    with httpx.Client(base_url=f"{server}/api/v1", headers={"Cookie": f"mutuals_session={token}"}, timeout=60) as client:
        yield client


def told(response: httpx.Response) -> tuple[int, str, str]:
    return response.status_code, response.headers["content-type"], response.json()["detail"]


def problem(status: int, detail: str) -> tuple[int, str, str]:
    return status, "application/problem+json", detail


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer any-old-key"},
        {"Authorization": "Bearer mut_" + "a" * 40},
        {"Authorization": "Basic YTpi"},
        {"Cookie": "mutuals_session=forged"},
        {"Cookie": "mutuals_session="},
    ],
    ids=str,
)
def test_nobody_unknown_gets_in(server: str, headers: dict[str, str]) -> None:
    for method, path in (("GET", "people"), ("POST", "people"), ("GET", "keys"), ("POST", "keys"), ("DELETE", "keys/x"), ("GET", "cases")):
        response = httpx.request(method, f"{server}/api/v1/{path}", headers=headers)
        assert told(response) == problem(401, NOBODY)
        assert response.headers["www-authenticate"] == 'Bearer realm="mutuals"'


def test_a_key_that_is_none_is_not_made_good_by_a_session(admin: httpx.Client) -> None:
    assert admin.get("people").status_code == 200
    assert admin.get("people", headers={"Authorization": "Bearer mut_wrong"}).status_code == 401


def test_a_session_sent_by_another_sites_page_changes_nothing(admin: httpx.Client) -> None:
    body = {"email": "eve@example.org", "name": "Eve", "role": "admin"}
    refused = admin.post("people", json=body, headers={"Sec-Fetch-Site": "cross-site"})
    assert told(refused) == problem(403, "Another site's page sent this in your name, so it was not carried out.")
    assert admin.post("people", json=body, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 201


@pytest.mark.parametrize("role", ["adviser", "approver"])
def test_only_an_administrator_gets_to_accounts_and_keys(desk: Services, server: str, role: str) -> None:
    person = desk.people.add("grace@example.org", "Grace", role, GOOD, SYSTEM)
    cookie = {"Cookie": f"mutuals_session={desk.people.sign_in('grace@example.org', GOOD)}"}
    new = {"email": "eve@example.org", "name": "Eve", "role": "admin"}
    calls: list[tuple[str, str, dict[str, Any] | None]] = [
        ("GET", "people", None),
        ("POST", "people", new),
        ("PATCH", f"people/{person.id}", {"role": "admin"}),
        ("POST", f"people/{person.id}/link", None),
        ("GET", "keys", None),
        ("POST", "keys", {"name": "k", "rights": ["ask"]}),
        ("DELETE", "keys/" + "0" * 32, None),
    ]
    for method, path, body in calls:
        assert told(httpx.request(method, f"{server}/api/v1/{path}", json=body, headers=cookie)) == problem(403, NOT_ALLOWED)
    assert [each.role for each in desk.people.people(SYSTEM)] == [role]


def test_an_account_from_invitation_to_disabled(desk: Services, server: str, admin: httpx.Client) -> None:
    made = admin.post("people", json={"email": "Grace@example.org", "name": "Grace", "role": "adviser"})
    assert (made.status_code, made.headers["cache-control"]) == (201, "no-store")
    person, link = made.json()["person"], made.json()["link"]
    expected = {"email": "grace@example.org", "name": "Grace", "role": "adviser", "is_disabled": False, "is_invited": True}
    assert {**person, **expected} == person
    assert link.startswith(f"{server}/set-up/")
    assert httpx.post(link, data={"password": GOOD, "again": GOOD}).status_code == 303
    assert admin.patch(f"people/{person['id']}", json={"role": "approver"}).json() == person | {"role": "approver", "is_invited": False}
    reset = admin.post(f"people/{person['id']}/link")
    assert (reset.status_code, httpx.get(reset.json()["link"]).status_code) == (201, 200)
    off = admin.patch(f"people/{person['id']}", json={"is_disabled": True})
    assert off.json() == person | {"role": "approver", "is_invited": False, "is_disabled": True}
    assert httpx.get(reset.json()["link"]).status_code == 404
    listed = admin.get("people").json()["people"]
    assert [(each["name"], each["role"], each["is_disabled"]) for each in listed] == [("Ada", "admin", False), ("Grace", "approver", True)]
    [ada] = [each for each in listed if each["name"] == "Ada"]
    last = "is that of the last administrator who can sign in. Make somebody else an administrator first."
    assert told(admin.patch(f"people/{ada['id']}", json={"role": "adviser"})) == problem(422, f"role: {last}")
    assert told(admin.patch(f"people/{ada['id']}", json={"is_disabled": True})) == problem(422, f"account: {last}")
    assert told(admin.patch("people/nobody", json={"is_disabled": True})) == problem(
        404, "There is no account with the id 'nobody'. The list of people shows who there is."
    )
    assert told(admin.post("people", json={"email": "ada@example.org", "name": "Ada", "role": "admin"})) == problem(
        422, "email: has an account already. Change its role, enable it, or make a new link for it."
    )
    assert admin.post("people", json={"email": "x@example.org", "name": "X", "role": "owner"}).status_code == 422


def test_a_key_from_making_to_revoking(desk: Services, server: str, admin: httpx.Client) -> None:
    made = admin.post("keys", json={"name": "Web site", "rights": ["read"]})
    assert made.status_code == 201
    key, secret = made.json()["key"], made.json()["secret"]
    bearing = {"Authorization": f"Bearer {secret}"}
    assert httpx.get(f"{server}/api/v1/cases", headers=bearing).status_code == 200
    assert told(httpx.get(f"{server}/api/v1/people", headers=bearing)) == problem(403, NOT_ALLOWED)
    [listed] = admin.get("keys").json()["keys"]
    assert listed == key | {"used_at": listed["used_at"]}
    assert listed["used_at"]
    assert secret not in str(listed)
    assert told(admin.post("keys", json={"name": "k", "rights": ["approve"]})) == problem(
        422, "rights: hold “approve”, which no key can have: a person approves. Leave it out."
    )
    assert told(admin.post("keys", json={"name": "k", "rights": []}))[:1] == (422,)
    assert admin.delete(f"keys/{key['id']}").json()["revoked_at"]
    assert told(httpx.get(f"{server}/api/v1/cases", headers=bearing)) == problem(401, NOBODY)
    assert told(admin.delete("keys/none")) == problem(404, "There is no key with the id 'none'. The list of keys shows which there are.")


def test_signing_out_and_disabling_end_the_way_in(desk: Services, admin: httpx.Client) -> None:
    desk.people.sign_out(admin.headers["cookie"].partition("=")[2])
    assert told(admin.get("people")) == problem(401, NOBODY)
