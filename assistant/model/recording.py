"""The audit row of each answer that was put to the language model: how many sentences passed, what was dropped and why. No text is kept."""

import hashlib
import logging
from collections import Counter

from pydantic import JsonValue

from assistant.answers import Engine
from assistant.audit import AuditLog
from assistant.background import BackgroundWriter
from assistant.database.engine import Database, DatabaseUnavailableError
from assistant.model.rewritten import Rewritten
from assistant.people.person import SYSTEM

ACTION = "answer.rewritten"
_log = logging.getLogger(__name__)


class RewriteLog:
    """Writes in a thread of its own, so that an answer neither waits for it nor fails with it. Safe to share between threads."""

    def __init__(self, database: Database, audit: AuditLog, model_name: str):
        self._database = database
        self._audit = audit
        self._model_name = model_name
        self._writer = BackgroundWriter("rewritten")

    def record(self, answer_id: str, engine: Engine, index_version: str, rewritten: Rewritten, milliseconds: float) -> None:
        """Keep what came of one answer: `engine` is the one that it ended with, `milliseconds` what the model and its gate took."""
        details = {"engine": engine, "model": self._model_name, "index_version": index_version, **_came_of(rewritten), "ms": round(milliseconds)}
        if not self._writer.take(lambda: self._write(answer_id, details)):
            _log.warning("an answer reworded is left out of the audit log: too many wait for the database")

    def settle(self, seconds: float = 30.0) -> None:
        """Wait until what was recorded so far is written, or so long."""
        self._writer.settle(seconds)

    def _write(self, answer_id: str, details: dict[str, JsonValue]) -> None:
        try:
            with self._database.writing() as session:
                self._audit.record(session, SYSTEM, ACTION, f"answer:{answer_id}", details)
        except DatabaseUnavailableError:
            _log.warning("an answer reworded is left out of the audit log: the database is unavailable")
        except Exception as error:  # nobody waits for the outcome, so that it is told here or nowhere
            _log.error("an answer reworded is left out of the audit log: %s", type(error).__name__)


def _came_of(rewritten: Rewritten) -> dict[str, JsonValue]:
    """Counts and reasons. A dropped sentence is told by the SHA-256 of its text in UTF-8, in hex."""
    reasons = Counter(reason for _, why in rewritten.dropped for reason in why)
    return {
        "counts": {"written": rewritten.written, "passed": rewritten.passed, "replaced": rewritten.replaced, "dropped": len(rewritten.dropped)},
        "reasons": dict(sorted(reasons.items())),
        "dropped": [{"sha256": hashlib.sha256(text.encode()).hexdigest(), "reasons": list(why)} for text, why in rewritten.dropped],
        "tokens": {"prompt": rewritten.prompt_tokens, "completion": rewritten.completion_tokens},
        "failure": rewritten.failure,
    }
