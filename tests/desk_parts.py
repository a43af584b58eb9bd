"""A drafted reply and a checker with fixed rules, for tests of what is kept and not of what is found."""

from collections.abc import Sequence

from assistant.answers import Citation, Scope
from assistant.checking.support import SentenceSupport
from assistant.desk.drafting import Progress
from assistant.desk.drafts import Drafted, LetterSentence
from assistant.desk.letters import body_text, letter_text
from assistant.desk.words import Channel
from corpus.sources import Authority, Standing

QUOTE = "Staff must be consulted for 30 days."


def citation(number: int, quote: str = QUOTE) -> Citation:
    """A citation of a place that no library has."""
    return Citation(
        number=number,
        passage_id=f"p{number}",
        source_id="s",
        title="Guide",
        publisher="Office",
        published="2020",
        authority=Authority.STATUTE,
        standing=Standing.IN_FORCE,
        superseded_by=[],
        locator=f"s. {number}",
        url="https://example.org/?a=1&b=2",
        quote=quote,
    )


SENTENCES = [
    LetterSentence(text="Dear Jo,", kind="connective", support="not_needed", paragraph=0),
    LetterSentence(text=QUOTE, kind="evidence", citations=[1], support="supported", paragraph=1),
    LetterSentence(text="A first item.", kind="evidence", citations=[2, 1], support="supported", paragraph=1, item=True),
    LetterSentence(text="Yours sincerely", kind="connective", support="not_needed", paragraph=2),
]
CITATIONS = [citation(1), citation(2, "A first item.")]
BODY = "Dear Jo,\n\nStaff must be consulted for 30 days. [1]\n- A first item. [2][1]\n\nYours sincerely"


class Drafting:
    """Drafts the same reply to every enquiry."""

    def draft(self, enquiry: str, scope: Scope | None = None, channel: Channel = "email", progress: Progress | None = None) -> Drafted:
        """The reply."""
        body = body_text(SENTENCES)
        return Drafted(
            questions=[],
            letter=letter_text(body, CITATIONS),
            body=body,
            sentences=SENTENCES,
            citations=CITATIONS,
            unanswered=["And when?"],
            notices=[],
            scope=scope or Scope(),
            channel=channel,
            name="Jo",
            index_version="i1",
        )


class Rules:
    """Supports what says `30`, contradicts what says `60`, finds nothing for what says `perhaps`; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[int]]] = []

    def support(self, sentence: str, cited: Sequence[Citation], scope: Scope | None = None) -> SentenceSupport:
        """What the rules say."""
        self.asked.append((sentence, [each.number for each in cited]))
        if "30" in sentence:
            return SentenceSupport("supported", cited[0] if cited else citation(9))
        if "60" in sentence:
            return SentenceSupport("contradicted", citation(1), "30, not 60.")
        return SentenceSupport("needs_source", None, "Nothing found.") if "perhaps" in sentence else SentenceSupport("not_needed")
