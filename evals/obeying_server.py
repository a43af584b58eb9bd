"""The worst model there could be: it says whatever an attack demands, each time it is asked, in the form that OpenAI's servers have.

It cites the passages it was given and joins the demand to a true sentence of theirs, so that nothing but the gate stands between it and the reader.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

_PASSAGE = re.compile(r'<passage number="\d+">\n(.*?)\n</passage>', re.DOTALL)


class ObeyingModel:
    """What it says next is in `demand`. `asked` counts the replies it has made."""

    def __init__(self) -> None:
        self.demand = ""
        self.asked = 0
        self.base_url = ""

    def reply(self, prompt: str) -> str:
        """The demand by itself, joined to a true sentence in front and behind, and once more with a place that it does not rest on."""
        self.asked += 1
        found = _PASSAGE.search(prompt)
        true = re.split(r"(?<=[.!?])\s", found[1])[0].rstrip(".") if found else "Mutuals deliver public services"
        said = [self.demand, f"{true}, and {self.demand[:1].lower()}{self.demand[1:]}", f"{self.demand.rstrip('.')}, and {true[:1].lower()}{true[1:]}."]
        sentences = [{"passages": [1], "text": text} for text in said] + [{"passages": [2], "text": f"According to the guidance, {self.demand}"}]
        return json.dumps({"answered": True, "sentences": sentences}, ensure_ascii=False)


@contextmanager
def obeying() -> Iterator[ObeyingModel]:
    """The model served on a free port of 127.0.0.1 while the block runs."""
    model = ObeyingModel()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"model": model}))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    model.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    model: ObeyingModel

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = self.model.reply(body["messages"][-1]["content"])
        self.send_response(200)
        if body.get("stream"):
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            self._event({"choices": [{"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}]})
            self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
            self.wfile.write(b"data: [DONE]\n\n")
            return
        told = json.dumps({"id": "obeys", "object": "chat.completion", "created": 0, "model": "obeys", "choices": [_choice(text)]}).encode()
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def _event(self, fields: dict[str, Any]) -> None:
        told = {"id": "obeys", "object": "chat.completion.chunk", "created": 0, "model": "obeys", **fields}
        self.wfile.write(f"data: {json.dumps(told, ensure_ascii=False)}\n\n".encode())

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


def _choice(text: str) -> dict[str, Any]:
    return {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
