"""Whether a sentence of a reply has support: in the spans it cites, else anywhere in the guidance."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answers import Citation, Scope
from assistant.checking.checkable import is_checkable
from assistant.checking.deciding import Decision, decide
from assistant.checking.explaining import explanation
from assistant.checking.matching import Claimed, Match, matches
from assistant.checking.service import CheckService, read_claim
from assistant.checking.splitting import parts_of
from assistant.checking.verdicts import Verdict
from assistant.citing import cite
from assistant.desk.drafts import Support
from index.embedding import Embedder
from index.live import LiveIndex, OpenIndex
from index.retrieval import look_up

NO_SOURCE = "No sentence of the guidance was found that bears this out."


@dataclass(frozen=True)
class SentenceSupport:
    """What the guidance makes of a sentence. `citation` is what settles it: one of those the sentence cites where it stands there, else one to attach."""

    support: Support
    citation: Citation | None = None
    why: str = ""


class SupportService:
    """Holds sentences of replies against the guidance. Safe to share between threads."""

    def __init__(self, checks: CheckService, live: LiveIndex, embedder: Embedder, today: Callable[[], date] = date.today):
        self._checks = checks
        self._live = live
        self._embedder = embedder
        self._today = today

    def support(self, sentence: str, cited: Sequence[Citation], scope: Scope | None = None) -> SentenceSupport:
        """What the cited spans say of a sentence, re-read from the live index, and failing these the rest of the library.

        A sentence that claims nothing needs no support. Raises NoIndexError while no index is live.
        """
        if any(sentence.strip() == citation.quote for citation in self._standing(cited)):
            return SentenceSupport("supported", next(citation for citation in cited if citation.quote == sentence.strip()))
        if not is_checkable(sentence):
            return SentenceSupport("not_needed")
        index = self._live.current()
        scope = scope or Scope()
        today = self._today()
        day = scope.as_of.last if scope.as_of else today
        parts = parts_of(sentence)
        claimed = read_claim(sentence, parts, index, self._embedder)
        here = [self._by_cited(each, cited, index, day, scope.sector) for each in claimed]
        denied = next((decision for decision in here if decision.verdict is Verdict.CONTRADICTED), None)
        if denied:
            return SentenceSupport("contradicted", self._citation(denied, cited, index, day), explanation(denied))
        if all(decision.verdict is Verdict.SUPPORTED for decision in here):
            return SentenceSupport("supported", self._citation(here[0], cited, index, day))
        rest = self._checks.decided(claimed, index, scope, day, today)
        return self._by_library(here, rest, cited, index, day)

    def _by_library(self, here: Sequence[Decision], rest: Sequence[Decision], cited: Sequence[Citation], index: OpenIndex, day: date) -> SentenceSupport:
        for near, far in zip(here, rest, strict=True):
            if far.verdict is Verdict.CONTRADICTED and near.verdict is not Verdict.SUPPORTED:
                return SentenceSupport("contradicted", self._citation(far, cited, index, day), explanation(far))
        if all(Verdict.SUPPORTED in (near.verdict, far.verdict) for near, far in zip(here, rest, strict=True)):
            new = next(far for near, far in zip(here, rest, strict=True) if near.verdict is not Verdict.SUPPORTED)
            return SentenceSupport("supported", self._citation(new, cited, index, day))
        partly = next((decision for decision in (*here, *rest) if decision.verdict is Verdict.PARTLY), None)
        if partly:
            return SentenceSupport("needs_source", self._citation(partly, cited, index, day), explanation(partly))
        return SentenceSupport("needs_source", None, NO_SOURCE)

    def _by_cited(self, claimed: Claimed, cited: Sequence[Citation], index: OpenIndex, day: date, sector: str | None) -> Decision:
        """What the cited spans alone decide."""
        spans = {(citation.passage_id, citation.quote) for citation in cited}
        hits = look_up(claimed.query, index, list(dict.fromkeys(citation.passage_id for citation in cited)))
        found: list[Match] = [match for match in matches(claimed, hits, index) if (match.passage.id, match.text) in spans]
        return decide(claimed.statement, found, index, day, sector)

    def _standing(self, cited: Sequence[Citation]) -> list[Citation]:
        """The citations whose span still stands in the index to the letter."""
        passages = {passage.id: passage for passage in self._live.current().store.passages([citation.passage_id for citation in cited])}
        return [citation for citation in cited if citation.passage_id in passages and citation.quote in passages[citation.passage_id].text]

    def _citation(self, decision: Decision, cited: Sequence[Citation], index: OpenIndex, day: date) -> Citation | None:
        """What settles it: one of the cited where it stands there, else a new one under the next number."""
        match = decision.match
        if match is None:
            return None
        for citation in cited:
            if (citation.passage_id, citation.quote) == (match.passage.id, match.text):
                return citation
        return cite(max((citation.number for citation in cited), default=0) + 1, match.passage, match.number, index.store, day)
