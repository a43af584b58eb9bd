"""Routes to the accounts and the keys for programs. All need the right `administer`."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.api.bearer import Signed
from assistant.api.problems import SIGNED_RESPONSES
from assistant.people.person import Actor, Right, Role, require
from assistant.people.views import KeyView, Person
from assistant.services import Services

Name = Annotated[str, Field(max_length=200)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class InvitationRequest(_Strict):
    """Whom to invite."""

    email: str = Field(max_length=254)
    name: Name
    role: Role


class PersonChangeRequest(_Strict):
    """What to change of an account; what is left out stays."""

    role: Role | None = None
    is_disabled: bool | None = None


class KeyRequest(_Strict):
    """A key to make. A key approves nothing, so that it cannot have the right `approve`."""

    name: Name
    rights: list[Right] = Field(max_length=6)


class People(BaseModel):
    """All accounts, by name."""

    people: list[Person]


class Invited(BaseModel):
    """An account, and the one-time link by which its owner chooses a password. The link is shown this once."""

    person: Person
    link: str


class OneTimeLink(BaseModel):
    """A one-time link to choose a new password, shown this once."""

    link: str


class KeyMade(BaseModel):
    """A key with its secret, shown this once."""

    key: KeyView
    secret: str


class KeyList(BaseModel):
    """All keys, the newest first, those that were revoked too."""

    keys: list[KeyView]


def people_routes(services: Services) -> APIRouter:
    """The routes over one set of services."""
    router = APIRouter(prefix="/api/v1", responses=SIGNED_RESPONSES)
    _people(router, services)
    _keys(router, services)
    return router


def _people(router: APIRouter, services: Services) -> None:
    people = services.people

    @router.get("/people", tags=["people"])
    def everybody(actor: Signed, response: Response) -> People:
        """All accounts."""
        _administers(actor, response)
        return People(people=people.people(actor))

    @router.post("/people", tags=["people"], status_code=201)
    def invite(actor: Signed, request: Request, whom: InvitationRequest, response: Response) -> Invited:
        """Make an account. No mail is sent: hand the link over."""
        _administers(actor, response)
        person, link = people.invite(whom.email, whom.name, whom.role, actor, base_of(request))
        return Invited(person=person, link=link)

    @router.patch("/people/{account_id}", tags=["people"])
    def change(actor: Signed, account_id: str, change: PersonChangeRequest, response: Response) -> Person:
        """Change the role, disable or enable, all or nothing. Who is disabled is signed out everywhere at once."""
        _administers(actor, response)
        return people.change(account_id, actor, change.role, change.is_disabled)

    @router.post("/people/{account_id}/link", tags=["people"], status_code=201)
    def link(actor: Signed, request: Request, account_id: str, response: Response) -> OneTimeLink:
        """A link to choose a new password. The old one holds until then."""
        _administers(actor, response)
        return OneTimeLink(link=people.reset(account_id, actor, base_of(request)))


def _keys(router: APIRouter, services: Services) -> None:
    keys = services.people.keys

    @router.get("/keys", tags=["people"])
    def every_key(actor: Signed, response: Response) -> KeyList:
        """All keys, without their secrets."""
        _administers(actor, response)
        return KeyList(keys=keys.list(actor))

    @router.post("/keys", tags=["people"], status_code=201)
    def add(actor: Signed, new: KeyRequest, response: Response) -> KeyMade:
        """Make a key."""
        _administers(actor, response)
        key, secret = keys.add(new.name, new.rights, actor)
        return KeyMade(key=key, secret=secret)

    @router.delete("/keys/{key_id}", tags=["people"])
    def revoke(actor: Signed, key_id: str, response: Response) -> KeyView:
        """Revoke a key at once. It stays listed."""
        _administers(actor, response)
        return keys.revoke(key_id, actor)


def base_of(request: Request) -> str:
    """The server's address as the one who asks knows it."""
    return f"{request.url.scheme}://{request.url.netloc}"


def _administers(actor: Actor, response: Response) -> None:
    require(actor, "administer", "see or change accounts and keys")
    response.headers["Cache-Control"] = "no-store"
