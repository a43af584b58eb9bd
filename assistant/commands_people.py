"""Commands for people and keys: `mutuals people …`, `mutuals keys …`. Who can run them has the database in their hands already."""

import json
import sys
from typing import Annotated

import typer

from assistant.audit import AuditLog
from assistant.commands import AsJson, errors, told_plainly
from assistant.database.engine import Database, database_url
from assistant.people.person import SYSTEM
from assistant.people.service import PeopleService
from assistant.people.views import KeyView, Person
from assistant.settings import Settings

people_app = typer.Typer(help="The people who use the helpline desk.", no_args_is_help=True)
keys_app = typer.Typer(help="Keys for programs.", no_args_is_help=True)

Email = Annotated[str, typer.Argument(help="The email address of the account.")]
Base = Annotated[str | None, typer.Option("--base", help="The server's address as people know it, for the link: https://desk.example.org.")]


@people_app.command("list")
def list_people(as_json: AsJson = False) -> None:
    """List all accounts."""
    with told_plainly():
        people = _people().people(SYSTEM)
    if as_json:
        print(json.dumps({"people": [person.model_dump(mode="json") for person in people]}, indent=2, ensure_ascii=False))
        return
    for person in people:
        print(_line(person))
    if not people:
        print("There is no account yet. Start the server for a set-up link, or run `mutuals people add EMAIL --name NAME --role admin`.")


@people_app.command()
def add(
    email: Email,
    name: Annotated[str, typer.Option(help="The name as others see it.")],
    role: Annotated[str, typer.Option(help="adviser, approver or admin.")] = "adviser",
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input, instead of printing a link.")] = False,
    base: Base = None,
    as_json: AsJson = False,
) -> None:
    """Make an account, and print the one-time link by which its owner chooses a password."""
    link = None
    with told_plainly():
        if password_stdin:
            person = _people().add(email, name, role, sys.stdin.readline().rstrip("\r\n"), SYSTEM)
        else:
            person, link = _people().invite(email, name, role, SYSTEM, _base(base))
    _tell(person, link, as_json)


@people_app.command()
def link(email: Email, base: Base = None, as_json: AsJson = False) -> None:
    """Print a one-time link to choose a new password. The old one holds until then."""
    with told_plainly():
        people = _people()
        person = people.person(SYSTEM, email)
        made = people.reset(person.id, SYSTEM, _base(base))
    _tell(person, made, as_json)


@people_app.command()
def disable(email: Email, as_json: AsJson = False) -> None:
    """Disable an account: its owner is signed out everywhere at once."""
    with told_plainly():
        people = _people()
        person = people.disable(people.person(SYSTEM, email).id, SYSTEM)
    _tell(person, None, as_json)


@people_app.command()
def enable(email: Email, as_json: AsJson = False) -> None:
    """Enable an account again."""
    with told_plainly():
        people = _people()
        person = people.enable(people.person(SYSTEM, email).id, SYSTEM)
    _tell(person, None, as_json)


@people_app.command()
def role(email: Email, role: Annotated[str, typer.Argument(help="adviser, approver or admin.")], as_json: AsJson = False) -> None:
    """Give somebody another role."""
    with told_plainly():
        people = _people()
        person = people.change_role(people.person(SYSTEM, email).id, role, SYSTEM)
    _tell(person, None, as_json)


@keys_app.command("add")
def add_key(
    name: Annotated[str, typer.Argument(help="What the key is for.")],
    right: Annotated[list[str], typer.Option(help="ask, check, draft, read or administer; may be given again.")],
    as_json: AsJson = False,
) -> None:
    """Make a key and print it, this once."""
    with told_plainly():
        key, secret = _people().keys.add(name, right, SYSTEM)
    if as_json:
        print(json.dumps({"key": key.model_dump(mode="json"), "secret": secret}, indent=2, ensure_ascii=False))
        return
    errors.print(f"Key {key.id} was made. Note it down now; it cannot be shown again:", markup=False)
    print(secret)


@keys_app.command("list")
def list_keys(as_json: AsJson = False) -> None:
    """List all keys, without their secrets."""
    with told_plainly():
        keys = _people().keys.list(SYSTEM)
    if as_json:
        print(json.dumps({"keys": [key.model_dump(mode="json") for key in keys]}, indent=2, ensure_ascii=False))
        return
    for key in keys:
        print(_key_line(key))
    if not keys:
        print("There is no key.")


@keys_app.command()
def revoke(key_id: Annotated[str, typer.Argument(help="The key's id, as `mutuals keys list` shows it.")], as_json: AsJson = False) -> None:
    """Revoke a key at once."""
    with told_plainly():
        key = _people().keys.revoke(key_id, SYSTEM)
    print(key.model_dump_json(indent=2) if as_json else _key_line(key))


def _people() -> PeopleService:
    settings = Settings()
    database = Database(database_url(settings.database_url, settings.data_dir))
    return PeopleService(database, AuditLog(database))


def _base(given: str | None) -> str:
    settings = Settings()
    return (given or f"http://{settings.host}:{settings.port}").rstrip("/")


def _tell(person: Person, link: str | None, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"person": person.model_dump(mode="json"), **({"link": link} if link else {})}, indent=2, ensure_ascii=False))
        return
    print(_line(person))
    if link:
        print(f"Hand this link over; it works once:\n{link}")


def _line(person: Person) -> str:
    state = "disabled" if person.is_disabled else "invited" if person.is_invited else "active"
    return f"{person.role:<8}  {state:<8}  {person.email}  {person.name}"


def _key_line(key: KeyView) -> str:
    state = f"revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else f"last used {key.used_at:%Y-%m-%d}" if key.used_at else "not used yet"
    return f"{key.id}  {key.start}…  {state}  {' '.join(key.rights)}  {key.name}"
