"""Calls to an OpenAI-compatible server through llama-index's `OpenAILike`, on an event loop of their own, so that each can be ended at its time."""

import logging
import math
from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Mapping, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from threading import Lock
from typing import Any, TypeVar

import anyio
import httpx
import openai
from anyio.from_thread import BlockingPortal, start_blocking_portal
from llama_index.core.base.llms.types import ChatMessage
from llama_index.llms.openai_like import OpenAILike
from pydantic import SecretStr

from assistant.model.failing import ModelError, Reason
from assistant.model.forms import Forms

PAUSE_SECONDS = 0.5
"""Before a request is made again, where the server does not say how long to wait."""
CONNECT_SECONDS = 5.0
"""To reach the server, as opposed to waiting for what it says."""
_NO_KEY = "none"
"""Sent where no key is set: the library would otherwise look for one in the environment, and send another service's key to this address."""
_UNKNOWN_FIELD = (400, 422)
"""What a server says to a field of the request that it does not know."""
_TRY_AGAIN = (408, 409, 429)
_NO_CONNECTION = (openai.APIConnectionError, httpx.TransportError)
"""The library tells its own error where a request fails, and that of its HTTP client where the reply breaks off."""
_log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True)
class Part:
    """A piece of a reply, with the tokens used so far where the server tells them."""

    text: str
    prompt_tokens: int
    completion_tokens: int


class Caller:
    """Makes the calls. Safe to share between threads."""

    def __init__(self, base_url: str, name: str, key: SecretStr | None, timeout_seconds: float, first_token_seconds: float, retries: int):
        self._made = partial(_model, base_url, name, key.get_secret_value() if key else _NO_KEY)
        self._timeout_seconds = timeout_seconds
        self._first_token_seconds = first_token_seconds
        self._retries = retries
        self._lock = Lock()
        self._held = ExitStack()
        self._portal: BlockingPortal | None = None
        self._model = self._made()

    def parts(self, messages: Sequence[ChatMessage], forms: Forms, schema: Mapping[str, object] | None, max_tokens: int) -> Generator[Part]:
        """The pieces of a reply as they come. Whoever stops reading ends the request. Raises ModelError."""
        came: SimpleQueue[Part | None] = SimpleQueue()
        task = self._begun(lambda model: self._put_parts(lambda: _parts(model, messages, forms, schema, max_tokens), came.put))
        task.add_done_callback(lambda _: came.put(None))
        try:
            while (part := came.get()) is not None:
                yield part
            _result(task)
        finally:
            task.cancel()

    def first_token(self, messages: Sequence[ChatMessage], most: int) -> list[tuple[str, float]] | None:
        """The likeliest first tokens with the natural logarithms of their probability; None where the server gives none. Raises ModelError."""
        return _result(self._begun(lambda model: self._first_token(model, messages, most)))

    def close(self) -> None:
        """End what is still being asked, the connections and the loop; they are begun anew where there is more to ask."""
        with self._lock:
            held, portal, model = self._held, self._portal, self._model
            self._held, self._portal, self._model = ExitStack(), None, self._made()
        if portal:
            portal.call(_ended, portal, model)
            held.close()

    def _begun(self, ask: Callable[[OpenAILike], Coroutine[Any, Any, T]]) -> Future[T]:
        """Something asked of the library's client on the event loop, which is in a thread of its own and holds that client's connections."""
        with self._lock:  # so that nothing is begun on a loop that is being closed
            if self._portal is None:
                self._portal = self._held.enter_context(start_blocking_portal(name="model"))
            return self._portal.start_task_soon(ask, self._model)

    async def _put_parts(self, ask: Callable[[], AsyncIterator[Part]], put: Callable[[Part], None]) -> None:
        """Put each piece as it comes, in time; asked again where it fails before the first. Raises ModelError."""
        began = False
        with anyio.fail_after(self._timeout_seconds), anyio.fail_after(self._first_token_seconds) as first:
            for left in range(self._retries, -1, -1):
                try:
                    async for part in ask():
                        began, first.deadline = True, math.inf
                        put(part)
                    return
                except Exception as error:
                    pause = None if began or not left else _pause(error)
                    if pause is None or anyio.current_time() + pause > first.deadline:
                        raise ModelError(_reason(error, began)) from None
                await anyio.sleep(pause)

    async def _first_token(self, model: Any, messages: Sequence[ChatMessage], most: int) -> list[tuple[str, float]] | None:
        with anyio.fail_after(self._first_token_seconds):
            try:
                response = await model.achat(messages, max_tokens=1, logprobs=True, top_logprobs=most)
            except Exception as error:
                if isinstance(error, openai.APIStatusError) and error.status_code in _UNKNOWN_FIELD:
                    return None
                raise ModelError(_reason(error, began=False)) from None
        return [(each.token, each.logprob) for each in response.logprobs[0]] if response.logprobs else None


def _model(base_url: str, name: str, key: str) -> OpenAILike:
    """The library's client. Repeating and timing are ours, so that both have one place. Raises ValueError for a name that it knows to be no chat model's."""
    client = openai.AsyncOpenAI(api_key=key, base_url=base_url, max_retries=0, timeout=openai.Timeout(None, connect=CONNECT_SECONDS))
    client.organization = client.project = None  # which it takes from the environment
    return OpenAILike(model=name, api_base=base_url, api_key=key, is_chat_model=True, temperature=0.0, max_retries=0, async_openai_client=client)


async def _parts(model: Any, messages: Sequence[ChatMessage], forms: Forms, schema: Mapping[str, object] | None, max_tokens: int) -> AsyncIterator[Part]:
    """The pieces of one reply, asked for in the best form that the server takes. A model that first thinks to itself gives empty pieces."""
    *earlier, last = forms.to_try(schema is not None)
    for form in (*earlier, last):
        try:
            async for chunk in await model.astream_chat(messages, max_tokens=max_tokens, **form.options(schema)):
                forms.taken(form, schema is not None)
                used = chunk.additional_kwargs
                if chunk.delta or used:
                    yield Part(chunk.delta or "", used.get("prompt_tokens") or 0, used.get("completion_tokens") or 0)
            return
        except openai.APIStatusError as error:
            if error.status_code not in _UNKNOWN_FIELD or form is last:
                raise


def _result(task: Future[T]) -> T:
    try:
        return task.result()
    except TimeoutError:
        raise ModelError("timeout") from None
    except CancelledError:
        raise ModelError("closed") from None


def _pause(error: Exception) -> float | None:
    """Seconds to wait before asking again; None where asking again would be no use. Negative or strange waits are not taken from a server."""
    if isinstance(error, openai.APIStatusError):
        if error.status_code not in _TRY_AGAIN and error.status_code < 500:
            return None
        told = error.response.headers.get("retry-after", "")
        return float(told) if told.isdecimal() else PAUSE_SECONDS
    return PAUSE_SECONDS if isinstance(error, _NO_CONNECTION) else None


def _reason(error: Exception, began: bool) -> Reason:
    """Why it failed. What is neither of the library's errors nor of ours is a reply in no form that it can read."""
    if isinstance(error, _NO_CONNECTION):
        return "closed" if began else "unreachable"
    if isinstance(error, openai.APIError):
        return "status"
    _log.warning("a reply of the language model could not be read: %s", type(error).__name__)
    return "closed"


async def _ended(portal: BlockingPortal, model: Any) -> None:
    await model._get_aclient().close()
    await portal.stop(cancel_remaining=True)
