"""The claim check: what somebody said, held against the guidance part by part."""

import time
from collections.abc import Callable, Sequence
from datetime import date
from uuid import uuid4

from assistant.answers import Citation, Notice, Scope
from assistant.checking.checkable import Nature, nature
from assistant.checking.deciding import Decision, decide
from assistant.checking.explaining import NOT_COVERED, explanation
from assistant.checking.matching import matches
from assistant.checking.splitting import parts_of
from assistant.checking.statements import Statement, read_statement
from assistant.checking.verdicts import Check, CheckedPart, Verdict
from assistant.citing import cite, day_notices, notices
from assistant.errors import BadInputError
from assistant.refusing import without_instructions
from assistant.scope_notices import for_others
from assistant.scoping import fitted, known_sources
from assistant.understanding import usable_text
from index.embedding import Embedder
from index.live import LiveIndex, OpenIndex
from index.retrieval import Filters, Hit, Query, read_queries, search

CLAIM_LIMIT = 1_000
"""Characters of a claim that is checked at once; a longer text is checked sentence by sentence."""
PASSAGES = 10
"""Passages whose sentences a part is held against."""
RELATED = 3
NOT_A_CLAIM: dict[Nature, str] = {
    Nature.QUESTION: "That is a question, not a claim. It can be asked instead.",
    Nature.OPINION: "That is an opinion. Guidance can bear out or contradict what is or must be so, not how good it is.",
    Nature.COURTESY: "That says nothing that guidance could settle.",
    Nature.EMPTY: "That says too little to check. Type a whole sentence, for example: You have to become a community interest company.",
    Nature.OTHER_LANGUAGE: "That does not read as English. The guidance in this library is in English; type the claim in English to check it.",
}
EMPTY = "is empty. Type what somebody said, for example: You have to become a community interest company."
INSTRUCTION = "That gives an instruction and claims nothing. Type what somebody said about public service mutuals."


