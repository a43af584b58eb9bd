"""The log of what was done at the desk: rows are only added, and each carries a digest of itself and of the one before, so that a change shows."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict, JsonValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.database.desk_tables import AuditRow
from assistant.database.engine import Database
from assistant.database.sqlite import WRITES
from assistant.errors import BadInputError
from assistant.people.person import Actor

START = "0" * 64
"""What stands in the place of the digest before the first row."""
ENTRY_LIMIT = 1000
"""Most rows given out at once."""
_EXPECTED = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{64})")


class AuditEntry(BaseModel):
    """One thing that was done. `actor` is the id of an account, `key:` with the id of a key, or `system`; `subject` is as `case:ID`."""

    model_config = ConfigDict(frozen=True)

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: dict[str, JsonValue]


class Verified(BaseModel):
    """What reading the whole log found: how many rows are sound from the start, the last sound one, and the first number that is not as it was.

    `why` says in a sentence what is wrong there. `number:digest` of a sound log, noted down elsewhere, shows later that its end was not cut off.
    """

    model_config = ConfigDict(frozen=True)

    rows: int
    number: int
    digest: str
    broken: int | None = None
    why: str = ""


def digest_of(before: str, number: int, at: datetime, actor: str, action: str, subject: str, details: str) -> str:
    """SHA-256, in hex, of the digest before and the row's fields: a JSON array without spaces, in UTF-8, the moment in UTC to the microsecond."""
    fields = [before, number, at.astimezone(UTC).isoformat(timespec="microseconds"), actor, action, subject, details]
    return hashlib.sha256(json.dumps(fields, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


class AuditLog:
    """Adds to the log and reads it. Safe to share between threads and processes. Every method but `record` raises DatabaseUnavailableError."""

    def __init__(self, database: Database, now: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._database = database
        self._now = now

    def record(self, session: Session, actor: Actor, action: str, subject: str, details: Mapping[str, JsonValue] | None = None) -> None:
        """Add a row in the caller's transaction, which must be one of `Database.writing()`: those follow one another, so that the chain has no forks.

        `action` is a word or two parted by a full stop, as `case.opened`. `details` hold ids, numbers, words of our own vocabularies and index
        versions: never a person's name, address or text.
        """
        if not session.connection().get_execution_options().get(WRITES):
            raise RuntimeError("the audit log is written inside Database.writing() only")
        session.flush()
        last = session.execute(select(AuditRow.number, AuditRow.digest).order_by(AuditRow.number.desc()).limit(1)).first()
        number, before = (last.number + 1, last.digest) if last else (1, START)
        at = self._now()
        text = json.dumps(dict(details or {}), separators=(",", ":"), sort_keys=True, ensure_ascii=False)
        digest = digest_of(before, number, at, actor.id, action, subject, text)
        session.add(AuditRow(number=number, at=at, actor=actor.id, action=action, subject=subject, details=text, digest=digest))
        session.flush()

    def entries(self, subject: str | None = None, limit: int = 200, before: int | None = None) -> list[AuditEntry]:
        """The latest rows, newest first: of one subject, or of all; `before` a number, to read on from there."""
        return self.entries_of(None if subject is None else [subject], limit, before)

    def entries_of(self, subjects: Sequence[str] | None, limit: int = 200, before: int | None = None) -> list[AuditEntry]:
        """The same, of any of several subjects."""
        wanted = select(AuditRow).order_by(AuditRow.number.desc()).limit(min(limit, ENTRY_LIMIT))
        if subjects is not None:
            wanted = wanted.where(AuditRow.subject.in_(subjects))
        if before is not None:
            wanted = wanted.where(AuditRow.number < before)
        with self._database.session() as session:
            return [_entry(row) for row in session.scalars(wanted)]

    def verify(self, expected: str = "") -> Verified:
        """Read the log from the start and make every digest anew, however long it is.

        `expected` is `NUMBER:DIGEST` as noted down before. Raises BadInputError where it is not of that form.
        What no reading can find is an end that was cut off, or a log written anew as a whole, after the last digest that was noted down.
        """
        noted = _noted(expected)
        number, digest = 0, START
        wanted = select(AuditRow).order_by(AuditRow.number).execution_options(yield_per=1000)
        with self._database.session() as session:
            for row in session.scalars(wanted):
                fault = _fault(row, number + 1, digest, noted)
                if fault:
                    broken = min(row.number, number + 1)
                    return Verified(rows=number, number=number, digest=digest, broken=broken, why=fault)
                number, digest = row.number, row.digest
        if noted and number < noted[0]:
            why = f"Row {number + 1} is missing: the log ends at row {number}, and row {noted[0]} was noted down."
            return Verified(rows=number, number=number, digest=digest, broken=number + 1, why=why)
        return Verified(rows=number, number=number, digest=digest)


def _fault(row: AuditRow, expected: int, before: str, noted: tuple[int, str] | None) -> str:
    """What is wrong with a row that should have this number and follow this digest; nothing where it is sound."""
    if row.number < expected:
        return f"Row {row.number} was put in before the first row."
    if row.number > expected:
        return f"Row {expected} is missing."
    if row.digest != digest_of(before, row.number, row.at, row.actor, row.action, row.subject, row.details):
        return f"Row {row.number} is not as it was written, or does not follow the row before it."
    if noted and noted[0] == row.number and noted[1] != row.digest:
        return f"Row {row.number} is not the one that was noted down: it, or rows before it, were written anew."
    return ""


def _noted(expected: str) -> tuple[int, str] | None:
    if not expected:
        return None
    match = _EXPECTED.fullmatch(expected.strip())
    if not match:
        raise BadInputError("expect", "is not NUMBER:DIGEST, as `mutuals audit verify` prints it. Copy it whole.")
    return int(match[1]), match[2]


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(number=row.number, at=row.at, actor=row.actor, action=row.action, subject=row.subject, details=json.loads(row.details))
