"""What readers say of answers."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal
from uuid import uuid4

from assistant.database.engine import Database
from assistant.database.use_tables import FeedbackRow
from assistant.errors import BadInputError
from assistant.personal_data import masked

FeedbackVerdict = Literal["useful", "not_useful", "wrong"]
COMMENT_LIMIT = 2_000
"""Characters of a comment: as many as a question has, and more than anybody writes under an answer."""
_ID = re.compile("[0-9a-f]{32}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class FeedbackService:
    """Keeps what is said, each time it is said. Safe to share between threads."""

    def __init__(self, database: Database, now: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._database = database
        self._now = now

    def give(self, answer_id: str, verdict: FeedbackVerdict, comment: str = "") -> str:
        """Keep what one reader says of one answer; the id it is kept under. Personal data in the comment is masked.

        Whether the answer is known is not asked: answers need not have been kept. Raises BadInputError and DatabaseUnavailableError.
        """
        if not _ID.fullmatch(answer_id):
            raise BadInputError("answer_id", "is not the id of an answer; take it from the field answer_id of the answer")
        if len(comment) > COMMENT_LIMIT:
            raise BadInputError("comment", f"has {len(comment):,} characters; {COMMENT_LIMIT:,} are the most. Shorten it.")
        row = FeedbackRow(
            id=uuid4().hex, at=self._now(), answer_id=answer_id, verdict=verdict, comment=masked(_CONTROL.sub(" ", comment.replace("\r\n", "\n")).strip())
        )
        identifier = row.id
        with self._database.writing() as session:
            session.add(row)
        return identifier
