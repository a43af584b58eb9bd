"""Building what an answer says: sentences with their citations and notices, or a plain word that nothing is covered."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from assistant.answers import AnswerSentence, Body, Citation, Notice, Outcome
from assistant.citing import cite, notices
from assistant.lines import Line
from assistant.next_step import next_question
from assistant.rendering import answer_text
from corpus.locators import spoken
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

    def answered(self, hits: Sequence[Hit], lines: Sequence[Line]) -> Body:
        """The body that tells these lines, which passed the gate, in their order. A place is cited under one number, however many rest on it."""
        sentences, citations = self.cited(lines)
        used = {passage.id for line in lines for passage, _ in line.rests_on}
        return Body(
            outcome=Outcome.ANSWERED,
            text=answer_text(sentences, [_in_list(lines, number) for number in range(len(lines))]),
            sentences=sentences,
            citations=citations,
            notices=notices(citations, self._store, self._day, self._today, self._sector),
            suggestions=self._suggested(citations, [hit for hit in hits if hit.passage.id not in used]),
        )

    def cited(self, lines: Sequence[Line]) -> tuple[list[AnswerSentence], list[Citation]]:
        """The lines as sentences with the numbers of what they rest on, and those places, numbered from 1 in the order they are first needed."""
        numbers: dict[tuple[str, int], int] = {}
        citations, sentences = [], []
        for line in lines:
            for passage, sentence in line.rests_on:
                if (passage.id, sentence) not in numbers:
                    numbers[passage.id, sentence] = number = len(numbers) + 1
                    citations.append(cite(number, passage, sentence, self._store, self._day))
            on = dict.fromkeys(numbers[passage.id, sentence] for passage, sentence in line.rests_on)
            sentences.append(AnswerSentence(text=line.text, citations=list(on)))
        return sentences, citations

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


def _in_list(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is a list item told beside another of its own list."""
    here = lines[number].list_of
    beside = [*lines[max(number - 1, 0) : number], *lines[number + 1 : number + 2]]
    return here is not None and any(line.list_of == here for line in beside)


def _asks(hits: Sequence[Hit]) -> list[str]:
    """What to ask next: questions that these passages are known to answer."""
    return [hit.passage.asks[0] for hit in hits if hit.passage.asks][:RELATED]
