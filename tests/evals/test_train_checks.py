"""The claims that the check learns from, and what it learns of them."""

import json

import numpy as np

from assistant.checking.deciding import SIGNALS
from assistant.checking.verdicts import Verdict
from evals.train_checks import HERE, WEIGHTS, Case, learn, shares


def test_every_training_claim_is_told_once_with_a_verdict() -> None:
    records = [json.loads(line) for line in (HERE / "training" / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {field for record in records for field in record} <= {"claim", "verdict", "theme", "section", "scope", "note"}
    assert {record["verdict"] for record in records} == {verdict.value for verdict in Verdict}
    assert len({record["claim"].lower() for record in records}) == len(records) > 300


def test_what_is_learned_is_small_and_of_the_signals_of_a_sentence() -> None:
    assert tuple(json.loads(WEIGHTS.read_text(encoding="utf-8"))["inner"]) == SIGNALS
    assert WEIGHTS.stat().st_size < 100_000


def test_the_sentence_that_the_signal_tells_of_is_chosen_and_none_where_there_is_none() -> None:
    random = np.random.default_rng(3)
    cases = []
    for number in range(96):
        verdict = (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.NOT_COVERED)[number % 3]
        noise = [(each, (0.0, *random.random(len(SIGNALS) - 1).tolist())) for each in (Verdict.SUPPORTED, Verdict.CONTRADICTED)]
        told = [] if verdict is Verdict.NOT_COVERED else [(verdict, (1.0, *random.random(len(SIGNALS) - 1).tolist()))]
        cases.append(Case(f"claim {number}", verdict, tuple(noise + told)))
    network = learn(cases[:72])
    found = [shares(network, case) for case in cases[72:]]
    assert [max(each, key=lambda verdict: each[verdict]) for each in found] == [case.verdict for case in cases[72:]]


def test_where_nothing_was_found_none_of_it_settles_the_claim() -> None:
    case = Case("claim", Verdict.NOT_COVERED, ())
    network = learn([case, Case("other", Verdict.SUPPORTED, ((Verdict.SUPPORTED, (1.0,) * len(SIGNALS)),))])
    assert shares(network, case) == {Verdict.SUPPORTED: 0.0, Verdict.CONTRADICTED: 0.0, Verdict.PARTLY: 0.0, Verdict.NOT_COVERED: 1.0}
