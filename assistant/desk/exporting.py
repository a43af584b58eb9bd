"""A reply as a file: web page, plain text, email, Word document, or formatted text for the clipboard; its sources are numbered notes at the end."""

import re
from collections.abc import Callable, Sequence
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from typing import Literal, NamedTuple

from assistant.answers import Citation
from assistant.desk.drafts import Draft
from assistant.desk.laid_out import Letter, Line, clean, letter_of
from assistant.desk.letters import SOURCES, letter_text
from assistant.rendering import citation_line

ExportFormat = Literal["docx", "html", "txt", "eml", "rich"]
DRAFT_MARK = "DRAFT – not approved"
SUBJECT = "Your enquiry to the Mutuals Information Service"
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_STYLE = "font-family: Arial, sans-serif; font-size: 12pt; line-height: 1.5; max-width: 42em; margin: 2em auto; padding: 0 1em"


class File(NamedTuple):
    """A file to download."""

    name: str
    media_type: str
    content: bytes


def export_file(draft: Draft, reference: str, name: str, contact: str, kind: ExportFormat) -> File:
    """The latest text of a draft in one format. `reference` is the case's, as `MIS-000123`; `name` and `contact` are the enquirer's."""
    from assistant.desk.letter_word import as_word  # here and not above: starting up need not wait for it

    mark = "" if draft.state in ("approved", "sent") else DRAFT_MARK
    letter = letter_of(draft, reference, mark)
    makers: dict[ExportFormat, tuple[str, str, Callable[[], bytes]]] = {
        "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", lambda: as_word(letter)),
        "html": ("html", "text/html; charset=utf-8", lambda: as_page(letter).encode()),
        "txt": ("txt", "text/plain; charset=utf-8", lambda: as_text(draft, mark).encode()),
        "eml": ("eml", "message/rfc822", lambda: as_email(draft, letter, reference, name, contact)),
        "rich": ("html", "text/html; charset=utf-8", lambda: as_fragment(letter).encode()),
    }
    ending, media_type, make = makers[kind]
    return File(f"reply-{reference}-v{draft.version}{'-DRAFT-not-approved' if mark else ''}.{ending}", media_type, make())


def as_text(draft: Draft, mark: str) -> str:
    """The letter as plain text, its sources at the foot."""
    text = letter_text(clean(draft.body), draft.citations) + "\n"
    return f"{mark}\n\n{text}" if mark else text


def as_page(letter: Letter) -> str:
    """A whole page in one file that loads nothing: each marker leads to its source, and each source back."""
    title = f"{letter.title} – {letter.mark}" if letter.mark else letter.title
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title></head>\n<body style="{_STYLE}">\n<main>\n{_article(letter, linked=True)}</main>\n</body>\n</html>\n'
    )


def as_fragment(letter: Letter) -> str:
    """The letter as HTML to be pasted elsewhere, without links inside it."""
    return _article(letter, linked=False)


def as_email(draft: Draft, letter: Letter, reference: str, name: str, contact: str) -> bytes:
    """A message that an email program opens ready to be sent: plain text and HTML, addressed to the enquirer where their contact is an email address."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = f"{letter.mark + ': ' if letter.mark else ''}{SUBJECT} ({reference})"
    to = _address(name, contact)
    if to:
        message["To"] = to
    message["X-Unsent"] = "1"
    message.set_content(as_text(draft, letter.mark))
    message.add_alternative(as_page(letter), subtype="html")
    return message.as_bytes()


def _address(name: str, contact: str) -> Address | None:
    """An address that can stand in a header, or None where the contact is none."""
    if not _ADDRESS.fullmatch(contact.strip()):
        return None
    display = " ".join(clean(name).split())
    try:
        return Address(display_name=display, addr_spec=contact.strip())
    except (MessageError, ValueError, IndexError):
        return None


def _article(letter: Letter, linked: bool) -> str:
    seen: dict[int, int] = {}
    parts = [f'<p style="font-weight: bold; color: #a4001d">{escape(letter.mark)}</p>\n'] if letter.mark else []
    listing = False
    for block in letter.blocks:
        if block.item != listing:
            parts.append("<ul>\n" if block.item else "</ul>\n")
            listing = block.item
        tag = "li" if block.item else "p"
        lines = "<br>\n".join(_line(line, letter.sources, seen, linked) for line in block.lines)
        parts.append(f"<{tag}>{lines}</{tag}>\n")
    if listing:
        parts.append("</ul>\n")
    if letter.sources:
        entries = "".join(_source(citation, seen[citation.number], linked) for citation in letter.sources)
        parts.append(f'<section aria-label="{SOURCES}">\n<h2 style="font-size: 1.1em">{SOURCES}</h2>\n{entries}</section>\n')
    return "".join(parts)


def _line(line: Line, sources: Sequence[Citation], seen: dict[int, int], linked: bool) -> str:
    known = {citation.number for citation in sources}
    told = []
    for sentence in line.sentences:
        markers = "".join(_marker(number, seen, linked) for number in sentence.citations if number in known)
        told.append(escape(sentence.text) + markers)
    return " ".join(told)


def _marker(number: int, seen: dict[int, int], linked: bool) -> str:
    seen[number] = seen.get(number, 0) + 1
    if not linked:
        return f"<sup>[{number}]</sup>"
    return f'<sup><a id="cited-{number}-{seen[number]}" href="#source-{number}" aria-label="Source {number}">[{number}]</a></sup>'


def _source(citation: Citation, times: int, linked: bool) -> str:
    text = f"[{citation.number}] {escape(citation_line(citation))}"
    if citation.url and citation.url.startswith(("https://", "http://")):
        text += f' <a href="{escape(citation.url)}">{escape(citation.url)}</a>'
    if not linked:
        return f"<p>{text}</p>\n"
    back = " ".join(f'<a href="#cited-{citation.number}-{time}" aria-label="Back to where it is cited, place {time}">↩</a>' for time in range(1, times + 1))
    return f'<p id="source-{citation.number}">{text} {back}</p>\n'
