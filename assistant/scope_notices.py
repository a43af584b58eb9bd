"""What must be said where an answer does not quite fit its reader: guidance for another nation or service only, and scope that contradicts itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers import Citation, Notice, Scope
from assistant.nations import NATION_WORDS, named_in, nations_of, spoken_nations
from assistant.recognising import Recognised
from assistant.sectors import within_a_sentence
from corpus.words import Sector
from index.store import PassageStore

_FITS_EMPLOYER: dict[str, tuple[Sector, ...]] = {
    "nhs_trust": ("nhs_trust", "community_health", "adult_social_care", "other"),
    "police_force": ("police", "other"),
    "fire_authority": ("fire", "other"),
    "college": ("further_education", "libraries", "youth", "other"),
    "probation_service": ("probation", "other"),
}
"""The services that an employer of a kind runs; a kind that is not here may run any."""
_EMPLOYER_WORDS = {
    "nhs_trust": "an NHS trust",
    "police_force": "a police force",
    "fire_authority": "a fire authority",
    "college": "a college",
    "probation_service": "the probation service",
}


@dataclass(frozen=True)
class _Conflict:
    """What the scope says and what the question says of one thing, each in words."""

    of: str
    given: str
    asked: str


def contradictions(scope: Scope, asked: Recognised) -> list[Notice]:
    """Where the question tells something else of its writer than the scope it is asked with, or two things that do not go together."""
    found = []
    if scope.sector and asked.sector and "all" not in (scope.sector, asked.sector) and scope.sector != asked.sector:
        found.append(_Conflict("service", within_a_sentence(scope.sector), within_a_sentence(asked.sector)))
    if scope.nation and asked.nation and scope.nation != asked.nation:
        found.append(_Conflict("nation", NATION_WORDS[scope.nation], NATION_WORDS[asked.nation]))
    if scope.as_of and asked.as_of and scope.as_of.last != asked.as_of.last:
        found.append(_Conflict("day", scope.as_of.spoken(), asked.as_of.spoken()))
    told = [
        f"The question speaks of {each.asked}, but the {each.of} set is {each.given}, and the answer is for that. Change the {each.of} to ask for the other."
        for each in found
    ]
    sector = scope.sector or asked.sector
    if asked.employer in _FITS_EMPLOYER and sector and sector != "all" and sector not in _FITS_EMPLOYER[asked.employer]:
        told.append(
            f"The question speaks of {_EMPLOYER_WORDS[asked.employer]}, and the answer is for {within_a_sentence(sector)}. "
            "What turns on the employer, such as pensions, may differ; ask about it by itself."
        )
    return [Notice(kind="scope", text=text) for text in told]


def for_others(citations: Sequence[Citation], scope: Scope, store: PassageStore) -> list[Notice]:
    """Where all that is cited holds only for another nation, or only for another service, than the reader's."""
    if not citations:
        return []
    numbers = [citation.number for citation in citations]
    found = []
    if scope.nation:
        extents = [nations_of(store.sources[citation.source_id].extent) for citation in citations]
        speaks = any(scope.nation in named_in(citation.quote) for citation in citations)
        if not speaks and all(extent and scope.nation not in extent for extent in extents):
            others = spoken_nations(frozenset().union(*extents))
            text = f"This is guidance for {others}; nothing on it for {NATION_WORDS[scope.nation]} was found in this library."
            found.append(Notice(kind="scope", text=text, citations=numbers))
    if scope.sector and scope.sector != "all":
        sectors = [passage.sectors for passage in store.passages([citation.passage_id for citation in citations])]
        if all("all" not in each and scope.sector not in each for each in sectors):
            names = list(dict.fromkeys(within_a_sentence(sector) for each in sectors for sector in each))
            others = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
            text = f"This is guidance for {others}; nothing on it for {within_a_sentence(scope.sector)} was found in this library."
            found.append(Notice(kind="scope", text=text, citations=numbers))
    return found
