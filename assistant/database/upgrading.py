"""Bringing a database up to this program's tables, by Alembic's revisions, one process at a time."""

import threading
from contextlib import nullcontext
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from assistant.database.postgresql import UPGRADING, hold
from assistant.database.sqlite import file_of, make_file, one_process, pragma

_MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_one_thread = threading.Lock()
"""Alembic keeps what it is running in its module, so that one thread at a time can use it."""


class NewerDatabaseError(Exception):
    """The tables are those of a later program."""


def migrations() -> Config:
    """Alembic's configuration for the revisions that come with the program."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(engine: Engine) -> None:
    """Run the revisions that the database has not had, all or none.

    Raises NewerDatabaseError where a later program has been here, OSError and SQLAlchemy's errors where the database cannot be used.
    """
    file = file_of(engine.url)
    if file:
        make_file(file)
    with _one_thread:
        with engine.connect() as connection:
            if _is_current(connection):
                return
        with one_process(file) if file else nullcontext():
            if file:
                pragma(engine, "journal_mode=WAL")
            with engine.begin() as connection:
                if not file:
                    hold(connection, UPGRADING)
                if not _is_current(connection):
                    config = migrations()
                    config.attributes["connection"] = connection
                    command.upgrade(config, "head")


def _is_current(connection: Connection) -> bool:
    script = ScriptDirectory.from_config(migrations())
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is not None and revision not in {each.revision for each in script.walk_revisions()}:
        raise NewerDatabaseError(
            f"The database was last used by a later release of this program (its tables are at {revision!r}, which this release does not know). "
            "Run that release, or set MUTUALS_DATABASE_URL or MUTUALS_DATA_DIR to another place. Nothing was changed."
        )
    return revision == script.get_current_head()
