"""Holding a conversation: each turn becomes a stand-alone question with its scope, is asked anew, and is kept.

What was answered before supplies no facts: only the stand-alone question and the scope go to the index.
"""

import re
import time
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from assistant.answers import Answer, Engine, Notice, Outcome, Scope
from assistant.ask import AskService, Progress, Said
from assistant.asked import AskedChannel, AskedLog
from assistant.conversations import TURN_LIMIT, ConversationStore, Turn, full, new_id
from assistant.database.engine import DatabaseUnavailableError
from assistant.errors import BadInputError
from assistant.recognising import Recognised, recognise
from assistant.refusing import Refusal, refusal, without_instructions
from assistant.rendering import plain_text
from assistant.standalone import StandAlone, StandAloneMaker, Told
from assistant.understanding import Kind, question_kind, usable_text
from index.live import LiveIndex

RECALLED = 10
"""Turns that a follow-up may lean on; nobody means one that is further back."""
NOT_KEPT = Notice(
    kind="conversation",
    text="This conversation is not being kept at the moment. The answer stands, but it will not be here later, and a follow-up cannot lean on it.",
)
_NOW = re.compile(r"\b(now|nowadays|today|currently|still|these days|at present|at the moment)\b", re.IGNORECASE)
"""Asks for the position today, whatever day was spoken of before."""


class ConversationService:
    """Answers one turn after another. Safe to share between threads."""

    def __init__(
        self,
        ask: AskService,
        store: ConversationStore,
        live: LiveIndex,
        maker: StandAloneMaker,
        question_limit: int,
        asked: AskedLog | None = None,
        engine: Engine = "extractive",
        has_model: bool = False,
    ):
        self._ask = ask
        self._store = store
        self._live = live
        self._maker = maker
        self._question_limit = question_limit
        self._asked = asked
        self._engine = engine
        self._has_model = has_model

    def ask(
        self,
        question: str,
        conversation_id: str | None = None,
        scope: Scope | None = None,
        progress: Progress | None = None,
        owner: str = "",
        standalone: str | None = None,
        channel: AskedChannel = "api",
        engine: Engine | None = None,
        said: Said | None = None,
    ) -> Answer:
        """Answer the next turn of a conversation, or the first of a new one, and keep it. `standalone` is the question in full as the reader put it right.

        `channel` is where it is asked, for the figures of the desk; without an `engine` the one set for the service answers.
        `said` is told each reworded sentence as it passes the gate.

        Where the database is unavailable a first turn is answered all the same, with a notice that it is not kept.
        Raises BadInputError for text that cannot be used or a full conversation, NotFoundError for a conversation that is not there or is another
        owner's, DatabaseUnavailableError where the earlier turns cannot be read, and NoIndexError while no index is live; all of them before the
        first progress is told.
        """
        engine = self._usable(engine)
        turns = self._turns(question, conversation_id, owner, standalone)
        answer = self._answered(question, conversation_id or new_id(), scope, progress, turns, standalone, engine, said)
        if self._asked:
            self._asked.record(answer, channel)
        try:
            if conversation_id:
                self._store.add_turn(answer, owner)
            else:
                self._store.begin(answer, owner)
        except DatabaseUnavailableError:
            return answer.model_copy(update={"notices": [*answer.notices, NOT_KEPT]})
        return answer

    def once(self, question: str, scope: Scope | None = None, progress: Progress | None = None, engine: Engine | None = "extractive") -> Answer:
        """Answer one question by itself and keep nothing, in the library's own sentences unless an engine is named; None is the one set for the service.

        Raises BadInputError and NoIndexError.
        """
        engine = self._usable(engine)
        return self._answered(question, new_id(), scope, progress, self._turns(question, None, "", None), None, engine)

    def _usable(self, engine: Engine | None) -> Engine:
        """The engine to answer with. Raises BadInputError for one that is not set up."""
        if engine == "llm" and not self._has_model:
            raise BadInputError(
                "engine",
                "is llm, but no language model is set up here. Leave it out, or set MUTUALS_MODEL_BASE_URL and MUTUALS_MODEL_NAME and start the service again.",
            )
        return engine or self._engine

    def _turns(self, question: str, conversation_id: str | None, owner: str, standalone: str | None) -> list[Turn]:
        """The turns to lean on, once everything that a request can have wrong has been looked at."""
        usable_text(question, "question", self._question_limit)
        if standalone is not None:
            usable_text(standalone, "standalone_question", self._question_limit)
        self._live.current()
        if not conversation_id:
            return []
        turns = self._store.turns(conversation_id, owner, RECALLED)
        if turns[-1].position >= TURN_LIMIT:
            raise full()
        return turns

    def _answered(
        self,
        question: str,
        identifier: str,
        scope: Scope | None,
        progress: Progress | None,
        turns: Sequence[Turn],
        standalone: str | None,
        engine: Engine,
        said: Said | None = None,
    ) -> Answer:
        started = time.perf_counter()
        if progress:
            progress("conversation")
        typed = usable_text(question, "question", self._question_limit)
        genuine = without_instructions(typed) or typed
        last = turns[-1].answer if turns else None
        kept = last.scope if last else Scope()
        refused = refusal(typed) or (refusal(standalone) if standalone else None)
        if refused:
            return _refused(refused, question, typed, identifier, merged(scope, Recognised(), kept, follows=True), started)
        asked, told = self._taken(genuine, turns, standalone)
        spoken_for = merged(scope, told, kept, asked.follows and not _NOW.search(typed))
        asked_back = last is not None and last.outcome is Outcome.CLARIFY
        began = time.perf_counter()
        answer = self._ask.ask(asked.text, identifier, spoken_for, progress, may_clarify=not asked_back, engine=engine, said=said)
        timings = {"conversation": _ms(began - started), **answer.timings_ms, "total": _ms(time.perf_counter() - started)}
        return answer.model_copy(update={"question": question, "timings_ms": timings})

    def _taken(self, typed: str, turns: Sequence[Turn], standalone: str | None) -> tuple[StandAlone, Recognised]:
        """The question in full, and what it tells of scope: as the reader put it right, as chosen from what was asked back, or made from the turns before."""
        if standalone is not None:
            edited = usable_text(standalone, "standalone_question", self._question_limit)
            edited = without_instructions(edited) or edited
            return StandAlone(text=edited, follows=True), recognise(edited)
        if not turns:
            return StandAlone(text=typed, follows=False), recognise(typed)
        chosen = _chosen(typed, turns[-1].answer)
        if chosen:
            return StandAlone(text=turns[-1].answer.standalone_question, follows=True), chosen
        made = self._maker.make(typed, [told_of(turn.answer) for turn in turns], self._live.current())
        fits = len(made.text) <= self._question_limit  # one that would be too long in full is asked as typed
        return made if fits else StandAlone(text=typed, follows=False), recognise(typed)


