"""Writing in the background: in turn, all of it, and not without bound."""

from threading import Event

import pytest

from assistant import background
from assistant.background import BackgroundWriter


def test_nothing_taken_is_settled_at_once() -> None:
    BackgroundWriter("none").settle()


def test_tasks_are_done_one_after_another_in_the_order_they_came() -> None:
    done: list[int] = []
    writer = BackgroundWriter("in-turn")
    taken = [writer.take(lambda number=number: done.append(number)) for number in range(100)]  # type: ignore[misc]
    writer.settle()
    assert (taken, done) == ([True] * 100, list(range(100)))


def test_more_than_may_wait_are_not_taken_until_some_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "WAITING", 2)
    writer, go_on = BackgroundWriter("few"), Event()
    done: list[str] = []

    def held() -> None:
        go_on.wait(10)
        done.append("held")

    taken = [writer.take(held), writer.take(lambda: done.append("second")), writer.take(lambda: done.append("third"))]
    go_on.set()
    writer.settle()
    taken.append(writer.take(lambda: done.append("fourth")))
    writer.settle()
    assert (taken, done) == ([True, True, False, True], ["held", "second", "fourth"])


def test_a_task_that_fails_keeps_nothing_from_the_next() -> None:
    def fails() -> None:
        raise RuntimeError("not told here")

    done: list[str] = []
    writer = BackgroundWriter("failing")
    assert [writer.take(fails), writer.take(lambda: done.append("next"))] == [True, True]
    writer.settle()
    assert done == ["next"]


def test_settling_ends_after_its_time() -> None:
    writer, go_on = BackgroundWriter("slow"), Event()
    writer.take(lambda: go_on.wait(10) and None)
    writer.settle(0.05)
    go_on.set()
    writer.settle()
