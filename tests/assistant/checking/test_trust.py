"""How far a verdict is to be trusted."""

import pytest

from assistant.checking.trust import trusted
from assistant.checking.verdicts import Verdict


@pytest.mark.parametrize("verdict", list(Verdict))
def test_trust_rises_with_the_chance_and_is_never_certain(verdict: Verdict) -> None:
    found = [trusted(verdict, chance) for chance in (0.0, 0.1, 0.5, 0.9, 1.0)]
    assert found == sorted(found)
    assert 0 < found[0] < found[-1] < 1


def test_what_leaves_a_claim_open_is_trusted_less_than_what_settles_it() -> None:
    assert trusted(Verdict.NOT_COVERED, 0.8) < trusted(Verdict.CONTRADICTED, 0.8) == trusted(Verdict.PARTLY, 0.8)
