"""A checked text as a Word document, read back."""

from datetime import UTC, datetime
from io import BytesIO

from checks import check
from docx import Document

from assistant.checking.text_export import as_word, told
from assistant.checking.verdicts import Verdict
from assistant.checking.whole_text import CheckedText, TextSentence

TEXT = "Hello all.\n\nThe fund was £100 million. Nice.\n- Trusts must help.\nBye"
MADE = datetime(2026, 11, 23, tzinfo=UTC)


def sentence(text: str, verdict: Verdict | None = None) -> TextSentence:
    start = TEXT.index(text)
    return TextSentence(start=start, end=start + len(text), text=text, check=check(verdict, claim=text) if verdict else None)


def checked(*sentences: TextSentence) -> CheckedText:
    found = [each.check.verdict for each in sentences if each.check]
    return CheckedText(text=TEXT, sentences=list(sentences), counts={verdict: found.count(verdict) for verdict in Verdict})


def test_the_text_stays_as_it_was_with_a_mark_after_each_checked_sentence() -> None:
    marked = checked(
        sentence("Hello all."),
        sentence("The fund was £100 million.", Verdict.CONTRADICTED),
        sentence("Nice."),
        sentence("Trusts must help.", Verdict.NOT_COVERED),
    )
    paragraphs = [paragraph.text for paragraph in Document(BytesIO(as_word(marked, MADE))).paragraphs]
    assert paragraphs == [
        "A text checked against the guidance on public service mutuals",
        "Checked on 23 November 2026. Of 4 sentences: 1 contradicted, 1 not covered by the guidance; the rest says nothing to check. "
        "This is general guidance, not legal advice.",
        "Hello all.",
        "The fund was £100 million. [✗ 1] Nice.",
        "- Trusts must help. [– 2]",
        "Bye",
        "What was found",
        "1. ✗ Contradicted: The guidance says £10 million, not £100 million.",
        "“Statement 1 costs £10 and “stands”.”",
        "“The Report”, Chapter 1 › A route (The Taskforce, June 2012; historic) https://example.org/report",
        "2. – Not covered by the guidance: The guidance says £10 million, not £100 million.",
    ]


def test_a_text_that_says_nothing_to_check() -> None:
    assert told(checked(sentence("Hello all."))) == "No sentence says anything to check."
