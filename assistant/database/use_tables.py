"""The tables of use: what was asked, with personal data masked; what readers said of answers; and batches of questions."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database.base import Base, Moment


class AskedRow(Base):
    """One question that was answered, for the figures. `question` has personal data masked; `channel` is `chat`, `api`, `desk` or `batch`."""

    __tablename__ = "asked"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    channel: Mapped[str] = mapped_column(String(16))
    question: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(16), index=True)
    confidence: Mapped[float]
    sector: Mapped[str | None] = mapped_column(String(32))
    nation: Mapped[str | None] = mapped_column(String(32))
    stage: Mapped[str | None] = mapped_column(String(32))
    case_id: Mapped[str | None] = mapped_column(String(32), index=True)
    index_version: Mapped[str] = mapped_column(String(64))


class AskedSourceRow(Base):
    """A source that an answer cited, so many times, with its standing on that day."""

    __tablename__ = "asked_sources"

    asked_id: Mapped[str] = mapped_column(ForeignKey("asked.id", ondelete="CASCADE"), primary_key=True)
    source_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    standing: Mapped[str] = mapped_column(String(16))
    times: Mapped[int]


class FeedbackRow(Base):
    """What a reader said of an answer. `comment` has personal data masked."""

    __tablename__ = "feedback"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    answer_id: Mapped[str] = mapped_column(String(32), index=True)
    verdict: Mapped[str] = mapped_column(String(16))
    comment: Mapped[str] = mapped_column(Text)


class BatchRow(Base):
    """A file of questions or enquiries to be answered one after another.

    `digest` is the SHA-256 of the file and what was chosen with it, by which the same file is known again; `reason` says why it stopped by itself.
    """

    __tablename__ = "batches"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), index=True)
    reason: Mapped[str] = mapped_column(Text)
    total: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[str] = mapped_column(String(40))
    finished_at: Mapped[datetime | None] = mapped_column(Moment)


class BatchItemRow(Base):
    """One line of a batch: what was asked, under the reference its file gave, for which scope, and, once it is answered, the outcome as JSON.

    `line` is where it stands in the file.
    """

    __tablename__ = "batch_items"

    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(200))
    line: Mapped[int]
    asked: Mapped[str] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(Text)
    answered: Mapped[str | None] = mapped_column(Text)
