"""A checked text as a Word document: the text as it was, each checked sentence marked in its place, and what was found at the end."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_COLOR_INDEX

from assistant.checking.verdicts import Verdict
from assistant.checking.whole_text import CheckedText, TextSentence
from assistant.checking.wording import VERDICT_MARKS, VERDICT_WORDS, place

TITLE = "A text checked against the guidance on public service mutuals"
_COLOURS = {
    Verdict.SUPPORTED: WD_COLOR_INDEX.BRIGHT_GREEN,
    Verdict.CONTRADICTED: WD_COLOR_INDEX.PINK,
    Verdict.PARTLY: WD_COLOR_INDEX.YELLOW,
    Verdict.NOT_COVERED: WD_COLOR_INDEX.GRAY_25,
}


def as_word(checked: CheckedText, made: datetime) -> bytes:
    """The text with a mark and number after each checked sentence, then a numbered list of what each verdict rests on."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.language = TITLE, "", "", "en-GB"
    properties.created = properties.modified = made
    document.add_heading(TITLE, 0)
    document.add_paragraph(f"Checked on {made.day} {made:%B %Y}. {told(checked)} This is general guidance, not legal advice.")
    numbers = {sentence.start: number for number, sentence in enumerate(_checked(checked), start=1)}
    _write_text(document, checked, numbers)
    document.add_heading("What was found", 1)
    for number, sentence in enumerate(_checked(checked), start=1):
        check = sentence.check
        assert check is not None
        document.add_paragraph(f"{number}. {VERDICT_MARKS[check.verdict]} {VERDICT_WORDS[check.verdict]}: {check.explanation}")
        for citation in check.citations:
            document.add_paragraph(f"“{citation.quote}”", style="Quote")
            document.add_paragraph(place(citation) + (f" {citation.url}" if citation.url else ""))
        for notice in check.notices:
            document.add_paragraph(notice.text, style="List Bullet")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def told(checked: CheckedText) -> str:
    """How many sentences got which verdict, in one line."""
    counted = [f"{count} {VERDICT_WORDS[verdict].lower()}" for verdict, count in checked.counts.items() if count]
    return f"Of {len(checked.sentences)} sentences: {', '.join(counted)}; the rest says nothing to check." if counted else "No sentence says anything to check."


def _checked(checked: CheckedText) -> Iterator[TextSentence]:
    return (sentence for sentence in checked.sentences if sentence.check)


def _write_text(document: Any, checked: CheckedText, numbers: dict[int, int]) -> None:
    """The text, paragraph by paragraph, with nothing lost between the sentences."""
    paragraph = document.add_paragraph()
    at = 0
    for sentence in checked.sentences:
        paragraph = _write_plain(document, paragraph, checked.text[at : sentence.start])
        run = paragraph.add_run(sentence.text)
        if sentence.check:
            run.font.highlight_color = _COLOURS[sentence.check.verdict]
            paragraph.add_run(f" [{VERDICT_MARKS[sentence.check.verdict]} {numbers[sentence.start]}]").bold = True
        at = sentence.end
    _write_plain(document, paragraph, checked.text[at:])


def _write_plain(document: Any, paragraph: Any, text: str) -> Any:
    """Add what stands between two sentences; a new line begins a paragraph. The paragraph to go on with."""
    first, *further = text.split("\n")
    paragraph.add_run(first)
    for line in further:
        if paragraph.text.strip():
            paragraph = document.add_paragraph()
        paragraph.add_run(line)
    return paragraph
