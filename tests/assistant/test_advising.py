"""Telling advice on the reader's own case from questions on the guidance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.advising import Advice, advice_asked


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", None),
        ("What does section 33 allow?", None),
        ("Should we register as a CIC or as a charity?", None),
        ("Should I use section 33 or a direct award?", None),
        ("What happens to pensions when staff transfer?", None),
        ("Can I start a mutual?", None),
        ("Is there case law on the asset lock?", None),
        ("Should I sue my manager?", "decision"),
        ("They want it back by Friday. Should I sign it?", "decision"),
        ("Do I leave my pension where it is or move it?", "decision"),
        ("Have I got a case for unfair dismissal?", "decision"),
        ("Would I win at a tribunal?", "decision"),
        ("If I refuse to go, what payoff do I walk away with?", "decision"),
        ("Am I going to be made redundant?", "decision"),
        ("just tell me what to do", "decision"),
        ("Am I entitled to keep my pension?", "position"),
        ("Will I lose my continuous service if we spin out?", "position"),
        ("Would my pension be safe?", "position"),
        ("Do I get redundancy pay if I refuse to transfer?", "position"),
        ("If I take shares, am I liable for income tax?", "position"),
    ],
)
def test_a_decision_a_position_or_neither(text: str, advice: Advice | None) -> None:
    assert advice_asked(text) == advice


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    assert advice_asked(text) in (None, "decision", "position")
