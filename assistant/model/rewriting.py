"""Rewording an answer: the model's sentences stand in the place of the library's that they tell whole; everything else stays as it was."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.composing import Candidate
from assistant.facts import read_facts
from assistant.lines import Line
from assistant.model.failing import ModelError
from assistant.model.grounding import Entails, Grounded, Reason, Refused, ground
from assistant.model.parsing import ReplyParser, Written
from assistant.model.prompting import Given, given, prompt, schema
from assistant.model.rewritten import Rewritten
from corpus.sections import Role
from index.embedding import Embedder
from index.live import OpenIndex
from index.passages import Passage
from index.retrieval import Hit
from index.terms import terms

if TYPE_CHECKING:
    from assistant.model.client import ModelClient

TOLD_FROM = 0.8
"""Share of the content words of a sentence of the library that a reworded one must hold to stand in its place."""
Place = tuple[Passage, int]


class Rewriter:
    """Rewords answers with one model. Safe to share between threads."""

    def __init__(
        self,
        client: "ModelClient",
        embedder: Embedder,
        entailment: Entails | None = None,
        max_tokens: int = 400,
        context_characters: int = 6000,
        may_abstain: bool = False,
    ):
        self._client = client
        self._embedder = embedder
        self._entailment = entailment
        self._max_tokens = max_tokens
        self._context_characters = context_characters
        self._may_abstain = may_abstain

    def rewrite(self, question: str, told: Sequence[Candidate], hits: Sequence[Hit], index: OpenIndex, said: Callable[[Line], None] | None = None) -> Rewritten:
        """The answer with the model's sentences where they passed the gate, and as it was where it gave none; no fault of the model's comes out of it.

        The model sees what the answer tells and no more: nothing that was left out as replaced or beside the point can come back. `said` is told of each
        of its sentences as it passes. With `may_abstain` set there are no lines where the model says that the passages do not answer.
        """
        passages = given([(each.passage, each.number) for each in told], self._context_characters)
        work = _Work(told, passages, index, self._embedder, self._entailment, said)
        parser = ReplyParser()
        stream = self._client.stream(prompt(question, passages), schema=schema(len(passages)), max_tokens=self._max_tokens)
        failure = ""
        try:
            for delta in stream:
                for written in parser.feed(delta):
                    work.take(written)
        except ModelError as error:
            failure = error.reason
        finally:
            stream.close()
        read = parser.finish()
        for written in read.sentences[work.written :]:
            work.take(written)
        abstains = read.abstains and not failure
        return Rewritten(
            lines=() if abstains and self._may_abstain else work.lines(),
            engine_used=bool(work.placed),
            abstains=abstains,
            written=work.written,
            passed=work.passed,
            replaced=sum(len(covered) for _, covered in work.placed),
            dropped=tuple((each.text, tuple(reason.value for reason in each.reasons)) for each in work.dropped),
            prompt_tokens=stream.prompt_tokens,
            completion_tokens=stream.completion_tokens,
            failure=failure,
        )


class _Work:
    """One answer being reworded."""

    def __init__(
        self,
        told: Sequence[Candidate],
        passages: Sequence[Given],
        index: OpenIndex,
        embedder: Embedder,
        entailment: Entails | None,
        said: Callable[[Line], None] | None,
    ):
        self._told = told
        self._passages = passages
        self._index = index
        self._embedder = embedder
        self._entailment = entailment
        self._said = said
        self.written = 0
        self.passed = 0
        self.dropped: list[Refused] = []
        self.placed: list[tuple[Line, frozenset[int]]] = []
        """The model's lines, each with the numbers of the sentences told that it stands for."""

    def take(self, written: Written) -> None:
        """Put a sentence through the gate and, where it tells whole sentences of the answer that none before it has, in their place."""
        self.written += 1
        came = ground(written, self._passages, self._index.store, self._embedder, self._entailment)
        if isinstance(came, Refused):
            self.dropped.append(came)
            return
        self.passed += 1
        covered = self._covered(came)
        if not covered:
            self.dropped.append(Refused(came.text, (Reason.REPEATED,)))
            return
        line = Line(came.text, came.rests_on)
        self.placed.append((line, covered))
        if self._said:
            self._said(line)

    def _covered(self, came: Grounded) -> frozenset[int]:
        """The numbers of the sentences told that a sentence rests on and tells whole, and that stand for nothing yet. Lists are left as they are."""
        taken = frozenset(number for _, covered in self.placed for number in covered)
        places = {(passage.id, number) for passage, number in came.rests_on}
        return frozenset(
            number
            for number, each in enumerate(self._told)
            if number not in taken and each.place in places and each.sentence.role is Role.PROSE and tells(came.text, each.text)
        )

    def lines(self) -> tuple[Line, ...]:
        """The answer's lines in their order, the model's where the first of the sentences stood that they stand for."""
        first = {min(covered): line for line, covered in self.placed}
        gone = frozenset(number for _, covered in self.placed for number in covered)
        return tuple(first.get(number) or each.line for number, each in enumerate(self._told) if number in first or number not in gone)


def tells(text: str, source: str) -> bool:
    """Whether a text tells all of a source's figures, days and names, and nearly all of its content words."""
    here, there = read_facts(text), read_facts(source)
    whole = there.numbers <= here.numbers and there.dates <= here.dates and there.names <= here.names | frozenset(re.findall(r"\w+", text))
    words, held = terms(source), frozenset(terms(text))
    return whole and sum(word in held for word in words) >= TOLD_FROM * len(words)
