"""Load for the benchmarks: the product's own server in a process of its own, and clients that put questions to it over HTTP."""

import json
import math
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import httpx

START_SECONDS = 120.0
STOP_SECONDS = 30.0
POLL_SECONDS = 0.02
REQUEST_SECONDS = 60.0
SEED = 7
TRAINING = Path(__file__).resolve().parent / "training"


class ServerFailedError(Exception):
    """The server ended, or was not ready in time; the message holds what it said."""


@dataclass(frozen=True)
class Server:
    """A server that is ready. `start_seconds` runs from the start of its process to the first 200 of `/readyz`."""

    address: str
    pid: int
    start_seconds: float

    def memory_mb(self) -> tuple[float, float]:
        """Resident set now and at its most, in MB of 1,000,000 bytes, as Linux tells them (`/proc/PID/status`, in KiB)."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        found = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB$", status, re.MULTILINE))
        return int(found["VmRSS"]) * 1024 / 1e6, int(found["VmHWM"]) * 1024 / 1e6


@dataclass(frozen=True)
class Load:
    """What came of some requests at once. Times are in milliseconds; `answered` is the share that was answered."""

    clients: int
    requests: int
    answered: float
    p50: float
    p95: float
    most: float
    per_second: float


@contextmanager
def served(data_dir: Path) -> Iterator[Server]:
    """`mutuals serve` over a data directory, on a free port, while the block runs. Raises ServerFailedError where it does not get ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    address = f"http://127.0.0.1:{port}"
    env = {**os.environ, "MUTUALS_DATA_DIR": str(data_dir.absolute()), "MUTUALS_HOST": "127.0.0.1", "MUTUALS_PORT": str(port)}
    command = [sys.executable, "-c", "from assistant.cli import main; main()", "serve"]
    said = data_dir / "server.log"
    with said.open("w", encoding="utf-8") as log:
        start = time.perf_counter()
        process = subprocess.Popen(command, env=env, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait(process, address, said)
        yield Server(address, process.pid, time.perf_counter() - start)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", address: str, said: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    with httpx.Client(timeout=START_SECONDS) as client:
        while True:
            if process.poll() is not None:
                raise ServerFailedError(f"the server ended with {process.returncode}: {said.read_text(encoding='utf-8')[-2000:]}")
            if time.monotonic() > deadline:
                raise ServerFailedError(f"the server was not ready within {START_SECONDS:.0f} s: {said.read_text(encoding='utf-8')[-2000:]}")
            try:
                if client.get(f"{address}/readyz").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(POLL_SECONDS)


def put(address: str, questions: Sequence[str], clients: int) -> Load:
    """Put each question once, `clients` at a time; a client asks its next as soon as it is answered. Raises httpx.HTTPStatusError for any that fails."""
    waiting = iter(questions)
    lock = threading.Lock()
    together = threading.Barrier(clients + 1)
    times: list[float] = []
    outcomes: list[str] = []
    failures: list[Exception] = []

    def ask() -> None:
        with httpx.Client(base_url=address, timeout=REQUEST_SECONDS) as client:
            together.wait()
            while not failures:
                with lock:
                    question = next(waiting, None)
                if question is None:
                    return
                start = time.perf_counter()
                try:
                    response = client.post("/api/v1/ask", json={"question": question})
                    response.raise_for_status()
                except httpx.HTTPError as error:
                    failures.append(error)
                    return
                times.append((time.perf_counter() - start) * 1000)
                outcomes.append(response.json()["outcome"])

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    together.wait()
    start = time.perf_counter()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - start
    if failures:
        raise failures[0]
    answered = sum(outcome in ("answered", "partial") for outcome in outcomes) / len(outcomes)
    return Load(clients, len(times), answered, quantile(times, 0.5), quantile(times, 0.95), max(times), len(times) / seconds)


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of them do not exceed: the nearest rank (Hyndman and Fan, 1996, Sample Quantiles, definition 1)."""
    return sorted(values)[max(math.ceil(share * len(values)), 1) - 1]


def training_questions() -> list[str]:
    """The texts of the training questions, each once, mixed in an order that is always the same."""
    lines = [line for path in sorted(TRAINING.glob("?.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    questions = list(dict.fromkeys(json.loads(line)["question"] for line in lines))
    Random(SEED).shuffle(questions)
    return questions


def dealt(questions: Sequence[str], hands: Sequence[int]) -> list[list[str]]:
    """Hands of so many questions each, one after the other, beginning anew where the questions run out."""
    dealt_out = []
    first = 0
    for size in hands:
        dealt_out.append([questions[(first + number) % len(questions)] for number in range(size)])
        first += size
    return dealt_out
