"""What every face shows: one typed answer with its citations. Field names are the HTTP contract (`docs/api.md`)."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus.dates import PartialDate
from corpus.sources import Authority, Standing
from corpus.words import Audience, Sector

Stage = Literal["pre_spin_out", "spinning_out", "sustainability_and_growth"]
Nation = Literal["england", "wales", "scotland", "northern_ireland"]
Engine = Literal["extractive", "llm"]
"""How an answer is worded: in the library's own sentences, or with sentences that a language model reworded and the gate let pass."""


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    CLARIFY = "clarify"
    NOT_COVERED = "not_covered"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSED = "refused"


class Scope(BaseModel):
    """Whom and which day the answer is for. Nothing given means everyone, and today."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sector: Sector | None = Field(default=None, description="The service the reader works in.")
    stage: Stage | None = Field(default=None, description="How far the reader has come.")
    nation: Nation | None = Field(default=None, description="The part of the UK the service is in.")
    audience: Audience | None = Field(default=None, description="Who the reader is.")
    as_of: PartialDate | None = Field(default=None, description="The day for which the position is wanted: YYYY-MM-DD.")


class PlaceInSource(BaseModel):
    """A place in a passage, with what a reader needs to know of its source. `standing` is on the day asked for."""

    passage_id: str
    source_id: str
    title: str
    publisher: str
    published: str
    authority: Authority
    standing: Standing
    superseded_by: list[str]
    locator: str
    url: str | None


class OriginalWords(BaseModel):
    """The publisher's own words at the same place: one sentence of the original, and its page where the file has pages."""

    passage_id: str
    locator: str
    page: int | None
    quote: str


class Citation(PlaceInSource):
    """One exact place. `quote` is the text of the passage span that supports the sentence, to the letter.

    `original` stands beside it where the operator has added the publisher's own file.
    """

    number: int
    quote: str
    original: OriginalWords | None = None


class AnswerSentence(BaseModel):
    """One sentence and the numbers of the citations it rests on."""

    text: str
    citations: list[int]


NoticeKind = Literal["authority", "standing", "as_of", "place", "scope", "advice", "conversation", "enquiry"]


class Notice(BaseModel):
    """Something the reader must know about the answer as a whole."""

    kind: NoticeKind
    text: str
    citations: list[int] = []


class Choice(BaseModel):
    """One answer to a clarifying question: the value that the field of the scope would take, and how it is called."""

    value: str
    label: str


class Clarify(BaseModel):
    """One short question back, on which the answer depends: asking again with a choice's value in that field of the scope answers it."""

    question: str
    field: Literal["sector", "nation", "stage"]
    choices: list[Choice] = Field(min_length=2, max_length=5)


class Body(BaseModel):
    """What an answer says. A non-answer has no citations; what stands nearest is in `related`."""

    outcome: Outcome
    text: str
    sentences: list[AnswerSentence] = []
    citations: list[Citation] = []
    notices: list[Notice] = []
    related: list[Citation] = []
    suggestions: list[str] = []
    clarify: Clarify | None = None


class Answer(Body):
    """The answer to one question, as every face shows it. `scope` is the one it was made for."""

    answer_id: str
    conversation_id: str
    question: str
    standalone_question: str
    scope: Scope = Scope()
    engine: Engine
    confidence: float
    timings_ms: dict[str, float]
