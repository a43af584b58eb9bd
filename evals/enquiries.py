"""How well enquiries are read: questions found, and the facts told in answer to them.

    python -m evals.enquiries --split dev [--read-only] [--model] [--every N]

Finding questions needs no index and no model; with `--read-only` nothing else is measured. With `--model` the language model of the settings also looks for
questions and words the answers; all figures are of what comes of that, and it is told how long an enquiry takes and how many of its answers are reworded.
"""

import argparse
import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant import gate
from assistant.answers import Citation
from assistant.desk.copied_questions import QuestionFinder
from assistant.desk.drafting import DraftingService
from assistant.desk.drafts import Drafted
from assistant.desk.enquiries import read_enquiry
from assistant.desk.words import Channel
from assistant.model.setting_up import model_client, question_finder_of
from assistant.settings import Settings
from evals.places import fits
from evals.questions import FOLDER, Identifier, Pattern, Place, Split
from evals.scoring import Score, score
from index.store import PassageStore

ENQUIRIES = FOLDER / "enquiries" / "enquiries.jsonl"


class GoldQuestion(BaseModel):
    """A question that an enquiry holds: `quote` is its exact text there. `facts` are patterns that the answer matches; `gold` places that support it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    quote: str = Field(min_length=1)
    facts: tuple[Pattern, ...] = ()
    gold: tuple[Place, ...] = ()


class GoldEnquiry(BaseModel):
    """An enquiry with all the questions that it holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Identifier
    split: Split
    topic: str
    channel: Channel
    enquiry: str = Field(min_length=1)
    questions: tuple[GoldQuestion, ...]

    @model_validator(mode="after")
    def _quotes_stand_once(self) -> "GoldEnquiry":
        for question in self.questions:
            if self.enquiry.count(question.quote) != 1:
                raise ValueError(f"{question.quote!r} does not stand once in the enquiry")
        return self

    def spans(self) -> list[tuple[int, int]]:
        """Where each question stands in the enquiry."""
        return [(start := self.enquiry.index(question.quote), start + len(question.quote)) for question in self.questions]


def load_enquiries(split: Split | None = None, path: Path = ENQUIRIES) -> list[GoldEnquiry]:
    """The enquiries of a split, or all. Raises ValueError, naming the line, where one does not fit the schema or an id is used twice."""
    found: dict[str, GoldEnquiry] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            enquiry = GoldEnquiry.model_validate(json.loads(line))
        except ValueError as error:
            raise ValueError(f"{path.name}:{number}: {error}") from error
        if enquiry.id in found:
            raise ValueError(f"{path.name}:{number}: id {enquiry.id!r} is used twice")
        found[enquiry.id] = enquiry
    return [enquiry for enquiry in found.values() if split in (None, enquiry.split)]


@dataclass(frozen=True)
class Matched:
    """Gold questions with those found that match them, one to one; the rest were missed, or found where there is none."""

    pairs: tuple[tuple[int, int], ...]
    missed: tuple[int, ...]
    extra: tuple[int, ...]


def matched(gold: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]]) -> Matched:
    """Match spans that overlap by half of the shorter one or more, the greatest overlaps first; each is matched once."""
    overlaps = []
    for one, (start, end) in enumerate(gold):
        for other, (since, until) in enumerate(found):
            shared = min(end, until) - max(start, since)
            if shared > 0 and 2 * shared >= min(end - start, until - since):
                overlaps.append((-shared, one, other))
    pairs: list[tuple[int, int]] = []
    for _, one, other in sorted(overlaps):
        if all(one != taken and other != used for taken, used in pairs):
            pairs.append((one, other))
    missed = tuple(number for number in range(len(gold)) if number not in {one for one, _ in pairs})
    extra = tuple(number for number in range(len(found)) if number not in {other for _, other in pairs})
    return Matched(tuple(sorted(pairs)), missed, extra)


def finding_scores(enquiries: Sequence[GoldEnquiry], finder: QuestionFinder | None = None) -> tuple[dict[str, Score], list[str]]:
    """Precision and recall of the questions found, over all questions, and each miss in a line; with a `finder` also what it finds."""
    right, missed, extra, lines = 0, 0, 0, []
    for enquiry in enquiries:
        found = read_enquiry(enquiry.enquiry, finder).questions
        match = matched(enquiry.spans(), [(question.start, question.end) for question in found])
        right, missed, extra = right + len(match.pairs), missed + len(match.missed), extra + len(match.extra)
        lines += [f"{enquiry.id}: missed “{enquiry.questions[number].quote}”" for number in match.missed]
        lines += [f"{enquiry.id}: found “{found[number].text}”" for number in match.extra]
    scores = {
        "questions found, precision": score([1.0] * right + [0.0] * extra),
        "questions found, recall": score([1.0] * right + [0.0] * missed),
    }
    return scores, lines


