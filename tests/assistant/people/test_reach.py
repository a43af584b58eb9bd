"""Who can reach a server, and what that asks for."""

import pytest

from assistant.audit import AuditLog
from assistant.database.engine import Database
from assistant.people.person import SYSTEM
from assistant.people.reach import NoAccountsError, first_link, is_loopback
from assistant.people.service import PeopleService


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost", "LOCALHOST"])
def test_this_machine_alone(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "::", "192.168.1.4", "desk.example.org", "localhost.example.org", "127.0.0.1.example.org", "127.1"])
def test_others_too(host: str) -> None:
    assert not is_loopback(host)


def test_the_first_link_is_for_this_machine_and_for_as_long_as_nobody_has_an_account(database: Database) -> None:
    people = PeopleService(database, AuditLog(database))
    with pytest.raises(NoAccountsError) as refused:
        first_link(people, "0.0.0.0", "http://0.0.0.0:7860")
    assert str(refused.value) == (
        "The server was not started: on 0.0.0.0 others could reach it, and there is no account yet. Make one with "
        "`mutuals people add EMAIL --name NAME --role admin`, or start on 127.0.0.1 first and open the link that is printed there."
    )
    link = first_link(people, "127.0.0.1", "http://127.0.0.1:7860")
    assert link
    assert link.startswith("http://127.0.0.1:7860/set-up/")
    people.invite("ada@example.org", "Ada", "admin", SYSTEM, "")
    assert first_link(people, "0.0.0.0", "http://0.0.0.0:7860") is None
    assert first_link(people, "127.0.0.1", "http://127.0.0.1:7860") is None
