"""A conversation as a document: every question, answer, notice and source in it, and nothing of it taken for markup."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

from docx import Document
from markdown_it import MarkdownIt
from turns import NOON, made_answer, made_turns

from assistant.answers import AnswerSentence, Citation, Notice, OriginalWords, Outcome, Scope
from assistant.conversation_export import CAUTION, NOT_QUOTED, TITLE, as_markdown, as_word
from assistant.rendering import REWORDED
from corpus.dates import PartialDate
from corpus.sources import Authority, Standing

CITED = Citation(
    number=1,
    passage_id="small-note.reserved-now",
    source_id="new-act",
    title="The New Act 2020",
    publisher="The Stationery Office",
    published="2020-01-15",
    authority=Authority.STATUTE,
    standing=Standing.IN_FORCE,
    superseded_by=[],
    locator="s. 33",
    url="https://example.org/new",
    quote="A contract may be reserved for up to five years [for mutuals].",
    original=OriginalWords(passage_id="new-act:2", locator="p. 4", page=4, quote="…may reserve…"),
)
NEAREST = CITED.model_copy(update={"quote": "Something near.", "original": None, "url": None})
ANSWERED = made_answer(
    "c",
    "How long\ncan it last?",
    standalone_question="How long can a reserved contract last?",
    scope=Scope(sector="nhs_trust", as_of=PartialDate("2021-03")),
    outcome=Outcome.ANSWERED,
    text="It may last five years \\[for mutuals\\]. [1]\n\n- One. [1]\n- Two. [1]",
    sentences=[AnswerSentence(text="It may last five years [for mutuals].", citations=[1])],
    citations=[CITED],
    notices=[Notice(kind="standing", text="Mind <this> *one*."), Notice(kind="as_of", text="And this.")],
)
SILENT = made_answer("c", "<b>Why?</b> [x](javascript:alert(1))", text="Nothing is quoted.", related=[NEAREST])
TURNS = made_turns(ANSWERED, SILENT)

MARKDOWN = f"""# {TITLE}

{CAUTION}

## 1. How long can it last?

Asked on 22 November 2026 at 12:00 UTC. Understood as: How long can a reserved contract last? For: NHS trusts.

It may last five years \\[for mutuals\\]. [1]

- One. [1]
- Two. [1]

### Please note

- Mind &lt;this&gt; \\*one\\*.
- And this.

### Sources (standing on 31 March 2021)

1. The New Act 2020, s. 33 (The Stationery Office, 15 January 2020). Act or regulations. In force.

   > “A contract may be reserved for up to five years \\[for mutuals\\].”

   > In the publisher’s own words (p. 4): “…may reserve…”

   > <https://example.org/new>

## 2. &lt;b&gt;Why?&lt;/b&gt; \\[x\\](javascript:alert(1))

Asked on 22 November 2026 at 12:01 UTC.

Nothing is quoted.

### Nearest guidance, not an answer (standing on 22 November 2026)

1. The New Act 2020, s. 33 (The Stationery Office, 15 January 2020). Act or regulations. In force.

   > “Something near.”
"""

WORD = [
    ("Title", TITLE),
    ("Normal", CAUTION),
    ("Heading 1", "1. How long can it last?"),
    ("Normal", "Asked on 22 November 2026 at 12:00 UTC. Understood as: How long can a reserved contract last? For: NHS trusts."),
    ("Normal", "It may last five years [for mutuals]. [1]"),
    ("List Bullet", "One. [1]"),
    ("List Bullet", "Two. [1]"),
    ("Heading 2", "Please note"),
    ("List Bullet", "Mind <this> *one*."),
    ("List Bullet", "And this."),
    ("Heading 2", "Sources (standing on 31 March 2021)"),
    ("Normal", "1. The New Act 2020, s. 33 (The Stationery Office, 15 January 2020). Act or regulations. In force."),
    ("Quote", "“A contract may be reserved for up to five years [for mutuals].”"),
    ("Quote", "In the publisher’s own words (p. 4): “…may reserve…”"),
    ("Quote", "https://example.org/new"),
    ("Heading 1", "2. <b>Why?</b> [x](javascript:alert(1))"),
    ("Normal", "Asked on 22 November 2026 at 12:01 UTC."),
    ("Normal", "Nothing is quoted."),
    ("Heading 2", "Nearest guidance, not an answer (standing on 22 November 2026)"),
    ("Normal", "1. The New Act 2020, s. 33 (The Stationery Office, 15 January 2020). Act or regulations. In force."),
    ("Quote", "“Something near.”"),
]


def paragraphs(content: bytes) -> list[tuple[str, str]]:
    return [(paragraph.style.name, paragraph.text) for paragraph in Document(BytesIO(content)).paragraphs]


def test_markdown_holds_everything() -> None:
    assert as_markdown(TURNS) == MARKDOWN


def test_markdown_of_a_question_makes_no_link_and_no_element() -> None:
    html = MarkdownIt("commonmark").render(as_markdown(TURNS))
    assert ("<b>" in html, re.findall('<a href="(.*?)"', html), html.count("<h2>"), html.count("<blockquote>")) == (False, ["https://example.org/new"], 2, 4)


def test_word_holds_everything() -> None:
    assert paragraphs(as_word(TURNS)) == WORD


def test_word_tells_of_the_conversation_and_of_nobody() -> None:
    properties: Any = Document(BytesIO(as_word(TURNS))).core_properties
    told = (properties.title, properties.author, properties.comments, properties.created, properties.modified)
    assert told == (TITLE, "", "", NOON.replace(tzinfo=properties.created.tzinfo), (NOON + timedelta(minutes=1)).replace(tzinfo=properties.modified.tzinfo))


def test_a_question_back_is_told_with_its_choices() -> None:
    clarify = {"question": "Which?", "field": "sector", "choices": [{"value": "youth", "label": "Youth services"}, {"value": "fire", "label": "Fire"}]}
    asked_back = made_turns(made_answer("c", "How?", outcome=Outcome.CLARIFY, text="Which?", clarify=clarify))
    assert paragraphs(as_word(asked_back))[3:] == [
        ("Normal", "Asked on 22 November 2026 at 12:00 UTC."),
        ("Normal", "Which?"),
        ("List Bullet", "Youth services"),
        ("List Bullet", "Fire"),
    ]


def test_an_answer_worded_by_a_model_says_so() -> None:
    worded = made_answer("c", "Why?", outcome=Outcome.ANSWERED, text="So that it lasts. [1]", engine="llm")
    turns = made_turns(worded, made_answer("c", "And now?"))
    asked = "Asked on 22 November 2026 at 12:0{minute} UTC."
    assert as_markdown(turns) == (
        f"# {TITLE}\n\n{CAUTION}\n\n{NOT_QUOTED}\n\n"
        f"## 1. Why?\n\n{asked.format(minute=0)}\n\nSo that it lasts. [1]\n\n{REWORDED}\n\n"
        f"## 2. And now?\n\n{asked.format(minute=1)}\n\nNothing is quoted.\n"
    )
    told = [paragraph.text for paragraph in Document(BytesIO(as_word(turns))).paragraphs]
    assert [told.count(NOT_QUOTED), told.count(REWORDED)] == [1, 1]


def test_the_same_conversation_is_the_same_document() -> None:
    assert as_markdown(TURNS) == as_markdown(TURNS)
    assert paragraphs(as_word(TURNS)) == paragraphs(as_word(TURNS))
