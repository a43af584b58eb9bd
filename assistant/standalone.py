"""Follow-ups told in full: a question that leans on earlier turns becomes one that stands alone; a new topic stays as typed.

No language model is needed: the parts left out are put in from the turn before in every way that is English, and what the library holds says which
was meant. Of an earlier answer nothing but names can come into a question, so it supplies no facts.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from typing import Protocol, cast

from assistant.agreement import acts, many
from assistant.answers import Outcome
from assistant.confidence import confidence, read_evidence
from assistant.leaning import Leaning, Shape, read_leaning
from assistant.rewording import OF_SUBJECT, WAYS, Wording, wordings
from assistant.subjects import ORIGINS, Subject, items, names, spoken_of
from index.embedding import Embedder
from index.live import OpenIndex
from index.passages import Passage
from index.retrieval import Hit, Query, read_queries, search
from index.terms import terms

MOST_TRIED = 5
"""Wordings that are looked up: 4 ms each."""
LONGEST = 45
"""Words of a question that may lean on another: whoever writes more has said what it is about."""
WRITTEN = "written"
"""The way of a wording that a language model wrote: no weight was learned for it, so that what it finds alone speaks for it."""
_UNSPOKEN = (Outcome.OUT_OF_SCOPE, Outcome.REFUSED)

Signs = dict[str, float]
Models = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Told:
    """One earlier turn: what was typed, what it meant in full, and what was answered. `passages` are the ids of the passages cited, in order."""

    question: str
    standalone: str
    answer_text: str
    subjects: tuple[str, ...]
    outcome: Outcome
    passages: tuple[str, ...] = ()


@dataclass(frozen=True)
class StandAlone:
    """A question in full. `follows`: it leans on the turns before it."""

    text: str
    follows: bool


@dataclass(frozen=True)
class Tried:
    """A follow-up with the wordings that were looked up, and the signs of whether it follows (`signs`) and of each wording."""

    leaning: Leaning
    signs: Signs
    wordings: tuple[tuple[Wording, Signs], ...]


class QuestionWriter(Protocol):
    """Anything that words a follow-up in full, and keeps to what was asked; see `assistant/model/asking_in_full.py`."""

    def write(self, question: str, turns: Sequence[Told]) -> str:
        """The question in full, `turns` being those before it in order; empty where there is none that can be used."""
        ...


class StandAloneMaker:
    """Makes follow-ups stand alone. Safe to share between threads.

    With a `writer` its wording is one more, weighed as all others are: what the library holds for it decides. Whether a question follows is not its say.
    """

    def __init__(self, embedder: Embedder, models: Models | None = None, writer: QuestionWriter | None = None):
        self._embedder = embedder
        self._models = models or read_models()
        self._writer = writer

    def make(self, question: str, turns: Sequence[Told], index: OpenIndex) -> StandAlone:
        """The question in full; `turns` are the earlier ones in order, of which the last on the library's matter is leant on."""
        leant = _leant(question, turns, index)
        if leant is None:
            return StandAlone(question, follows=False)
        tried = self._tried(question, leant, index, MOST_TRIED)
        if not _certain(tried.leaning) and chance(self._models["follows"], tried.signs) < 0.5:
            return StandAlone(question, follows=False)
        weighed = [*tried.wordings, *self._written(question, leant, index)]
        if not weighed:
            return StandAlone(question, follows=True)
        best = max(weighed, key=lambda each: total(self._models["wording"], each[1]))
        return StandAlone(best[0].text, follows=True)

    def tried(self, question: str, turns: Sequence[Told], index: OpenIndex, most: int = MOST_TRIED) -> Tried | None:
        """What the question could mean, looked up; None where it cannot lean on any turn."""
        leant = _leant(question, turns, index)
        return self._tried(question, leant, index, most) if leant else None

    def _tried(self, question: str, leant: "_Leant", index: OpenIndex, most: int) -> Tried:
        before, subjects = leant.before, [subject.text for subject in leant.subjects]
        made = wordings(leant.leaning, before.standalone, subjects, items(before.answer_text))
        marked = [(wording, _worded(wording, leant.leaning, leant.subjects, leant.spoken[:-1])) for wording in made]
        marked.sort(key=lambda each: -total(self._models["wording"], each[1]))
        marked = marked[:most]
        signs = self._looked_up(question, leant, marked, index)
        signs["better told"] = max((each["best"] for _, each in marked), default=0.0) - signs["best"]
        signs["surer told"] = max((each["confidence"] for _, each in marked), default=0.0) - signs["confidence"]
        return Tried(leant.leaning, signs, tuple(marked))

    def _written(self, question: str, leant: "_Leant", index: OpenIndex) -> list[tuple[Wording, Signs]]:
        """The language model's wording where there is one, with the same signs as any other."""
        text = self._writer.write(question, leant.spoken[-3:]) if self._writer else ""
        if not text:
            return []
        put_in = " ".join(word for word in text.rstrip("?").split() if word.lower() not in question.lower())
        wording = Wording(text, WRITTEN, 0, put_in)
        marked = [(wording, _worded(wording, leant.leaning, leant.subjects, leant.spoken[:-1]))]
        self._looked_up(question, leant, marked, index)
        return marked

    def _looked_up(self, question: str, leant: "_Leant", marked: Sequence[tuple[Wording, Signs]], index: OpenIndex) -> Signs:
        """The signs of whether the question leans on another; what the library holds for each wording is put among its own signs."""
        before, notes = leant.before, {passage.document_id for passage in leant.cited}
        queries = read_queries([question, before.standalone, *(wording.text for wording, _ in marked)], index, self._embedder)
        alone, earlier = queries[0], queries[1]
        found = [_found(query, index, notes) for query in (alone, *queries[2:])]
        asked = frozenset(alone.words)
        for (wording, signs), query, (seen, held) in zip(marked, queries[2:], found[1:], strict=True):
            own = frozenset(terms(wording.subject))
            signs |= seen | {
                "like the question": float(query.vectors[0] @ alone.vectors[0]),
                "like the question before": float(query.vectors[0] @ earlier.vectors[0]),
                "question held": _share(asked, held),
                "subject held": _share(own, held),
            }
        signs = found[0][0] | _whether(question, leant.leaning, alone, index)
        signs["like the question before"] = float(alone.vectors[0] @ earlier.vectors[0])
        return signs


