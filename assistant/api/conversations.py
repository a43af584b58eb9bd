"""Routes to what was asked before: read a conversation, take it away as a document, delete it. And the daily removal of idle ones."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Annotated, Any, Literal

from fastapi import APIRouter, FastAPI, Query, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from assistant.api.bearer import Owner
from assistant.api.problems import RESPONSES
from assistant.conversation_export import as_markdown, as_word
from assistant.conversations import Turn
from assistant.database.engine import DatabaseUnavailableError
from assistant.services import Services

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MARKDOWN = "text/markdown; charset=utf-8"
DAY = 24 * 60 * 60.0
"""Seconds between two removals of idle conversations."""

_PRIVATE = {"Cache-Control": "no-store"}
"""What one reader asked is not for a cache that others read from."""
_log = logging.getLogger(__name__)


class ConversationView(BaseModel):
    """A conversation: its turns in order."""

    conversation_id: str
    turns: list[Turn]


class ExportQuery(BaseModel):
    """What kind of document."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["md", "docx"] = Field(default="md", description="Markdown, or a Word document.")


def conversation_routes(services: Services) -> APIRouter:
    """The routes over one set of services. Each asks for the key that the conversation was begun with, if there was one."""
    router = APIRouter(prefix="/api/v1", tags=["conversations"], responses=RESPONSES)
    store = services.conversations

    @router.get("/conversations/{conversation_id}")
    def conversation(conversation_id: str, owner: Owner, response: Response) -> ConversationView:
        """The questions and answers of a conversation."""
        response.headers.update(_PRIVATE)
        return ConversationView(conversation_id=conversation_id, turns=store.turns(conversation_id, owner))

    @router.delete("/conversations/{conversation_id}", status_code=204)
    def delete(conversation_id: str, owner: Owner) -> None:
        """Delete a conversation for good."""
        store.delete(conversation_id, owner)

    @router.get("/conversations/{conversation_id}/export", response_class=Response, responses={200: {"content": {"text/markdown": _TEXT, WORD: _FILE}}})
    def export(conversation_id: str, owner: Owner, query: Annotated[ExportQuery, Query()]) -> Response:
        """The conversation as a document, with the sources of each answer."""
        turns = store.turns(conversation_id, owner)
        content, kind = (as_word(turns), WORD) if query.format == "docx" else (as_markdown(turns).encode(), MARKDOWN)
        name = f"mutuals-conversation-{turns[0].asked_at:%Y-%m-%d}.{query.format}"
        return Response(content, media_type=kind, headers={**_PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'})

    return router


_TEXT: dict[str, Any] = {"schema": {"type": "string"}}
_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}


def removing_idle(services: Services) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """A lifespan for the server: what is past its days is removed at start and once a day, batches answered; at the end the database is let go."""

    async def remove() -> None:
        try:
            await run_in_threadpool(services.retention.remove)
        except DatabaseUnavailableError:
            _log.warning("what is past its days could not be removed; this is tried again in a day")

    async def daily() -> None:
        while True:
            await asyncio.sleep(DAY)
            await remove()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await remove()
        task = asyncio.create_task(daily())
        services.batch_runner.start()
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await run_in_threadpool(services.batch_runner.close)
        await run_in_threadpool(services.close)

    return lifespan
