"""Learning an order: a small network under which what is right in a group comes before the rest of its group."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from index.network import Network, Numbers

UNITS = 16
SHRINK = 3e-3
STEPS = 250
RATE = 0.01
"""Chosen in folds over the training questions: with no hidden layer the right passage was first for 0.818, with these for 0.830; twice or half as many
units or steps changed that by less than 0.005."""
SEED = 0
CHOICE_SHRINK = 1e-2
UNSPOKEN = -30.0
"""The value of an answer that no candidate speaks for."""


@dataclass(frozen=True)
class Group:
    """The candidates of one question: signals, shape `(candidates, signals)`, and how right each is (0: not at all), shape `(candidates,)`."""

    rows: Numbers
    right: Numbers


def learn_order(groups: Sequence[Group]) -> Network:
    """Learn from the groups in which something is right.

    Loss: cross-entropy between the softmax over a group and how right its candidates are, as shares (listwise softmax: Cao et al., 2007), with a
    penalty on the squares of the weights; Adam over all groups at once, the same each time.
    """
    import torch

    groups = [group for group in groups if group.right.any()]
    everything = np.concatenate([group.rows for group in groups])
    centre, spread = everything.mean(axis=0), everything.std(axis=0) + 1e-6
    most = max(len(group.rows) for group in groups)
    rows = torch.zeros(len(groups), most, everything.shape[1])
    right = torch.zeros(len(groups), most)
    closed = torch.full((len(groups), most), -1e9)
    for number, group in enumerate(groups):
        count = len(group.rows)
        rows[number, :count] = torch.from_numpy((group.rows - centre) / spread).float()
        right[number, :count] = torch.from_numpy(group.right / group.right.sum()).float()
        closed[number, :count] = 0
    layers: Any = _layers(everything.shape[1])
    optimiser = torch.optim.Adam(layers.parameters(), lr=RATE)
    for _ in range(STEPS):
        chances = torch.log_softmax(layers(rows).squeeze(-1) + closed, dim=1).clamp(min=-50)
        loss: Any = -(right * chances).sum(dim=1).mean() + SHRINK * sum((weights**2).sum() for weights in layers.parameters())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return _as_network(layers, centre, spread)


@dataclass(frozen=True)
class Choice:
    """What to choose between: signals of the candidates, shape `(candidates, signals)`; for each the number of the answer that it speaks for, shape
    `(candidates,)`; the number of the right answer, where the last number of all, `answers`, is none of them; and what it weighs."""

    rows: Numbers
    speaks_for: NDArray[np.int64]
    right: int
    weight: float = 1.0


def learn_choice(choices: Sequence[Choice], answers: int, sharpness: float) -> Network:
    """Learn how strongly each candidate speaks for its answer.

    An answer is worth the smooth maximum (`softened`) of its candidates' values, none of them 0. Loss: cross-entropy of the right answer under the
    softmax over answers. Choices in which nothing speaks for the right answer are left out.
    """
    import torch

    kept = [choice for choice in choices if choice.right == answers or (choice.speaks_for == choice.right).any()]
    everything = np.concatenate([choice.rows for choice in kept])
    centre, spread = everything.mean(axis=0), everything.std(axis=0) + 1e-6
    most = max(len(choice.rows) for choice in kept)
    rows = torch.zeros(len(kept), most, everything.shape[1])
    speaks_for = torch.full((len(kept), most), -1)
    for number, choice in enumerate(kept):
        count = len(choice.rows)
        rows[number, :count] = torch.from_numpy((choice.rows - centre) / spread).float()
        speaks_for[number, :count] = torch.from_numpy(choice.speaks_for)
    right = torch.tensor([choice.right for choice in kept])
    weight = torch.tensor([choice.weight for choice in kept]).float()
    layers = _layers(everything.shape[1])
    optimiser = torch.optim.Adam(layers.parameters(), lr=RATE)
    for _ in range(STEPS):
        values = layers(rows).squeeze(-1)
        held = [torch.where(speaks_for == answer, values, torch.full_like(values, UNSPOKEN)) for answer in range(answers)]
        worth = [torch.logsumexp(sharpness * each, dim=1) / sharpness for each in held]
        chances = torch.log_softmax(torch.stack([*worth, torch.zeros(len(kept))], dim=1), dim=1)
        loss: Any = -(weight * chances[torch.arange(len(kept)), right]).sum() / weight.sum()
        loss = loss + CHOICE_SHRINK * sum((each**2).sum() for each in layers.parameters())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return _as_network(layers, centre, spread)


def _layers(signals: int) -> Any:
    import torch

    torch.manual_seed(SEED)
    return torch.nn.Sequential(torch.nn.Linear(signals, UNITS), torch.nn.ReLU(), torch.nn.Linear(UNITS, 1))


def _as_network(layers: Any, centre: Numbers, spread: Numbers) -> Network:
    """The layers as a network over signals as they are, not as they were brought to one centre and spread for learning."""
    first, _, last = layers
    inner = first.weight.detach().numpy().T.astype(float) / spread[:, None]
    inner_bias = first.bias.detach().numpy().astype(float) - centre @ inner
    return Network(inner, inner_bias, last.weight.detach().numpy()[0].astype(float), float(last.bias.detach()))


def as_chance(network: Network, rows: Numbers, right: NDArray[np.bool_]) -> Network:
    """The network with its values brought to log-odds of being right (Platt, 1999); their order stays."""
    fitted = LogisticRegression().fit(network.values(rows.tolist())[:, None], right)
    scale = float(fitted.coef_[0, 0])
    return replace(network, outer=network.outer * scale, outer_bias=network.outer_bias * scale + float(fitted.intercept_[0]))
