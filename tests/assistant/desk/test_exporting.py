"""A reply as a file, in each format: its words, its sources, the mark of a draft; and what people put into names."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from typing import cast

import pytest
from desk_parts import BODY, CITATIONS, SENTENCES
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Scope
from assistant.desk.drafts import Draft
from assistant.desk.exporting import ExportFormat, export_file
from assistant.desk.letters import letter_text
from assistant.desk.words import DraftState

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ENTRY = "Guide, s. {0} (Office, 2020). Act or regulations. In force."


def draft(body: str = BODY, state: DraftState = "approved") -> Draft:
    return Draft(
        draft_id="d",
        case_id="c",
        state=state,
        version=3,
        created_at=NOW,
        created_by="a",
        saved_at=NOW,
        saved_by="a",
        questions=[],
        letter=letter_text(body, CITATIONS),
        body=body,
        sentences=SENTENCES,
        citations=CITATIONS,
        unanswered=[],
        notices=[],
        scope=Scope(),
        channel="email",
    )


def made(kind: ExportFormat, body: str = BODY, state: DraftState = "approved", name: str = "Jo", contact: str = "jo@example.org") -> bytes:
    return export_file(draft(body, state), "MIS-000001", name, contact, kind).content


def mail(body: str = BODY, state: DraftState = "approved", name: str = "Jo", contact: str = "jo@example.org") -> EmailMessage:
    return cast(EmailMessage, message_from_bytes(made("eml", body, state, name, contact), policy=default))


@pytest.mark.parametrize("kind", ["docx", "html", "txt", "eml", "rich"])
@pytest.mark.parametrize("body", ["x", "- only an item", "[1]", "a\x0b\x01\x1b b\ufffe", "<script>&amp;\n\n\n\n- \n-\n["])
def test_a_poor_text_still_makes_a_file(kind: ExportFormat, body: str) -> None:
    assert made(kind, body)


def test_until_it_is_approved_name_and_text_say_so() -> None:
    states: list[DraftState] = ["draft", "submitted", "returned", "approved", "sent"]
    files = [export_file(draft(state=state), "MIS-000001", "", "", "txt") for state in states]
    assert [file.name for file in files] == ["reply-MIS-000001-v3-DRAFT-not-approved.txt"] * 3 + ["reply-MIS-000001-v3.txt"] * 2
    assert [file.content.decode().startswith("DRAFT – not approved\n\nDear Jo,") for file in files] == [True] * 3 + [False] * 2
    assert "DRAFT – not approved" in made("html", state="draft").decode()
    assert mail(state="draft")["Subject"] == "DRAFT – not approved: Your enquiry to the Mutuals Information Service (MIS-000001)"
    word = Document(BytesIO(made("docx", state="draft")))
    assert (word.sections[0].header.paragraphs[0].text, word.paragraphs[0].text) == ("DRAFT – not approved", "DRAFT – not approved")


def test_plain_text_has_its_sources_at_the_foot() -> None:
    url = "https://example.org/?a=1&b=2"
    assert made("txt").decode() == f"{BODY}\n\nSources\n\n[1] {ENTRY.format(1)} {url}\n\n[2] {ENTRY.format(2)} {url}\n"


def test_a_page_links_markers_and_sources_both_ways() -> None:
    def marker(number: int, time: int) -> str:
        return f'<sup><a id="cited-{number}-{time}" href="#source-{number}" aria-label="Source {number}">[{number}]</a></sup>'

    def source(number: int, times: int) -> str:
        back = " ".join(f'<a href="#cited-{number}-{time}" aria-label="Back to where it is cited, place {time}">↩</a>' for time in range(1, times + 1))
        link = '<a href="https://example.org/?a=1&amp;b=2">https://example.org/?a=1&amp;b=2</a>'
        return f'<p id="source-{number}">[{number}] {ENTRY.format(number)} {link} {back}</p>\n'

    page = made("html").decode()
    assert page.partition("<main>\n")[2] == (
        f"<p>Dear Jo,</p>\n<p>Staff must be consulted for 30 days.{marker(1, 1)}</p>\n<ul>\n<li>A first item.{marker(2, 1)}{marker(1, 2)}</li>\n</ul>\n"
        f'<p>Yours sincerely</p>\n<section aria-label="Sources">\n<h2 style="font-size: 1.1em">Sources</h2>\n{source(1, 2)}{source(2, 1)}</section>\n'
        "</main>\n</body>\n</html>\n"
    )
    assert "<title>Reply to MIS-000001</title>" in page


def test_formatted_text_for_the_clipboard_is_escaped_and_links_nowhere_inside() -> None:
    rich = made("rich", "A <b> & [1].\nnext line").decode()
    assert rich.startswith("<p>A &lt;b&gt; &amp;.<sup>[1]</sup><br>\nnext line</p>\n<section")
    assert 'href="#' not in rich


def test_a_word_document_leads_from_numbers_to_its_sources() -> None:
    word = Document(BytesIO(made("docx")))
    url = "https://example.org/?a=1&b=2"
    assert [(each.style.name if each.style else "", each.text) for each in word.paragraphs] == [
        ("Normal", "Dear Jo,"),
        ("Normal", "Staff must be consulted for 30 days.[1]"),
        ("List Bullet", "A first item.[2][1]"),
        ("Normal", "Yours sincerely"),
        ("Heading 2", "Sources"),
        ("Normal", f"[1] {ENTRY.format(1)} {url}"),
        ("Normal", f"[2] {ENTRY.format(2)} {url}"),
    ]
    assert word.element.xpath("//w:hyperlink/@w:anchor") == ["source_1", "source_2", "source_1"]
    assert word.element.xpath("//w:bookmarkStart/@w:name") == ["source_1", "source_2"]


def test_an_email_is_ready_to_be_sent() -> None:
    message = mail(name="Jo Brown")
    assert {name: str(message[name]) for name in message} == {
        "Subject": "Your enquiry to the Mutuals Information Service (MIS-000001)",
        "To": "Jo Brown <jo@example.org>",
        "X-Unsent": "1",
        "MIME-Version": "1.0",
        "Content-Type": str(message["Content-Type"]),
    }
    plain, page = (cast(EmailMessage, part) for part in message.iter_parts())
    assert (plain.get_content_type(), plain.get_content().replace("\r\n", "\n")) == ("text/plain", made("txt").decode())
    assert (page.get_content_type(), page.get_content().replace("\r\n", "\n")) == ("text/html", made("html").decode())


@pytest.mark.parametrize(
    "contact", ["", "0113 496 0000", "jo@example.org\r\nBcc: all@example.org", "a@b.org, c@d.org", "<jo@example.org>", "jo@localhost", "é@x.org"]
)
def test_what_is_no_email_address_is_not_put_in(contact: str) -> None:
    message = mail(contact=contact)
    assert (message["To"], message["Bcc"]) == (None, None)


@given(st.text(max_size=60))
def test_a_name_cannot_make_a_header(name: str) -> None:
    message = mail(name=f"{name}\r\nBcc: all@example.org")
    assert sorted(message.keys()) == ["Content-Type", "MIME-Version", "Subject", "To", "X-Unsent"]
    assert [address.addr_spec for address in message["To"].addresses] == ["jo@example.org"]
