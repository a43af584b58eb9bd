"""Writing in the background: what is recorded of an answer neither holds the answer up nor fails it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Lock

WAITING = 500
"""Tasks that wait at most; while the database is out of reach, what comes on top is not taken."""


class BackgroundWriter:
    """Does one task after another in a thread of its own. A task tells its own faults: nobody waits for the outcome. Safe to share between threads."""

    def __init__(self, name: str):
        self._lock = Lock()
        self._waiting: set[Future[None]] = set()
        self._writer = ThreadPoolExecutor(1, name)

    def take(self, task: Callable[[], None]) -> bool:
        """Take a task on, unless too many wait; whether it was taken."""
        with self._lock:
            if len(self._waiting) >= WAITING:
                return False
            future = self._writer.submit(task)
            self._waiting.add(future)
        future.add_done_callback(self._done)
        return True

    def settle(self, seconds: float = 30.0) -> None:
        """Wait until what was taken so far is done, or so long."""
        with self._lock:
            waiting = set(self._waiting)
        wait(waiting, seconds)

    def _done(self, future: Future[None]) -> None:
        with self._lock:
            self._waiting.discard(future)