def merged(given: Scope | None, told: Recognised, kept: Scope, follows: bool) -> Scope:
    """The scope of a turn: what was given with it, else what its question tells, else what was so before.

    A field given as null is no longer what it was before. A day is kept only for a question that follows: a new topic is asked for today.
    """
    given = given or Scope()
    values: dict[str, object] = {}
    for field in Scope.model_fields:
        before = None if field in given.model_fields_set or (field == "as_of" and not follows) else getattr(kept, field)
        values[field] = next((value for value in (getattr(given, field), getattr(told, field), before) if value is not None), None)
    return Scope.model_validate(values)


def _chosen(typed: str, last: Answer) -> Recognised | None:
    """What was chosen, where the last turn asked which and this one only names a choice."""
    if last.clarify is None:
        return None
    clarify, said = last.clarify, typed.strip(" .!?").casefold()
    for choice in clarify.choices:
        if said in (choice.label.casefold(), choice.value.casefold()):
            chosen: dict[str, Any] = {clarify.field: choice.value}
            return Recognised(**chosen)
    told = recognise(typed)
    return told if getattr(told, clarify.field) is not None and question_kind(typed) is Kind.OTHER and "?" not in typed else None


def _refused(refused: Refusal, question: str, typed: str, identifier: str, scope: Scope, started: float) -> Answer:
    """An answer that says why there is none."""
    spent = _ms(time.perf_counter() - started)
    return Answer(
        answer_id=uuid4().hex,
        conversation_id=identifier,
        question=question,
        standalone_question=typed,
        scope=scope,
        outcome=refused.outcome,
        text=refused.text,
        engine="extractive",
        confidence=0.0,
        timings_ms={"conversation": spent, "total": spent},
    )


def told_of(answer: Answer) -> Told:
    """What the stand-alone maker may know of an earlier turn."""
    return Told(
        question=answer.question,
        standalone=answer.standalone_question,
        answer_text=plain_text(answer.text),
        subjects=tuple(dict.fromkeys(citation.title for citation in answer.citations)),
        outcome=answer.outcome,
        passages=tuple(dict.fromkeys(citation.passage_id for citation in answer.citations)),
    )


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
