"""A conversation as a document to keep: each answer with its numbered sources, their words, place and standing on the day it speaks of."""

from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import Literal, NamedTuple

from docx import Document

from assistant.answers import Answer, Citation
from assistant.conversations import Turn
from assistant.rendering import REWORDED, citation_line, escape_markdown, plain_text
from assistant.sectors import SECTOR_WORDS

TITLE = "Questions and answers on public service mutuals"
CAUTION = (
    "Each sentence of an answer is quoted from notes on official sources. This is general guidance as it stood on the day given: "
    "it is not legal, tax, pensions or employment advice."
)

NOT_QUOTED = "Where an answer says that a language model helped to word it, its sentences need not be quoted: what they rest on is, under “Sources”."


class Block(NamedTuple):
    """One paragraph: what it is, and its text; an `answer` is Markdown, everything else plain."""

    style: Literal["title", "heading", "subheading", "paragraph", "answer", "item", "source", "quote", "link"]
    text: str
    number: int = 0


def as_markdown(turns: Sequence[Turn]) -> str:
    """The conversation in Markdown; nothing in a question or a quotation can become markup."""
    lines: list[str] = []
    before = ""
    for block in _blocks(turns):
        if lines and not (block.style == before == "item"):
            lines.append("")
        text = block.text if block.style in ("answer", "link") else escape_markdown(" ".join(block.text.split()))
        lines.append(_MARKDOWN[block.style].format(number=block.number, text=text))
        before = block.style
    return "\n".join(lines) + "\n"


def as_word(turns: Sequence[Turn]) -> bytes:
    """The conversation as a Word document (DOCX)."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = TITLE, "", ""
    properties.created, properties.modified = turns[0].asked_at, turns[-1].asked_at
    for block in _blocks(turns):
        if block.style == "answer":
            for line in filter(None, block.text.split("\n")):
                item = line.startswith("- ")
                document.add_paragraph(plain_text(line.removeprefix("- ")), style="List Bullet" if item else "Normal")
        else:
            style, form = _WORD[block.style]
            document.add_paragraph(form.format(number=block.number, text=" ".join(block.text.split())), style=style)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


_MARKDOWN = {
    "title": "# {text}",
    "heading": "## {number}. {text}",
    "subheading": "### {text}",
    "paragraph": "{text}",
    "answer": "{text}",
    "item": "- {text}",
    "source": "{number}. {text}",
    "quote": "   > {text}",
    "link": "   > <{text}>",
}
_WORD = {
    "title": ("Title", "{text}"),
    "heading": ("Heading 1", "{number}. {text}"),
    "subheading": ("Heading 2", "{text}"),
    "paragraph": ("Normal", "{text}"),
    "item": ("List Bullet", "{text}"),
    "source": ("Normal", "{number}. {text}"),
    "quote": ("Quote", "{text}"),
    "link": ("Quote", "{text}"),
}


def _blocks(turns: Sequence[Turn]) -> Iterator[Block]:
    yield Block("title", TITLE)
    yield Block("paragraph", CAUTION)
    if any(turn.answer.engine == "llm" for turn in turns):
        yield Block("paragraph", NOT_QUOTED)
    for turn in turns:
        yield from _turn(turn)


def _turn(turn: Turn) -> Iterator[Block]:
    answer = turn.answer
    yield Block("heading", answer.question, turn.position)
    yield Block("paragraph", f"Asked on {_spoken(turn.asked_at.date())} at {turn.asked_at:%H:%M} UTC.{_understood(answer)}")
    yield Block("answer", answer.text)
    if answer.engine == "llm":
        yield Block("paragraph", REWORDED)
    if answer.clarify:
        yield from (Block("item", choice.label) for choice in answer.clarify.choices)
    if answer.notices:
        yield Block("subheading", "Please note")
        yield from (Block("item", notice.text) for notice in answer.notices)
    day = _spoken(answer.scope.as_of.last if answer.scope.as_of else turn.asked_at.date())
    for heading, citations in (("Sources", answer.citations), ("Nearest guidance, not an answer", answer.related)):
        if citations:
            yield Block("subheading", f"{heading} (standing on {day})")
        for citation in citations:
            yield from _source(citation)


def _source(citation: Citation) -> Iterator[Block]:
    yield Block("source", citation_line(citation), citation.number)
    yield Block("quote", f"“{citation.quote}”")
    if citation.original:
        yield Block("quote", f"In the publisher’s own words ({citation.original.locator}): “{citation.original.quote}”")
    if citation.url:
        yield Block("link", citation.url)


def _understood(answer: Answer) -> str:
    """How the question was taken, where that is more than its own words."""
    taken = answer.standalone_question != " ".join(answer.question.split())
    sector = answer.scope.sector
    return (f" Understood as: {answer.standalone_question}" if taken else "") + (f" For: {SECTOR_WORDS[sector]}." if sector else "")


def _spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
