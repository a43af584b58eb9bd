"""The way of a draft: draft → submitted → approved or returned → sent; who may take which step, and the seal on an approved text."""

import hashlib
import json
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from assistant.answers import Citation
from assistant.database.desk_tables import AuditRow, DraftRow, DraftVersionRow
from assistant.desk.letters import letter_text
from assistant.desk.words import DraftState
from assistant.errors import BadInputError
from assistant.people.person import Actor, ForbiddenError, require

REASON_LIMIT = 2000
"""Characters of the reason for a return."""
APPROVED = "draft.approved"
"""What the log calls an approval."""
WRITABLE: tuple[DraftState, ...] = ("draft", "returned", "approved")
"""States in which a text may be changed."""
_ADVICE = {
    "draft": "It has to be submitted first.",
    "submitted": "An approver has it: it can be approved or returned, and be changed once it is returned.",
    "returned": "It has to be changed or submitted again.",
    "approved": "It can be sent, or changed, which makes it a draft again.",
    "sent": "Nothing changes a reply that was sent. Make a new draft on its case.",
}


def move(session: Session, row: DraftRow, before: tuple[DraftState, ...], after: DraftState, **fields: Any) -> None:
    """Take one step in the caller's `writing()` transaction: one UPDATE that holds only from the states `before`, so that of two at once one wins.

    Raises BadInputError where the draft stands elsewhere.
    """
    changed = update(DraftRow).where(DraftRow.id == row.id, DraftRow.state.in_(before), DraftRow.version == row.version).values(state=after, **fields)
    result = cast("CursorResult[Any]", session.execute(changed))
    session.refresh(row)
    if result.rowcount != 1:
        raise refused(cast(DraftState, row.state))


def refused(state: DraftState) -> BadInputError:
    """What is wrong with a step that a draft in this state does not allow."""
    return BadInputError("state", f"of this draft is “{state}”. {_ADVICE[state]}")


def authors(session: Session, row: DraftRow) -> set[str]:
    """Whose text it is: everyone who saved a version since the last one that was approved, or since the beginning, and whoever submitted it."""
    wanted = select(DraftVersionRow.saved_by).where(DraftVersionRow.draft_id == row.id, DraftVersionRow.number > (row.approved_version or 0))
    return {*session.scalars(wanted), *([row.submitted_by] if row.submitted_by else [])}


def require_other(session: Session, row: DraftRow, actor: Actor) -> None:
    """Raises ForbiddenError for an actor who may not decide on this draft: one without the right, a key, or one whose own text it is."""
    require(actor, "approve", "decide on replies")
    if actor.id.startswith("key:"):
        raise ForbiddenError("You may not decide on replies with a key: a person must read and decide.")
    if actor.id in authors(session, row):
        raise ForbiddenError("You may not decide on this reply: you wrote or submitted it. Another person must.")


def seal(body: str, citations: list[Citation]) -> str:
    """SHA-256, in hex, of the letter with its sources in UTF-8: what an approval is of."""
    return hashlib.sha256(letter_text(body, citations).encode()).hexdigest()


def sealed(session: Session, draft_id: str) -> str | None:
    """The digest that the log has from the latest approval of a draft."""
    wanted = select(AuditRow.details).where(AuditRow.subject == f"draft:{draft_id}", AuditRow.action == APPROVED).order_by(AuditRow.number.desc()).limit(1)
    details = session.scalar(wanted)
    return json.loads(details).get("digest") if details else None


def reason_of(text: str) -> str:
    """The reason for a return. Raises BadInputError where it is missing or too long."""
    reason = text.strip()
    if not reason:
        raise BadInputError("reason", "is missing. Say what has to change.")
    if len(reason) > REASON_LIMIT:
        raise BadInputError("reason", f"has {len(reason):,} characters; the most is {REASON_LIMIT:,}. Shorten it.")
    return reason


def moments(actor: Actor, now: datetime, step: str) -> dict[str, Any]:
    """The fields that say who took a step and when; `step` is `submitted` or `decided`."""
    return {f"{step}_at": now, f"{step}_by": actor.id}
