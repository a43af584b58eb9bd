"""The database as the services use it: SQLite unless another is set, brought up to this program's tables before it is first used."""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import URL, create_engine, exc, make_url
from sqlalchemy.orm import Session

from assistant.database.postgresql import is_unavailable, one_at_a_time
from assistant.database.sqlite import WRITES, file_of, pragma, sqlite_engine
from assistant.database.upgrading import upgrade

WAIT_SECONDS = 5.0
"""How long a statement waits for another writer, or a thread for a connection, before the database counts as unavailable."""
SILENT_SECONDS = 30.0
"""How long a database server may say nothing before it counts as gone: well above what any statement of ours takes."""
CONNECTIONS = 40
"""As many as the server has threads for requests (anyio's default), so that none waits for another's."""

_log = logging.getLogger(__name__)


class DatabaseAddressError(Exception):
    """MUTUALS_DATABASE_URL cannot be used; the message says why, without any password in it."""


class DatabaseUnavailableError(Exception):
    """The database cannot be read or written now: locked, full, read-only, damaged or out of reach. The reason is in the log."""


def database_url(address: str | None, data_dir: Path) -> URL:
    """The address set, or that of `assistant.db` under the data directory. Raises DatabaseAddressError for one that cannot be read."""
    if address is None:
        return URL.create("sqlite", database=str(data_dir / "assistant.db"))
    try:
        url = make_url(address)
    except (exc.ArgumentError, ValueError) as error:
        raise DatabaseAddressError("MUTUALS_DATABASE_URL is not a database address; write it as postgresql+pg8000://user:password@host/name.") from error
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise DatabaseAddressError("MUTUALS_DATABASE_URL names no file; write it as sqlite:////srv/mutuals/assistant.db.")
    return url


class Database:
    """One database. Nothing is opened before it is used. Safe to share between threads.

    Raises DatabaseAddressError where there is no driver for the address.
    """

    def __init__(self, url: URL, wait_seconds: float = WAIT_SECONDS, silent_seconds: float = SILENT_SECONDS):
        self._lock = threading.Lock()
        self._ready = False
        self._wait_seconds = wait_seconds
        try:
            if file_of(url):
                self.engine = sqlite_engine(url, wait_seconds, CONNECTIONS)
            else:
                pool = {"pool_size": 10, "max_overflow": CONNECTIONS - 10, "pool_timeout": wait_seconds, "pool_pre_ping": True}
                silent = {"timeout": silent_seconds} if url.get_driver_name() == "pg8000" else {}
                self.engine = create_engine(url, hide_parameters=True, connect_args=silent, **pool)  # what people ask is not for the log
        except (exc.NoSuchModuleError, ImportError) as error:
            raise DatabaseAddressError(f"MUTUALS_DATABASE_URL begins with {url.drivername!r}, but the driver for it is not installed: {error}.") from error

    def open(self) -> None:
        """Bring the tables up to this program's.

        Raises NewerDatabaseError where a later program has changed them, and DatabaseUnavailableError.
        """
        with self._lock:
            if not self._ready:
                with _told_apart(opening=True):
                    upgrade(self.engine)
                self._ready = True

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session in one transaction: committed at the end of the block, rolled back where it fails. Raises as `open` does."""
        self.open()
        with _told_apart(), Session(self.engine) as session, session.begin():
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session as of `session`, for a transaction that reads before it writes: these follow one another, so that none comes between."""
        self.open()
        with _told_apart(), Session(self.engine.execution_options(**{WRITES: True})) as session, session.begin():
            if not file_of(self.engine.url):
                one_at_a_time(session, self._wait_seconds)
            yield session

    def forget(self) -> None:
        """See that what was deleted is not left in SQLite's log of changes either. Where others are at work the log is left for the next time."""
        if file_of(self.engine.url):
            with suppress(DatabaseUnavailableError), _told_apart():
                pragma(self.engine, "wal_checkpoint(TRUNCATE)")


@contextmanager
def _told_apart(opening: bool = False) -> Iterator[None]:
    """Tells what keeps the database from working apart from a fault in a statement; while it is opened no statement of ours can be at fault."""
    try:
        yield
    except (exc.IntegrityError, exc.DataError):
        raise
    except exc.ProgrammingError as error:
        if not opening and not is_unavailable(error):
            raise
        raise _unavailable(error) from error
    except (exc.DBAPIError, exc.TimeoutError, sqlite3.Error, OSError) as error:
        raise _unavailable(error) from error


def _unavailable(error: BaseException) -> DatabaseUnavailableError:
    _log.error("the database is unavailable: %s", getattr(error, "orig", None) or error)
    return DatabaseUnavailableError("the database cannot be read or written now")
