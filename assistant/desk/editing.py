"""An adviser's text held against its evidence: what is unchanged keeps its marks, what is new or changed is checked again."""

from collections.abc import Sequence
from typing import Protocol

from assistant.answers import Citation, Scope
from assistant.checking.support import SentenceSupport
from assistant.desk.drafts import LetterSentence
from assistant.desk.letters import BodySentence, parse_body, tidy
from assistant.errors import BadInputError

BODY_LIMIT = 60_000
"""Characters of the longest reply: some twenty pages."""


class Checker(Protocol):
    """What holds a sentence against the guidance."""

    def support(self, sentence: str, cited: Sequence[Citation], scope: Scope | None = None) -> SentenceSupport: ...


def usable(body: str) -> str:
    """The text with line breaks of one kind. Raises BadInputError for one that is empty or too long."""
    if not body.strip():
        raise BadInputError("body", "is empty. Write the reply, or leave the page to keep the version before.")
    if len(body) > BODY_LIMIT:
        raise BadInputError("body", f"has {len(body):,} characters; the most is {BODY_LIMIT:,}. Shorten the reply, or send it in parts.")
    return body.replace("\r\n", "\n").replace("\r", "\n")


def checked(body: str, before: Sequence[LetterSentence], citations: Sequence[Citation], scope: Scope, checker: Checker) -> list[LetterSentence]:
    """The sentences of a text, each with what the guidance makes of it. `before` are those of the version that it was made from.

    A sentence with the same words and citations keeps its marks wherever it now stands. A changed sentence stays `evidence` where a span that it cites, and
    that the sentence it was made from cited, still carries it; any other is the adviser's own.
    Raises BadInputError for a marker that is the number of no citation, and NoIndexError while no index is live.
    """
    written = parse_body(body)
    known = {citation.number: citation for citation in citations}
    for sentence in written:
        for number in sentence.citations:
            if number not in known:
                raise BadInputError("body", _unknown(number, sentence.text, len(known)))
    left: dict[tuple[str, tuple[int, ...]], list[LetterSentence]] = {}
    for old in before:
        left.setdefault((tidy(old.text), tuple(old.citations)), []).append(old)
    kept = [held.pop(0) if (held := left.get((tidy(sentence.text), sentence.citations))) else None for sentence in written]
    changed_evidence = {number for held in left.values() for old in held if old.kind == "evidence" for number in old.citations}
    return [
        old.model_copy(update={"paragraph": sentence.paragraph, "item": sentence.item}) if old else _anew(sentence, known, changed_evidence, scope, checker)
        for sentence, old in zip(written, kept, strict=True)
    ]


def doubtful(sentences: Sequence[LetterSentence]) -> tuple[int, int]:
    """How many sentences are contradicted, and how many need a source."""
    told = [sentence.support for sentence in sentences]
    return told.count("contradicted"), told.count("needs_source")


def _anew(sentence: BodySentence, known: dict[int, Citation], changed_evidence: set[int], scope: Scope, checker: Checker) -> LetterSentence:
    found = checker.support(sentence.text, [known[number] for number in sentence.citations], scope)
    own = found.citation is not None and any(_same(found.citation, known[number]) for number in sentence.citations)
    stays = found.support == "supported" and own and bool(changed_evidence.intersection(sentence.citations))
    why = found.why
    if found.support == "supported" and found.citation and not own:
        why = f"{found.citation.locator}, {found.citation.title}, bears this out. Attach it so that the reply cites it."
    return LetterSentence(
        text=sentence.text,
        kind="evidence" if stays else "human",
        citations=list(sentence.citations),
        support=found.support,
        paragraph=sentence.paragraph,
        item=sentence.item,
        against=found.citation if found.support == "contradicted" else None,
        why=why,
    )


def _same(one: Citation, other: Citation) -> bool:
    return (one.passage_id, one.quote) == (other.passage_id, other.quote)


def _unknown(number: int, text: str, count: int) -> str:
    has = "has no sources yet" if count == 0 else "has 1 source" if count == 1 else f"has {count} sources"
    start = text if len(text) <= 60 else f"{text[:60]}…"
    return f"cites [{number}] in “{start}”, but this draft {has} and none with that number. Correct the number, or attach the passage first."
