"""The claims set, and how well claims are checked: the verdict, the place cited, and how far the confidence can be relied on."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.answers import Scope
from assistant.checking.verdicts import Check, Verdict
from corpus.words import Theme
from evals.places import fits
from evals.questions import FOLDER, Identifier, Place, Split
from evals.scoring import Score, score

CLAIMS = FOLDER / "claims" / "claims.jsonl"
BINS = 5


class GoldClaim(BaseModel):
    """A claim as somebody says it, with the right verdict and the places that settle it, any of which will do. `note` says why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Identifier
    split: Split
    topic: str = Field(min_length=1)
    themes: tuple[Theme, ...] = ()
    claim: str = Field(min_length=1)
    scope: Scope = Scope()
    verdict: Verdict
    gold: tuple[Place, ...] = ()
    note: str = Field(min_length=1)

    @model_validator(mode="after")
    def _settled_somewhere(self) -> "GoldClaim":
        if (self.verdict is Verdict.NOT_COVERED) == bool(self.gold):
            raise ValueError("a claim has gold places, or it is not covered")
        return self


@dataclass(frozen=True)
class Checked:
    """A claim with what the product made of it."""

    claim: GoldClaim
    check: Check

    @property
    def is_right(self) -> bool:
        """Whether the verdict is the right one."""
        return self.check.verdict is self.claim.verdict


def load_claims(split: Split | None = None, path: Path = CLAIMS) -> list[GoldClaim]:
    """The claims of a split, or all. Raises ValueError, naming the line, where one does not fit, an id is used twice, or a topic is in both splits."""
    found: dict[str, GoldClaim] = {}
    topics: dict[str, Split] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            claim = GoldClaim.model_validate(json.loads(line))
        except ValueError as error:
            raise ValueError(f"{path.name}:{number}: {error}") from error
        if claim.id in found:
            raise ValueError(f"{path.name}:{number}: id {claim.id!r} is used twice")
        if topics.setdefault(claim.topic, claim.split) != claim.split:
            raise ValueError(f"{path.name}:{number}: the topic {claim.topic!r} is in both splits")
        found[claim.id] = claim
    return [claim for claim in found.values() if split in (None, claim.split)]


def verdict_scores(checked: Sequence[Checked]) -> dict[str, Score]:
    """Accuracy; precision and recall of each verdict; the two mistakes that do most harm; and the gold place cited, where there is one."""
    scores = {"accuracy": score([float(each.is_right) for each in checked])}
    for verdict in Verdict:
        scores[f"{verdict.value}, precision"] = score([float(each.is_right) for each in checked if each.check.verdict is verdict])
        scores[f"{verdict.value}, recall"] = score([float(each.is_right) for each in checked if each.claim.verdict is verdict])
    against = [each for each in checked if each.claim.verdict is Verdict.CONTRADICTED]
    silent = [each for each in checked if each.claim.verdict is Verdict.NOT_COVERED]
    scores["contradicted called supported"] = score([float(each.check.verdict is Verdict.SUPPORTED) for each in against])
    scores["not covered called anything else"] = score([float(not each.is_right) for each in silent])
    scores["gold place cited"] = score([float(_cites_gold(each)) for each in checked if each.claim.gold])
    return scores


def calibration(checked: Sequence[Checked], bins: int = BINS) -> list[tuple[float, float, int]]:
    """For each of so many bins of equal width that has claims in it: mean confidence, share of right verdicts, and how many claims."""
    held: dict[int, list[Checked]] = {}
    for each in checked:
        held.setdefault(min(int(each.check.confidence * bins), bins - 1), []).append(each)
    return [
        (statistics.fmean(one.check.confidence for one in held[number]), statistics.fmean(one.is_right for one in held[number]), len(held[number]))
        for number in sorted(held)
    ]


def misses(checked: Sequence[Checked]) -> list[str]:
    """Each wrong verdict in a line."""
    return [
        f"{each.claim.id}: {each.claim.verdict.value} was called {each.check.verdict.value} ({each.check.confidence:.2f}): “{each.claim.claim}”"
        for each in checked
        if not each.is_right
    ]


def confusion(checked: Sequence[Checked]) -> dict[str, dict[str, int]]:
    """For each right verdict how many claims were given which."""
    return {
        right.value: {given.value: sum(each.claim.verdict is right and each.check.verdict is given for each in checked) for given in Verdict}
        for right in Verdict
    }


def by_theme(checked: Sequence[Checked]) -> dict[str, Score]:
    """Accuracy for the claims of each theme."""
    themes = dict.fromkeys(theme for each in checked for theme in each.claim.themes)
    return {str(theme): score([float(each.is_right) for each in checked if theme in each.claim.themes]) for theme in sorted(themes)}


def _cites_gold(each: Checked) -> bool:
    return any(fits(citation.source_id, citation.locator, place) for citation in each.check.citations for place in each.claim.gold)
