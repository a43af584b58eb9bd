"""Learn the weights of ranker, relevance and confidence.

    python -m evals.train [--write]

Trained on `evals/training/` (questions written for single passages without sight of the notes' own asks, and questions the library
does not answer) and `evals/off_topic.txt`. No question of the evaluation set is learned from: `dev` is for choosing thresholds, and `test` for
measuring alone.

**Ranker**: an ordering of a question's candidates by their signals; the passage a question was written for comes first. **Relevance**: the same of
the sentences of the best passages by their signs; in the `*.sentences.json` files a reader has marked for each question the sentence that answers it
best and those that belong in the answer too. **Confidence**: logistic over the evidence of the best passages and the question's own vector. Each is
learned on what the one before makes of questions it did not see. All figures printed are from five folds; the weights written are learned on
everything.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.ask import PASSAGES
from assistant.confidence import EVIDENCE_NAMES, read_evidence
from assistant.relevance import SIGN_NAMES, read_signs
from assistant.settings import Settings
from assistant.understanding import question_kind
from evals.learning import Group, as_chance, learn_order
from index.embedding import SentenceEmbedder
from index.live import LiveIndex, OpenIndex
from index.network import Network, Numbers
from index.ranking import SIGNAL_NAMES
from index.retrieval import Hit, Query, lifted, read_query, search
from index.versions import Versions

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FOLDS = 5
CANDIDATES = 150
"""Passages a case keeps at most: all that retrieval brings, so that the weights in use do not choose among them."""
SEED = 7


@dataclass(frozen=True)
class Case:
    """A question with its candidates; `right` are the ids of candidates that answer it, none where nothing does."""

    query: Query
    hits: tuple[Hit, ...]
    right: frozenset[str]
    answerable: bool
    told: dict[int, float] | None = None
    """By number, the sentences of the right passage that belong in the answer, with their weight: 2 for the best, 1 for the others."""


def load_cases(index: OpenIndex, embedder: SentenceEmbedder) -> list[Case]:
    """Every training case, in a fixed order."""
    cases = []
    for path in sorted((HERE / "training").glob("?.jsonl")):
        marks = json.loads(path.with_suffix(".sentences.json").read_text(encoding="utf-8"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            record = json.loads(line)
            case = _case(record["question"], record["passage"], index, embedder)
            mark = marks.get(str(number))
            cases.append(replace(case, told={**dict.fromkeys(mark["also"], 1.0), mark["best"]: 2.0}) if mark else case)
    for line in (HERE / "off_topic.txt").read_text(encoding="utf-8").splitlines():
        cases.append(_case(line, None, index, embedder))
    return cases


def _case(text: str, passage_id: str | None, index: OpenIndex, embedder: SentenceEmbedder) -> Case:
    query = read_query(text, index, embedder)
    hits = tuple(search(query, index, k=CANDIDATES))
    return Case(query, hits, frozenset(hit.passage.id for hit in hits if hit.passage.id == passage_id), bool(passage_id))


def train_ranker(cases: Sequence[Case]) -> Network:
    """Learn from the right passages and the other candidates."""
    taught = [case for case in cases if case.right]
    groups = [Group(np.array(_signals(case)), np.array([float(hit.passage.id in case.right) for hit in case.hits])) for case in taught]
    rows, right = np.concatenate([group.rows for group in groups]), np.concatenate([group.right for group in groups])
    return as_chance(learn_order(groups), rows, right > 0)


def ranked(case: Case, model: Network) -> Case:
    """The case with its candidates scored by a model, best first."""
    scores = 1 / (1 + np.exp(-model.values(_signals(case))))
    if case.query.wants_place:
        scores = np.array([lifted(score) if hit.at_place else score for hit, score in zip(case.hits, scores, strict=True)])
    hits = [replace(hit, score=float(score)) for hit, score in zip(case.hits, scores, strict=True)]
    return replace(case, hits=tuple(sorted(hits, key=lambda hit: -hit.score)))


def _signals(case: Case) -> list[tuple[float, ...]]:
    return [hit.signals.values() for hit in case.hits]


def sentence_groups(cases: Sequence[Case], index: OpenIndex) -> list[Group | None]:
    """For each case the signs of every sentence of its best passages, and how right it is; None where nobody has marked the sentences."""
    groups: list[Group | None] = []
    for case in cases:
        rows, right = [], []
        for hit in case.hits[:PASSAGES] if case.told else ():
            for number, signs in enumerate(read_signs(case.query, question_kind(case.query.question), hit, index.keywords)):
                rows.append(signs.values())
                right.append((case.told or {}).get(number, 0.0) if hit.passage.id in case.right else 0.0)
        groups.append(Group(np.array(rows), np.array(right)) if rows else None)
    return groups


def best_first(groups: Sequence[Group], values: Sequence[Numbers]) -> float:
    """Share of the marked cases in which the sentence marked best has the highest value of all."""
    return float(np.mean([group.right[int(np.argmax(each))] == 2.0 for group, each in zip(groups, values, strict=True)]))


def hit_rate(cases: Sequence[Case], k: int) -> float:
    """Success at k over the answerable cases; a case whose right passage is no candidate counts as a miss."""
    found = [any(hit.passage.id in case.right for hit in case.hits[:k]) for case in cases if case.answerable]
    return float(np.mean(found))


def folds(count: int) -> list[NDArray[np.int64]]:
    """Which cases each fold holds out."""
    order = np.random.default_rng(SEED).permutation(count)
    return [order[number::FOLDS] for number in range(FOLDS)]


def held_out_ranking(cases: Sequence[Case]) -> list[Case]:
    """Every case ranked by a model that did not see it."""
    out = list(cases)
    for held in folds(len(cases)):
        rest = [case for number, case in enumerate(cases) if number not in set(held.tolist())]
        model = train_ranker(rest)
        for number in held:
            out[number] = ranked(cases[number], model)
    return out


def main() -> None:
    """Train the three parts, print how they do on what they did not see, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description="Learn the weights of ranker, relevance and confidence.")
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    settings = Settings()
    embedder = SentenceEmbedder(settings.embedding_model)
    index = LiveIndex(Versions(settings.index_dir)).current()
    cases = load_cases(index, embedder)

    print("in use:  ", ", ".join(f"hit@{k} {hit_rate(cases, k):.3f}" for k in (1, 3, 5, 8, CANDIDATES)))
    unseen = held_out_ranking(cases)
    print("held out:", ", ".join(f"hit@{k} {hit_rate(unseen, k):.3f}" for k in (1, 3, 5, 8, CANDIDATES)))
    relevance = _train_relevance(unseen, index)

    rows = np.array([_evidence(case, index) for case in unseen])
    truth = np.array([case.answerable for case in unseen])
    chances = np.zeros(len(rows))
    for held in folds(len(rows)):
        rest = np.setdiff1d(np.arange(len(rows)), held)
        chances[held] = _confidence_model(rows[rest], truth[rest]).predict_proba(rows[held])[:, 1]
    print(f"confidence, held out: AUC {roc_auc_score(truth, chances):.3f} over {truth.sum()} answerable and {(~truth).sum()} not")
    for threshold in np.arange(0.2, 0.85, 0.05):
        refused, held = np.mean(chances[truth] < threshold), np.mean(chances[~truth] < threshold)
        print(f"  answer from {threshold:.2f}: answerable refused {refused:.3f}, unanswerable held back {held:.3f}")
    bias, weights, likeness = _by_evidence(_confidence_model(rows, truth))
    print("confidence", {name: round(weight, 2) for name, weight in weights.items()}, "bias", round(bias, 2))
    order = np.argsort(chances)
    print("least sure of the answerable:", *[f"\n  {chances[n]:.2f} {unseen[n].query.question}" for n in order if truth[n]][:15])
    print("surest of the unanswerable:", *[f"\n  {chances[n]:.2f} {unseen[n].query.question}" for n in order[::-1] if not truth[n]][:25])
    if options.write:
        _write(ROOT / "index" / "ranking.json", train_ranker(cases).record(SIGNAL_NAMES))
        _write(ROOT / "assistant" / "relevance.json", relevance.record(SIGN_NAMES))
        path = ROOT / "assistant" / "confidence.json"
        thresholds = {name: value for name, value in json.loads(path.read_text(encoding="utf-8")).items() if name.endswith("_from")}
        _write(path, {"bias": round(bias, 4), "weights": {name: round(weight, 4) for name, weight in weights.items()}, **thresholds})
        (ROOT / "assistant" / "likeness.json").write_text(json.dumps(likeness) + "\n", encoding="utf-8")


