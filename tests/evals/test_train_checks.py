"""The claims that the check learns from."""

import json

import numpy as np

from assistant.checking.matching import ALIKE_NAMES, MODELS
from assistant.checking.verdicts import Verdict
from evals.train_checks import HERE, LEARNED, WEIGHTS, Case, learn


def test_every_training_claim_is_told_once_with_a_verdict() -> None:
    records = [json.loads(line) for line in (HERE / "training" / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {tuple(record) for record in records} == {("claim", "verdict")}
    assert {record["verdict"] for record in records} == {verdict.value for verdict in Verdict}
    assert len({record["claim"].lower() for record in records}) == len(records) > 300


def test_what_is_learned_is_what_a_match_has() -> None:
    assert tuple(LEARNED) == MODELS
    for name in MODELS:
        assert tuple(json.loads((WEIGHTS / f"{name}.json").read_text(encoding="utf-8"))["weights"]) == ALIKE_NAMES


def test_the_signal_that_tells_gets_the_weight() -> None:
    random = np.random.default_rng(3)
    cases = []
    for number in range(64):
        right = number % 2 == 0
        values = (float(right), *random.random(len(ALIKE_NAMES) - 1).tolist())
        verdict = Verdict.SUPPORTED if right else Verdict.NOT_COVERED
        cases.append(Case(f"claim {number}", verdict, ((Verdict.SUPPORTED, "whole", values),)))
    weights = learn(cases, "whole", Verdict.SUPPORTED)["weights"]
    assert isinstance(weights, dict)
    assert max(weights, key=lambda name: abs(weights[name])) == ALIKE_NAMES[0]
