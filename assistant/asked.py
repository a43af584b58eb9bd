"""What was asked: each answered question, with personal data masked, for the figures of the desk."""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy.exc import IntegrityError

from assistant.answers import Answer
from assistant.background import BackgroundWriter
from assistant.database.engine import Database, DatabaseUnavailableError
from assistant.database.use_tables import AskedRow, AskedSourceRow
from assistant.personal_data import masked

AskedChannel = Literal["chat", "api", "desk", "batch"]
"""Where a question was asked: on the ask page, by a program, in an enquiry at the desk, in a batch."""
_log = logging.getLogger(__name__)


class AskedLog:
    """Writes in a thread of its own, so that an answer neither waits for it nor fails with it. `version` tells the index that answers now.

    A database that cannot be written is told in the log, and the figures then lack that question. Switched off, nothing is kept. Safe to share between threads.
    """

    def __init__(self, database: Database, version: Callable[[], str], is_on: bool = True, now: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._database = database
        self._version = version
        self._is_on = is_on
        self._now = now
        self._writer = BackgroundWriter("asked")

    def record(self, answer: Answer, channel: AskedChannel, case_id: str | None = None) -> None:
        """Keep one answered question under its answer's id; a second record of the same answer changes nothing."""
        if not self._is_on:
            return
        at = self._now()
        if not self._writer.take(lambda: self._write(answer, channel, case_id, at)):
            _log.warning("a question is left out of the figures: too many wait for the database")

    def settle(self, seconds: float = 30.0) -> None:
        """Wait until what was recorded so far is written, or so long."""
        self._writer.settle(seconds)

    def _write(self, answer: Answer, channel: AskedChannel, case_id: str | None, at: datetime) -> None:
        try:
            with self._database.writing() as session:
                session.add(_row(answer, channel, case_id, self._version(), at))
                session.flush()
                session.add_all(_sources(answer))
        except IntegrityError:
            _log.info("an answer was recorded before")
        except DatabaseUnavailableError:
            _log.warning("a question is left out of the figures: the database is unavailable")
        except Exception as error:  # nobody waits for the outcome, so that it is told here or nowhere; the message could hold the question
            _log.error("a question is left out of the figures: %s", type(error).__name__)


def _row(answer: Answer, channel: AskedChannel, case_id: str | None, index_version: str, at: datetime) -> AskedRow:
    return AskedRow(
        id=answer.answer_id,
        at=at,
        channel=channel,
        question=masked(answer.standalone_question),
        outcome=answer.outcome.value,
        confidence=answer.confidence,
        sector=answer.scope.sector,
        nation=answer.scope.nation,
        stage=answer.scope.stage,
        case_id=case_id,
        index_version=index_version,
    )


def _sources(answer: Answer) -> list[AskedSourceRow]:
    """How often each source is cited. Its standing is one for the whole answer: that on the day asked for."""
    times = Counter(citation.source_id for citation in answer.citations)
    standings = {citation.source_id: citation.standing for citation in answer.citations}
    return [AskedSourceRow(asked_id=answer.answer_id, source_id=source, standing=standings[source].value, times=count) for source, count in times.items()]
