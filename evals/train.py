"""Learn the weights of ranker, relevance and confidence.

    python -m evals.train [--write]

Trained on `evals/training/` (questions written for single passages without sight of the notes' own asks, and questions the library
does not answer), `evals/off_topic.txt` and the `dev` questions. No `test` question is read here.

**Relevance**: logistic over the signs of a sentence; in the passages of the `*.sentences.json` files, a reader has marked for each
question the sentence that answers it best and those that belong in the answer too; all other sentences of the best passages are wrong.

**Ranker**: logistic over the signals of a passage; the passage a question was written for (or one at a gold place) is right, the other
candidates are wrong. **Confidence**: logistic over the evidence of the best passages and the question's own vector, with ranker scores
from folds that did not see the question. All figures printed are from five folds; the weights written are learned on everything.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

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
from evals.places import fits
from evals.questions import Question, load_questions
from index.embedding import SentenceEmbedder
from index.live import LiveIndex, OpenIndex
from index.passages import Passage
from index.ranking import SIGNAL_NAMES
from index.retrieval import Hit, Query, read_query, search
from index.versions import Versions

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FOLDS = 5
CANDIDATES = 40
"""Passages a case keeps: those retrieval brings, best first by the weights in use."""
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
    for path in sorted((HERE / "training").glob("*.jsonl")):
        marks = json.loads(path.with_suffix(".sentences.json").read_text(encoding="utf-8"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            record = json.loads(line)
            case = _case(record["question"], record["passage"], None, index, embedder)
            mark = marks.get(str(number))
            cases.append(replace(case, told={**dict.fromkeys(mark["also"], 1.0), mark["best"]: 2.0}) if mark else case)
    for line in (HERE / "off_topic.txt").read_text(encoding="utf-8").splitlines():
        cases.append(_case(line, None, None, index, embedder))
    for question in load_questions():
        if question.split == "dev":
            cases.append(_case(question.question, None, question, index, embedder))
    return cases


def _case(text: str, passage_id: str | None, question: Question | None, index: OpenIndex, embedder: SentenceEmbedder) -> Case:
    query = read_query(text, index, embedder)
    hits = tuple(search(query, index, k=CANDIDATES))
    right = frozenset(hit.passage.id for hit in hits if hit.passage.id == passage_id or (question and _at_gold(hit.passage, question)))
    return Case(query, hits, right, bool(passage_id) or bool(question and question.answerable))


def _at_gold(passage: Passage, question: Question) -> bool:
    return any(fits(passage.source_id, passage.locator, gold) for gold in question.gold)


def train_ranker(cases: Sequence[Case]) -> LogisticRegression:
    """Learn from the right passages and the other candidates."""
    taught = [case for case in cases if case.right]
    rows = np.array([hit.signals.values() for case in taught for hit in case.hits])
    labels = np.array([hit.passage.id in case.right for case in taught for hit in case.hits])
    return LogisticRegression(C=3.0, max_iter=5000).fit(rows, labels)


def ranked(case: Case, model: LogisticRegression) -> Case:
    """The case with its candidates scored by a model, best first."""
    if not case.hits:
        return case
    chances = model.predict_proba(np.array([hit.signals.values() for hit in case.hits]))[:, 1]
    hits = [replace(hit, score=float(chance)) for hit, chance in zip(case.hits, chances, strict=True)]
    return replace(case, hits=tuple(sorted(hits, key=lambda hit: -(hit.score + hit.at_place))))


def sentence_rows(cases: Sequence[Case], index: OpenIndex) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64], list[tuple[int, int]]]:
    """Signs, whether right, weight, and (case number, sentence number or -1 outside the right passage), for every sentence of the best passages."""
    rows, labels, weights, owners = [], [], [], []
    for number, case in enumerate(cases):
        if not case.told:
            continue
        for hit in case.hits[:PASSAGES]:
            for position, signs in enumerate(read_signs(case.query, question_kind(case.query.question), hit, index.keywords)):
                here = hit.passage.id in case.right
                rows.append(signs.values())
                labels.append(here and position in case.told)
                weights.append(case.told.get(position, 1.0) if here else 1.0)
                owners.append((number, position if here else -1))
    return np.array(rows), np.array(labels), np.array(weights), owners


def best_first(cases: Sequence[Case], chances: NDArray[np.float64], owners: Sequence[tuple[int, int]]) -> float:
    """Share of the marked cases in which the sentence marked best has the highest chance of all."""
    top: dict[int, tuple[float, int]] = {}
    for chance, (number, position) in zip(chances, owners, strict=True):
        if number not in top or chance > top[number][0]:
            top[number] = (chance, position)
    return float(np.mean([(cases[number].told or {}).get(position) == 2.0 for number, (_, position) in top.items()]))


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
    """Train both parts, print how they do on what they did not see, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description="Learn the ranker's and the confidence's weights.")
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    settings = Settings()
    embedder = SentenceEmbedder(settings.embedding_model)
    index = LiveIndex(Versions(settings.index_dir)).current()
    cases = load_cases(index, embedder)

    print("in use:  ", ", ".join(f"hit@{k} {hit_rate(cases, k):.3f}" for k in (1, 3, 5, 8, CANDIDATES)))
    unseen = held_out_ranking(cases)
    print("held out:", ", ".join(f"hit@{k} {hit_rate(unseen, k):.3f}" for k in (1, 3, 5, 8, CANDIDATES)))
    ranker = train_ranker(cases)
    print("ranker", dict(zip(SIGNAL_NAMES, ranker.coef_[0].round(2).tolist(), strict=True)), "bias", ranker.intercept_.round(2).tolist())

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
    confidence = _confidence_model(rows, truth)
    bias, weights, likeness = _by_evidence(confidence)
    print("confidence", {name: round(weight, 2) for name, weight in weights.items()}, "bias", round(bias, 2))
    _train_relevance(unseen, index, options.write)
    order = np.argsort(chances)
    print("least sure of the answerable:", *[f"\n  {chances[n]:.2f} {unseen[n].query.question}" for n in order if truth[n]][:15])
    print("surest of the unanswerable:", *[f"\n  {chances[n]:.2f} {unseen[n].query.question}" for n in order[::-1] if not truth[n]][:25])
    if options.write:
        _write(ROOT / "index" / "ranking.json", float(ranker.intercept_[0]), dict(zip(SIGNAL_NAMES, ranker.coef_[0].tolist(), strict=True)))
        _write(ROOT / "assistant" / "confidence.json", bias, weights)
        (ROOT / "assistant" / "likeness.json").write_text(json.dumps(likeness) + "\n", encoding="utf-8")


