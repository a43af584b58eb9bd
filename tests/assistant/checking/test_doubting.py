"""The entailment model as one more voice in the claim check: it can leave open what code takes for borne out, and nothing else."""

from collections.abc import Sequence
from datetime import date

import pytest

from assistant.checking.service import DOUBTED_BELOW, CheckService
from assistant.checking.verdicts import Check
from assistant.entailment import UNSURE, Chances
from assistant.services import Services

TRUE = "Under the New Act a contract can be reserved for a mutual for up to five years."
FALSE = "Under the New Act a contract can be reserved for a mutual for up to ten years."
UNTOLD = "The New Act requires every mutual to publish the salaries of its gardeners."


class Voice:
    """Gives every pair the same chance of being entailed, and keeps the pairs."""

    def __init__(self, chance: float):
        self._chance = chance
        self.pairs: list[tuple[str, str]] = []

    def entails(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, float, float]]:
        self.pairs += pairs
        return [(self._chance, 1 - self._chance, 0.0)] * len(pairs)


def checked(services: Services, claim: str, voice: Voice | None) -> Check:
    service = CheckService(services.live, services.ask._embedder, today=lambda: date(2026, 11, 22), entailment=voice)
    return service.check(claim)


def told(check: Check) -> dict[str, object]:
    return check.model_dump(exclude={"check_id", "timings_ms"})


@pytest.mark.parametrize("chance", [DOUBTED_BELOW, 1.0])
@pytest.mark.parametrize("claim", [TRUE, FALSE, UNTOLD, f"{TRUE} {FALSE}", "What is a mutual?"])
def test_a_voice_that_agrees_changes_nothing(dated_services: Services, claim: str, chance: float) -> None:
    assert told(checked(dated_services, claim, Voice(chance))) == told(checked(dated_services, claim, None))


class Silent:
    """A judge that cannot say."""

    def entails(self, pairs: Sequence[tuple[str, str]]) -> list[Chances]:
        return [UNSURE] * len(pairs)


def test_a_voice_that_cannot_say_changes_nothing(dated_services: Services) -> None:
    service = CheckService(dated_services.live, dated_services.ask._embedder, today=lambda: date(2026, 11, 22), entailment=Silent())
    assert told(service.check(TRUE)) == told(checked(dated_services, TRUE, None))


@pytest.mark.parametrize("claim", [FALSE, UNTOLD])
def test_it_is_not_asked_of_what_is_not_borne_out(dated_services: Services, claim: str) -> None:
    voice = Voice(0.0)
    assert told(checked(dated_services, claim, voice)) == told(checked(dated_services, claim, None))
    assert voice.pairs == []


def test_what_it_does_not_bear_out_is_left_open(dated_services: Services) -> None:
    voice = Voice(0.0)
    before, found = checked(dated_services, TRUE, None), checked(dated_services, TRUE, voice)
    assert (before.verdict, found.verdict) == ("supported", "not_covered")
    assert found.explanation == "The guidance in this library does not settle that, so it says nothing for or against it."
    assert (found.citations, [citation.quote for citation in found.related]) == ([], [citation.quote for citation in before.citations])
    assert [premise for premise, _ in voice.pairs] == [citation.quote for citation in before.citations]
    assert found.confidence < before.confidence
