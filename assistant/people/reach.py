"""Who can reach the server, and what has to be there before it may be reached: an account, once more than this machine can."""

import ipaddress

from assistant.people.service import PeopleService


class NoAccountsError(Exception):
    """The server would be open to others while nobody can sign in; the message says what to do."""


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server on this address. A name is not looked up: only `localhost` is known."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def first_link(people: PeopleService, host: str, base: str) -> str | None:
    """The one-time link to make the first account, or None where there is one.

    Raises NoAccountsError where there is none and others could reach the server: whoever came first would be its administrator.
    """
    if people.has_accounts():
        return None
    if not is_loopback(host):
        raise NoAccountsError(
            f"The server was not started: on {host} others could reach it, and there is no account yet. Make one with "
            "`mutuals people add EMAIL --name NAME --role admin`, or start on 127.0.0.1 first and open the link that is printed there."
        )
    return people.set_up_link(base)
