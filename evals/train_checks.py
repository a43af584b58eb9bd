"""Learn which sentence settles a claim, if any does.

    python -m evals.train_checks [--write]

Trained on `evals/training/claims.jsonl`: claims in spoken English written beside the notes, each with the verdict that the notes give it; and on
systematic alterations of sentences of the library (`evals/alterations.py`). Of each sentence that the check looks at for a claim it is known what it would
decide; learned is how strongly it speaks for that. Figures printed are of claims that were not learned from, in folds; the weights written are learned on
everything. No claim of the evaluation set is learned from.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from assistant.answers import Scope
from assistant.checking.deciding import SHARPNESS, SIGNALS, SURE_FROM, Seen, chances, judged
from assistant.checking.matching import matches
from assistant.checking.service import CheckService, read_claim
from assistant.checking.splitting import parts_of
from assistant.checking.verdicts import Verdict
from assistant.scoping import known_sources
from assistant.settings import Settings
from corpus.sections import Role
from evals.alterations import alterations
from evals.learning import Choice, learn_choice
from index.embedding import SentenceEmbedder
from index.live import LiveIndex, OpenIndex
from index.network import Network
from index.versions import Versions

HERE = Path(__file__).resolve().parent
ANSWERS = (*SURE_FROM, Verdict.NOT_COVERED)
WEIGHTS = HERE.parent / "assistant" / "checking" / "settles.json"
FOLDS = 8
EVERY = 12
"""Of the altered sentences one in so many is learned from: all of them would drown what people say."""
ALTERED = 0.3
"""What a group of an altered sentence weighs beside one of a claim that somebody wrote."""


@dataclass(frozen=True)
class Case:
    """A claim of one part with its verdict; of each sentence looked at, the nearest first, what it seems to decide and its signals."""

    claim: str
    verdict: Verdict
    seen: tuple[tuple[Verdict, tuple[float, ...]], ...]
    weight: float = 1.0

    def choice(self) -> Choice:
        """The case as a choice between the verdicts that sentences speak for, and none of them."""
        rows = np.array([signals for _, signals in self.seen]).reshape(len(self.seen), len(SIGNALS))
        return Choice(rows, np.array([ANSWERS.index(verdict) for verdict, _ in self.seen], dtype=np.int64), ANSWERS.index(self.verdict), self.weight)


class Reader:
    """Holds claims against the live index, as the check does."""

    def __init__(self, settings: Settings):
        live, self._embedder = LiveIndex(Versions(settings.index_dir)), SentenceEmbedder(settings.embedding_model)
        self._checks = CheckService(live, self._embedder)
        self.index: OpenIndex = live.current()

    def cases(self, claim: str, verdict: Verdict, scope: Scope, weight: float = 1.0) -> Iterator[Case]:
        """The cases of a claim: one for each part. What is right of the parts is known where there is one, or all are borne out."""
        parts = parts_of(claim)
        if len(parts) > 1 and verdict is not Verdict.SUPPORTED:
            return
        today = date.today()
        day = scope.as_of.last if scope.as_of else today
        sources = known_sources(self.index.store.sources, day) if day < today else None
        for claimed in read_claim(claim, parts, self.index, self._embedder):
            found = matches(claimed, self._checks.hits(claimed.query, self.index, scope, sources), self.index)
            yield Case(claimed.statement.text, verdict, tuple(_signs(each) for each in judged(claimed.statement, found, self.index, day)), weight)


def _signs(seen: Seen) -> tuple[Verdict, tuple[float, ...]]:
    return seen.verdict, seen.signals()


def load_cases(settings: Settings) -> list[Case]:
    """The training claims and some altered sentences, each held against the live index."""
    reader = Reader(settings)
    cases: list[Case] = []
    for line in (HERE / "training" / "claims.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        cases += reader.cases(record["claim"], Verdict(record["verdict"]), Scope(**record.get("scope", {})))
    told = (
        altered
        for passage in reader.index.store.all_passages()
        if not passage.is_original and passage.source_id not in reader.index.store.findings
        for number, sentence in enumerate(passage.sentences)
        if sentence.role is not Role.LEAD_IN
        for altered in alterations(passage.quote(number))
    )
    for number, altered in enumerate(told):
        if number % EVERY == 0:
            cases += reader.cases(altered.claim, altered.verdict, Scope(), ALTERED)
    return cases


def learn(cases: Sequence[Case]) -> Network:
    """The network that orders the sentences of a claim."""
    return learn_choice([case.choice() for case in cases], len(ANSWERS) - 1, SHARPNESS)


def shares(network: Network, case: Case) -> dict[Verdict, float]:
    """The chance of each verdict on a case."""
    return chances([verdict for verdict, _ in case.seen], network.values([signals for _, signals in case.seen]))


def in_folds(cases: Sequence[Case]) -> list[dict[Verdict, float]]:
    """The chances of each case from what was learned without its fold."""
    order = np.random.default_rng(1).permutation(len(cases))
    found: list[Any] = [None] * len(cases)
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS].tolist())
        network = learn([case for number, case in enumerate(cases) if number not in held])
        for number in held:
            found[number] = shares(network, cases[number])
    return found


def main() -> None:
    """Learn, print what it gives on claims not learned from, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description="Learn which sentence settles a claim.")
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    cases = load_cases(Settings())
    for name, weight in (("claims", 1.0), ("altered sentences", ALTERED)):
        numbered = [(case, chances) for case, chances in zip(cases, in_folds(cases), strict=True) if case.weight == weight]
        given = Counter((case.verdict.value, max(chances, key=lambda each: chances[each]).value) for case, chances in numbered)
        right = sum(count for (verdict, told), count in given.items() if verdict == told)
        print(f"{name}: {right} of {len(numbered)} right ({right / len(numbered):.3f})")
        print({f"{verdict} called {told}": count for (verdict, told), count in sorted(given.items()) if verdict != told})
    if options.write:
        WEIGHTS.write_text(json.dumps(learn(cases).record(SIGNALS), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
