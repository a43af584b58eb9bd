"""A limit on the size of request bodies, kept before anything is parsed."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.problems import problem


class BodyLimit:
    """Answers 413 to a request under `prefix` whose body is larger than `limit` bytes; `others` are limits for paths and what is below them."""

    def __init__(self, app: ASGIApp, prefix: str, limit: int, others: Mapping[str, int] | None = None):
        self._app = app
        self._prefix = prefix
        self._limit = limit
        self._others = others or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(self._prefix):
            await self._app(scope, receive, send)
            return
        limit = next((other for path, other in self._others.items() if f"{scope['path']}/".startswith(f"{path}/")), self._limit)
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > limit:
                await problem(413, f"The body is larger than {limit:,} bytes. Send less.")(scope, receive, send)
                return
        given = False

        async def replay() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": bytes(body), "more_body": False}

        await self._app(scope, replay, send)
