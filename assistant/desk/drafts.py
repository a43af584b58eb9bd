"""A reply in the making, as every face shows it. Field names are the HTTP contract (`docs/api.md`)."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.answers import Answer, Citation, Notice, Scope
from assistant.desk.words import Channel, DraftState

SentenceKind = Literal["evidence", "connective", "human"]
"""`evidence` tells guidance, to the letter or re-checked; `connective` greets, leads over and closes; `human` is the adviser's own."""
Support = Literal["supported", "needs_source", "contradicted", "not_needed"]


class LetterSentence(BaseModel):
    """One sentence of the letter. `paragraph` counts from 0; an `item` stands on a line of its own in a list.

    `citations` are numbers in the draft's list. Where the guidance says otherwise, `against` is what it says, and `why` the difference in a sentence.
    """

    model_config = ConfigDict(frozen=True)

    text: str
    kind: SentenceKind
    citations: list[int] = []
    support: Support
    paragraph: int
    item: bool = False
    against: Citation | None = None
    why: str = ""


class FoundQuestion(BaseModel):
    """A question found in an enquiry: in full, the characters `start:end` of the enquiry that it was read from, and its answer."""

    text: str
    span: tuple[int, int]
    answer: Answer


class Drafted(BaseModel):
    """What drafting makes of an enquiry, before anything is kept.

    `letter` is the whole text with the numbered sources at its foot; `body` is the same without them, and what an adviser edits. `unanswered` are the
    questions that the guidance does not cover. `name` is the enquirer's, where the enquiry tells it.
    """

    questions: list[FoundQuestion]
    letter: str
    body: str
    sentences: list[LetterSentence]
    citations: list[Citation]
    unanswered: list[str]
    notices: list[Notice]
    scope: Scope
    channel: Channel
    name: str = ""
    index_version: str = ""


class Draft(Drafted):
    """A draft that is kept. `version` counts from 1; a change must name the one it was made from."""

    draft_id: str
    case_id: str
    state: DraftState
    version: int
    created_at: datetime
    created_by: str
    saved_at: datetime
    saved_by: str
    submitted_by: str | None = None
    decided_by: str | None = None
    reason: str = ""
