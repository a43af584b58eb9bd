"""Routes that ask: `/api/v1/ask` and its streamed twin."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from assistant.answers import Answer, AnswerSentence, Citation, Engine, Scope
from assistant.api.bearer import Owner
from assistant.api.problems import RESPONSES, problem_of
from assistant.ask import Progress, Said
from assistant.services import Services

ConversationId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class AskRequest(BaseModel):
    """A question. `engine` says how the answer is worded; `llm` only where the operator has set up a language model."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(description="The question, at most 2,000 characters unless the operator allows more.")
    conversation_id: ConversationId | None = Field(default=None, description="The conversation to go on with; a new one is begun where none is given.")
    standalone_question: str | None = Field(default=None, description="The question in full, where the reader has put it right; it is answered as it is.")
    scope: Scope | None = None
    engine: Engine | None = Field(
        default=None,
        description="`extractive`: in the library's own sentences. `llm`: reworded by a language model, inside the gate. Else as the operator has set.",
    )


def asking_routes(services: Services) -> APIRouter:
    """The routes over one set of services."""
    router = APIRouter(prefix="/api/v1", tags=["ask"], responses=RESPONSES)

    def answer(request: AskRequest, owner: str, progress: Progress | None = None, said: Said | None = None) -> Answer:
        standalone = request.standalone_question
        return services.converse.ask(request.question, request.conversation_id, request.scope, progress, owner, standalone, engine=request.engine, said=said)

    @router.post("/ask")
    def ask(request: AskRequest, owner: Owner) -> Answer:
        """Answer a question from the guidance, each sentence cited to an exact place."""
        return answer(request, owner)

    @router.post("/ask/stream", response_class=EventSourceResponse)
    async def ask_stream(request: AskRequest, owner: Owner) -> EventSourceResponse:
        """The same answer as server-sent events: `progress` for each stage as it begins, `sentence` for each reworded one that passes, then one `answer`."""
        loop = asyncio.get_running_loop()
        events: asyncio.Queue[ServerSentEvent | None] = asyncio.Queue()

        def tell(stage: str) -> None:
            loop.call_soon_threadsafe(events.put_nowait, _event("progress", {"stage": stage}))

        def said(sentence: AnswerSentence, citations: list[Citation]) -> None:
            told = [citation.model_dump(mode="json") for citation in citations]
            loop.call_soon_threadsafe(events.put_nowait, _event("sentence", {"text": sentence.text, "citations": told}))

        task = asyncio.create_task(run_in_threadpool(answer, request, owner, tell, said))
        task.add_done_callback(lambda _: events.put_nowait(None))
        first = await events.get()
        if first is None:
            await task  # what is wrong with a request is told before its first stage: as a problem, not as an event
        return EventSourceResponse(_told(first, events, task))

    return router


async def _told(event: ServerSentEvent | None, events: asyncio.Queue[ServerSentEvent | None], task: asyncio.Task[Answer]) -> AsyncIterator[ServerSentEvent]:
    """The events as they come, and at their end the answer, or why there is none."""
    while event is not None:
        yield event
        event = await events.get()
    error = task.exception()
    if error:
        yield _event("error", {"detail": json.loads(bytes(problem_of(error).body))["detail"]})
    else:
        yield _event("answer", task.result().model_dump(mode="json"))


def _event(name: str, data: dict[str, Any]) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data, ensure_ascii=False), event=name)
