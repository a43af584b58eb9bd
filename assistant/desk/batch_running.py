"""Answering batches: line after line, in the foreground for the command, in one thread of the server for all others."""

import logging
import threading
from collections.abc import Callable, Sequence

from assistant.answers import Answer, Outcome, Scope
from assistant.asked import AskedLog
from assistant.database.engine import DatabaseUnavailableError
from assistant.desk.batches import BatchAnswer, BatchService, BatchState, Task
from assistant.desk.drafts import Drafted
from assistant.errors import BadInputError
from assistant.rendering import plain_text
from index.versions import NoIndexError

NO_INDEX = "No index is live. Build one with “mutuals index”, then resume."
AGAIN_SECONDS = 10.0
"""How long the thread waits before it tries a database again that could not be used."""
LOOK_SECONDS = 60.0
"""How often the thread looks for work that it was not told of."""
_log = logging.getLogger(__name__)


class BatchRunner:
    """Answers the lines of batches. `start` and `close` are for the server; `run` answers one batch in the caller's thread."""

    def __init__(self, batches: BatchService, asked: AskedLog, ask: Callable[[str, Scope], Answer], draft: Callable[[str, Scope], Drafted]):
        self._batches = batches
        self._asked = asked
        self._ask = ask
        self._draft = draft
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Answer in the background what waits, and what was being answered when the server ended."""
        self._ending.clear()
        self._batches.wanted.set()
        if self._thread and self._thread.is_alive():
            return
        self._thread = threading.Thread(target=self._work, name="batches", daemon=True)
        self._thread.start()

    def close(self, seconds: float = 10.0) -> None:
        """Stop after the line in hand, or after so long: that line is answered again at the next start."""
        self._ending.set()
        self._batches.wanted.set()
        if self._thread:
            self._thread.join(seconds)

    def run(self, batch_id: str, states: Sequence[BatchState] = ("running",), told: Callable[[], None] = lambda: None) -> None:
        """Answer what has no answer yet while the batch is in one of these states; `told` after each line.

        Raises NoIndexError and DatabaseUnavailableError; what is answered is kept.
        """
        while not self._ending.is_set():
            task = self._batches.next_task(batch_id, states)
            if task is None:
                return
            self._batches.keep(batch_id, task.position, self._answered(task))
            told()

    def _work(self) -> None:
        while not self._ending.is_set():
            self._batches.wanted.wait(LOOK_SECONDS)
            try:
                while not self._ending.is_set():
                    batch_id = self._batches.claim()
                    if batch_id is None:
                        break
                    self._run_one(batch_id)
            except Exception as error:  # the thread must live on until the database can be used again; the message could hold what was asked
                _log.warning("batches are not answered at the moment: %s", type(error).__name__)
                self._ending.wait(AGAIN_SECONDS)
                self._batches.wanted.set()

    def _run_one(self, batch_id: str) -> None:
        try:
            self.run(batch_id)
        except NoIndexError:
            self._batches.give_up(batch_id, NO_INDEX)
        except DatabaseUnavailableError:
            raise
        except Exception as error:  # the thread must live on for the next batch; the message could hold what was asked
            _log.error("batch %s stopped: %s", batch_id, type(error).__name__)
            self._batches.give_up(batch_id, f"Something went wrong on the server ({type(error).__name__}). Resume to try the line again.")

    def _answered(self, task: Task) -> BatchAnswer:
        """The answer to one line; why there is none where the line cannot be used."""
        try:
            if task.kind == "question":
                answer = self._ask(task.asked, task.scope)
                self._asked.record(answer, "batch")
                return BatchAnswer(
                    outcome=answer.outcome.value, text=plain_text(answer.text), notices=[notice.text for notice in answer.notices], citations=answer.citations
                )
            drafted = self._draft(task.asked, task.scope)
            for question in drafted.questions:
                self._asked.record(question.answer, "batch")
            notices = [notice.text for notice in drafted.notices]
            return BatchAnswer(outcome=_outcome(drafted), text=drafted.letter, notices=notices, citations=drafted.citations)
        except BadInputError as error:
            return BatchAnswer(outcome="failed", text=f"The {error.field} {error.message}")


def _outcome(drafted: Drafted) -> str:
    """That of all questions of an enquiry together."""
    outcomes = {question.answer.outcome for question in drafted.questions}
    if not outcomes:
        return "no_question"
    if len(outcomes) == 1:
        return next(iter(outcomes)).value
    return Outcome.PARTIAL.value if outcomes & {Outcome.ANSWERED, Outcome.PARTIAL} else Outcome.NOT_COVERED.value
