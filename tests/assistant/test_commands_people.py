"""`mutuals people …` and `mutuals keys …`: what they print, and the codes they end with."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assistant.audit import AuditLog
from assistant.cli import app
from assistant.database.engine import Database, database_url
from assistant.people.service import PeopleService

Run = Callable[..., Result]
GOOD = "four lighthouse pens"
NOBODY = "There is no account yet. Start the server for a set-up link, or run `mutuals people add EMAIL --name NAME --role admin`.\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command over an empty data directory, from a folder without a settings file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MUTUALS_DATA_DIR", str(tmp_path))
    return lambda *arguments, stdin="": CliRunner().invoke(app, list(arguments), input=stdin)


@pytest.fixture
def people(tmp_path: Path) -> PeopleService:
    """The service over the same database."""
    database = Database(database_url(None, tmp_path))
    return PeopleService(database, AuditLog(database))


def told(result: Result) -> tuple[int, str, str]:
    """Exit code, what was printed, and what was said on the error stream, as one line."""
    return result.exit_code, result.stdout, " ".join(result.stderr.split())


def in_json(result: Result) -> dict[str, Any]:
    assert (result.exit_code, result.stderr) == (0, "")
    return dict(json.loads(result.stdout))


def test_without_anybody_it_is_said_how_to_begin(run: Run) -> None:
    assert told(run("people", "list")) == (0, NOBODY, "")
    assert in_json(run("people", "list", "--json")) == {"people": []}
    assert told(run("keys", "list")) == (0, "There is no key.\n", "")
    assert in_json(run("keys", "list", "--json")) == {"keys": []}
    missing = (2, "", "There is no account 'ada@example.org'. The list of people shows who there is.")
    for command in (["link"], ["disable"], ["enable"], ["role", "admin"]):
        assert told(run("people", command[0], "ada@example.org", *command[1:])) == missing


def test_somebody_is_invited_by_a_link(run: Run, people: PeopleService) -> None:
    result = run("people", "add", "Ada@example.org", "--name", "Ada", "--role", "admin", "--base", "https://desk.example.org/")
    first, second, link = result.stdout.splitlines()
    assert (result.exit_code, first, second) == (0, "admin     invited   ada@example.org  Ada", "Hand this link over; it works once:")
    assert link.startswith("https://desk.example.org/set-up/")
    people.use_link(link.rpartition("/")[2], GOOD)
    assert told(run("people", "list")) == (0, "admin     active    ada@example.org  Ada\n", "")
    made = in_json(run("people", "link", "ada@example.org", "--json"))
    assert made["person"]["email"] == "ada@example.org"
    assert made["link"].startswith("http://127.0.0.1:7860/set-up/")
    assert people.use_link(made["link"].rpartition("/")[2], GOOD)


def test_a_password_is_read_from_standard_input(run: Run, people: PeopleService) -> None:
    short = run("people", "add", "ada@example.org", "--name", "Ada", "--password-stdin", stdin="short\n")
    words = "The password is shorter than 12 characters. Three or four words that have nothing to do with each other do well."
    assert told(short) == (2, "", words)
    made = run("people", "add", "ada@example.org", "--name", "Ada", "--password-stdin", stdin=f"{GOOD}\n")
    assert told(made) == (0, "adviser   active    ada@example.org  Ada\n", "")
    assert people.actor_of_session(people.sign_in("ada@example.org", GOOD))


def test_an_account_is_changed(run: Run, people: PeopleService) -> None:
    run("people", "add", "ada@example.org", "--name", "Ada", "--role", "admin", "--password-stdin", stdin=GOOD)
    last = "is that of the last administrator who can sign in. Make somebody else an administrator first."
    assert told(run("people", "disable", "ada@example.org")) == (2, "", f"The account {last}")
    assert told(run("people", "role", "ada@example.org", "adviser")) == (2, "", f"The role {last}")
    run("people", "add", "grace@example.org", "--name", "Grace", "--password-stdin", stdin=GOOD)
    assert told(run("people", "role", "grace@example.org", "approver")) == (0, "approver  active    grace@example.org  Grace\n", "")
    assert told(run("people", "disable", "grace@example.org")) == (0, "approver  disabled  grace@example.org  Grace\n", "")
    assert in_json(run("people", "enable", "grace@example.org", "--json"))["person"]["is_disabled"] is False
    wrong = run("people", "role", "grace@example.org", "owner")
    assert told(wrong) == (2, "", "The role is none that there is. Choose one of adviser, approver, admin.")


def test_a_key_is_made_listed_and_revoked(run: Run, people: PeopleService) -> None:
    made = run("keys", "add", "Web site", "--right", "ask", "--right", "check")
    secret = made.stdout.strip()
    actor = people.actor_of_key(secret)
    assert actor
    assert actor.rights == {"ask", "check"}
    key_id = actor.id.removeprefix("key:")
    assert told(made) == (0, f"{secret}\n", f"Key {key_id} was made. Note it down now; it cannot be shown again:")
    [listed] = in_json(run("keys", "list", "--json"))["keys"]
    assert (listed["id"], listed["start"], listed["rights"]) == (key_id, secret[:8], ["ask", "check"])
    assert told(run("keys", "revoke", key_id))[0] == 0
    assert people.actor_of_key(secret) is None
    assert run("keys", "list").stdout.startswith(f"{key_id}  {secret[:8]}…  revoked ")
    assert told(run("keys", "revoke", "none")) == (2, "", "There is no key 'none'. The list of keys shows which there are.")
    refused = run("keys", "add", "k", "--right", "approve")
    assert told(refused) == (2, "", "The rights hold “approve”, which no key can have: a person approves. Leave it out.")
