"""Bringing databases up to date: from nothing, again, by many at once, broken off, and from a later release."""

import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from assistant.database.engine import Database, DatabaseUnavailableError, database_url
from assistant.database.tables import Base
from assistant.database.upgrading import NewerDatabaseError, migrations

TABLES = {"alembic_version", "conversations", "turns"}


def database(folder: Path) -> Database:
    return Database(database_url(None, folder))


def test_an_empty_database_gets_the_tables_that_the_program_knows(tmp_path: Path) -> None:
    held = database(tmp_path)
    held.open()
    with held.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == TABLES
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata) == []


def test_a_database_that_is_up_to_date_is_left_as_it_is(tmp_path: Path) -> None:
    database(tmp_path).open()
    before = (tmp_path / "assistant.db").read_bytes()
    database(tmp_path).open()
    assert (tmp_path / "assistant.db").read_bytes() == before


def test_every_revision_can_be_taken_back_and_run_again(tmp_path: Path) -> None:
    held = database(tmp_path)
    held.open()
    config = migrations()
    with held.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
        command.upgrade(config, "head")
    with held.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == TABLES


def test_programs_that_start_at_once_do_it_once(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from assistant.database.engine import Database, database_url\n"
        "held = Database(database_url(None, Path(sys.argv[1]))); print('loaded', flush=True); sys.stdin.readline(); held.open(); print('opened')"
    )
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    running = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], **pipes) for _ in range(6)]
    assert [each.stdout.readline() for each in running] == ["loaded\n"] * 6
    for each in running:
        each.stdin.write("\n")
        each.stdin.flush()
    assert [(*each.communicate(), each.returncode) for each in running] == [("opened\n", "", 0)] * 6
    with database(tmp_path).session() as session:
        assert session.scalars(text("SELECT version_num FROM alembic_version")).all() == ["0001"]


def test_an_upgrade_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    held = database(tmp_path)
    with held.engine.begin() as connection:
        connection.execute(text("CREATE TABLE turns (x INTEGER)"))  # so that the second table of the first revision cannot be made
    with pytest.raises(DatabaseUnavailableError):
        held.open()
    with held.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["turns"]


def test_a_database_of_a_later_release_is_refused_and_left_alone(tmp_path: Path) -> None:
    with database(tmp_path).session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabaseError) as error:
        database(tmp_path).open()
    assert str(error.value) == (
        "The database was last used by a later release of this program (its tables are at '9999', which this release does not know). "
        "Run that release, or set MUTUALS_DATABASE_URL or MUTUALS_DATA_DIR to another place. Nothing was changed."
    )


def test_the_revisions_are_for_postgresql_too() -> None:
    """What would be sent to a PostgreSQL server; that revisions and tables agree is shown above."""
    sent = StringIO()
    context = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True, "output_buffer": sent})
    revisions = list(ScriptDirectory.from_config(migrations()).walk_revisions())
    with Operations.context(context):
        for revision in reversed(revisions):
            revision.module.upgrade()
    assert " ".join(sent.getvalue().split()) == (
        "CREATE TABLE conversations ( id VARCHAR(32) NOT NULL, owner VARCHAR(64) NOT NULL, turn_count INTEGER NOT NULL, "
        "active_at TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT pk_conversations PRIMARY KEY (id) ); "
        "CREATE INDEX ix_conversations_active_at ON conversations (active_at); "
        "CREATE TABLE turns ( conversation_id VARCHAR(32) NOT NULL, position INTEGER NOT NULL, asked_at TIMESTAMP WITH TIME ZONE NOT NULL, "
        "answer TEXT NOT NULL, CONSTRAINT pk_turns PRIMARY KEY (conversation_id, position), CONSTRAINT fk_turns_conversation_id_conversations "
        "FOREIGN KEY(conversation_id) REFERENCES conversations (id) ON DELETE CASCADE );"
    )
