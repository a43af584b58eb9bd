"""Fitting what was found to the reader: the sector they work in, and what stands on the day they ask about."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.answers import Scope
from assistant.facts import read_facts
from assistant.nations import named_in, nations_of
from corpus.locators import references
from corpus.sources import Source, Standing
from index.retrieval import Hit
from index.store import PassageStore

OTHER_SECTOR = 0.25
"""What a passage keeps of its score where it speaks only for a sector other than the reader's."""
OTHER_NATION = 0.5
"""What a passage for another nation than the reader's counts for when the hits are put in order: half, by judgement; no `dev` question turns on it."""
_PAST = re.compile(r"\b(was|were|did|had|used to|before|old|older|previous(ly)?|former(ly)?|past|history|replaced|ended?|(19|20)\d\d)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_GONE = (Standing.SUPERSEDED, Standing.WITHDRAWN)


def fitted(hits: Sequence[Hit], scope: Scope, sources: Mapping[str, Source]) -> list[Hit]:
    """The hits, best first, with those for another sector or nation moved back. A place the question names stays.

    What holds for another nation keeps its score, for where nothing else is found it is told all the same, with a notice; nor does it stand back
    where it names the reader's nation, as what says that a right does not reach there.
    """

    def fit(hit: Hit) -> Hit:
        fits = hit.at_place or scope.sector in (None, "all", *hit.passage.sectors) or "all" in hit.passage.sectors
        return hit if fits else replace(hit, score=hit.score * OTHER_SECTOR)

    def abroad(hit: Hit) -> bool:
        extent = nations_of(sources[hit.passage.source_id].extent)
        return bool(scope.nation and extent and scope.nation not in extent | named_in(hit.passage.text)) and not hit.at_place

    return sorted(map(fit, hits), key=lambda hit: -hit.score * (OTHER_NATION if abroad(hit) else 1))


def is_about_the_past(question: str) -> bool:
    """Whether a question asks how things were."""
    return bool(_PAST.search(question))


def wants_any_standing(question: str) -> bool:
    """Whether what no longer stands may answer a question: it asks how things were, or names a place that it wants whatever its standing."""
    return is_about_the_past(question) or bool(references(question))


def known_sources(sources: Mapping[str, Source], day: date) -> frozenset[str]:
    """Ids of the sources that were there on an earlier day: begun or published by then. What is not dated speaks for today alone."""
    return frozenset(source.id for source in sources.values() if (began := source.began()) is not None and began <= day)


def looking_back(hits: Sequence[Hit], sources: Mapping[str, Source], day: date) -> list[Hit]:
    """The hits that were there on the day, and later accounts that name a year up to it; never a rule that began after it."""

    def speaks_of_it(hit: Hit) -> bool:
        source = sources[hit.passage.source_id]
        began = source.began()
        if began is not None and began <= day:
            return True
        return source.in_force_from is None and any(int(year) <= day.year for year in _YEAR.findall(hit.passage.text))

    return [hit for hit in hits if speaks_of_it(hit)]


def standing(hits: Sequence[Hit], store: PassageStore, day: date) -> list[Hit]:
    """The hits whose source had been neither superseded nor withdrawn by the day, and those that tell what came of it."""
    tells = store.timeline.tells()
    return [hit for hit in hits if hit.passage.id in tells or store.sources[hit.passage.source_id].standing_on(day) not in _GONE]


def tells_of_later(text: str, day: date) -> bool:
    """Whether a sentence tells, as a fact, of something in a year after the day; what was planned or recommended then may name a later year."""
    return any(int(year) > day.year for year in _YEAR.findall(text)) and not read_facts(text).modality
