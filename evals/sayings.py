"""Sayings: how people say what sentences of the notes tell, and how they get it wrong. A larger and harder set beside the claims: of every sentence two right
and two wrong ways, in words as different from its own as their writers could find.

    python -m evals.sayings [--every N] [--json]

checks one in N of them against the live index and prints what the check makes of them. Nothing is learned from them but how far a verdict is to be trusted
(`evals/fit_trust.py`, on the notes of one half; the figures printed are of the other).
"""

import argparse
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rich.progress import track

from assistant.checking.service import CheckService
from assistant.checking.verdicts import Check, Verdict
from assistant.settings import Settings
from evals.questions import FOLDER
from evals.scoring import Score, score
from index.embedding import SentenceEmbedder
from index.live import LiveIndex
from index.versions import Versions

SAYINGS = FOLDER / "sayings"
EVERY = 4


class Saying(BaseModel):
    """What is said of one sentence of a section. `true` follow from it under its heading, `false` are contradicted by it, `open` speak of the same matter
    and are neither."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    section: str
    sentence: str
    true: tuple[str, ...] = Field(min_length=1)
    false: tuple[str, ...] = Field(min_length=1)
    open: tuple[str, ...] = ()

    @property
    def is_learned_from(self) -> bool:
        """Whether its note is in the half on which trust is fitted."""
        return zlib.crc32(self.section.partition(".")[0].encode()) % 2 == 0

    def claims(self) -> Iterator[tuple[str, Verdict]]:
        """Each way of saying with the verdict that the notes give it. What is open is left out: another place of the library may settle it."""
        for verdict, ways in ((Verdict.SUPPORTED, self.true), (Verdict.CONTRADICTED, self.false)):
            for way in ways:
                yield way, verdict


def load_sayings(folder: Path = SAYINGS) -> list[Saying]:
    """All sayings, by theme and in the order of the notes. Raises ValueError, naming file and line, where one does not fit."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                found.append(Saying.model_validate_json(line))
            except ValidationError as error:
                raise ValueError(f"{path.name}:{number}: {error}") from error
    return found


def said_scores(checked: Sequence[tuple[Verdict, Check]]) -> dict[str, Score]:
    """Of right and of wrong ways the share with each verdict; and how often a verdict of one is right."""
    scores = {}
    for right, name in ((Verdict.SUPPORTED, "true"), (Verdict.CONTRADICTED, "false")):
        for verdict in Verdict:
            scores[f"{name} called {verdict.value}"] = score([float(check.verdict is verdict) for gold, check in checked if gold is right])
    for verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED):
        scores[f"{verdict.value}, precision"] = score([float(gold is verdict) for gold, check in checked if check.verdict is verdict])
    settled = [(gold, check) for gold, check in checked if check.verdict is not Verdict.NOT_COVERED]
    scores["settled, confidence told"] = score([check.confidence for _, check in settled])
    scores["settled, right"] = score([float(gold is check.verdict) for gold, check in settled])
    return scores


def main() -> None:
    """Check one in so many of the sayings and print the figures."""
    parser = argparse.ArgumentParser(description="What the claim check makes of right and wrong ways of saying what the notes tell.")
    parser.add_argument("--every", type=int, default=EVERY, help=f"check one in so many sentences' sayings (default {EVERY})")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    if options.every < 1:
        parser.error("--every takes a whole number from 1")
    settings = Settings()
    checks = CheckService(LiveIndex(Versions(settings.index_dir)), SentenceEmbedder(settings.embedding_model))
    claims = [claim for saying in [each for each in load_sayings() if not each.is_learned_from][:: options.every] for claim in saying.claims()]
    scores = said_scores([(verdict, checks.check(claim)) for claim, verdict in track(claims, description="Checking", transient=True)])
    if options.json:
        print(json.dumps({name: asdict(each) for name, each in scores.items()}))
    else:
        for name, each in scores.items():
            print(f"{name:28} {each.told()}")


if __name__ == "__main__":
    main()
