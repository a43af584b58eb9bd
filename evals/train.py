"""Learn the ranker's and the confidence's weights from the library's own asks and the `dev` questions.

    python -m evals.train [--write]

**Ranker.** Each ask is taken out of its own passage and put as a question. The passage it was taken from is right, all other
candidates are wrong. Half of the notes train, the other half measure; the weights written are learned on all.

**Confidence.** The same questions, answerable with the library as it is, are unanswerable once their passage and all that answers
alike are taken out; with these go the plain off-topic questions of `evals/off_topic.txt` and the `dev` questions.
No `test` question is read here.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import astuple, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant.confidence import EVIDENCE_NAMES, read_evidence
from assistant.settings import Settings
from evals.questions import load_questions
from index.embedding import SentenceEmbedder
from index.live import LiveIndex, OpenIndex
from index.ranking import SIGNAL_NAMES, read_signals
from index.retrieval import Hit, Query, read_query, search
from index.versions import Versions

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
ALIKE = 0.80
"""A passage with an ask at least this near the question may answer it too, and is taken out with the right one."""
SEED = 7


def ask_queries(index: OpenIndex, embedder: SentenceEmbedder) -> Iterator[tuple[Query, str, int]]:
    """Each ask as a query, with the passage it stands in and its number there."""
    for passage in index.store.all_passages():
        for number, ask in enumerate(passage.asks):
            yield read_query(ask, index, embedder), passage.id, number


def hits_without(query: Query, passage_id: str, ask: int, index: OpenIndex) -> list[Hit]:
    """Search results as they would be had the ask not been written, unsorted."""
    scores = index.keywords.scores(query.words, query.added)
    hits = []
    for hit in search(query, index, k=60):
        number = index.store.number(hit.passage.id)
        assert number is not None
        if hit.passage.id == passage_id:
            signals = read_signals(hit.passage, hit.vectors, query.vector, query.words, float(scores[number]), index.keywords, without_ask=ask)
            hit = replace(hit, signals=signals)
        hits.append(hit)
    return hits


def score_with(model: LogisticRegression, hits: Sequence[Hit]) -> list[Hit]:
    """The hits scored by a model, best first."""
    chances = model.predict_proba(np.array([astuple(hit.signals) for hit in hits]))[:, 1]
    scored = [replace(hit, score=float(chance)) for hit, chance in zip(hits, chances, strict=True)]
    return sorted(scored, key=lambda hit: -(hit.score + hit.at_place))


def train_ranker(cases: Sequence[tuple[Query, str, list[Hit]]]) -> LogisticRegression:
    """Learn from right passages and the nearest wrong ones."""
    rows, labels = [], []
    for _, right, hits in cases:
        for hit in hits[:25]:
            rows.append(astuple(hit.signals))
            labels.append(hit.passage.id == right)
    return LogisticRegression(C=10.0, max_iter=5000).fit(np.array(rows), np.array(labels))


def hit_rate(cases: Sequence[tuple[Query, str, list[Hit]]], model: LogisticRegression, k: int) -> float:
    found = [right in [hit.passage.id for hit in score_with(model, hits)[:k]] for _, right, hits in cases if hits]
    return float(np.mean(found))


def without_answer(query: Query, right: str, hits: Sequence[Hit]) -> list[Hit]:
    """The hits that remain when the right passage and any that may answer alike are taken out."""
    gone = next((hit for hit in hits if hit.passage.id == right), None)
    place = (gone.passage.source_id, gone.passage.locator) if gone else None
    return [
        hit
        for hit in hits
        if hit.passage.id != right and (hit.passage.source_id, hit.passage.locator) != place and max(hit.signals.ask, hit.signals.sentence) < ALIKE
    ]


def main() -> None:
    """Train both parts, print how they do on what they were not trained on, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="write index/ranking.json and assistant/confidence.json")
    options = parser.parse_args()
    settings = Settings()
    embedder = SentenceEmbedder(settings.embedding_model)
    index = LiveIndex(Versions(settings.index_dir)).current()

    cases = [(query, right, hits_without(query, right, number, index)) for query, right, number in ask_queries(index, embedder)]
    notes = sorted({right.split(".")[0] for _, right, _ in cases})
    half = set(notes[::2])
    first = [case for case in cases if case[1].split(".")[0] in half]
    second = [case for case in cases if case[1].split(".")[0] not in half]
    for name, train, measure in (("even", first, second), ("odd", second, first)):
        model = train_ranker(train)
        rates = ", ".join(f"hit@{k} {hit_rate(measure, model, k):.3f}" for k in (1, 3, 5, 8))
        print(f"ranker trained on {name} notes, measured on the others: {rates} ({len(measure)} asks)")
    ranker = train_ranker(cases)
    print("ranker weights", dict(zip(SIGNAL_NAMES, ranker.coef_[0].round(3), strict=True)), "bias", ranker.intercept_.round(3))

    rows, labels = [], []
    for query, right, hits in cases:
        ranked = score_with(ranker, hits)
        if right in [hit.passage.id for hit in ranked[:3]]:
            rows.append(astuple(read_evidence(query, ranked, index.keywords)))
            labels.append(True)
        rest = without_answer(query, right, ranked)
        if rest:
            rows.append(astuple(read_evidence(query, rest, index.keywords)))
            labels.append(False)
    extra: list[tuple[str, bool]] = [(line, False) for line in (HERE / "off_topic.txt").read_text(encoding="utf-8").splitlines() if line]
    dev = [(question.question, question.answerable) for question in load_questions() if question.split == "dev"]
    for text, answerable in extra + dev * 5:
        query = read_query(text, index, embedder)
        rows.append(astuple(read_evidence(query, score_with(ranker, search(query, index, k=60)), index.keywords)))
        labels.append(answerable)
    table, truth = np.array(rows), np.array(labels)
    order = np.random.default_rng(SEED).permutation(len(table))
    cut = len(order) // 2
    model = LogisticRegression(C=1.0, max_iter=5000).fit(table[order[:cut]], truth[order[:cut]])
    print(f"confidence, half against half: AUC {roc_auc_score(truth[order[cut:]], model.predict_proba(table[order[cut:]])[:, 1]):.3f} ({len(table)} cases)")
    model = LogisticRegression(C=1.0, max_iter=5000).fit(table, truth)
    print("confidence weights", dict(zip(EVIDENCE_NAMES, model.coef_[0].round(3), strict=True)), "bias", model.intercept_.round(3))
    chances = model.predict_proba(table)[:, 1]
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        print(f"  answer from {threshold}: answered {np.mean(chances[truth] >= threshold):.3f}, held back {np.mean(chances[~truth] < threshold):.3f}")
    tail = chances[-len(dev) * 5 :][: len(dev)]
    for (text, answerable), chance in sorted(zip(dev, tail, strict=True), key=lambda pair: pair[1]):
        print(f"  {'+' if answerable else '-'} {chance:.2f} {text}")
    if options.write:
        write(ROOT / "index" / "ranking.json", SIGNAL_NAMES, ranker, {})
        kept = json.loads((ROOT / "assistant" / "confidence.json").read_text(encoding="utf-8"))
        thresholds = {name: kept[name] for name in ("answer_from", "in_scope_from")}
        write(ROOT / "assistant" / "confidence.json", EVIDENCE_NAMES, model, thresholds)


def write(path: Path, names: Sequence[str], model: LogisticRegression, more: dict[str, float]) -> None:
    """Write a model's weights by name."""
    weights = {name: round(float(value), 4) for name, value in zip(names, model.coef_[0], strict=True)}
    record = {"bias": round(float(model.intercept_[0]), 4), "weights": weights, **more}
    path.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
