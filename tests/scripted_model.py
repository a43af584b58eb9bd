"""A server on this machine that speaks OpenAI's chat form over real HTTP and does, request by request, what a test has written down for it."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Act = Callable[["_Handler"], None]
"""What is done with one request."""


class ScriptedModel:
    """Does the acts in turn, the last one again and again. `requests` are the bodies received, `headers` what came with them, names in small letters."""

    def __init__(self, acts: Sequence[Act]):
        self.acts = list(acts)
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.let_go = Event()
        """Set once a client has gone away in the middle of a reply."""
        self.base_url = ""


@contextmanager
def scripted(*acts: Act) -> Iterator[ScriptedModel]:
    """A running server; `base_url` is its address."""
    model = ScriptedModel(acts)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"model": model}))
    server.daemon_threads = True
    server.block_on_close = False
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    model.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def says(*pieces: str, before: float = 0.0, between: float = 0.0, used: tuple[int, int] | None = (7, 3), cut: bool = False) -> Act:
    """A streamed reply in pieces. Waits are seconds; `cut` ends the connection in the middle."""

    def act(handler: "_Handler") -> None:
        handler.begin()
        time.sleep(before)
        handler.event({"choices": [{"index": 0, "delta": {"role": "assistant", "content": None}, "finish_reason": None}]})
        for piece in pieces:
            handler.event({"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]})
            time.sleep(between)
        if cut:
            return
        handler.event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        if used:
            usage = {"prompt_tokens": used[0], "completion_tokens": used[1], "total_tokens": sum(used)}
            handler.event({"choices": [], "usage": usage})
        handler.raw(b"data: [DONE]\n\n")
        handler.raw(b"")

    return act


def pings(seconds: float) -> Act:
    """A stream that stays open with comments alone, as gateways keep one, for so long."""

    def act(handler: "_Handler") -> None:
        handler.begin()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            handler.raw(b": waiting\n\n")
            time.sleep(0.02)

    return act


def sends(body: bytes) -> Act:
    """A stream of these bytes, whatever they are."""

    def act(handler: "_Handler") -> None:
        handler.begin()
        handler.raw(body)
        handler.raw(b"")

    return act


def fails(status: int, **headers: str) -> Act:
    """An error; header names are written with `_` for `-`."""

    def act(handler: "_Handler") -> None:
        handler.plain(status, {"error": {"message": f"refused: {handler.asked}"}}, {name.replace("_", "-"): value for name, value in headers.items()})

    return act


def refuses(is_unwanted: Callable[[dict[str, Any]], bool], otherwise: Act, status: int = 400) -> Act:
    """An error for requests of a kind, and another act for the others."""
    return lambda handler: fails(status)(handler) if is_unwanted(handler.asked) else otherwise(handler)


def closes() -> Act:
    """Ends the connection without a word."""
    return lambda handler: None


def weighs(*tokens: tuple[str, float]) -> Act:
    """A reply of one token, with the logarithms of the probability of several; without any where none are given."""
    likeliest = [{"token": token, "logprob": logarithm, "bytes": None} for token, logarithm in tokens]
    logprobs = {"content": [{**likeliest[0], "top_logprobs": likeliest}]} if likeliest else None
    message = {"role": "assistant", "content": tokens[0][0] if tokens else "Yes"}
    return lambda handler: handler.plain(200, _reply({"choices": [{"index": 0, "message": message, "finish_reason": "length", "logprobs": logprobs}]}))


def _reply(fields: dict[str, Any]) -> dict[str, Any]:
    return {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", **fields}


class _Handler(BaseHTTPRequestHandler):
    model: ScriptedModel
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.close_connection = True
        self.asked: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.model.requests.append(self.asked)
        self.model.headers.append({name.lower(): value for name, value in self.headers.items()})
        act = self.model.acts[min(len(self.model.requests), len(self.model.acts)) - 1]
        try:
            act(self)
        except (BrokenPipeError, ConnectionResetError):
            self.model.let_go.set()

    def begin(self) -> None:
        """The head of a stream, whose body comes in chunks, so that an end that comes too early shows."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Connection", "close")
        self.end_headers()

    def raw(self, data: bytes) -> None:
        """One chunk; an empty one ends the body."""
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def event(self, fields: dict[str, Any]) -> None:
        self.raw(b"data: " + json.dumps(_reply(fields)).encode() + b"\n\n")

    def plain(self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), "Connection": "close", **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments: Any) -> None:
        pass
