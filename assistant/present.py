"""What stands now: an answer whose evidence no longer stands leads with what does, and then says what it was."""

from collections.abc import Sequence
from datetime import date

from assistant.changes import asked_of, names_it, passages_now, successions, touching
from assistant.composing import LONGEST, Candidate, candidates_in, same
from assistant.scoping import is_about_the_past
from assistant.understanding import Kind
from corpus.sections import Role
from corpus.sources import Standing
from corpus.timeline import Change
from index.live import OpenIndex
from index.retrieval import Hit, Query, look_up

MOST_ADDED = 2
"""Sentences on what stands now that are put before what no longer does; the most of one passage is one."""
FORMER = 0.5
"""What was replaced is told after what stands where its best sentence comes this near to the answer's best."""


class Present:
    """Brings the chosen sentences of an answer up to the day asked for."""

    def __init__(self, query: Query, kind: Kind, index: OpenIndex, day: date, sector: str | None):
        self._query = query
        self._kind = kind
        self._index = index
        self._day = day
        self._sector = sector
        self._past = is_about_the_past(query.question)

    def told(self, chosen: Sequence[Candidate], found: Sequence[Hit]) -> list[Candidate]:
        """The chosen sentences with what stands now before them, or behind them where the question asks of the past.

        Where they already tell what stands, the best sentence of what it replaced is told last, if it is as near to the question. `found` are
        all hits, those that no longer stand among them.
        """
        now = self._now(chosen)
        if now:
            kept = [candidate for candidate in chosen if not any(same(candidate, other) for other in now)]
            if not any(candidate.sentence.role is Role.ITEM for candidate in kept):
                kept = kept[: LONGEST - len(now)]
            return [*kept, *now] if self._past else [*now, *kept]
        return [*chosen, *self._former(chosen, found)]

    def _now(self, chosen: Sequence[Candidate]) -> list[Candidate]:
        """Sentences that say what stands in place of what the question, or the answer's first sentence, speaks of."""
        timeline = self._index.store.timeline
        told = {candidate.passage.id for candidate in chosen[:MOST_ADDED]}
        asked = asked_of(self._query.question, timeline, self._sector)
        subjects = [change for change in timeline.changes if change in asked or self._opens_with(change, chosen[0])]
        found = [succession for succession in successions(subjects, timeline, self._day) if not told.intersection(succession.last.now)]
        added: list[Candidate] = []
        for identifier in passages_now(found):
            hits = look_up(self._query, self._index, [identifier])
            candidates = [c for c in candidates_in(self._query, self._kind, hits, self._index.keywords) if c.sentence.role is Role.PROSE]
            if candidates and not any(same(candidates[0], other) for other in added) and len(added) < MOST_ADDED:
                added.append(candidates[0])
        return added

    def _opens_with(self, change: Change, best: Candidate) -> bool:
        """Whether the answer's first sentence speaks of what the change ended, or of its end, and not of what stands.

        By its source; by a name that its heading or place has too; or by telling of the change.
        """
        if not change.is_for(self._sector, best.passage.sectors) or best.passage.id in change.now:
            return False
        if best.passage.id in change.told_in:
            return True
        source = self._index.store.sources[best.passage.source_id]
        if change not in touching(best.text, best.passage, source, self._index.store.timeline, self._sector):
            return False
        return source.id in change.replaces or names_it(change, f"{best.passage.heading_path[-1]} {best.passage.locator}")

    def _former(self, chosen: Sequence[Candidate], found: Sequence[Hit]) -> list[Candidate]:
        """The best sentence of a passage that no longer stands, where it comes as near to the question as what the answer opens with."""
        told = {candidate.passage.id for candidate in chosen}
        gone = [hit for hit in found if self._is_gone(hit) and hit.passage.id not in told]
        if self._past or not gone or gone[0].score < FORMER * chosen[0].score:
            return []
        candidates = candidates_in(self._query, self._kind, gone[:1], self._index.keywords)
        best = candidates[0]
        return [best] if best.relevance >= FORMER * chosen[0].relevance and not any(same(best, other) for other in chosen) else []

    def _is_gone(self, hit: Hit) -> bool:
        return self._index.store.sources[hit.passage.source_id].standing_on(self._day) is Standing.SUPERSEDED
