"""How well the gate tells true rewordings from false ones.

    python -m evals.rewrites [--split dev|test] [--misses]

The pairs are in `evals/training/rewrites.jsonl`: one or two sentences of the library and a sentence made from them, `good` where a reader of those would
agree with it without further thought, else `bad`, with how it goes wrong: written by hand, and what the small model made of the same sentences, read by eye
(`model`). To these come systematic alterations of each sentence (`evals/alterations.py`), which are all bad. A sentence of the library is in one split
alone; what is chosen is chosen on `dev`.
"""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.checking.verdicts import Verdict
from assistant.model.grounding import Reason, held_back
from evals.alterations import alterations
from evals.questions import Split
from evals.scoring import Score, score
from index.embedding import Embedder, SentenceEmbedder

REWRITES = Path(__file__).resolve().parent / "training" / "rewrites.jsonl"
KEPT = "good kept"
LET_THROUGH = "bad let through"


class Pair(BaseModel):
    """Sentences of the library, and a sentence that was made from them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    split: Split
    sources: tuple[str, ...] = Field(min_length=1, max_length=3)
    rewritten: str = Field(min_length=1)
    verdict: Literal["good", "bad"]
    kind: str = Field(min_length=1)


@dataclass(frozen=True)
class Judged:
    """A pair and why the gate holds its sentence back; no reason where it lets it through."""

    pair: Pair
    reasons: tuple[Reason, ...]

    @property
    def is_right(self) -> bool:
        return bool(self.reasons) == (self.pair.verdict == "bad")


def load_pairs(split: Split | None = None, path: Path = REWRITES) -> list[Pair]:
    """The pairs of a split, or all. Raises ValueError for a line that is not one."""
    pairs = [Pair.model_validate_json(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [pair for pair in pairs if split in (None, pair.split)]


def altered(pairs: Iterable[Pair]) -> list[Pair]:
    """Every systematic alteration of the sentences of some pairs, each once. It stands against its own sentence alone."""
    found: dict[str, Pair] = {}
    for pair in pairs:
        for source in pair.sources:
            for each in alterations(source):
                if each.verdict is Verdict.CONTRADICTED:
                    text = each.claim[:1].upper() + each.claim[1:] + "."
                    found.setdefault(text, Pair(split=pair.split, sources=(source,), rewritten=text, verdict="bad", kind=f"altered {each.kind}"))
    return list(found.values())


def judge(pairs: Sequence[Pair], embedder: Embedder) -> list[Judged]:
    """What the gate makes of each pair."""
    return [Judged(pair, held_back(pair.rewritten, pair.sources, embedder)) for pair in pairs]


def rewrite_scores(judged: Sequence[Judged]) -> dict[str, Score]:
    """The share of good sentences that is kept, of bad ones that is let through, and of these by kind."""
    good = [each for each in judged if each.pair.verdict == "good"]
    bad = [each for each in judged if each.pair.verdict == "bad"]
    kinds = {each.pair.kind: [other for other in bad if other.pair.kind == each.pair.kind] for each in sorted(bad, key=lambda each: each.pair.kind)}
    return {KEPT: _passed(good), LET_THROUGH: _passed(bad)} | {kind: _passed(some) for kind, some in kinds.items()}


def _passed(judged: Sequence[Judged]) -> Score:
    return score([float(not each.reasons) for each in judged])


def table(scores: Mapping[str, Score]) -> str:
    """The figures in lines, one each: the share that passes, with its interval."""
    return "\n".join(f"{name:20} {each.told()}" for name, each in scores.items())


def main() -> None:
    """Judge the pairs of a split and print the figures, and on request what came out wrong."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("--misses", action="store_true", help="print each pair that came out wrong; for dev alone")
    options = parser.parse_args()
    pairs = load_pairs(options.split)
    judged = judge([*pairs, *altered(pairs)], SentenceEmbedder())
    print(table(rewrite_scores(judged)))
    if options.misses and options.split == "dev":
        for each in judged:
            if not each.is_right:
                print(f"\n{each.pair.verdict}, {each.pair.kind}: {each.pair.rewritten}\n  from: {' | '.join(each.pair.sources)}\n  {', '.join(each.reasons)}")


if __name__ == "__main__":
    main()
