"""Routes that ask: `/api/v1/ask` and its streamed twin."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from assistant.answers import Answer, Scope
from assistant.api.bearer import Owner
from assistant.api.problems import RESPONSES, problem_of
from assistant.ask import Progress
from assistant.services import Services

ConversationId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class AskRequest(BaseModel):
    """A question. The language-model engine is not part of this release: `engine` takes `extractive` alone."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(description="The question, at most 2,000 characters unless the operator allows more.")
    conversation_id: ConversationId | None = Field(default=None, description="The conversation to go on with; a new one is begun where none is given.")
    standalone_question: str | None = Field(default=None, description="The question in full, where the reader has put it right; it is answered as it is.")
    scope: Scope | None = None
    engine: Literal["extractive"] = "extractive"


def asking_routes(services: Services) -> APIRouter:
    """The routes over one set of services."""
    router = APIRouter(prefix="/api/v1", tags=["ask"], responses=RESPONSES)

    def answer(request: AskRequest, owner: str, progress: Progress | None = None) -> Answer:
        return services.converse.ask(request.question, request.conversation_id, request.scope, progress, owner, request.standalone_question)

    @router.post("/ask")
    def ask(request: AskRequest, owner: Owner) -> Answer:
        """Answer a question from the guidance, each sentence cited to an exact place."""
        return answer(request, owner)

    @router.post("/ask/stream", response_class=EventSourceResponse)
    async def ask_stream(request: AskRequest, owner: Owner) -> EventSourceResponse:
        """The same answer as server-sent events: `progress` for each stage as it begins, then one `answer`."""
        loop = asyncio.get_running_loop()
        stages: asyncio.Queue[str | None] = asyncio.Queue()

        def tell(stage: str) -> None:
            loop.call_soon_threadsafe(stages.put_nowait, stage)

        task = asyncio.create_task(run_in_threadpool(answer, request, owner, tell))
        task.add_done_callback(lambda _: stages.put_nowait(None))
        first = await stages.get()
        if first is None:
            await task  # what is wrong with a request is told before its first stage: as a problem, not as an event
        return EventSourceResponse(_events(first, stages, task))

    return router


async def _events(stage: str | None, stages: asyncio.Queue[str | None], task: asyncio.Task[Answer]) -> AsyncIterator[ServerSentEvent]:
    while stage is not None:
        yield ServerSentEvent(json.dumps({"stage": stage}), event="progress")
        stage = await stages.get()
    error = task.exception()
    if error:
        yield ServerSentEvent(json.dumps({"detail": json.loads(bytes(problem_of(error).body))["detail"]}, ensure_ascii=False), event="error")
    else:
        yield ServerSentEvent(json.dumps(task.result().model_dump(mode="json"), ensure_ascii=False), event="answer")
