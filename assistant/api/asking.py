"""Routes that ask: `/api/v1/ask` and its streamed twin."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from assistant.answers import Answer, Scope
from assistant.api.problems import RESPONSES
from assistant.services import Services
from assistant.understanding import usable_text

ConversationId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class AskRequest(BaseModel):
    """A question. The language-model engine is not part of this release: `engine` takes `extractive` alone."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(description="The question, at most 2,000 characters unless the operator allows more.")
    conversation_id: ConversationId | None = None
    scope: Scope | None = None
    engine: Literal["extractive"] = "extractive"


def asking_routes(services: Services) -> APIRouter:
    """The routes over one set of services."""
    router = APIRouter(prefix="/api/v1", tags=["ask"], responses=RESPONSES)

    @router.post("/ask")
    def ask(request: AskRequest) -> Answer:
        """Answer a question from the guidance, each sentence cited to an exact place."""
        return services.ask.ask(request.question, request.conversation_id, request.scope)

    @router.post("/ask/stream", response_class=EventSourceResponse)
    async def ask_stream(request: AskRequest, http: Request) -> EventSourceResponse:
        """The same answer as server-sent events: `progress` for each stage as it begins, then one `answer`."""
        usable_text(request.question, "question", services.settings.question_limit)
        services.live.current()
        return EventSourceResponse(_events(services, request))

    return router


async def _events(services: Services, request: AskRequest) -> AsyncIterator[ServerSentEvent]:
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()

    def tell(stage: str) -> None:
        loop.call_soon_threadsafe(queue.put_nowait, ("progress", {"stage": stage}))

    def work() -> None:
        answer = services.ask.ask(request.question, request.conversation_id, request.scope, tell)
        loop.call_soon_threadsafe(queue.put_nowait, ("answer", answer.model_dump(mode="json")))

    task = asyncio.create_task(run_in_threadpool(work))
    task.add_done_callback(lambda _: queue.put_nowait(("end", None)))
    while True:
        event, data = await queue.get()
        if event == "end":
            break
        yield ServerSentEvent(json.dumps(data, ensure_ascii=False), event=event)
    if task.exception():
        yield ServerSentEvent(json.dumps({"detail": "Something went wrong on the server. The question was not answered; try again."}), event="error")
