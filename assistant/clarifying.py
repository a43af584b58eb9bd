"""Asking back: one short question where the answer truly depends on something that is not known."""

import re
from collections.abc import Sequence
from itertools import combinations, zip_longest

from assistant.answers import Choice, Clarify, Nation, Scope
from assistant.facts import read_facts
from assistant.nations import NATION_WORDS, nations_of
from assistant.recognising import recognise
from assistant.scoping import wants_any_standing
from assistant.sectors import label_of
from index.retrieval import Hit
from index.store import PassageStore

TOP = 4
"""Hits that an answer would draw on before all others."""
NEAR = 0.7
"""Hits whose score comes this near to the best one's would answer as well. On `dev`, where nothing needs asking back, nothing was from 0.3 to 0.85."""
MOST = 5
"""Choices given."""
_OWN = re.compile(r"\b(?:we|we're|we’re|us|our|ours|i|i'm|i’m|my|me)\b", re.IGNORECASE)


def clarification(hits: Sequence[Hit], scope: Scope, question: str, store: PassageStore) -> Clarify | None:
    """The question to ask back, or None, as nearly always.

    Hits come best first. Where those that would answer about equally well speak for services, or nations, that have nothing in common, none of them
    speaks for all, and neither scope nor question says which is the reader's, who asks of their own case: only the reader can say.
    """
    if not hits or not _OWN.search(question) or wants_any_standing(question) or len(read_facts(question).names) > 1:
        return None
    near = [hit for hit in hits[:TOP] if hit.score >= NEAR * hits[0].score]
    told = recognise(question)
    if scope.sector is None and told.sector is None:
        groups = [hit.passage.sectors for hit in near]
        if not any("all" in group for group in groups) and _apart([frozenset(group) for group in groups]):
            in_turn = [sector for each in zip_longest(*groups) for sector in each if sector]
            choices = [Choice(value=sector, label=label_of(sector)) for sector in in_turn]
            return Clarify(question="The answer differs between services. Which do you work in?", field="sector", choices=choices[:MOST])
    if scope.nation is None and told.nation is None:
        extents = [nations_of(store.sources[hit.passage.source_id].extent) for hit in near]
        if all(extents) and _apart(extents):
            nations = [nation for nation in NATION_WORDS if any(nation in extent for extent in extents)]
            choices = [Choice(value=nation, label=NATION_WORDS[nation]) for nation in nations]
            return Clarify(question="The answer differs between the nations of the UK. Where is your service?", field="nation", choices=choices)
    return None


def _apart(groups: Sequence[frozenset[str]] | Sequence[frozenset[Nation]]) -> bool:
    """Whether no two groups have anything in common; one group is not apart from anything."""
    return len(groups) > 1 and all(one.isdisjoint(other) for one, other in combinations(groups, 2))
