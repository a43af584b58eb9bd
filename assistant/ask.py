"""Asking: a question in, an answer whose every sentence has passed the gate out."""

import time
from collections.abc import Callable, Sequence
from datetime import date
from uuid import uuid4

from assistant import gate
from assistant.answers import Answer, AnswerSentence, Citation, Notice, Outcome, Scope
from assistant.citing import cite, notices, span_of
from assistant.composing import Candidate, compose
from assistant.confidence import confidence, enough, in_scope, read_evidence
from assistant.rendering import answer_text
from assistant.understanding import question_kind, usable_text
from corpus.sections import Role
from index.embedding import Embedder
from index.live import LiveIndex, OpenIndex
from index.retrieval import Hit, Query, missing_places, read_query, search

PASSAGES = 6
"""Passages an answer may draw on."""
RELATED = 3
"""Passages shown beside a non-answer."""
OTHER_SECTOR = 0.25
"""What a passage keeps of its score where it speaks only for a sector other than the reader's."""

NOT_COVERED = (
    "The guidance in this library does not answer that question, so nothing is quoted as an answer. "
    "For a decision that depends on it, ask your organisation's own legal, HR, pensions or procurement advisers, or your trade union."
)
OUT_OF_SCOPE = (
    "That is outside what this assistant covers. It answers questions about public service mutuals in the UK: leaving the public sector "
    "as an employee-led organisation, and the rights, support, procurement, employment and pensions that go with it."
)

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
        hits = _for_scope(search(query, index, k=3 * PASSAGES), scope)[:PASSAGES]
        clock.stage("compose")
        evidence = read_evidence(query, hits, index.keywords)
        chance = confidence(evidence)
        missing = missing_places(query, index)
        chosen = compose(query, kind, hits, index.keywords) if hits and enough(chance) and not missing else []
        clock.stage("gate")
        passed = [candidate for candidate in chosen if not gate.check(candidate.text, [span_of(candidate)], index.store)]
        day = scope.as_of.last if scope.as_of else self._today()
        builder = _Builder(index, day, self._today())
        if passed:
            body = builder.answered(passed, _suggestions(query, hits, passed, index))
        else:
            body = builder.unanswered(query, hits, missing, in_scope(evidence))
        return Answer(
            answer_id=uuid4().hex,
            conversation_id=conversation_id or uuid4().hex,
            question=question,
            standalone_question=text,
            engine="extractive",
            confidence=round(chance, 4),
            timings_ms=clock.done(),
            **body,
        )


class _Builder:
    """Puts the parts of an answer together for one day."""

    def __init__(self, index: OpenIndex, day: date, today: date):
        self._index = index
        self._sources = index.store.sources
        self._day = day
        self._today = today

    def answered(self, passed: Sequence[Candidate], suggestions: list[str]) -> dict[str, object]:
        citations = [
            cite(number, candidate.passage, candidate.sentence, self._sources[candidate.passage.source_id], self._day)
            for number, candidate in enumerate(passed, start=1)
        ]
        sentences = [AnswerSentence(text=candidate.text, citations=[number]) for number, candidate in enumerate(passed, start=1)]
        items = [candidate.sentence.role is Role.ITEM for candidate in passed]
        return {
            "outcome": Outcome.ANSWERED,
            "text": answer_text(sentences, items),
            "sentences": sentences,
            "citations": citations,
            "notices": notices(citations, self._sources, self._day, self._today),
            "related": [],
            "suggestions": suggestions,
        }

    def unanswered(self, query: Query, hits: Sequence[Hit], missing: Sequence[str], scoped: bool) -> dict[str, object]:
        told: list[Notice] = []
        if missing:
            scoped = True
            told = [Notice(kind="place", text=f"The library holds no place called “{place}”.") for place in missing]
        related = self._related(query, hits) if scoped else []
        return {
            "outcome": Outcome.NOT_COVERED if scoped else Outcome.OUT_OF_SCOPE,
            "text": NOT_COVERED if scoped else OUT_OF_SCOPE,
            "sentences": [],
            "citations": [],
            "notices": told,
            "related": related,
            "suggestions": [hit.passage.asks[0] for hit in hits[:RELATED] if hit.passage.asks] if scoped else [],
        }

    def _related(self, query: Query, hits: Sequence[Hit]) -> list[Citation]:
        found = []
        for hit in hits[:RELATED]:
            nearest = int((hit.record.vectors.sentences @ query.vector).argmax())
            passage = hit.passage
            found.append(cite(len(found) + 1, passage, passage.sentences[nearest], self._sources[passage.source_id], self._day))
        return found


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


def _for_scope(hits: Sequence[Hit], scope: Scope) -> list[Hit]:
    """The hits with those for another sector moved back."""
    sector = scope.sector
    if sector in (None, "all"):
        return list(hits)

    def rank(hit: Hit) -> float:
        fits = "all" in hit.passage.sectors or sector in hit.passage.sectors
        return hit.at_place + hit.score * (1 if fits else OTHER_SECTOR)

    return sorted(hits, key=lambda hit: -rank(hit))


def _suggestions(query: Query, hits: Sequence[Hit], passed: Sequence[Candidate], index: OpenIndex) -> list[str]:
    """What to ask next: questions that passages near the answer, but not in it, are known to answer."""
    used = {candidate.passage.id for candidate in passed}
    return [hit.passage.asks[0] for hit in hits if hit.passage.id not in used and hit.passage.asks][:RELATED]
