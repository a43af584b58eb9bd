"""The claim check: what somebody said, held against the guidance part by part."""

import time
from collections.abc import Callable, Sequence
from datetime import date
from uuid import uuid4

from assistant.answers import Citation, Notice, Scope
from assistant.checking.checkable import Nature, nature
from assistant.checking.deciding import Decision, decide
from assistant.checking.explaining import NOT_COVERED, explanation
from assistant.checking.matching import Claimed, matches
from assistant.checking.splitting import parts_of
from assistant.checking.statements import read_statement
from assistant.checking.trust import trusted
from assistant.checking.verdicts import Check, CheckedPart, Verdict
from assistant.citing import cite, day_notices, notices
from assistant.entailment import UNSURE, Entailment
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
DOUBTED_BELOW = 0.3
"""Chance of entailment below which a named entailment model leaves open what code takes for borne out. Not measured here: no such model was at hand."""
NEARLY_ALL = 0.9
"""Share of a claim's matter, by weight, that a sentence must hold to settle it as a whole, however many parts it has."""
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

    def __init__(
        self, live: LiveIndex, embedder: Embedder, limit: int = CLAIM_LIMIT, today: Callable[[], date] = date.today, entailment: Entailment | None = None
    ):
        self._live = live
        self._embedder = embedder
        self._limit = limit
        self._today = today
        self._entailment = entailment

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
        claimed = read_claim(genuine, parts, index, self._embedder)
        understood = time.perf_counter()
        decisions = self._agreed(claimed, self.decided(claimed, index, scope, day, today))
        decided = time.perf_counter()
        timings = {"understand": _ms(understood - started), "compare": _ms(decided - understood)}
        return self._told(claim, parts, decisions, index, scope, day, today, started, timings)

    def decided(self, claimed: Sequence[Claimed], index: OpenIndex, scope: Scope, day: date, today: date) -> list[Decision]:
        """What the library decides on each part of a claim. Where there are several, what the whole finds is held against each as well; one sentence
        that holds nearly all of the whole and bears it out settles every part."""
        source_ids = known_sources(index.store.sources, day) if day < today else None
        hits = self.hits(claimed[0].whole_query, index, scope, source_ids)
        if len(claimed) == 1:
            return [decide(claimed[0].statement, matches(claimed[0], hits, index), index, day, scope.sector)]
        whole = Claimed(claimed[0].whole, claimed[0].whole_query, claimed[0].whole, claimed[0].whole_query)
        at_once = decide(whole.statement, matches(whole, hits, index), index, day, scope.sector)
        if at_once.verdict is Verdict.SUPPORTED and at_once.match and at_once.match.alike.coverage >= NEARLY_ALL:
            return [at_once] * len(claimed)
        found = [_joined(self.hits(each.query, index, scope, source_ids), hits) for each in claimed]
        return beside([decide(each.statement, matches(each, held, index), index, day, scope.sector) for each, held in zip(claimed, found, strict=True)])

    def _agreed(self, claimed: Sequence[Claimed], decisions: Sequence[Decision]) -> list[Decision]:
        """The decisions, those left open that the entailment model does not bear out, where there is one: it can hold back, and never bear out by itself.
        Where it has no view, code decides."""
        if self._entailment is None:
            return list(decisions)
        bearing = [number for number, decision in enumerate(decisions) if decision.verdict is Verdict.SUPPORTED and decision.match]
        pairs = [(match.text, claimed[number].statement.text) for number in bearing if (match := decisions[number].match)]
        views = zip(bearing, self._entailment.entails(pairs), strict=True)
        doubted = [number for number, view in views if view is not UNSURE and view[0] < DOUBTED_BELOW]
        return [
            Decision(Verdict.NOT_COVERED, decision.match, 1 - decision.confidence) if number in doubted else decision
            for number, decision in enumerate(decisions)
        ]

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
            confidence=trusted(verdict, min(decision.confidence for decision in decisions)),
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


def read_claim(claim: str, parts: Sequence[str], index: OpenIndex, embedder: Embedder) -> list[Claimed]:
    """The parts of a claim, read, in one call of the embedding model. Of one part the whole is the part."""
    texts = [*parts, claim] if len(parts) > 1 else [*parts]
    queries = read_queries(texts, index, embedder)
    whole = read_statement(texts[-1])
    return [Claimed(read_statement(part), query, whole, queries[-1]) for part, query in zip(parts, queries, strict=False)]


def _joined(own: Sequence[Hit], whole: Sequence[Hit]) -> list[Hit]:
    """The hits of a part, then those of the whole that it lacks."""
    known = {hit.passage.id for hit in own}
    return [*own, *(hit for hit in whole if hit.passage.id not in known)]


def beside(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions on the parts of one claim: where one part does not hold, the claim is not called supported, and what is likely of the others counts."""
    fails = any(decision.verdict in (Verdict.CONTRADICTED, Verdict.PARTLY) for decision in decisions)
    return [decision.likely or decision for decision in decisions] if fails else list(decisions)


def overall(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict on a claim whose parts have these: theirs where they agree. What is borne out in one part only is borne out `partly`; where nothing is,
    one part that is contradicted contradicts the whole."""
    found = set(verdicts)
    if len(found) == 1:
        return verdicts[0]
    return Verdict.PARTLY if found & {Verdict.SUPPORTED, Verdict.PARTLY} else Verdict.CONTRADICTED


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
