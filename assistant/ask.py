"""Asking: a question in, an answer whose every sentence has passed the gate out."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from assistant import gate
from assistant.advising import advice_asked
from assistant.answers import Answer, AnswerSentence, Body, Citation, Clarify, Engine, Outcome, Scope
from assistant.building import BodyBuilder
from assistant.citing import span_of
from assistant.clarifying import clarification
from assistant.composing import Candidate, compose
from assistant.confidence import Evidence, confidence, enough, in_scope, read_evidence
from assistant.lines import Line
from assistant.model.recording import RewriteLog
from assistant.model.rewritten import Rewritten
from assistant.present import Present
from assistant.reader import fitted_to_reader
from assistant.refusing import without_instructions
from assistant.scoping import fitted, known_sources, looking_back, standing, tells_of_later, wants_any_standing
from assistant.understanding import question_kind, usable_text
from index.embedding import Embedder
from index.live import LiveIndex, OpenIndex
from index.retrieval import Filters, Hit, Query, missing_places, read_query, search
from index.store import PassageStore

if TYPE_CHECKING:  # loaded only where a language model is set up
    from assistant.model.rewriting import Rewriter

PASSAGES = 6
"""Passages an answer may draw on."""

Progress = Callable[[str], None]
"""Told each stage as it begins."""
Said = Callable[[AnswerSentence, list[Citation]], None]
"""Told each reworded sentence as it passes the gate, with what it rests on."""


class AskService:
    """Answers questions from the live index. Safe to share between threads."""

    def __init__(
        self,
        live: LiveIndex,
        embedder: Embedder,
        question_limit: int,
        today: Callable[[], date] = date.today,
        rewriter: "Rewriter | None" = None,
        rewrite_log: RewriteLog | None = None,
    ):
        self._live = live
        self._embedder = embedder
        self._question_limit = question_limit
        self._today = today
        self._rewriter = rewriter
        self._rewrite_log = rewrite_log

    def ask(
        self,
        question: str,
        conversation_id: str | None = None,
        scope: Scope | None = None,
        progress: Progress | None = None,
        may_clarify: bool = True,
        engine: Engine = "extractive",
        said: Said | None = None,
    ) -> Answer:
        """Answer one question, without what in it only orders the assistant about. With `may_clarify` one question back may come instead.

        With the engine `llm` the answer is reworded where a language model is set up, and what it writes passes the gate; `said` is told as it does.

        Raises BadInputError for text that cannot be used and NoIndexError while no index is live.
        """
        clock = _Clock(progress)
        scope = scope or Scope()
        clock.stage("understand")
        typed = usable_text(question, "question", self._question_limit)
        text = without_instructions(typed) or typed
        advice = advice_asked(text)
        index = self._live.current()
        kind = question_kind(text)
        query = read_query(text, index, self._embedder)
        clock.stage("retrieve")
        today = self._today()
        day = scope.as_of.last if scope.as_of else today
        found = self._found(query, index, scope)
        earlier = self._found(query, index, scope, known_sources(index.store.sources, day)) if day < today else found
        clock.stage("compose")
        finding = self._decide(query, found, earlier, index, wants_any_standing(text), day)
        missing = missing_places(query, index)
        chosen: list[Candidate] = []
        back: Clarify | None = None
        if finding.hits and enough(finding.chance) and not missing and advice != "decision":
            back = clarification(finding.hits, scope, text, index.store) if may_clarify else None
            chosen = compose(query, kind, finding.hits, index.keywords, index.store.findings)
            chosen = Present(query, kind, index, day, scope.sector).told(chosen, found)
            if day < today:
                chosen = [candidate for candidate in chosen if not tells_of_later(candidate.text, day)]
        clock.stage("gate")
        passed = [candidate for candidate in chosen if not gate.check(candidate.text, [span_of(candidate)], index.store)]
        builder = BodyBuilder(index, day, today, scope.sector)
        lines = [candidate.line for candidate in passed]
        rewritten: Rewritten | None = None
        if engine == "llm" and self._rewriter and passed and not back and day >= today:  # for a past day, what came later must not slip in
            clock.stage("rewrite")
            rewritten = self._rewriter.rewrite(text, passed, finding.hits, index, _told_with(builder, said))
            lines = list(rewritten.lines)
        if back:
            body = Body(outcome=Outcome.CLARIFY, text=back.question, clarify=back)
        elif lines:
            body = fitted_to_reader(builder.answered(finding.hits, lines), scope, text, advice, index.store)
        else:
            body = fitted_to_reader(builder.unanswered(query, finding.hits, missing, in_scope(finding.evidence)), scope, text, advice, index.store)
        answer = Answer(
            answer_id=uuid4().hex,
            conversation_id=conversation_id or uuid4().hex,
            question=question,
            standalone_question=text,
            scope=scope,
            engine="llm" if rewritten and rewritten.engine_used and body.sentences else "extractive",
            confidence=round(finding.chance, 4),
            timings_ms=clock.done(),
            **dict(body),
        )
        if rewritten and self._rewrite_log:
            self._rewrite_log.record(answer.answer_id, answer.engine, index.manifest.version, rewritten, answer.timings_ms["rewrite"])
        return answer

    def _found(self, query: Query, index: OpenIndex, scope: Scope, source_ids: frozenset[str] | None = None) -> list[Hit]:
        """What a search finds for the reader, in these sources alone where they are given."""
        return _without_paired(fitted(search(query, index, 3 * PASSAGES, Filters(source_ids=source_ids)), scope, index.store.sources), index.store)

    def _decide(self, query: Query, found: list[Hit], there: list[Hit], index: OpenIndex, past: bool, day: date) -> "_Finding":
        """The evidence to answer from: what stood on the day; failing that what was there by then; failing that a later account of it.

        `found` are the hits in the whole library, `there` those in what was there on the day: the same for today.
        """
        stood = there if past else standing(there, index.store, day)
        finding = None
        for hits in (stood, there, found if there is found else looking_back(found, index.store.sources, day)):
            if finding is None or (not enough(finding.chance) and hits[:PASSAGES] != finding.hits):
                evidence = read_evidence(query, hits[:PASSAGES], index.keywords)
                chance = 1.0 if query.wants_place and hits and hits[0].at_place else confidence(evidence)
                finding = _Finding(hits[:PASSAGES], evidence, chance)
        assert finding is not None
        return finding


def _told_with(builder: BodyBuilder, said: Said | None) -> Callable[[Line], None] | None:
    """Tells a line as a sentence with its citations, numbered from 1."""
    if said is None:
        return None
    tell = said

    def tell_line(line: Line) -> None:
        [sentence], citations = builder.cited([line])
        tell(sentence, citations)

    return tell_line


@dataclass(frozen=True)
class _Finding:
    """The passages an answer may draw on, what speaks for them, and the chance that they answer."""

    hits: list[Hit]
    evidence: Evidence
    chance: float


def _without_paired(hits: list[Hit], store: PassageStore) -> list[Hit]:
    """The hits without the publisher's own words where ours on the same place were found too: those are shown beside ours."""
    if not any(hit.passage.is_original for hit in hits):
        return hits
    beside = store.originals_beside([hit.passage.id for hit in hits if not hit.passage.is_original])
    return [hit for hit in hits if hit.passage.id not in beside]


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
