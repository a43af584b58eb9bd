"""What readers say of answers."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from assistant.database.engine import Database
from assistant.database.use_tables import FeedbackRow
from assistant.errors import BadInputError
from assistant.feedback import COMMENT_LIMIT, FeedbackService

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANSWER = "a" * 32


def test_each_time_it_is_said_is_kept_masked(database: Database) -> None:
    service = FeedbackService(database, lambda: NOW)
    ids = [service.give(ANSWER, "useful"), service.give(ANSWER, "wrong", " The Act\r\nof 2023.\x00 Ring me: 020 7946 0018 ")]
    with database.session() as session:
        rows = session.scalars(select(FeedbackRow).order_by(FeedbackRow.verdict)).all()
        assert [(row.id, row.at, row.answer_id, row.verdict, row.comment) for row in rows] == [
            (ids[0], NOW, ANSWER, "useful", ""),
            (ids[1], NOW, ANSWER, "wrong", "The Act\nof 2023.  Ring me: [phone]"),
        ]


@pytest.mark.parametrize("answer", ["", "x", "A" * 32, "a" * 31, "a" * 33, "\x00" * 32])
def test_an_answer_that_is_none(database: Database, answer: str) -> None:
    with pytest.raises(BadInputError) as error:
        FeedbackService(database).give(answer, "useful")
    assert (error.value.field, error.value.message) == ("answer_id", "is not the id of an answer; take it from the field answer_id of the answer")


def test_a_comment_that_is_too_long(database: Database) -> None:
    with pytest.raises(BadInputError) as error:
        FeedbackService(database).give(ANSWER, "wrong", "x" * (COMMENT_LIMIT + 1))
    assert (error.value.field, error.value.message) == ("comment", "has 2,001 characters; 2,000 are the most. Shorten it.")