def _train_relevance(cases: Sequence[Case], index: OpenIndex, write: bool) -> None:
    rows, labels, weights, owners = sentence_rows(cases, index)
    chances = np.zeros(len(rows))
    for held in folds(len(cases)):
        out = np.isin([number for number, _ in owners], held)
        model = LogisticRegression(C=3.0, max_iter=5000).fit(rows[~out], labels[~out], sample_weight=weights[~out])
        chances[out] = model.predict_proba(rows[out])[:, 1]
    print(f"relevance, held out: AUC {roc_auc_score(labels, chances):.3f}, best sentence first {best_first(cases, chances, owners):.3f}")
    model = LogisticRegression(C=3.0, max_iter=5000).fit(rows, labels, sample_weight=weights)
    print("relevance", dict(zip(SIGN_NAMES, model.coef_[0].round(2).tolist(), strict=True)), "bias", model.intercept_.round(2).tolist())
    if write:
        _write(ROOT / "assistant" / "relevance.json", float(model.intercept_[0]), dict(zip(SIGN_NAMES, model.coef_[0].tolist(), strict=True)))


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


def _write(path: Path, bias: float, weights: dict[str, float]) -> None:
    """Write a model's weights by name; thresholds that stand beside them stay."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    rounded = {name: round(weight, 4) for name, weight in weights.items()}
    path.write_text(json.dumps({**kept, "bias": round(bias, 4), "weights": rounded}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
