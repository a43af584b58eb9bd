"""Personal advice: what only the reader and those who know their case can settle gets the guidance there is, and who to turn to."""

from typing import Literal

from assistant.phrases import refusal_phrases

Advice = Literal["decision", "position"]
"""`decision`: what the reader should do, or whether they would win. `position`: where they themselves stand in law, tax or employment."""

ADVISERS = "your trade union, your organisation’s HR or pensions team, or a solicitor"
NOTICE = f"This is general guidance, not advice on your own case. For that, ask {ADVISERS}."
DECISION = (
    f"That turns on your own case, so it is not for me to settle. Before you decide anything, ask {ADVISERS}. "
    "The nearest guidance is listed for you to take along."
)


def advice_asked(text: str) -> Advice | None:
    """Whether a question asks for advice on the reader's own case, and of which sort."""
    if refusal_phrases("decisions").search(text):
        return "decision"
    return "position" if refusal_phrases("own").search(text) and refusal_phrases("matters").search(text) else None
