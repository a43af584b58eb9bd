"""The circuit breaker: when it lets calls through."""

from assistant.model.breaker import CircuitBreaker


class Clock:
    """A clock that a test moves."""

    seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def opened(clock: Clock) -> CircuitBreaker:
    breaker = CircuitBreaker(failures=2, rest_seconds=30, now=clock)
    breaker.failed()
    breaker.failed()
    return breaker


def told(breaker: CircuitBreaker) -> tuple[bool, bool, bool]:
    """Whether it rests, and what it says to two calls in a row."""
    return breaker.is_resting, breaker.allows(), breaker.allows()


def test_nothing_has_happened_yet() -> None:
    assert told(CircuitBreaker()) == (False, True, True)


def test_failures_with_a_success_between_them_do_not_add_up() -> None:
    breaker = CircuitBreaker(failures=2)
    for _ in range(3):
        breaker.failed()
        breaker.succeeded()
    breaker.failed()
    assert told(breaker) == (False, True, True)


def test_it_rests_after_so_many_failures_in_a_row() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.seconds += 29.9
    assert told(breaker) == (True, False, False)


def test_after_a_rest_one_is_let_through_and_a_success_lets_all_through() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.seconds += 30
    assert told(breaker) == (False, True, False)
    breaker.succeeded()
    assert told(breaker) == (False, True, True)


def test_one_that_fails_after_a_rest_begins_the_next_rest() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.seconds += 30
    assert breaker.allows()
    clock.seconds += 20
    breaker.failed()
    clock.seconds += 29.9
    assert told(breaker) == (True, False, False)
    clock.seconds += 0.1
    assert told(breaker) == (False, True, False)


def test_one_that_is_never_reported_on_blocks_nothing() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.seconds += 30
    assert told(breaker) == (False, True, False)
    clock.seconds += 30
    assert told(breaker) == (False, True, False)


def test_without_a_rest_every_call_is_let_through() -> None:
    breaker = CircuitBreaker(failures=1, rest_seconds=0, now=Clock())
    breaker.failed()
    assert told(breaker) == (False, True, True)
