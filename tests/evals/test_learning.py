"""Learning an order: what is right comes to stand first, also where it is right in parts, and the same each time."""

import numpy as np
import pytest

from evals.learning import Group, as_chance, learn_order
from index.network import Numbers


def groups(count: int, seed: int = 1) -> list[Group]:
    """Groups of five in which the row with the largest first signal less the second is right; a third signal says nothing, and scales differ."""
    mixed = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        rows = mixed.random((5, 3)) * [1, 10, 100]
        right = np.zeros(5)
        right[int(np.argmax(rows[:, 0] - rows[:, 1] / 10))] = 1.0
        made.append(Group(rows, right))
    return made


def first(values: Numbers, group: Group) -> bool:
    return bool(group.right[int(np.argmax(values))])


def test_what_is_right_is_put_first_in_groups_it_did_not_see() -> None:
    network = learn_order(groups(200))
    assert np.mean([first(network.values(group.rows.tolist()), group) for group in groups(100, seed=2)]) > 0.9


def test_it_learns_the_same_each_time() -> None:
    assert learn_order(groups(20)).record("abc") == learn_order(groups(20)).record("abc")


def test_groups_with_nothing_right_teach_nothing() -> None:
    taught = groups(20)
    nothing = Group(np.ones((3, 3)), np.zeros(3))
    assert learn_order([*taught, nothing]).record("abc") == learn_order(taught).record("abc")


def test_a_chance_keeps_the_order_and_says_how_often_it_is_right() -> None:
    taught = groups(200)
    network = learn_order(taught)
    rows, right = np.concatenate([group.rows for group in taught]), np.concatenate([group.right for group in taught]) > 0
    chances = 1 / (1 + np.exp(-as_chance(network, rows, right).values(rows.tolist())))
    assert np.argsort(chances).tolist() == np.argsort(network.values(rows.tolist())).tolist()
    assert chances.mean() == pytest.approx(right.mean(), abs=0.02)
