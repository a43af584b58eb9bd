"""What an answer must say to this reader: that guidance is for others, that the scope contradicts itself, that advice on their own case is not given."""

from assistant.advising import DECISION, NOTICE, Advice
from assistant.answers import Body, Notice, Outcome, Scope
from assistant.recognising import recognise
from assistant.scope_notices import contradictions, for_others
from index.store import PassageStore


def fitted_to_reader(body: Body, scope: Scope, question: str, advice: Advice | None, store: PassageStore) -> Body:
    """The body with its notices for the reader.

    Where advice on their own case is asked for, an answer is partial, as the guidance tells what holds in general; a decision is left to them, with
    the nearest guidance beside it. A question on something else altogether stays out of scope.
    """
    if body.outcome is Outcome.OUT_OF_SCOPE:
        return body
    notices = [*body.notices, *for_others(body.citations, scope, store), *contradictions(scope, recognise(question))]
    if advice == "decision":
        return body.model_copy(update={"outcome": Outcome.REFUSED, "text": DECISION, "notices": notices})
    if advice == "position" and body.outcome is Outcome.ANSWERED:
        return body.model_copy(update={"outcome": Outcome.PARTIAL, "notices": [*notices, Notice(kind="advice", text=NOTICE)]})
    return body.model_copy(update={"notices": notices})
