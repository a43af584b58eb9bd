"""Learn and measure how follow-ups are told in full.

    python -m evals.followups [--write | --model]

Learned on `evals/training/dialogues.jsonl`: conversations of our own over the bundled library, each turn with its meaning as a person put it and the
passages that answer it. **Wording**: of all the ways to tell a follow-up in full, the one nearest to the person's by its vector and for which the
right passage is found comes first (listwise softmax). **Follows**: whether a turn leans on those before it (logistic); the new topics are the
questions of the other training files, each put behind one of the conversations. Figures are from five folds by conversation, every turn built on what
was made of the turns before it; those for `dev` are of the weights learned on everything.

With `--model` nothing is learned: it measures what the language model of the settings adds on `dev` with the weights that stand, and, as the most that a
model could, what the person's own wordings would add in its place, with the check on what a model writes and without.
"""

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from assistant import standalone
from assistant.answers import Answer
from assistant.ask import AskService
from assistant.model.asking_in_full import kept_to
from assistant.model.setting_up import model_client, question_writer_of
from assistant.services import build_services
from assistant.settings import Settings
from assistant.standalone import Models, QuestionWriter, Signs, StandAloneMaker, Told
from evals.questions import Turn as DialogueTurn
from evals.questions import load_dialogues
from evals.scoring import turn_right
from index.embedding import Embedder, SentenceEmbedder
from index.live import OpenIndex
from index.retrieval import read_query, search

HERE = Path(__file__).resolve().parent
FOLDS = 5
SEED = 7
NEW_TOPICS = 300
MOST_LEARNED = 10
"""Wordings of a follow-up that are learned from."""
SHARPNESS = 25.0
"""How much more a wording is right the nearer it is to the person's; with half or twice as much the same share of passages was found."""
FOUND = 0.15
"""What it adds to a wording's nearness that the right passage is found for it."""
SHRINK = 0.006


@dataclass(frozen=True)
class Turn:
    """One turn of a training conversation; `gold` are passages that answer it, none where nothing does."""

    question: str
    standalone: str
    follows: bool
    gold: frozenset[str]


@dataclass(frozen=True)
class Lesson:
    """A turn with the earlier ones as a person would have them told, the signs of each wording and how right each is."""

    talk: int
    follows: bool
    signs: Signs
    wordings: tuple[Signs, ...]
    worth: tuple[float, ...]


