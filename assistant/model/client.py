"""The client of a language model behind an OpenAI-compatible address: bounded in time and number, and never the cause of a fault of ours."""

import math
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Literal

from llama_index.core.base.llms.types import ChatMessage
from pydantic import SecretStr

from assistant.model.breaker import CircuitBreaker
from assistant.model.calling import Caller, Part
from assistant.model.failing import ModelError
from assistant.model.forms import Forms, SchemaForm

__all__ = ["Message", "ModelClient", "ModelError", "Reply", "Stream"]

WAIT_SECONDS = 3.0
"""How long a call waits for one of the places before the model counts as busy: whoever asked is waiting too."""
LONGEST_TOKEN = 16
"""Characters a token may stand for at most before a reply counts as endless: a server need not keep to `max_tokens`."""
_LIKELIEST = 10
"""Tokens whose probability is asked for when the model judges."""
_LEAST_TOLD = 0.1
"""Share of probability that "yes" and "no" must have together: below it the model was about to say something else."""


@dataclass(frozen=True)
class Message:
    """One message of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class Reply:
    """A whole reply, and the tokens it cost; 0 where the server does not tell."""

    text: str
    prompt_tokens: int
    completion_tokens: int


class ModelClient:
    """Asks one model. Safe to share between threads.

    Times are seconds: `timeout_seconds` for a whole reply, `first_token_seconds` until it begins, retries included. `retries` are made only before the
    first token. At most `concurrency` replies are awaited at once, and as many judgements besides, so that a reply can be judged while it comes.
    """

    def __init__(
        self,
        base_url: str,
        name: str,
        key: SecretStr | None = None,
        *,
        timeout_seconds: float = 60.0,
        first_token_seconds: float = 30.0,
        retries: int = 1,
        concurrency: int = 2,
        schema_form: SchemaForm = "auto",
        breaker: CircuitBreaker | None = None,
        wait_seconds: float = WAIT_SECONDS,
    ):
        self.name = name
        self._caller = Caller(base_url, name, key, timeout_seconds, first_token_seconds, retries)
        self._forms = Forms(schema_form)
        self._breaker = breaker or CircuitBreaker()
        self._replies = BoundedSemaphore(concurrency)
        self._judgements = BoundedSemaphore(concurrency)
        self._wait_seconds = wait_seconds

    def stream(self, messages: Sequence[Message], *, schema: Mapping[str, object] | None = None, max_tokens: int) -> "Stream":
        """The reply in pieces as they come; where the server can, it is held to the JSON `schema`. Left early, the request is ended.

        While it is read it raises ModelError, also in the middle.
        """
        return Stream(self, messages, schema, max_tokens)

    def complete(self, messages: Sequence[Message], *, schema: Mapping[str, object] | None = None, max_tokens: int) -> Reply:
        """The whole reply. Raises ModelError."""
        stream = self.stream(messages, schema=schema, max_tokens=max_tokens)
        return Reply("".join(stream), stream.prompt_tokens, stream.completion_tokens)

    def chance_of_yes(self, messages: Sequence[Message]) -> float | None:
        """How likely the model begins its reply with "yes" rather than "no", 0–1; None where the server gives no probabilities or it says neither.

        Raises ModelError.
        """
        with self._place(self._judgements):
            likeliest = self._caller.first_token(_chat(messages), _LIKELIEST)
        return None if likeliest is None else _chance(likeliest)

    def close(self) -> None:
        """End what is still being asked and let the connections go. The client can be used again."""
        self._caller.close()

    def _parts(self, messages: Sequence[Message], schema: Mapping[str, object] | None, max_tokens: int) -> Generator[Part]:
        """The pieces of a reply, from one of the places."""
        most, told = LONGEST_TOKEN * max_tokens, 0
        with self._place(self._replies):
            with closing(self._caller.parts(_chat(messages), self._forms, schema, max_tokens)) as parts:
                for part in parts:
                    yield part
                    told += len(part.text)
                    if told > most:
                        return
            if not told:
                raise ModelError("empty")

    @contextmanager
    def _place(self, places: BoundedSemaphore) -> Iterator[None]:
        """One of the places, and the breaker told how it went. Who stops reading early has seen that the server answers."""
        if self._breaker.is_resting:
            raise ModelError("circuit_open")
        if not places.acquire(timeout=self._wait_seconds):
            raise ModelError("busy")
        try:
            if not self._breaker.allows():
                raise ModelError("circuit_open")
            try:
                yield
            except ModelError:
                self._breaker.failed()
                raise
            except GeneratorExit:
                self._breaker.succeeded()
                raise
            self._breaker.succeeded()
        finally:
            places.release()


class Stream(Iterator[str]):
    """A reply as it comes. `prompt_tokens` and `completion_tokens` are told at its end; 0 where the server does not tell them."""

    def __init__(self, client: ModelClient, messages: Sequence[Message], schema: Mapping[str, object] | None, max_tokens: int):
        self.prompt_tokens = 0
        self.completion_tokens = 0
        self._parts = client._parts(messages, schema, max_tokens)

    def __next__(self) -> str:
        for part in self._parts:
            self.prompt_tokens = part.prompt_tokens or self.prompt_tokens
            self.completion_tokens = part.completion_tokens or self.completion_tokens
            if part.text:
                return part.text
        raise StopIteration

    def close(self) -> None:
        """End the request, unless the reply is whole."""
        self._parts.close()


def _chat(messages: Sequence[Message]) -> list[ChatMessage]:
    return [ChatMessage(role=message.role, content=message.content) for message in messages]


def _chance(likeliest: Sequence[tuple[str, float]]) -> float | None:
    """The share of "yes" in what goes to "yes" and "no", from tokens with the logarithms of their probability."""
    shares = {"yes": 0.0, "no": 0.0}
    for token, logarithm in likeliest:
        word = token.strip(" \n\t\"'*.,:").lower()
        if word in shares:
            shares[word] += math.exp(min(logarithm, 0.0))
    told = sum(shares.values())
    return shares["yes"] / told if told >= _LEAST_TOLD else None
