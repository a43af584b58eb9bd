"""Served to more than this machine, everything needs an account or a key with the right `ask`, but for signing in and the operator's probes."""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.bearer import CHALLENGE, NOBODY, actor_in
from assistant.api.problems import problem, problem_of
from assistant.database.engine import DatabaseUnavailableError
from assistant.people.links import SET_UP
from assistant.people.person import Actor, ForbiddenError, require
from assistant.people.service import PeopleService

SIGN_IN = "/sign-in"
SIGN_OUT = "/sign-out"
_OPEN = frozenset({"/healthz", "/readyz", SIGN_IN, SIGN_OUT})


class Guard:
    """Lets nobody through unknown: a page leads to signing in, everything else is answered 401, a WebSocket is closed."""

    def __init__(self, app: ASGIApp, people: PeopleService):
        self._app = app
        self._people = people

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or scope["path"] in _OPEN or scope["path"].startswith(f"{SET_UP}/"):
            await self._app(scope, receive, send)
            return
        refusal = await run_in_threadpool(self._refusal, HTTPConnection(scope))
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refusal(scope, receive, send)

    def _refusal(self, request: HTTPConnection) -> Response | None:
        try:
            actor: Actor | None = actor_in(self._people, request)
            if actor is None:
                return _led_to_sign_in(request) or problem(401, NOBODY, headers=CHALLENGE)
            require(actor, "ask", "use this server")
        except (DatabaseUnavailableError, ForbiddenError) as error:
            return problem_of(error)
        return None


def _led_to_sign_in(request: HTTPConnection) -> Response | None:
    """For a browser that opens a page: the way to sign in, and back here afterwards."""
    if request.scope.get("method") != "GET" or "text/html" not in request.headers.get("accept", "") or request.url.path.startswith("/api/"):
        return None
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{SIGN_IN}?next={quote(request.url.path + query, safe='/')}", 303, {"Cache-Control": "no-store"})
