"""How well scope is recognised: of each utterance all that it tells and nothing else, and each field by itself. Needs no index and no model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from assistant.recognising import recognise
from evals.questions import ScopeField, Utterance
from evals.scoring import Score, score

FIELDS: tuple[ScopeField, ...] = get_args(ScopeField)

EXACT = "scope recognised"
"""The name under which the share of exact utterances is reported."""


@dataclass(frozen=True)
class Reading:
    """An utterance and what was recognised in it, as an annotation would have it."""

    utterance: Utterance
    told: dict[ScopeField, str]

    @property
    def exact(self) -> bool:
        """All of it and nothing else."""
        return self.told == self.utterance.scope


def read(utterances: Sequence[Utterance]) -> list[Reading]:
    """What the product recognises in each utterance."""
    found = []
    for utterance in utterances:
        told = recognise(utterance.text)
        found.append(Reading(utterance, {field: str(value) for field in FIELDS if (value := getattr(told, field)) is not None}))
    return found


def exactness(readings: Sequence[Reading]) -> Score:
    """The share of utterances whose scope came out exact, with its 95 % interval."""
    return score([float(reading.exact) for reading in readings])


def precision_recall(readings: Sequence[Reading], field: ScopeField) -> tuple[Score, Score]:
    """Of what was recognised in a field, the share that is right; of what it should hold, the share recognised (van Rijsbergen, 1979, chapter 7)."""
    pairs = [(reading.told.get(field), reading.utterance.scope.get(field)) for reading in readings]
    precision = score([float(told == wanted) for told, wanted in pairs if told is not None])
    return precision, score([float(told == wanted) for told, wanted in pairs if wanted is not None])


def recognition_scores(readings: Sequence[Reading]) -> dict[str, Score]:
    """Every figure by the name it is reported under."""
    scores = {EXACT: exactness(readings)}
    for field in FIELDS:
        precision, recall = precision_recall(readings, field)
        scores |= {f"{field} precision": precision, f"{field} recall": recall}
    return scores


def recognition_misses(readings: Sequence[Reading]) -> str:
    """The utterances that did not come out exact, for a person to read, in Markdown; nothing where all did."""
    parts = [
        f"\n## {each.utterance.id}: scope\n\n**Said:** {each.utterance.text}\n\n"
        f"**Wanted:** {_listed(each.utterance.scope)}\n\n**Recognised:** {_listed(each.told)}\n"
        for each in readings
        if not each.exact
    ]
    return "".join(parts)


def _listed(scope: Mapping[ScopeField, str]) -> str:
    return ", ".join(f"{field} {value}" for field, value in scope.items()) or "nothing"
