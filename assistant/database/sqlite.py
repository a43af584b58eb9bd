"""What SQLite needs and other databases do not: its file, its settings, its log of changes."""

import fcntl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

_SETTINGS = ("foreign_keys=ON", "synchronous=FULL", "secure_delete=ON")
"""Turns go with their conversation; what is committed is on the disk; what is deleted is overwritten."""
WRITES = "writes"
"""The execution option of a transaction that will write: it waits for other writers when it begins, as one that reads first could not go on to write."""


def file_of(url: URL) -> Path | None:
    """Where SQLite keeps the database; None for other databases."""
    return Path((url.database or "").removeprefix("file:")) if url.get_backend_name() == "sqlite" else None


def sqlite_engine(url: URL, wait_seconds: float, connections: int) -> Engine:
    """An engine whose connections have our settings and wait so long for another writer."""
    engine = create_engine(url, pool_size=connections, pool_timeout=wait_seconds, connect_args={"timeout": wait_seconds}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, so that changes to tables are in them too
        connection.create_function("lower", 1, _lower, deterministic=True)
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN")

    return engine


def _lower(value: object) -> object:
    """SQLite's own knows the letters of English alone; names are in Welsh too."""
    return value.lower() if isinstance(value, str) else value


def make_file(file: Path) -> None:
    """Make the file where there is none, readable by its owner alone: it will hold what people ask."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.touch(mode=0o600)


def pragma(engine: Engine, setting: str) -> None:
    """Run one PRAGMA outside any transaction."""
    with closing(engine.raw_connection()) as connection:
        connection.cursor().execute(f"PRAGMA {setting}")


@contextmanager
def one_process(file: Path) -> Iterator[None]:
    """Holds off other processes that prepare the same file."""
    with file.with_name(f"{file.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
