"""Fitting what was found to the reader: the sector they work in, and what stands on the day they ask about."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.answers import Scope
from corpus.locators import references
from corpus.sources import Source, Standing
from index.retrieval import Hit

OTHER_SECTOR = 0.25
"""What a passage keeps of its score where it speaks only for a sector other than the reader's."""
_PAST = re.compile(r"\b(was|were|did|had|used to|before|old|older|previous(ly)?|former(ly)?|past|history|replaced|ended?|(19|20)\d\d)\b", re.IGNORECASE)


def fitted(hits: Sequence[Hit], scope: Scope) -> list[Hit]:
    """The hits, best first, with those for another sector moved back. A place the question names stays."""

    def fit(hit: Hit) -> Hit:
        fits = scope.sector in (None, "all", *hit.passage.sectors) or "all" in hit.passage.sectors
        return hit if fits else replace(hit, score=hit.score * OTHER_SECTOR)

    return sorted(map(fit, hits), key=lambda hit: -(hit.at_place + hit.score))


def standing(hits: Sequence[Hit], question: str, sources: Mapping[str, Source], day: date) -> list[Hit]:
    """The hits that may speak for the day: without what was replaced or withdrawn by then, unless the question asks of the past or names a place."""
    if _PAST.search(question) or references(question):
        return list(hits)
    gone = (Standing.SUPERSEDED, Standing.WITHDRAWN)
    return [hit for hit in hits if sources[hit.passage.source_id].standing_on(day) not in gone]
