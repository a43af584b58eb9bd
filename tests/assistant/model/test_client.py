"""The client against a real HTTP server that does what each test has written down."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from math import log
from threading import Barrier, Thread
from traceback import format_exception
from typing import Any

import pytest
from pydantic import SecretStr
from scripted_model import Act, ScriptedModel, closes, fails, pings, refuses, says, scripted, sends, weighs

from assistant.model.breaker import CircuitBreaker
from assistant.model.client import Message, ModelClient, ModelError, Reply

ASKED = [Message("system", "Be brief."), Message("user", "Who is jo@example.org?")]
SCHEMA = {"type": "object", "properties": {"answered": {"type": "boolean"}}}
Ready = Callable[..., tuple[ModelClient, ScriptedModel]]


@pytest.fixture
def ready() -> Iterator[Ready]:
    """A client of a server that does these acts in turn."""
    with ExitStack() as held:

        def made(*acts: Act, **settings: Any) -> tuple[ModelClient, ScriptedModel]:
            server = held.enter_context(scripted(*acts))
            client = ModelClient(server.base_url, "small", **settings)
            held.callback(client.close)
            return client, server

        yield made


def outcome(client: ModelClient, **options: Any) -> Reply | tuple[str, str]:
    """The reply, or what came of it until it failed and why."""
    stream = client.stream(ASKED, max_tokens=20, **options)
    told = []
    try:
        for delta in stream:
            told.append(delta)
    except ModelError as error:
        return "".join(told), error.reason
    return Reply("".join(told), stream.prompt_tokens, stream.completion_tokens)


def test_a_reply_comes_in_pieces_with_the_tokens_used(ready: Ready) -> None:
    client, server = ready(says("A ", "mutual", "."))
    stream = client.stream(ASKED, max_tokens=20)
    assert list(stream) == ["A ", "mutual", "."]
    assert (stream.prompt_tokens, stream.completion_tokens) == (7, 3)
    expected = {
        "model": "small",
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Who is jo@example.org?"}],
        "temperature": 0.0,
        "max_tokens": 20,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    assert server.requests == [expected]


def test_a_whole_reply_is_the_same(ready: Ready) -> None:
    client, _ = ready(says("A ", "mutual."), says("A mutual.", used=None))
    assert [client.complete(ASKED, max_tokens=20) for _ in range(2)] == [Reply("A mutual.", 7, 3), Reply("A mutual.", 0, 0)]


def test_nothing_is_asked_before_it_is_read(ready: Ready) -> None:
    client, server = ready(says("A"))
    client.stream(ASKED, max_tokens=20)
    assert server.requests == []


def test_the_key_set_is_sent_and_none_of_the_environment(ready: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "of-another-service")
    monkeypatch.setenv("OPENAI_ORG_ID", "of-another-organisation")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "of-another-project")
    sent = []
    for key in (None, SecretStr("ours")):
        client, server = ready(says("A"), key=key)
        client.complete(ASKED, max_tokens=20)
        sent.append((server.headers[0]["authorization"], [name for name, value in server.headers[0].items() if "another" in value]))
    assert sent == [("Bearer none", []), ("Bearer ours", [])]


FAILURES: dict[str, tuple[Act, tuple[str, str]]] = {
    "empty": (says(), ("", "empty")),
    "only spaces between": (says("", used=None), ("", "empty")),
    "no stream at all": (sends(b""), ("", "empty")),
    "a page instead of a stream": (sends(b"<html>Sign in</html>"), ("", "empty")),
    "no JSON": (sends(b"data: {oops\n\n"), ("", "closed")),
    "JSON of another form": (sends(b'data: ["a"]\n\n'), ("", "closed")),
    "no text": (sends(b"data: \xff\xfe\n\n"), ("", "closed")),
    "closed at once": (closes(), ("", "unreachable")),
    "cut off in the middle": (says("A mu", cut=True), ("A mu", "closed")),
    "an error in the middle": (
        sends(b'data: {"choices": [{"delta": {"content": "A"}}]}\n\ndata: {"error": {"message": "out of memory"}}\n\n'),
        ("A", "status"),
    ),
    "too large": (fails(413), ("", "status")),
    "not found": (fails(404), ("", "status")),
    "no right": (fails(401), ("", "status")),
    "a field that it does not know": (fails(400), ("", "status")),
    "a fault of the server": (fails(500), ("", "status")),
    "too many": (fails(429, retry_after="0"), ("", "status")),
    "too many for long": (fails(429, retry_after="3600"), ("", "status")),
    "too many until a day": (fails(429, retry_after="Mon, 23 Nov 2099 12:00:00 GMT"), ("", "status")),
    "slow to begin": (says("A", before=5), ("", "timeout")),
    "only signs of life": (pings(5), ("", "timeout")),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_has_a_reason_that_tells_nothing_of_what_was_asked(name: str, ready: Ready) -> None:
    act, expected = FAILURES[name]
    client, server = ready(act, first_token_seconds=0.4, retries=0, key=SecretStr("secret-key"))
    assert outcome(client) == expected
    with pytest.raises(ModelError) as error:
        client.complete(ASKED, max_tokens=20)
    told = "".join(format_exception(error.value))
    assert [each for each in ("jo@example.org", "secret-key", server.base_url) if each in told] == []


def test_a_server_that_is_not_there_cannot_be_reached() -> None:
    with scripted(says("A")) as gone:
        client = ModelClient(gone.base_url, "small", retries=0)
    assert outcome(client) == ("", "unreachable")
    client.close()


def test_a_reply_that_takes_too_long_is_ended_in_the_middle(ready: Ready) -> None:
    client, server = ready(says(*"abcdefghijklmnopqrst", between=0.1), timeout_seconds=0.45)
    text, reason = outcome(client)  # type: ignore[misc]
    assert (reason, 0 < len(text) < 20, "abcdefghijklmnopqrst".startswith(text)) == ("timeout", True, True)
    assert server.let_go.wait(5)


def test_whoever_stops_reading_ends_the_request(ready: Ready) -> None:
    client, server = ready(says(*"abcdefghijklmnopqrst" * 20, between=0.02))
    stream = client.stream(ASKED, max_tokens=400)
    assert next(stream) == "a"
    stream.close()
    assert list(stream) == []
    assert server.let_go.wait(5)


def test_a_reply_without_end_is_ended(ready: Ready) -> None:
    client, _ = ready(says(*["x" * 100] * 50))
    assert outcome(client) == Reply("x" * 400, 0, 0)


def test_a_model_that_first_thinks_to_itself_is_given_time(ready: Ready) -> None:
    thought = b'data: {"choices": [{"delta": {"reasoning_content": "Hm."}}]}\n\n'
    told = b'data: {"choices": [{"delta": {"content": "A."}}]}\n\ndata: [DONE]\n\n'
    client, _ = ready(sends(thought * 3 + told))
    assert list(client.stream(ASKED, max_tokens=20)) == ["A."]


RETRIED: dict[str, tuple[Act, ...]] = {
    "a fault of the server": (fails(503),),
    "too many": (fails(429, retry_after="0"),),
    "closed at once": (closes(),),
    "cut off before the first token": (says(cut=True),),
    "two faults": (fails(500), closes()),
}


@pytest.mark.parametrize("name", RETRIED)
def test_what_fails_before_the_first_token_is_asked_again(name: str, ready: Ready) -> None:
    acts = RETRIED[name]
    client, server = ready(*acts, says("A"), retries=len(acts))
    assert (outcome(client), len(server.requests)) == (Reply("A", 7, 3), len(acts) + 1)


@pytest.mark.parametrize("act", [fails(401), fails(413), says("A", cut=True), says(), fails(429, retry_after="3600")])
def test_what_asking_again_does_not_mend_is_asked_once(act: Act, ready: Ready) -> None:
    client, server = ready(act, retries=5)
    assert (isinstance(outcome(client), tuple), len(server.requests)) == (True, 1)


def test_a_server_that_says_how_long_to_wait_is_waited_for(ready: Ready) -> None:
    client, _ = ready(fails(429, retry_after="1"), says("A"))
    began = time.monotonic()
    assert outcome(client) == Reply("A", 7, 3)
    assert time.monotonic() - began >= 1.0


def test_the_best_form_that_the_server_takes_is_found_once(ready: Ready) -> None:
    def is_unwanted(asked: dict[str, Any]) -> bool:
        return asked.get("response_format", {}).get("type") == "json_schema"

    client, server = ready(refuses(is_unwanted, says("{}")))
    assert [outcome(client, schema=SCHEMA) for _ in range(2)] == [Reply("{}", 7, 3)] * 2
    assert [asked["response_format"]["type"] for asked in server.requests] == ["json_schema", "json_object", "json_object"]


def test_a_server_that_knows_no_formats_and_no_usage_is_asked_without(ready: Ready) -> None:
    client, server = ready(refuses(lambda asked: "response_format" in asked or "stream_options" in asked, says("{}", used=None), status=422))
    assert [outcome(client, schema=SCHEMA) for _ in range(2)] == [Reply("{}", 0, 0)] * 2
    assert len(server.requests) == 7


def test_a_format_set_is_kept_to(ready: Ready) -> None:
    client, server = ready(refuses(lambda asked: "response_format" in asked, says("{}")), schema_form="json_object")
    assert outcome(client, schema=SCHEMA) == ("", "status")
    assert [asked["response_format"] for asked in server.requests] == [{"type": "json_object"}] * 2


def test_a_server_that_keeps_failing_is_left_alone_and_tried_again_after_a_rest(ready: Ready) -> None:
    seconds = [0.0]
    client, server = ready(fails(500), fails(500), says("A"), retries=0, breaker=CircuitBreaker(2, 30, lambda: seconds[0]))
    assert [outcome(client) for _ in range(4)] == [("", "status"), ("", "status"), ("", "circuit_open"), ("", "circuit_open")]
    seconds[0] = 30
    assert [outcome(client) for _ in range(2)] == [Reply("A", 7, 3)] * 2
    assert len(server.requests) == 4


def test_replies_left_early_do_not_count_as_failures(ready: Ready) -> None:
    client, _ = ready(says("A", "B"), breaker=CircuitBreaker(1, 30))
    for _ in range(3):
        stream = client.stream(ASKED, max_tokens=20)
        next(stream)
        stream.close()
    assert outcome(client) == Reply("AB", 7, 3)


def test_so_many_at_once_and_no_more(ready: Ready) -> None:
    client, server = ready(says("A", "B", between=0.5), concurrency=2, wait_seconds=0.1)
    held = [client.stream(ASKED, max_tokens=20) for _ in range(2)]
    assert [next(stream) for stream in held] == ["A", "A"]
    assert outcome(client) == ("", "busy")
    assert [list(stream) for stream in held] == [["B"], ["B"]]
    assert (outcome(client), len(server.requests)) == (Reply("AB", 7, 3), 3)


def test_a_reply_can_be_judged_while_it_comes(ready: Ready) -> None:
    client, _ = ready(says("A", "B", between=0.5), weighs(("yes", 0.0)), concurrency=1, wait_seconds=0.1)
    stream = client.stream(ASKED, max_tokens=20)
    assert (next(stream), client.chance_of_yes(ASKED), list(stream)) == ("A", 1.0, ["B"])


def test_many_threads_share_one_client(ready: Ready) -> None:
    client, _ = ready(says("A ", "mutual.", between=0.01), concurrency=8, wait_seconds=20)
    barrier, outcomes = Barrier(16), []

    def ask() -> None:
        barrier.wait()
        outcomes.append(outcome(client))

    threads = [Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [Reply("A mutual.", 7, 3)] * 16


def test_closing_ends_what_is_being_asked_and_the_client_can_be_used_again(ready: Ready) -> None:
    client, _ = ready(says("A", "B", between=3), says("C"))
    client.close()
    stream = client.stream(ASKED, max_tokens=20)
    assert next(stream) == "A"
    client.close()
    with pytest.raises(ModelError) as error:
        next(stream)
    assert (error.value.reason, outcome(client)) == ("closed", Reply("C", 7, 3))


YES = log(0.6)
NO = log(0.2)
CHANCES: dict[str, tuple[Act, float | None]] = {
    "yes rather than no": (weighs(("Yes", YES), (" no", NO), ("Maybe", log(0.1))), 0.75),
    "in several spellings": (weighs(("Yes", log(0.3)), (" yes", log(0.2)), ("YES", log(0.1)), ("No.", NO)), 0.75),
    "certainly not": (weighs(("no", 0.0)), 0.0),
    "neither": (weighs(("The", log(0.9)), ("yes", log(0.05))), None),
    "no probabilities": (weighs(), None),
    "refused": (fails(400), None),
}


@pytest.mark.parametrize("name", CHANCES)
def test_the_chance_of_yes(name: str, ready: Ready) -> None:
    act, expected = CHANCES[name]
    client, server = ready(act)
    chance = client.chance_of_yes(ASKED)
    assert chance == (None if expected is None else pytest.approx(expected))
    asked = server.requests[0]
    assert (asked["max_tokens"], asked["logprobs"], asked["top_logprobs"], asked["temperature"]) == (1, True, 10, 0.0)


def test_a_judgement_that_fails_has_a_reason(ready: Ready) -> None:
    client, _ = ready(fails(500), breaker=CircuitBreaker(2, 30))
    for reason in ("status", "status", "circuit_open"):
        with pytest.raises(ModelError) as error:
            client.chance_of_yes(ASKED)
        assert error.value.reason == reason