def load_talks(path: Path = HERE / "training" / "dialogues.jsonl") -> list[list[Turn]]:
    """The training conversations."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [[Turn(t["question"], t["standalone"], t["follows"], frozenset(t["gold"])) for t in record["turns"]] for record in records]


def told(answer: Answer) -> Told:
    """What the maker may know of an answered turn."""
    cited = tuple(dict.fromkeys(citation.passage_id for citation in answer.citations))
    titles = tuple(dict.fromkeys(citation.title for citation in answer.citations))
    return Told(answer.question, answer.standalone_question, answer.text, titles, answer.outcome, cited)


class Teacher:
    """Makes lessons of conversations."""

    def __init__(self, ask: AskService, index: OpenIndex, embedder: Embedder):
        self._ask = ask
        self._index = index
        self._embedder = embedder
        self._kept: dict[str, Told] = {}

    def told(self, question: str) -> Told:
        if question not in self._kept:
            self._kept[question] = told(self._ask.ask(question))
        return self._kept[question]

    def found(self, question: str, gold: frozenset[str]) -> bool:
        """Whether a passage that answers is among the first five."""
        hits = search(read_query(question, self._index, self._embedder), self._index, 5)
        return any(hit.passage.id in gold for hit in hits)

    def follow_ups(self, talks: Sequence[Sequence[Turn]]) -> Iterator[Lesson]:
        """A lesson for each turn that leans on the one before."""
        maker = StandAloneMaker(self._embedder, {"follows": {}, "wording": {}})
        for number, talk in enumerate(talks):
            for place in range(1, len(talk)):
                if talk[place].follows:
                    yield from self._lesson(maker, number, talk[:place], talk[place], MOST_LEARNED)

    def new_topics(self, talks: Sequence[Sequence[Turn]], new: Sequence[str], models: Models) -> Iterator[Lesson]:
        """A lesson for each new topic, put behind a conversation; what is tried for it hangs on the weights for wordings."""
        maker = StandAloneMaker(self._embedder, models)
        for count, question in enumerate(new):
            number = count % len(talks)
            turn = Turn(question, question, False, frozenset())
            yield from self._lesson(maker, number, talks[number][: 1 + count % len(talks[number])], turn, standalone.MOST_TRIED)

    def held(self, talk: Sequence[Turn], models: Models) -> Iterator[tuple[str, Turn, str]]:
        """A conversation as it would be held: for each turn after the first the question before it in full, and what is made of it."""
        maker = StandAloneMaker(self._embedder, models)
        turns = [self.told(talk[0].question)]
        for turn in talk[1:]:
            made = maker.make(turn.question, turns, self._index)
            yield turns[-1].standalone, turn, made.text
            turns.append(self.told(made.text))

    def _lesson(self, maker: StandAloneMaker, number: int, before: Sequence[Turn], turn: Turn, most: int) -> Iterator[Lesson]:
        tried = maker.tried(turn.question, [self.told(each.standalone) for each in before], self._index, most)
        if tried is None:
            return
        worth: list[float] = []
        if turn.follows:
            rows = self._embedder.encode([turn.standalone, *(wording.text for wording, _ in tried.wordings)])
            near = [float(row @ rows[0]) for row in rows[1:]]
            worth = [one + FOUND * self.found(wording.text, turn.gold) for one, (wording, _) in zip(near, tried.wordings, strict=True)]
        yield Lesson(number, turn.follows, tried.signs, tuple(signs for _, signs in tried.wordings), tuple(worth))


def learn(lessons: Sequence[Lesson]) -> dict[str, dict[str, float]]:
    """Both models."""
    return {"follows": learn_follows(lessons), "wording": learn_wording([lesson for lesson in lessons if len(lesson.worth) > 1])}


def learn_follows(lessons: Sequence[Lesson]) -> dict[str, float]:
    """The weights of a logistic model; follow-ups and new topics weigh the same together."""
    names = list(lessons[0].signs)
    model = LogisticRegression(C=3.0, class_weight="balanced", max_iter=2000)
    model.fit(_rows([lesson.signs for lesson in lessons], names), [lesson.follows for lesson in lessons])
    return {"bias": round(float(model.intercept_[0]), 4)} | {name: round(float(w), 4) for name, w in zip(names, model.coef_[0], strict=True)}


def learn_wording(lessons: Sequence[Lesson]) -> dict[str, float]:
    """The weights under which the best wording of each turn comes first."""
    import torch

    names = list(lessons[0].wordings[0])
    groups = [
        (torch.tensor(_rows(lesson.wordings, names)), torch.softmax(SHARPNESS * torch.tensor(lesson.worth, dtype=torch.float32), 0)) for lesson in lessons
    ]
    weights = torch.zeros(len(names), requires_grad=True)
    optimiser: Any = torch.optim.LBFGS([weights], max_iter=80)

    def closure() -> Any:
        optimiser.zero_grad()
        losses = [-(right * torch.log_softmax(rows @ weights, 0)).sum() for rows, right in groups]
        loss: Any = torch.stack(losses).mean() + SHRINK * (weights**2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return {name: round(float(w), 4) for name, w in zip(names, weights.detach().tolist(), strict=True)}


def _rows(signs: Sequence[Signs], names: Sequence[str]) -> NDArray[np.float32]:
    return np.array([[each[name] for name in names] for each in signs], dtype=np.float32)


def measure(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights learned on everything")
    parser.add_argument("--model", action="store_true", help="measure on dev what the language model of the settings adds")
    parser.add_argument("--show", action="store_true", help="print what was made of every follow-up")
    arguments = parser.parse_args(argv)
    settings = Settings()
    embedder = SentenceEmbedder(settings.embedding_model)
    services = build_services(settings, embedder)
    index = services.live.current()
    if arguments.model:
        _measure_model(settings, services.ask, embedder, index, arguments.show)
        return
    teacher = Teacher(services.ask, index, embedder)
    talks = load_talks()
    lessons = list(teacher.follow_ups(talks))
    lessons += teacher.new_topics(talks, _new_topics(), {"follows": {}, "wording": learn_wording(lessons)})
    _measure_own(teacher, talks, lessons, arguments.show)
    models = learn(lessons)
    if arguments.write:
        path = Path(standalone.__file__).parent / "standalone.json"
        path.write_text(json.dumps(models, indent=1) + "\n", encoding="utf-8")
    _measure_dev(services.ask, StandAloneMaker(embedder, models), index, arguments.show)


def _measure_own(teacher: Teacher, talks: Sequence[Sequence[Turn]], lessons: Sequence[Lesson], show: bool) -> None:
    right = alone = follows = as_typed = typed = 0
    order = np.random.default_rng(SEED).permutation(len(talks))
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS].tolist())
        models = learn([lesson for lesson in lessons if lesson.talk not in held])
        for lesson in lessons:
            if lesson.talk in held and not lesson.follows:
                typed += 1
                as_typed += standalone.chance(models["follows"], lesson.signs) < 0.5
        for number in sorted(held):
            for before, turn, made in teacher.held(talks[number], models):
                if turn.follows and turn.gold:
                    follows += 1
                    alone += teacher.found(turn.question, turn.gold)
                    found = teacher.found(made, turn.gold)
                    right += found
                    if show:
                        print(f"{'' if found else 'MISSED '}{before} | {turn.question} => {made}")
    shares = f"right passage in five {right / follows:.3f} of {follows} (as typed {alone / follows:.3f})"
    print(f"own conversations: {shares}; new topics as typed {as_typed / typed:.3f} of {typed}")


def _measure_dev(ask: AskService, maker: StandAloneMaker, index: OpenIndex, show: bool) -> None:
    told_right = alone_right = meant_right = count = 0
    for turn, before, made, good in _held_dev(ask, maker, index):
        count += 1
        meant = turn_right(turn, ask.ask(turn.standalone))
        told_right += good
        meant_right += meant
        alone_right += turn_right(turn, ask.ask(turn.question))
        if show:
            print(f"{'' if good else 'WRONG, MEANT RIGHT: ' if meant else 'WRONG EITHER WAY: '}{before} | {turn.question} => {made}")
    print(f"dev: follow-ups right {told_right / count:.3f} of {count} (as typed {alone_right / count:.3f}, as a person put them {meant_right / count:.3f})")


def _held_dev(ask: AskService, maker: StandAloneMaker, index: OpenIndex) -> Iterator[tuple[DialogueTurn, str, str, bool]]:
    """The follow-ups of `dev` as they would be held, each with the question before it in full, what is made of it, and whether its answer is right."""
    for dialogue in load_dialogues():
        turns: list[Told] = []
        for turn in dialogue.turns if dialogue.split == "dev" else ():
            made = maker.make(turn.question, turns, index)
            answer = ask.ask(made.text)
            if turns:
                yield turn, turns[-1].standalone, made.text, turn_right(turn, answer)
            turns.append(told(answer))


class _Timed:
    """Counts what a writer is asked and gives, and takes its time; `seconds` are wall clock over all."""

    def __init__(self, writer: QuestionWriter):
        self._writer = writer
        self.asked = self.given = 0
        self.seconds = 0.0

    def write(self, question: str, turns: Sequence[Told]) -> str:
        began = time.perf_counter()
        written = self._writer.write(question, turns)
        self.seconds += time.perf_counter() - began
        self.asked += 1
        self.given += bool(written)
        return written


class _Person:
    """Writes what the person who wrote the `dev` conversations meant by each question: the most that a model could."""

    def __init__(self, is_checked: bool):
        self._meant = {turn.question: turn.standalone for dialogue in load_dialogues() if dialogue.split == "dev" for turn in dialogue.turns}
        self._is_checked = is_checked

    def write(self, question: str, turns: Sequence[Told]) -> str:
        return kept_to(self._meant[question], question, turns) if self._is_checked else self._meant[question]


def _measure_model(settings: Settings, ask: AskService, embedder: Embedder, index: OpenIndex, show: bool) -> None:
    """What a writer adds on `dev`: the model of the settings where one is set up, and the person."""
    client = model_client(settings)
    writers: dict[str, QuestionWriter | None] = {"without a model": None}
    if client:
        writers[f"with {client.name}"] = question_writer_of(settings.model_copy(update={"model_follow_ups": True}), client)
    writers |= {"a person's wording, checked": _Person(True), "a person's wording, unchecked": _Person(False)}
    alone: list[bool] = []
    for name, writer in writers.items():
        timed = _Timed(writer) if writer else None
        held = list(_held_dev(ask, StandAloneMaker(embedder, writer=timed), index))
        right = [good for *_, good in held]
        spent = f"; asked {timed.asked}, usable {timed.given}, {timed.seconds / max(timed.asked, 1):.2f} s each" if timed else ""
        print(f"dev, {name}: follow-ups right {sum(right) / len(right):.3f} of {len(right)}{spent}")
        alone = alone or right
        for (turn, before, made, good), base in zip(held, alone, strict=True):
            if show and good != base:
                print(f"  {'BETTER' if good else 'WORSE'}: {before} | {turn.question} => {made}")
    if client:
        client.close()


def _new_topics() -> list[str]:
    lines = [line for path in sorted((HERE / "training").glob("?.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    questions = [json.loads(line)["question"] for line in lines] + (HERE / "off_topic.txt").read_text(encoding="utf-8").splitlines()
    return Random(SEED).sample(questions, NEW_TOPICS)


if __name__ == "__main__":
    measure()
