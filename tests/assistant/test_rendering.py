"""Rendering: Markdown in which nothing of a text can become markup, and plain lines for a terminal."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.answers import Answer, AnswerSentence, Choice, Citation, Clarify, Notice, Outcome
from assistant.rendering import REWORDED, answer_text, citation_line, escape_markdown, terminal_text
from corpus.sources import Authority, Standing

MARKUP_TEXT = st.text(alphabet=st.one_of(st.sampled_from("<>[]()`*_~#|\\!&;:/-+.\"'=&a1 "), st.characters(categories=["L", "N", "P", "S"])), max_size=60)
HARMLESS = {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "entity", "softbreak", "hardbreak"}
"""What escaped text may become. Its first characters may also begin a list, a rule or an indented block, which run nothing."""
BLOCKS = {"bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close", "list_item_open", "list_item_close", "hr", "code_block"}


def tokens(markdown: str) -> list[Token]:
    """Every token, the inline ones included, as a renderer that allows raw HTML sees them."""
    found = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown)
    return [token for block in found for token in (block, *(block.children or ()))]


def sentence(text: str, *citations: int) -> AnswerSentence:
    return AnswerSentence(text=text, citations=list(citations))


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("", ""),
        ("Plain words, 50% and £5.", "Plain words, 50% and £5."),
        ("<b>", "&lt;b&gt;"),
        ("&lt;", "&amp;lt;"),
        ("[1](x)", r"\[1\](x)"),
        ("`rm`", r"\`rm\`"),
        ("**a** _b_ ~c~", r"\*\*a\*\* \_b\_ \~c\~"),
        ("# a | b", r"\# a \| b"),
        ("\\", "\\\\"),
        (r"\<", r"\\&lt;"),
        ("{x}", r"\{x\}"),
    ],
)
def test_escape_markdown(text: str, escaped: str) -> None:
    assert escape_markdown(text) == escaped


@given(MARKUP_TEXT)
def test_escaped_text_holds_no_angle_bracket_and_no_live_bracket_or_backtick(text: str) -> None:
    escaped = escape_markdown(text)
    assert "<" not in escaped
    assert ">" not in escaped
    unescaped = re.sub(r"\\[\\`*_{}\[\]#|~]", "", escaped)
    assert not set(unescaped) & set("\\`*_{}[]#|~")


@given(MARKUP_TEXT)
def test_escaped_text_renders_as_text_and_nothing_else(text: str) -> None:
    assert {token.type for token in tokens(escape_markdown(text))} - HARMLESS - BLOCKS == set()


@given(MARKUP_TEXT)
def test_escaped_text_reads_as_the_text_it_was(text: str) -> None:
    read = "".join(token.content for token in tokens("x" + escape_markdown(text) + "x") if token.type in ("text", "text_special", "entity"))
    assert read == f"x{text}x"


@pytest.mark.parametrize(
    ("sentences", "items", "text"),
    [
        ([], [], ""),
        ([sentence("One.", 1)], [False], "One. [1]"),
        ([sentence("One.", 1, 2)], [False], "One. [1][2]"),
        ([sentence("One.", 1), sentence("Two.", 2)], [False, False], "One. [1] Two. [2]"),
        ([sentence("One.", 1)], [True], "- One. [1]"),
        ([sentence("A", 1), sentence("B", 2)], [True, True], "- A [1]\n- B [2]"),
        ([sentence("Two:", 1), sentence("A", 2), sentence("B", 3)], [False, True, True], "Two: [1]\n\n- A [2]\n- B [3]"),
        ([sentence("A", 1), sentence("B", 2), sentence("End.", 3)], [True, True, False], "- A [1]\n- B [2]\n\nEnd. [3]"),
        ([sentence("One.", 1), sentence("A", 2), sentence("End.", 3)], [False, True, False], "One. [1]\n\n- A [2]\n\nEnd. [3]"),
        ([sentence("<b>[9](x)", 1)], [False], r"&lt;b&gt;\[9\](x) [1]"),
    ],
)
def test_answer_text(sentences: list[AnswerSentence], items: list[bool], text: str) -> None:
    assert answer_text(sentences, items) == text


@given(st.lists(st.tuples(MARKUP_TEXT, st.booleans()), max_size=5))
def test_an_answer_renders_as_paragraphs_and_lists_whatever_its_sentences_hold(parts: list[tuple[str, bool]]) -> None:
    text = answer_text([sentence(words, number) for number, (words, _) in enumerate(parts, start=1)], [item for _, item in parts])
    assert {token.type for token in tokens(text)} - HARMLESS - BLOCKS == set()


def citation(number: int = 1, **changes: object) -> Citation:
    fields: dict[str, object] = {
        "number": number,
        "passage_id": "note.section",
        "source_id": "report",
        "title": "The Report",
        "publisher": "The Taskforce",
        "published": "2012-06",
        "authority": Authority.INDEPENDENT_REPORT,
        "standing": Standing.HISTORIC,
        "superseded_by": [],
        "locator": "Recommendation 2(ii)",
        "url": "https://example.org/report",
        "quote": "The route should name a person.",
    }
    return Citation.model_validate({**fields, **changes})


def answer(**changes: object) -> Answer:
    fields: dict[str, object] = {
        "answer_id": "a",
        "conversation_id": "c",
        "question": "q",
        "standalone_question": "q",
        "outcome": Outcome.ANSWERED,
        "text": "Text. [1]",
        "engine": "extractive",
        "confidence": 0.9,
        "timings_ms": {},
    }
    return Answer.model_validate({**fields, **changes})


def test_citation_line() -> None:
    assert citation_line(citation()) == ("The Report, Recommendation 2(ii) (The Taskforce, June 2012). Independent report, not government policy. Historic.")


def test_an_answer_in_the_terminal() -> None:
    shown = terminal_text(
        answer(
            citations=[citation(1), citation(2, url=None, quote="Another.")],
            notices=[Notice(kind="authority", text="It is not policy.", citations=[1])],
            suggestions=["What next?", "Who decides?"],
        )
    )
    place = "The Report, Recommendation 2(ii) (The Taskforce, June 2012). Independent report, not government policy. Historic."
    assert shown.split("\n") == [
        "Text. [1]",
        "",
        "! It is not policy.",
        "",
        "Sources",
        "",
        f"[1] {place}",
        "    “The route should name a person.”",
        "    https://example.org/report",
        "",
        f"[2] {place}",
        "    “Another.”",
        "",
        "You could ask:",
        "  - What next?",
        "  - Who decides?",
    ]


def test_an_answer_worded_by_a_model_says_so_in_the_terminal() -> None:
    assert terminal_text(answer(engine="llm")) == f"Text. [1]\n\n({REWORDED})"


def test_a_non_answer_in_the_terminal_labels_the_nearest_guidance() -> None:
    shown = terminal_text(answer(outcome=Outcome.NOT_COVERED, text="Nothing.", related=[citation(url=None)]))
    place = "The Report, Recommendation 2(ii) (The Taskforce, June 2012). Independent report, not government policy. Historic."
    assert shown == f"Nothing.\n\nNearest guidance (not an answer)\n\n[1] {place}\n    “The route should name a person.”"


@given(st.text(max_size=60))
def test_the_terminal_shows_a_sentence_as_it_stands_in_the_source(text: str) -> None:
    assert terminal_text(answer(text=escape_markdown(text))) == text


def test_a_question_back_in_the_terminal_says_how_to_choose() -> None:
    choices = [Choice(value="youth", label="Youth services"), Choice(value="fire", label="Fire and rescue")]
    back = Clarify(question="Which do you work in?", field="sector", choices=choices)
    told = terminal_text(answer(outcome=Outcome.CLARIFY, text=back.question, clarify=back, sentences=[], citations=[], notices=[], related=[], suggestions=[]))
    assert told == "Which do you work in?\n\n  --sector youth                Youth services\n  --sector fire                 Fire and rescue"
