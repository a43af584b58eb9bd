"""Building what an answer says: sentences with their citations and notices, or a plain word that nothing is covered."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from assistant.answers import AnswerSentence, Body, Citation, Notice, Outcome
from assistant.citing import cite, notices
from assistant.composing import Candidate
from assistant.next_step import next_question
from assistant.rendering import answer_text
from corpus.locators import spoken
from corpus.sections import Role
from corpus.words import Sector
from index.live import OpenIndex
from index.ranking import nearness
from index.retrieval import Hit, Query

RELATED = 3
"""Passages shown beside a non-answer, and questions suggested next."""
NOT_COVERED = (
    "The guidance in this library does not answer that question, so nothing is quoted as an answer. "
    "For a decision that depends on it, ask your organisation's own legal, HR, pensions or procurement advisers, or your trade union."
)
OUT_OF_SCOPE = (
    "That is outside what this assistant covers. It answers questions about public service mutuals in the UK: leaving the public sector "
    "as an employee-led organisation, and the rights, support, procurement, employment and pensions that go with it."
)


class BodyBuilder:
    """Puts the parts of an answer together for one day."""

    def __init__(self, index: OpenIndex, day: date, today: date, sector: str | None = None):
        self._store = index.store
        self._day = day
        self._today = today
        self._sector = sector

    def answered(self, hits: Sequence[Hit], passed: Sequence[Candidate]) -> Body:
        """The body that tells the sentences that passed the gate, in their order."""
        citations = [cite(number, candidate.passage, candidate.number, self._store, self._day) for number, candidate in enumerate(passed, start=1)]
        sentences = [AnswerSentence(text=candidate.text, citations=[number]) for number, candidate in enumerate(passed, start=1)]
        used = {candidate.passage.id for candidate in passed}
        return Body(
            outcome=Outcome.ANSWERED,
            text=answer_text(sentences, [_in_list(passed, number) for number in range(len(passed))]),
            sentences=sentences,
            citations=citations,
            notices=notices(citations, self._store, self._day, self._today, self._sector),
            suggestions=self._suggested(citations, [hit for hit in hits if hit.passage.id not in used]),
        )

    def unanswered(self, query: Query, hits: Sequence[Hit], missing: Sequence[str], scoped: bool) -> Body:
        """The body that says nothing is answered, and why; `missing` are places named that the library does not hold."""
        if not scoped and not missing:
            return Body(outcome=Outcome.OUT_OF_SCOPE, text=OUT_OF_SCOPE)
        return Body(
            outcome=Outcome.NOT_COVERED,
            text=NOT_COVERED,
            notices=[Notice(kind="place", text=f"The library holds nothing at {spoken(place)}.") for place in missing],
            related=[self._nearest(number, hit, query) for number, hit in enumerate(hits[:RELATED], start=1)],
            suggestions=_asks(hits),
        )

    def _suggested(self, citations: Sequence[Citation], further: Sequence[Hit]) -> list[str]:
        """What to ask next: of the step that follows on the pathway, then of what else was found."""
        following = next_question(citations, self._store.pathways, cast(Sector | None, self._sector))
        return list(dict.fromkeys([following, *_asks(further)] if following else _asks(further)))[:RELATED]

    def _nearest(self, number: int, hit: Hit, query: Query) -> Citation:
        sentence = int(nearness(hit.record.vectors.sentences, query.vectors).argmax())
        return cite(number, hit.passage, sentence, self._store, self._day)


def _in_list(passed: Sequence[Candidate], number: int) -> bool:
    """Whether a sentence is a list item told beside another of its own list."""
    here = passed[number]
    beside = [*passed[max(number - 1, 0) : number], *passed[number + 1 : number + 2]]
    return here.sentence.role is Role.ITEM and any(c.passage.id == here.passage.id and c.sentence.role is Role.ITEM for c in beside)


def _asks(hits: Sequence[Hit]) -> list[str]:
    """What to ask next: questions that these passages are known to answer."""
    return [hit.passage.asks[0] for hit in hits if hit.passage.asks][:RELATED]