class CheckService:
    """Checks claims against the live index. Safe to share between threads."""

    def __init__(self, live: LiveIndex, embedder: Embedder, limit: int = CLAIM_LIMIT, today: Callable[[], date] = date.today):
        self._live = live
        self._embedder = embedder
        self._limit = limit
        self._today = today

    def check(self, claim: str, scope: Scope | None = None) -> Check:
        """The verdict on a claim, in one call of the embedding model however many parts it has.

        Raises BadInputError for text that cannot be used or is longer than the limit, and NoIndexError while no index is live.
        """
        started = time.perf_counter()
        scope = scope or Scope()
        if not claim.strip():
            raise BadInputError("claim", EMPTY)
        typed = usable_text(claim, "claim", self._limit)
        index = self._live.current()
        genuine = without_instructions(typed)
        kind = nature(genuine)
        if not genuine.strip() or kind is not Nature.CLAIM:
            told = INSTRUCTION if genuine != typed and kind is Nature.EMPTY else NOT_A_CLAIM[kind]
            return self._made(claim, scope, started, verdict=Verdict.NOT_COVERED, explanation=told, suggestion=genuine if kind is Nature.QUESTION else "")
        today = self._today()
        day = scope.as_of.last if scope.as_of else today
        parts = parts_of(genuine)
        queries = read_queries(parts, index, self._embedder)
        understood = time.perf_counter()
        decisions = [self.decided(read_statement(part), query, index, scope, day, today) for part, query in zip(parts, queries, strict=True)]
        decided = time.perf_counter()
        timings = {"understand": _ms(understood - started), "compare": _ms(decided - understood)}
        return self._told(claim, parts, decisions, index, scope, day, today, started, timings)

    def decided(self, claim: Statement, query: Query, index: OpenIndex, scope: Scope, day: date, today: date) -> Decision:
        """What the library decides on one part of a claim, whose query is read already."""
        source_ids = known_sources(index.store.sources, day) if day < today else None
        hits = self.hits(query, index, scope, source_ids)
        return decide(claim, matches(claim, query, hits, index), index, day, scope.sector)

    def hits(self, query: Query, index: OpenIndex, scope: Scope, source_ids: frozenset[str] | None) -> list[Hit]:
        """The passages that a part is held against, best first, in these sources alone where they are given."""
        return fitted(search(query, index, 2 * PASSAGES, Filters(source_ids=source_ids)), scope, index.store.sources)[:PASSAGES]

    def _told(
        self,
        claim: str,
        parts: Sequence[str],
        decisions: Sequence[Decision],
        index: OpenIndex,
        scope: Scope,
        day: date,
        today: date,
        started: float,
        timings: dict[str, float],
    ) -> Check:
        verdict = overall([decision.verdict for decision in decisions])
        citations: list[Citation] = []
        told: list[CheckedPart] = []
        for part, decision in zip(parts, decisions, strict=True):
            numbers = [self._number(decision, citations, index, day)] if decision.verdict is not Verdict.NOT_COVERED else []
            told.append(CheckedPart(text=part, verdict=decision.verdict, explanation=explanation(decision), citations=numbers))
        related = []
        if verdict is Verdict.NOT_COVERED:
            nearest = [decision.match for decision in decisions if decision.match]
            related = [cite(number, match.passage, match.number, index.store, day) for number, match in enumerate(nearest[:RELATED], start=1)]
        found = notices(citations, index.store, day, today, scope.sector) if citations else day_notices(day, today)
        return self._made(
            claim,
            scope,
            started,
            verdict=verdict,
            explanation=summary(verdict, told),
            parts=told if len(told) > 1 else [],
            citations=citations,
            notices=[*found, *for_others(citations, scope, index.store)],
            related=related,
            confidence=min(decision.confidence for decision in decisions),
            timings=timings,
        )

    def _number(self, decision: Decision, citations: list[Citation], index: OpenIndex, day: date) -> int:
        """The number of the citation that settles a part; the same sentence is cited once."""
        match = decision.match
        assert match is not None
        made = cite(len(citations) + 1, match.passage, match.number, index.store, day)
        for citation in citations:
            if (citation.passage_id, citation.quote) == (made.passage_id, made.quote):
                return citation.number
        citations.append(made)
        return made.number

    def _made(
        self,
        claim: str,
        scope: Scope,
        started: float,
        *,
        verdict: Verdict,
        explanation: str,
        parts: Sequence[CheckedPart] = (),
        citations: Sequence[Citation] = (),
        notices: Sequence[Notice] = (),
        related: Sequence[Citation] = (),
        suggestion: str = "",
        confidence: float = 1.0,
        timings: dict[str, float] | None = None,
    ) -> Check:
        return Check(
            check_id=uuid4().hex,
            claim=claim,
            verdict=verdict,
            explanation=explanation,
            parts=list(parts),
            citations=list(citations),
            notices=list(notices),
            related=list(related),
            suggestion=suggestion,
            scope=scope,
            confidence=round(confidence, 4),
            timings_ms={**(timings or {}), "total": _ms(time.perf_counter() - started)},
        )


def overall(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict on a claim whose parts have these: theirs where they agree, else `partly`. A part that is not covered leaves the rest in part only."""
    return verdicts[0] if len(set(verdicts)) == 1 else Verdict.PARTLY


def summary(verdict: Verdict, parts: Sequence[CheckedPart]) -> str:
    """One sentence for the whole claim."""
    if len(parts) == 1:
        return parts[0].explanation
    if verdict is Verdict.NOT_COVERED:
        return NOT_COVERED
    if verdict is Verdict.PARTLY:
        words = {Verdict.SUPPORTED: "borne out", Verdict.CONTRADICTED: "contradicted", Verdict.PARTLY: "borne out in part", Verdict.NOT_COVERED: "not covered"}
        return f"The parts differ: {'; '.join(f'“{part.text}” is {words[part.verdict]}' for part in parts)}."
    return " ".join(dict.fromkeys(part.explanation for part in parts))


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
