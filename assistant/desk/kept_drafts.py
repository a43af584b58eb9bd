"""Drafts as the database keeps them, read back as every face shows them."""

import json
import re
from collections.abc import Sequence

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from assistant.answers import Citation
from assistant.database.desk_tables import DraftRow, DraftVersionRow
from assistant.desk.drafts import Draft, Drafted, LetterSentence
from assistant.desk.letters import letter_text
from assistant.errors import NotFoundError

_ID = re.compile("[0-9a-f]{32}")
_CITATIONS = TypeAdapter(list[Citation])
_SENTENCES = TypeAdapter(list[LetterSentence])
_APART = {"letter", "body", "sentences", "citations", "index_version"}
"""Fields of a draft that are kept in columns of their own, or made from these."""


def draft_row(session: Session, draft_id: str) -> DraftRow:
    """The row of a draft. Raises NotFoundError."""
    row = session.get(DraftRow, draft_id) if _ID.fullmatch(draft_id) else None
    if row is None:
        raise NotFoundError("draft", draft_id, "It may have been removed with its case. The inbox shows the cases that there are.")
    return row


def version_row(session: Session, row: DraftRow, number: int | None = None) -> DraftVersionRow:
    """One version of a draft, the latest unless another is named. Raises NotFoundError."""
    wanted = row.version if number is None else number
    found = session.get(DraftVersionRow, (row.id, wanted)) if 1 <= wanted <= row.version else None
    if found is None:
        raise NotFoundError("version", str(wanted), f"This draft has versions 1 to {row.version}.")
    return found


def draft_of(row: DraftRow, version: DraftVersionRow) -> Draft:
    """A draft with the text of one of its versions."""
    citations = citations_of(row)
    return Draft.model_validate(
        json.loads(row.drafted)
        | {
            "draft_id": row.id,
            "case_id": row.case_id,
            "state": row.state,
            "version": version.number,
            "letter": letter_text(version.body, citations),
            "body": version.body,
            "sentences": sentences_of(version),
            "citations": citations,
            "index_version": row.index_version,
            "created_at": row.created_at,
            "created_by": row.created_by,
            "saved_at": version.saved_at,
            "saved_by": version.saved_by,
            "submitted_by": row.submitted_by,
            "decided_by": row.decided_by,
            "reason": row.reason,
        }
    )


def stored_draft(session: Session, row: DraftRow, number: int | None = None) -> Draft:
    """The same, read from the database."""
    return draft_of(row, version_row(session, row, number))


def citations_of(row: DraftRow) -> list[Citation]:
    """The numbered citations of a draft."""
    return _CITATIONS.validate_json(row.citations)


def sentences_of(version: DraftVersionRow) -> list[LetterSentence]:
    """The sentences of a version with their evidence."""
    return _SENTENCES.validate_json(version.sentences)


def citations_json(citations: Sequence[Citation]) -> str:
    """The citations as kept."""
    return _CITATIONS.dump_json(list(citations)).decode()


def sentences_json(sentences: Sequence[LetterSentence]) -> str:
    """The sentences as kept."""
    return _SENTENCES.dump_json(list(sentences)).decode()


def drafted_json(drafted: Drafted) -> str:
    """What was found when it was drafted, as kept."""
    return drafted.model_dump_json(exclude=_APART)
