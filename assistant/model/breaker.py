"""A circuit breaker: a server that keeps failing is left alone for a time, so that nobody waits for it."""

import time
from collections.abc import Callable
from threading import Lock


class CircuitBreaker:
    """Opens after so many failures in a row and rests; then it lets one call through at a time, until one succeeds. Safe to share between threads."""

    def __init__(self, failures: int = 3, rest_seconds: float = 30.0, now: Callable[[], float] = time.monotonic):
        self._most = failures
        self._rest_seconds = rest_seconds
        self._now = now
        self._lock = Lock()
        self._failures = 0
        self._rests_until = 0.0

    @property
    def is_resting(self) -> bool:
        """Whether no call would be let through now. Asking uses nothing up."""
        with self._lock:
            return self._failures >= self._most and self._now() < self._rests_until

    def allows(self) -> bool:
        """Whether a call may be made now. After a rest the one let through begins the next rest, so that one that is never reported on blocks nothing."""
        with self._lock:
            if self._failures < self._most:
                return True
            if self._now() < self._rests_until:
                return False
            self._rests_until = self._now() + self._rest_seconds
            return True

    def succeeded(self) -> None:
        """A call went well: all are let through again."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """A call failed."""
        with self._lock:
            self._failures += 1
            if self._failures >= self._most:
                self._rests_until = self._now() + self._rest_seconds
