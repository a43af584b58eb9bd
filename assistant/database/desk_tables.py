"""The tables of the helpline desk: cases, the drafts of their replies with every version, the mutuals in the making, and the audit log.

Who did something is told by an actor: the id of an account, `key:` with the id of a key, or `system`. It is no foreign key, as accounts may go and
what they did stays.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database.base import Base, Moment


class ProspectRow(Base):
    """A potential mutual that the helpline follows."""

    __tablename__ = "prospects"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    organisation: Mapped[str] = mapped_column(String(200))
    sector: Mapped[str | None] = mapped_column(String(32))
    region: Mapped[str | None] = mapped_column(String(32))
    stage: Mapped[str] = mapped_column(String(32), index=True)
    staff: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(Moment)


class CaseRow(Base):
    """One enquiry and what becomes of it. `number` counts cases from 1; `version` rises with each change.

    `enquiry`, `name`, `contact` and `organisation` are the enquirer's own; `searchable` is the enquiry with personal data masked, for search,
    likeness and figures. `unconfirmed` names the fields, parted by spaces, that were proposed and that no adviser has confirmed yet.
    """

    __tablename__ = "cases"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    received_at: Mapped[datetime] = mapped_column(Moment, index=True)
    channel: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(200))
    contact: Mapped[str] = mapped_column(String(254))
    organisation: Mapped[str] = mapped_column(String(200))
    enquiry: Mapped[str] = mapped_column(Text)
    searchable: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16), index=True)
    due_on: Mapped[date]
    sector: Mapped[str | None] = mapped_column(String(32), index=True)
    region: Mapped[str | None] = mapped_column(String(32), index=True)
    nation: Mapped[str | None] = mapped_column(String(32))
    organisation_type: Mapped[str | None] = mapped_column(String(32))
    stage: Mapped[str | None] = mapped_column(String(32))
    unconfirmed: Mapped[str] = mapped_column(String(200))
    assigned_to: Mapped[str | None] = mapped_column(String(40), index=True)
    prospect_id: Mapped[str | None] = mapped_column(ForeignKey("prospects.id", ondelete="SET NULL"), index=True)
    version: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(Moment)
    replied_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    erased_at: Mapped[datetime | None] = mapped_column(Moment)


class DraftRow(Base):
    """The reply to one case: where it stands, and what was found when it was drafted, as JSON.

    `version` is the number of its latest version, `approved_version` that of the last one that was approved.
    """

    __tablename__ = "drafts"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    version: Mapped[int]
    drafted: Mapped[str] = mapped_column(Text)
    citations: Mapped[str] = mapped_column(Text)
    index_version: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[str] = mapped_column(String(40))
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    submitted_by: Mapped[str | None] = mapped_column(String(40))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    approved_version: Mapped[int | None]
    sent_at: Mapped[datetime | None] = mapped_column(Moment)


class DraftVersionRow(Base):
    """One version of a draft's text: the letter without its foot, and its sentences with their evidence as JSON."""

    __tablename__ = "draft_versions"

    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    saved_at: Mapped[datetime] = mapped_column(Moment)
    saved_by: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text)
    sentences: Mapped[str] = mapped_column(Text)


class AuditRow(Base):
    """One thing that was done. Rows are only ever added: `digest` is the SHA-256 of this row's fields and the row's before it. No personal data."""

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    actor: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(80), index=True)
    details: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
