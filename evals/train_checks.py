"""Learn the weights of the claim check.

    python -m evals.train_checks [--write]

Trained on `evals/training/claims.jsonl`: claims in spoken English written beside the notes, each with the verdict that the notes give it. Every sentence
that the check looks at for a claim is a case. **Whole**: of the sentences that differ from the claim in nothing, those that hold all of it. **Same**: of
those that have another figure, day or body, those in which it is of the same thing (**value**); of those that deny it, those that deny just that
(**denial**). Figures printed are from folds that keep the sentences of a claim together; the
weights written are learned on everything. No claim of the evaluation set is learned from.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.answers import Scope
from assistant.checking.deciding import judged
from assistant.checking.matching import ALIKE_NAMES, matches
from assistant.checking.service import CheckService
from assistant.checking.splitting import parts_of
from assistant.checking.statements import read_statement
from assistant.checking.verdicts import Verdict
from assistant.settings import Settings
from index.embedding import SentenceEmbedder
from index.live import LiveIndex
from index.retrieval import read_queries
from index.versions import Versions

HERE = Path(__file__).resolve().parent
WEIGHTS = HERE.parent / "assistant" / "checking"
FOLDS = 8
CLOSEST = 3
"""Sentences of a claim with another verdict that are learned from; of one with this verdict only the nearest is known to be right."""
SHRINK = 0.3
"""Inverse of the penalty; chosen in folds."""
LEARNED = {"whole": Verdict.SUPPORTED, "value": Verdict.CONTRADICTED, "denial": Verdict.CONTRADICTED}


@dataclass(frozen=True)
class Case:
    """A claim of one part, its verdict, and for each sentence looked at, the nearest first: what it seems to decide, which chance that rests on, signals."""

    claim: str
    verdict: Verdict
    seen: tuple[tuple[Verdict, str, tuple[float, ...]], ...]


def load_cases(settings: Settings) -> list[Case]:
    """The training claims, each held against the live index."""
    live, embedder = LiveIndex(Versions(settings.index_dir)), SentenceEmbedder(settings.embedding_model)
    checks, index = CheckService(live, embedder), live.current()
    cases = []
    for line in (HERE / "training" / "claims.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        parts = parts_of(record["claim"])
        if len(parts) > 1:
            continue
        query, claim = read_queries(parts, index, embedder)[0], read_statement(parts[0])
        found = matches(claim, query, checks.hits(query, index, Scope(), None), index)
        seen = tuple((each.verdict, each.rests_on, each.match.alike.values()) for each in judged(claim, found, index) if each.match)
        cases.append(Case(record["claim"], Verdict(record["verdict"]), seen))
    return cases


def learn(cases: Sequence[Case], name: str, verdict: Verdict) -> dict[str, object]:
    """Learn to tell, of the sentences that seem to decide for a verdict, those that do; prints the area under the curve on what was not seen."""
    rows, right, groups = [], [], []
    for number, case in enumerate(cases):
        seeming = [values for seems, rests_on, values in case.seen if seems is verdict and rests_on == name]
        for values in seeming[: 1 if case.verdict is verdict else CLOSEST]:
            rows.append(values)
            right.append(case.verdict is verdict)
            groups.append(number)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=SHRINK, max_iter=5000))
    unseen = cross_val_predict(model, np.array(rows), np.array(right), groups=groups, cv=GroupKFold(FOLDS), method="predict_proba")[:, 1]
    print(f"{name}: AUC {roc_auc_score(right, unseen):.3f} over {sum(right)} that decide and {len(right) - sum(right)} that do not")
    model.fit(np.array(rows), np.array(right))
    weights = model[-1].coef_[0] / model[0].scale_
    bias = float(model[-1].intercept_[0] - weights @ model[0].mean_)
    named = {name: round(float(weight), 4) for name, weight in zip(ALIKE_NAMES, weights, strict=True)}
    print({name: round(float(weight), 2) for name, weight in zip(ALIKE_NAMES, model[-1].coef_[0], strict=True)})
    return {"bias": round(bias, 4), "weights": named}


def main() -> None:
    """Learn both, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description="Learn the weights of the claim check.")
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    cases = load_cases(Settings())
    for name, verdict in LEARNED.items():
        learned = learn(cases, name, verdict)
        if options.write:
            (WEIGHTS / f"{name}.json").write_text(json.dumps(learned, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