def _train_relevance(cases: Sequence[Case], index: OpenIndex) -> Network:
    """Print how the order of sentences does on cases it did not see, and learn it from all."""
    all_groups = sentence_groups(cases, index)
    out: list[tuple[Group, Numbers]] = []
    for held in folds(len(cases)):
        hidden = set(held.tolist())
        network = learn_order([group for number, group in enumerate(all_groups) if group and number not in hidden])
        tried = [group for number in sorted(hidden) if (group := all_groups[number]) and group.right.any()]
        out += [(group, network.values(group.rows.tolist())) for group in tried]
    groups, values = zip(*out, strict=True)
    print(f"relevance, held out: best sentence first {best_first(groups, values):.3f} of {len(groups)}")
    return learn_order([group for group in all_groups if group])


def _evidence(case: Case, index: OpenIndex) -> list[float]:
    """The evidence of a case without `likeness`, which is learned here, and then the question's vector."""
    evidence = read_evidence(case.query, case.hits[:PASSAGES], index.keywords)
    return [*evidence.values()[:-1], *case.query.vectors[0].tolist()]


def _confidence_model(rows: NDArray[np.float64], truth: NDArray[np.bool_]) -> Pipeline:
    """Logistic over the evidence and the question's vector together, each scaled to the same spread; the penalty was chosen in folds."""
    return make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=5000)).fit(rows, truth)


def _by_evidence(model: Pipeline) -> tuple[float, dict[str, float], list[float]]:
    """(bias, weights of the evidence by name, weights of the vector with their own centring last), for values that are not scaled."""
    weights = model[-1].coef_[0] / model[0].scale_
    known = len(EVIDENCE_NAMES) - 1
    centre = -float(weights[known:] @ model[0].mean_[known:])
    bias = float(model[-1].intercept_[0] - weights[:known] @ model[0].mean_[:known])
    named = dict(zip(EVIDENCE_NAMES, [*weights[:known].tolist(), 1.0], strict=True))
    return bias, named, [round(float(weight), 5) for weight in [*weights[known:], centre]]


def _write(path: Path, record: dict[str, Any]) -> None:
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