@dataclass(frozen=True)
class _Leant:
    """A question that may lean on earlier turns: how it leans, the turns on the library's matter, what the last of them cited and spoke of."""

    leaning: Leaning
    spoken: tuple[Told, ...]
    cited: tuple[Passage, ...]
    subjects: tuple[Subject, ...]

    @property
    def before(self) -> Told:
        """The turn that is leant on."""
        return self.spoken[-1]


def _leant(question: str, turns: Sequence[Told], index: OpenIndex) -> _Leant | None:
    """What a question may lean on; None where it cannot lean on any turn."""
    spoken = tuple(turn for turn in turns if turn.outcome not in _UNSPOKEN)
    leaning = read_leaning(question)
    if not spoken or leaning.fresh or len(question.split()) > LONGEST or not any(map(str.isalnum, leaning.core)):
        return None
    cited = tuple(index.store.passages(spoken[-1].passages[:2]))
    older = [turn.standalone for turn in spoken[-4:-1]]
    return _Leant(leaning, spoken, cited, tuple(spoken_of(spoken[-1].standalone, spoken[-1].answer_text, cited, older)))


def _certain(leaning: Leaning) -> bool:
    """Whether the words alone leave no doubt that a question follows."""
    return leaning.corrects or leaning.shape is Shape.BARE or leaning.announced


def _whether(question: str, leaning: Leaning, query: Query, index: OpenIndex) -> Signs:
    """Signs in the question alone of whether it leans on another."""
    known = [index.keywords.weight(word) for word in query.words if index.keywords.known(word)]
    return {
        "pronoun": float(bool(leaning.pronouns)),
        "part": float(leaning.shape is Shape.PART),
        "goes on": float(leaning.goes_on),
        "terms": min(len(query.words), 10) / 10,
        "rarest term": max(known, default=0.0) / index.keywords.heaviest,
        "unknown terms": float(len(known) < len(query.words)),
        "name": float(bool(names(question))),
        "article": float(" the " in f" {leaning.core.lower()} "),
    }


def _worded(wording: Wording, leaning: Leaning, subjects: Sequence[Subject], older: Sequence[Told]) -> Signs:
    """Signs in a wording of whether it says what was meant."""
    of_subject = wording.way in OF_SUBJECT
    origin = subjects[wording.rank].origin if of_subject else ""
    pronoun = leaning.core[slice(*leaning.pronouns[0])].lower() if leaning.pronouns and wording.way.startswith("put in") else ""
    plural = pronoun in ("they", "them", "their", "these", "those")
    subject = wording.subject.lower().removeprefix("the ")
    signs = {f"way: {way}": float(wording.way == way) for way in WAYS} | {f"from: {each}": float(origin == each) for each in ORIGINS}
    return signs | {
        "rank": min(wording.rank, 8) / 8,
        "first": float(wording.rank == 0),
        "length": min(len(wording.subject.split()), 8) / 8,
        "spoken of earlier": float(bool(subject) and any(subject in turn.standalone.lower() for turn in older)),
        "they for many": float(plural and many(wording.subject)),
        "they for somebody": float(plural and not many(wording.subject) and acts(wording.subject)),
        "it for many": float(bool(pronoun) and not plural and many(wording.subject)),
        "shared": _share(frozenset(terms(wording.subject)), frozenset(terms(leaning.core))) if subject else 0.0,
        "same sort": float(wording.way == "in its place" and acts(wording.subject) == acts(leaning.core)),
        "indefinite": float(wording.subject.lower().startswith(("a ", "an "))),
    }


def _found(query: Query, index: OpenIndex, notes: set[str]) -> tuple[Signs, frozenset[str]]:
    """What the library holds for a query, as signs, and the terms of its best passage."""
    hits: list[Hit] = search(query, index, 6)
    if not hits:
        return {"best": 0.0, "confidence": 0.0, "same note": 0.0}, frozenset()
    words = hits[0].record.words
    sure = confidence(read_evidence(query, hits, index.keywords))
    return {"best": hits[0].score, "confidence": sure, "same note": float(hits[0].passage.document_id in notes)}, words.all.union(*words.asks)


def _share(wanted: frozenset[str], held: frozenset[str]) -> float:
    return len(wanted & held) / len(wanted) if wanted else 1.0


@cache
def read_models() -> Models:
    """For both decisions, `follows` and `wording`, the learned weight of each sign, and a `bias`; written by `evals/followups.py`."""
    return cast(Models, json.loads((Path(__file__).parent / "standalone.json").read_text(encoding="utf-8")))


def total(model: Mapping[str, float], signs: Signs) -> float:
    """The weighted sum of the signs that are there."""
    return model.get("bias", 0.0) + sum(model.get(name, 0.0) * value for name, value in signs.items())


def chance(model: Mapping[str, float], signs: Signs) -> float:
    """The learned chance, 0 to 1 (logistic)."""
    return 1 / (1 + exp(-total(model, signs)))
