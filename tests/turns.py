"""Answers and turns made for tests of what is done with them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from assistant.answers import Answer, Outcome
from assistant.conversations import Turn

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def made_answer(conversation_id: str, question: str, **fields: Any) -> Answer:
    """An answer that quotes nothing, unless more is given."""
    usual: dict[str, Any] = {
        "answer_id": "a" * 32,
        "conversation_id": conversation_id,
        "question": question,
        "standalone_question": " ".join(question.split()),
        "outcome": Outcome.NOT_COVERED,
        "text": "Nothing is quoted.",
        "engine": "extractive",
        "confidence": 0.25,
        "timings_ms": {"total": 1.5},
    }
    return Answer(**{**usual, **fields})


def made_turns(*answers: Answer) -> list[Turn]:
    """The answers as turns, a minute apart from noon of 22 November 2026."""
    return [Turn(position=n, asked_at=NOON + timedelta(minutes=n - 1), answer=answer) for n, answer in enumerate(answers, start=1)]