def telling_scores(enquiries: Sequence[GoldEnquiry], drafting: DraftingService, store: PassageStore) -> tuple[dict[str, Score], list[str]]:
    """Facts told and places cited for the questions that have some, evidence sentences that pass the gate when re-read, and answers that the language model
    reworded; with each miss in a line.
    """
    facts: list[float] = []
    cited: list[float] = []
    passed: list[float] = []
    reworded: list[float] = []
    lines = []
    for enquiry in enquiries:
        drafted = drafting.draft(enquiry.enquiry, None, enquiry.channel)
        match = matched(enquiry.spans(), [question.span for question in drafted.questions])
        answers = {one: drafted.questions[other].answer for one, other in match.pairs}
        for number, question in enumerate(enquiry.questions):
            answer = answers.get(number)
            text = " ".join(sentence.text for sentence in answer.sentences) if answer else ""
            if question.facts:
                facts.append(float(all(re.search(fact, text, re.IGNORECASE) for fact in question.facts)))
                lines += [] if facts[-1] else [f"{enquiry.id}: not told in answer to “{question.quote}”"]
            if question.gold:
                cited.append(float(answer is not None and any(_at(place, citation) for place in question.gold for citation in answer.citations)))
        passed += gate_passes(drafted, store)
        reworded += [float(question.answer.engine == "llm") for question in drafted.questions if question.answer.sentences]
    named: dict[str, list[float]] = {
        "every fact told": facts,
        "needed place cited": cited,
        "evidence that passes the gate": passed,
        "answers reworded by a model": reworded,
    }
    return {name: score(values) for name, values in named.items() if values}, lines


def gate_passes(drafted: Drafted, store: PassageStore) -> list[float]:
    """For each evidence sentence of a letter, 1 where it passes the gate against its citations, re-read from the index."""
    citations = {citation.number: citation for citation in drafted.citations}
    cited = [(sentence.text, [citations[number] for number in sentence.citations]) for sentence in drafted.sentences if sentence.kind == "evidence"]
    return [
        float(bool(places) and not gate.compare(text, " ".join(each.quote for each in places)) and all(_stands(each, store) for each in places))
        for text, places in cited
    ]


def _stands(citation: Citation, store: PassageStore) -> bool:
    passage = store.passage(citation.passage_id)
    return passage is not None and citation.quote in passage.text


def _at(place: Place, citation: Citation) -> bool:
    return fits(citation.source_id, citation.locator, place)


def main() -> None:
    """Measure, and print the figures and the misses."""
    parser = argparse.ArgumentParser(description="Measure the reading of enquiries.")
    parser.add_argument("--split", choices=("dev", "test"), required=True)
    parser.add_argument("--read-only", action="store_true", help="Only find the questions: no index and no model.")
    parser.add_argument("--model", action="store_true", help="With the language model of the settings.")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="Measure each Nth enquiry alone, as a model takes its time.")
    parser.add_argument("--json", action="store_true", help="Print JSON.")
    given = parser.parse_args()
    enquiries = load_enquiries(given.split)[:: given.every]
    settings = Settings(model_enquiries=True, model_letters=True) if given.model else Settings()
    client = model_client(settings)
    began = time.perf_counter()
    scores, lines = finding_scores(enquiries, question_finder_of(settings, client))
    seconds = {"finding questions": (time.perf_counter() - began) / len(enquiries)}
    if not given.read_only:
        from assistant.services import build_services

        services = build_services(settings)
        began = time.perf_counter()
        more, further = telling_scores(enquiries, services.drafting, services.live.current().store)
        seconds["drafting"] = (time.perf_counter() - began) / len(enquiries)
        scores, lines = scores | more, lines + further
        services.close()
    if client:
        client.close()
    if given.json:
        report: dict[str, Any] = {name: vars(value) for name, value in scores.items()}
        print(json.dumps(report | {"seconds an enquiry": seconds, "misses": lines}, indent=2, ensure_ascii=False))
        return
    for name, value in scores.items():
        print(f"{name:32} {value.told()}")
    for stage, spent in seconds.items():
        print(f"{f'seconds an enquiry, {stage}':38} {spent:.2f}")
    print("\n".join(["", *lines]) if lines else "")


if __name__ == "__main__":
    main()
