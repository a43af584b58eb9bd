"""Asking: a question in, an answer whose every sentence has passed the gate out."""

import time
from collections.abc import Callable
from datetime import date
from uuid import uuid4

from assistant import gate
from assistant.answers import Answer, Scope
from assistant.building import BodyBuilder
from assistant.citing import span_of
from assistant.composing import compose
from assistant.confidence import confidence, enough, in_scope, read_evidence
from assistant.scoping import fitted, standing
from assistant.understanding import question_kind, usable_text
from index.embedding import Embedder
from index.live import LiveIndex
from index.retrieval import missing_places, read_query, search

PASSAGES = 6
"""Passages an answer may draw on."""

Progress = Callable[[str], None]
"""Told each stage as it begins."""


class AskService:
    """Answers questions from the live index. Safe to share between threads."""

    def __init__(self, live: LiveIndex, embedder: Embedder, question_limit: int, today: Callable[[], date] = date.today):
        self._live = live
        self._embedder = embedder
        self._question_limit = question_limit
        self._today = today

    def ask(self, question: str, conversation_id: str | None = None, scope: Scope | None = None, progress: Progress | None = None) -> Answer:
        """Answer one question.

        Raises BadInputError for text that cannot be used and NoIndexError while no index is live.
        """
        clock = _Clock(progress)
        scope = scope or Scope()
        clock.stage("understand")
        text = usable_text(question, "question", self._question_limit)
        index = self._live.current()
        kind = question_kind(text)
        query = read_query(text, index, self._embedder)
        clock.stage("retrieve")
        day = scope.as_of.last if scope.as_of else self._today()
        found = fitted(search(query, index, k=3 * PASSAGES), scope)
        clock.stage("compose")
        hits = standing(found, text, index.store.sources, day)[:PASSAGES]
        evidence = read_evidence(query, hits, index.keywords)
        chance = confidence(evidence)
        if not enough(chance) and hits != found[:PASSAGES]:
            hits = found[:PASSAGES]
            evidence = read_evidence(query, hits, index.keywords)
            chance = confidence(evidence)
        missing = missing_places(query, index)
        chosen = compose(query, kind, hits, index.keywords, index.store.findings) if hits and enough(chance) and not missing else []
        clock.stage("gate")
        passed = [candidate for candidate in chosen if not gate.check(candidate.text, [span_of(candidate)], index.store)]
        builder = BodyBuilder(index, day, self._today())
        body = builder.answered(hits, passed) if passed else builder.unanswered(query, hits, missing, in_scope(evidence))
        return Answer(
            answer_id=uuid4().hex,
            conversation_id=conversation_id or uuid4().hex,
            question=question,
            standalone_question=text,
            engine="extractive",
            confidence=round(chance, 4),
            timings_ms=clock.done(),
            **dict(body),
        )


class _Clock:
    """Times the stages of one answer in milliseconds and tells of each as it begins."""

    def __init__(self, progress: Progress | None):
        self._progress = progress
        self._start = self._mark = time.perf_counter()
        self._stage = ""
        self._timings: dict[str, float] = {}

    def stage(self, name: str) -> None:
        self._close()
        self._stage = name
        if self._progress:
            self._progress(name)

    def done(self) -> dict[str, float]:
        self._close()
        return {**self._timings, "total": round((time.perf_counter() - self._start) * 1000, 2)}

    def _close(self) -> None:
        now = time.perf_counter()
        if self._stage:
            self._timings[self._stage] = round((now - self._mark) * 1000, 2)
        self._mark = now
