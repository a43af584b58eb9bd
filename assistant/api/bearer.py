"""Who sends a request: the bearer of a key, or nobody. A key needs no account: it only keeps what was begun with it from everyone without it."""

from typing import Annotated

from fastapi import Depends, Request

from assistant.conversations import owner_of


def _owner(request: Request) -> str:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return owner_of(key.strip()) if scheme.lower() == "bearer" else ""


Owner = Annotated[str, Depends(_owner)]
"""The SHA-256 of the key in `Authorization: Bearer KEY`, or nothing. Headers of other schemes are for whatever stands before the server."""
