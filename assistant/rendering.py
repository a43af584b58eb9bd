"""Answers as text: Markdown with `[n]` markers, and plain lines for a terminal. Nothing in a text can become markup."""

import re
from collections.abc import Sequence

from assistant.answers import Answer, AnswerSentence, Citation
from assistant.citing import AUTHORITY_WORDS, STANDING_WORDS
from corpus.dates import PartialDate

REWORDED = "Worded with the help of a language model; each sentence was checked against the words of its source."
"""Said of an answer with sentences of the model's."""
_ENTITY = re.compile(r"&(?=#?\w+;)")
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def escape_markdown(text: str) -> str:
    """The text with every character that Markdown or HTML would take for markup escaped."""
    return _MARKS.sub(r"\\\1", _ENTITY.sub("&amp;", text)).replace("\\<", "&lt;").replace("\\>", "&gt;")


def plain_text(markdown: str) -> str:
    """The text that was escaped."""
    return re.sub(r"\\(.)", r"\1", markdown).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def answer_text(sentences: Sequence[AnswerSentence], items: Sequence[bool]) -> str:
    """The answer in Markdown; `items` says which sentences are told as list items."""
    lines: list[str] = []
    in_list = False
    for sentence, item in zip(sentences, items, strict=True):
        marked = " ".join([escape_markdown(sentence.text), "".join(f"[{number}]" for number in sentence.citations)])
        if item:
            lines.append(f"- {marked}" if in_list or not lines else f"\n- {marked}")
        elif in_list or not lines:
            lines.append(f"\n{marked}" if lines else marked)
        else:
            lines[-1] += f" {marked}"
        in_list = item
    return "\n".join(lines)


def published(day: PartialDate | str) -> str:
    """A day of publication in words: `June 2012`, or that it is not known."""
    if str(day) == "unknown":
        return "date not known"
    return (PartialDate(day) if isinstance(day, str) else day).spoken()


def citation_line(citation: Citation) -> str:
    """One line that names a place and its weight: title, locator, authority, standing."""
    return (
        f"{citation.title}, {citation.locator} ({citation.publisher}, {published(citation.published)}). "
        f"{AUTHORITY_WORDS[citation.authority]}. {STANDING_WORDS[citation.standing]}."
    )


def terminal_text(answer: Answer) -> str:
    """The answer for a terminal: text, notices, numbered sources with quote and address, and what to ask next."""
    parts = [plain_text(answer.text)] + ([f"({REWORDED})"] if answer.engine == "llm" else [])
    parts += [f"! {notice.text}" for notice in answer.notices]
    if answer.citations:
        parts.append("Sources")
        parts += [_place(citation) for citation in answer.citations]
    if answer.related:
        parts.append("Nearest guidance (not an answer)")
        parts += [_place(citation) for citation in answer.related]
    if answer.clarify:
        parts.append("\n".join(f"  --{answer.clarify.field} {choice.value:20} {choice.label}" for choice in answer.clarify.choices))
    if answer.suggestions:
        parts.append("You could ask:\n" + "\n".join(f"  - {suggestion}" for suggestion in answer.suggestions))
    return "\n\n".join(parts)


def _place(citation: Citation) -> str:
    return f"[{citation.number}] {citation_line(citation)}\n    “{citation.quote}”" + (f"\n    {citation.url}" if citation.url else "")
