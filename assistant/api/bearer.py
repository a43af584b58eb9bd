"""Who sends a request: the bearer of a key, somebody signed in, or nobody.

Where no account is needed, any key will do and only keeps what was begun with it from everyone without it.
"""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException
from starlette.requests import HTTPConnection

from assistant.conversations import owner_of
from assistant.people.person import Actor, ForbiddenError
from assistant.people.service import PeopleService
from assistant.people.sessions import SESSION_COOKIE

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="mutuals"'}
"""What a 401 has to say (RFC 9110, 11.6.1): how to do better."""
NOBODY = "This needs an account or a key: sign in, or send a valid key as `Authorization: Bearer KEY`."
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def key_of(request: HTTPConnection) -> str:
    """The key in `Authorization: Bearer KEY`, or nothing. Headers of other schemes are for whatever stands before the server."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def actor_in(people: PeopleService, request: HTTPConnection) -> Actor | None:
    """The program whose key it is, or who is signed in. A key that is none of ours is not made good by a session. Raises DatabaseUnavailableError."""
    key = key_of(request)
    if key:
        return people.actor_of_key(key)
    token = request.cookies.get(SESSION_COOKIE, "")
    return people.actor_of_session(token) if token else None


def is_cross_site(request: HTTPConnection) -> bool:
    """Whether a page of another origin sent it, as its browser tells: by Sec-Fetch-Site, by Origin where it is an older one.

    Programs send neither.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower()


def _signed(request: HTTPConnection) -> Actor:
    actor = actor_in(request.app.state.people, request)
    if actor is None:
        raise HTTPException(401, NOBODY, CHALLENGE)
    if not key_of(request) and request.scope.get("method", "GET") not in _SAFE and is_cross_site(request):
        raise ForbiddenError("Another site's page sent this in your name, so it was not carried out.")
    return actor


def _owner(request: HTTPConnection) -> str:
    return owner_of(key_of(request))


Owner = Annotated[str, Depends(_owner)]
"""The SHA-256 of the key, or nothing."""
Signed = Annotated[Actor, Depends(_signed)]
"""Who bears a valid key or is signed in; 401 for anybody else."""
