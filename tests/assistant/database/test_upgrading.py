"""Bringing databases up to date: from nothing, again, by many at once, broken off, and from a later release."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import URL, inspect, text

from assistant.database.engine import Database, DatabaseUnavailableError, database_url
from assistant.database.tables import Base
from assistant.database.upgrading import NewerDatabaseError, migrations

TABLES = {
    *("alembic_version", "conversations", "turns", "accounts", "tries", "sessions", "links", "keys", "prospects", "cases", "drafts", "draft_versions", "audit"),
    *("asked", "asked_sources", "feedback", "batches", "batch_items"),
}


def test_an_empty_database_gets_the_tables_that_the_program_knows(database: Database) -> None:
    with database.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == TABLES
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata) == []


def test_a_database_that_is_up_to_date_is_left_as_it_is(tmp_path: Path) -> None:
    address = database_url(None, tmp_path)
    Database(address).open()
    before = (tmp_path / "assistant.db").read_bytes()
    Database(address).open()
    assert (tmp_path / "assistant.db").read_bytes() == before


def test_every_revision_can_be_taken_back_and_run_again(database: Database) -> None:
    config = migrations()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
        command.upgrade(config, "head")
    with database.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == TABLES
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata) == []


def test_a_database_of_the_first_release_keeps_its_conversations(database: Database) -> None:
    config = migrations()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        connection.execute(text("INSERT INTO conversations VALUES ('a', '', 0, '2026-11-22')"))
    later = Database(database.engine.url)
    with later.session() as session:
        assert session.scalars(text("SELECT id FROM conversations")).all() == ["a"]
    with later.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == TABLES
    later.engine.dispose()


def test_programs_that_start_at_once_do_it_once(database_at: URL) -> None:
    program = (
        "import sys; from sqlalchemy import make_url; from assistant.database.engine import Database\n"
        "held = Database(make_url(sys.argv[1])); print('loaded', flush=True); sys.stdin.readline(); held.open(); print('opened')"
    )
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    running = [subprocess.Popen([sys.executable, "-c", program, database_at.render_as_string(False)], **pipes) for _ in range(6)]
    assert [each.stdout.readline() for each in running] == ["loaded\n"] * 6
    for each in running:
        each.stdin.write("\n")
        each.stdin.flush()
    assert [(*each.communicate(), each.returncode) for each in running] == [("opened\n", "", 0)] * 6
    held = Database(database_at)
    with held.session() as session:
        assert session.scalars(text("SELECT version_num FROM alembic_version")).all() == ["0002"]
    held.engine.dispose()


def test_an_upgrade_that_fails_half_way_leaves_nothing(database_at: URL) -> None:
    held = Database(database_at)
    if held.engine.dialect.name == "sqlite":
        Path(database_at.database or "").touch()
    with held.engine.begin() as connection:
        connection.execute(text("CREATE TABLE turns (x INTEGER)"))  # so that the second table of the first revision cannot be made
    with pytest.raises(DatabaseUnavailableError):
        held.open()
    with held.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["turns"]
    held.engine.dispose()


def test_a_database_of_a_later_release_is_refused_and_left_alone(database: Database) -> None:
    with database.session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    later = Database(database.engine.url)
    with pytest.raises(NewerDatabaseError) as error:
        later.open()
    later.engine.dispose()
    assert str(error.value) == (
        "The database was last used by a later release of this program (its tables are at '9999', which this release does not know). "
        "Run that release, or set MUTUALS_DATABASE_URL or MUTUALS_DATA_DIR to another place. Nothing was changed."
    )
