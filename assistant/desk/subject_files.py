"""What is held about a person, as a ZIP to hand over: `data.json` for programs, and a Word document for each case."""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from pydantic import BaseModel

from assistant.audit import AuditEntry
from assistant.desk.case_views import Case

_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class HeldVersion(BaseModel):
    """One version of a reply's text."""

    number: int
    saved_at: datetime
    body: str


class HeldDraft(BaseModel):
    """A reply with all its versions; `reason` is what an approver said of it."""

    draft_id: str
    state: str
    created_at: datetime
    reason: str
    sent_at: datetime | None
    versions: list[HeldVersion]


class HeldAsked(BaseModel):
    """A question read from the enquiry, personal data masked, as it is kept for the figures."""

    asked_at: datetime
    question: str
    outcome: str


class Held(BaseModel):
    """All that is held in one case. `history` is what was done to it, newest first."""

    case: Case
    drafts: list[HeldDraft]
    questions: list[HeldAsked]
    history: list[AuditEntry]


def as_zip(held: Sequence[Held], now: datetime) -> bytes:
    """The file. `now` is the moment that it says it was made."""
    file = BytesIO()
    data = {"made_at": now.isoformat(), "cases": [each.model_dump(mode="json") for each in held]}
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(data, indent=2, ensure_ascii=False))
        for each in held:
            archive.writestr(f"{each.case.reference}.docx", as_word(each, now))
    return file.getvalue()


def as_word(held: Held, now: datetime) -> bytes:
    """One case as a Word document (DOCX)."""
    case = held.case
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = f"Case {case.reference}", "", ""
    properties.created = properties.modified = now
    document.add_heading(f"Case {case.reference}", 0)
    fields = {
        "Received": f"{case.received_at:%-d %B %Y}, by {case.channel}",
        "Name": case.name,
        "Contact": case.contact,
        "Organisation": case.organisation,
        "Status": case.status,
        "Service": case.sector,
        "Region": case.region,
        "Nation": case.nation,
        "Kind of organisation": case.organisation_type,
        "Stage": case.stage,
        "Replied": f"{case.replied_at:%-d %B %Y}" if case.replied_at else None,
        "Closed": f"{case.closed_at:%-d %B %Y}" if case.closed_at else None,
    }
    for name, value in fields.items():
        if value:
            document.add_paragraph(_plain(f"{name}: {str(value).replace('_', ' ') if name not in _AS_GIVEN else value}"))
    document.add_heading("Enquiry", 1)
    document.add_paragraph(_plain(case.enquiry))
    for number, draft in enumerate(held.drafts, start=1):
        document.add_heading(f"Reply {number} ({draft.state})", 1)
        if draft.reason:
            document.add_paragraph(_plain(f"What the approver said: {draft.reason}"))
        for version in draft.versions:
            document.add_heading(f"Version {version.number}, {version.saved_at:%-d %B %Y}", 2)
            document.add_paragraph(_plain(version.body))
    if held.questions:
        document.add_heading("Questions kept for the figures", 1)
        for question in held.questions:
            document.add_paragraph(_plain(question.question), style="List Bullet")
    document.add_heading("What was done", 1)
    for entry in reversed(held.history):
        document.add_paragraph(f"{entry.at:%-d %B %Y %H:%M} UTC: {entry.action}", style="List Bullet")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


_AS_GIVEN = ("Name", "Contact", "Organisation")


def _plain(text: str) -> str:
    """Text that XML can hold."""
    return _NOT_XML.sub(" ", text.replace("\r\n", "\n"))
