"""The tables of conversations."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database.base import Base, Moment


class ConversationRow(Base):
    """One conversation. `owner` is empty, or the SHA-256 of the key it was begun with; `turn_count` gives the next turn its position."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner: Mapped[str] = mapped_column(String(64))
    turn_count: Mapped[int]
    active_at: Mapped[datetime] = mapped_column(Moment, index=True)


class TurnRow(Base):
    """One question with its answer, as JSON: the answer holds the question as typed and as answered, and the scope."""

    __tablename__ = "turns"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(Text)
