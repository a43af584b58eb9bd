"""The claims set is sound, and its figures are what they say."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest

from assistant.checking.verdicts import Check, Verdict
from corpus.library import load_library
from corpus.words import Theme
from evals.claims import Checked, GoldClaim, calibration, load_claims, misses, verdict_scores
from evals.places import fits
from evals.questions import Split
from evals.scoring import Score
from evals.train_checks import HERE

TRAINING = HERE / "training"


def line(**fields: Any) -> str:
    given = {"id": "a-1", "split": "dev", "topic": "a", "claim": "It is so.", "verdict": "not_covered", "note": "silent"}
    return json.dumps(given | fields)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["{}"], "claims.jsonl:1"),
        ([line(verdict="true")], "verdict"),
        ([line(verdict="supported")], "gold places"),
        ([line(gold=[{"source": "s", "locator": "1"}])], "gold places"),
        ([line(), line()], "id 'a-1' is used twice"),
        ([line(), line(id="a-2", split="test")], "the topic 'a' is in both splits"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, lines: list[str], why: str) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(why)):
        load_claims(path=path)


def test_every_gold_place_exists() -> None:
    places = [(section.source_id, section.locator) for section in load_library().sections()]
    lost = [(claim.id, place) for claim in load_claims() for place in claim.gold if not any(fits(source, locator, place) for source, locator in places)]
    assert lost == []


@pytest.mark.parametrize("split", ["dev", "test"])
def test_every_verdict_is_claimed_about_as_often(split: Split) -> None:
    count = Counter(claim.verdict for claim in load_claims(split))
    assert set(count) == set(Verdict)
    assert min(count.values()) >= 0.85 * max(count.values())


def test_the_set_is_large_and_of_every_theme() -> None:
    claims = load_claims()
    assert len(claims) >= 240
    assert {theme for claim in claims for theme in claim.themes} == set(get_args(Theme))
    once_true = Counter(claim.claim for claim in claims)
    assert sum(count == 2 for count in once_true.values()) >= 6


def test_no_training_claim_is_measured() -> None:
    training = (TRAINING / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["claim"].casefold() for line in training} & {claim.claim.casefold() for claim in load_claims()} == set()


def test_no_claim_is_a_near_copy_of_the_notes() -> None:
    texts = [_words(section.text) for section in load_library().sections()]
    runs = {text[at : at + 8] for text in texts for at in range(len(text) - 7)}
    copied = [claim.id for claim in load_claims() if any(_words(claim.claim)[at : at + 8] in runs for at in range(len(_words(claim.claim)) - 7))]
    assert copied == []


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[\w']+", text.casefold()))


def checked(gold: Verdict, told: Verdict, confidence: float) -> Checked:
    places = [] if gold is Verdict.NOT_COVERED else [{"source": "s", "locator": "1"}]
    claim = GoldClaim.model_validate({"id": "x", "split": "dev", "topic": "t", "claim": "C.", "verdict": gold, "gold": places, "note": "n"})
    return Checked(claim, Check(check_id="c", claim="C.", verdict=told, explanation="", confidence=confidence, timings_ms={}))


def test_figures_of_nothing() -> None:
    scores = verdict_scores([])
    assert set(scores.values()) == {Score(0.0, 0.0, 0.0, 0)}
    assert (len(scores), calibration([]), misses([])) == (12, [], [])


def test_figures() -> None:
    held = [
        checked(Verdict.SUPPORTED, Verdict.SUPPORTED, 0.9),
        checked(Verdict.CONTRADICTED, Verdict.SUPPORTED, 1.0),
        checked(Verdict.NOT_COVERED, Verdict.PARTLY, 0.1),
        checked(Verdict.NOT_COVERED, Verdict.NOT_COVERED, 0.1),
    ]
    told = {name: (score.mean, score.cases) for name, score in verdict_scores(held).items()}
    assert told == {
        "accuracy": (0.5, 4),
        "supported, precision": (0.5, 2),
        "supported, recall": (1.0, 1),
        "contradicted, precision": (0.0, 0),
        "contradicted, recall": (0.0, 1),
        "partly, precision": (0.0, 1),
        "partly, recall": (0.0, 0),
        "not_covered, precision": (1.0, 1),
        "not_covered, recall": (0.5, 2),
        "contradicted called supported": (1.0, 1),
        "not covered called anything else": (0.5, 2),
        "gold place cited": (0.0, 2),
    }
    assert calibration(held) == [(0.1, 0.5, 2), (0.95, 0.5, 2)]
    assert misses(held) == ["x: contradicted was called supported (1.00): “C.”", "x: not_covered was called partly (0.10): “C.”"]
