"""What PostgreSQL needs and SQLite does not: locks by which programs know of each other, and which of its errors mean that it cannot be used now."""

from sqlalchemy import Connection, exc, text
from sqlalchemy.orm import Session

UPGRADING = 0x6D757475616C73
"""A number of our own, `mutuals` in ASCII: held while the tables are brought up to date."""
_WRITING = UPGRADING + 1
_UNAVAILABLE = ("08", "25006", "28", "3D", "40", "42501", "53", "55", "57", "58", "XX")
"""Beginnings of the codes for: no connection, read-only, wrong password, no such database, deadlock, no right, out of disk or memory,
waited too long for a lock, shut down, disk and inner faults.

Appendix A of PostgreSQL's manual lists them. The driver gives nearly all errors one type, so that the code has to tell them apart.
"""


def hold(connection: Connection | Session, number: int) -> None:
    """Wait for others who hold this number, and hold it to the end of the transaction."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def one_at_a_time(session: Session, wait_seconds: float) -> None:
    """Let one transaction write at a time, as SQLite does: what it reads first cannot change under it, and it waits for others so long at most."""
    session.execute(text("SELECT set_config('lock_timeout', :wait, true)"), {"wait": str(max(1, round(wait_seconds * 1000)))})
    hold(session, _WRITING)


def is_unavailable(error: exc.DBAPIError) -> bool:
    """Whether an error says that the database cannot be read or written now, and not that a statement is at fault."""
    told = getattr(error.orig, "args", None)
    code = told[0].get("C", "") if told and isinstance(told[0], dict) else ""
    return str(code).startswith(_UNAVAILABLE)
