"""The database over real SQLite files: where it stands, how it is opened, and what is said where it cannot be used."""

import socket
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from postgres import Cluster
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from assistant.database.engine import Database, DatabaseAddressError, DatabaseUnavailableError, database_url


def made(folder: Path) -> Database:
    return Database(database_url(None, folder), wait_seconds=0.1)


def test_the_address_is_a_file_under_the_data_directory_unless_another_is_set(tmp_path: Path) -> None:
    own = database_url(None, tmp_path / "a %?#")
    assert (own.drivername, own.database) == ("sqlite", f"{tmp_path}/a %?#/assistant.db")
    other = "postgresql+pg8000://me:secret@db.example/mutuals"
    assert database_url(other, tmp_path).render_as_string(hide_password=False) == other


@pytest.mark.parametrize("address", ["", "x", "assistant.db", "http//x", "postgresql://a:b@c:port/d"])
def test_an_address_that_is_none(address: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseAddressError) as error:
        database_url(address, tmp_path)
    assert str(error.value) == "MUTUALS_DATABASE_URL is not a database address; write it as postgresql+pg8000://user:password@host/name."


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///", "sqlite:///:memory:"])
def test_an_address_that_names_no_file(address: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseAddressError) as error:
        database_url(address, tmp_path)
    assert str(error.value) == "MUTUALS_DATABASE_URL names no file; write it as sqlite:////srv/mutuals/assistant.db."


def test_a_database_without_a_driver_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(DatabaseAddressError) as error:
        Database(database_url("oracle+oracledb://me:secret@db.example/mutuals", tmp_path))
    assert str(error.value) == ("MUTUALS_DATABASE_URL begins with 'oracle+oracledb', but the driver for it is not installed: No module named 'oracledb'.")


def test_nothing_is_made_before_it_is_used(tmp_path: Path) -> None:
    made(tmp_path / "data")
    assert list(tmp_path.iterdir()) == []


def test_a_new_database_is_readable_by_its_owner_alone_and_safe_at_a_loss_of_power(tmp_path: Path) -> None:
    held = made(tmp_path / "data")
    with held.session() as session:
        settings = {name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")}
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    assert (tmp_path / "data" / "assistant.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kind", ["session", "writing"])
def test_a_session_that_fails_leaves_nothing(database: Database, kind: str) -> None:
    with suppress(RuntimeError), getattr(database, kind)() as session:
        session.execute(text("INSERT INTO conversations VALUES ('a', '', 0, '2026-11-22')"))
        raise RuntimeError
    with database.session() as session:
        assert session.scalar(text("SELECT count(*) FROM conversations")) == 0


def test_transactions_that_write_follow_one_another(database: Database) -> None:
    """Each reads what the one before it wrote: none is lost, none fails."""
    with database.writing() as session:
        session.execute(text("INSERT INTO conversations VALUES ('a', '', 0, '2026-11-22')"))

    def add(_: int) -> None:
        with database.writing() as session:
            count = session.scalar(text("SELECT turn_count FROM conversations"))
            session.execute(text("UPDATE conversations SET turn_count = :count"), {"count": count + 1})

    with ThreadPoolExecutor(6) as writers:
        list(writers.map(add, range(60)))
    with database.session() as session:
        assert session.scalar(text("SELECT turn_count FROM conversations")) == 60


def test_small_letters_are_those_of_every_language(database: Database) -> None:
    with database.session() as session:
        assert session.execute(text("SELECT lower('ŴÉ Ab'), lower(NULL)")).one() == ("ŵé ab", None)


def test_a_fault_in_a_statement_is_not_an_unavailable_database(postgresql: Cluster) -> None:
    held = Database(postgresql.new_database())
    with pytest.raises(ProgrammingError), held.session() as session:
        session.execute(text("SELECT nothing"))
    held.engine.dispose()


def test_a_server_without_that_database_and_no_server_at_all(postgresql: Cluster) -> None:
    there = postgresql.new_database()
    for address in (there.set(database="none"), there.set(port=9)):
        held = Database(address, wait_seconds=0.1)
        with pytest.raises(DatabaseUnavailableError):
            held.open()
        held.engine.dispose()


def test_a_server_that_says_nothing(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        held = Database(database_url(f"postgresql+pg8000://me@127.0.0.1:{deaf.getsockname()[1]}/mutuals", tmp_path), silent_seconds=0.1)
        with pytest.raises(DatabaseUnavailableError):
            held.open()
        held.engine.dispose()


def test_a_database_that_may_only_be_read(postgresql: Cluster) -> None:
    address = postgresql.new_database()
    held = Database(address)
    with held.session() as session:
        session.execute(text(f"ALTER DATABASE {address.database} SET default_transaction_read_only = on"))
    held.engine.dispose()
    with held.session() as session:
        assert session.scalar(text("SELECT count(*) FROM conversations")) == 0
    for kind in (held.session, held.writing):
        with pytest.raises(DatabaseUnavailableError), kind() as session:
            session.execute(text("INSERT INTO conversations VALUES ('a', '', 0, '2026-11-22')"))
    held.engine.dispose()


def _not_a_database(folder: Path) -> None:
    (folder / "assistant.db").write_text("This is no database. " * 100, encoding="utf-8")


def _a_folder(folder: Path) -> None:
    (folder / "assistant.db").mkdir()


def _locked(folder: Path) -> sqlite3.Connection:
    other = sqlite3.connect(folder / "assistant.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    return other


@pytest.mark.parametrize("spoil", [_not_a_database, _a_folder, _locked])
def test_a_database_that_cannot_be_used(tmp_path: Path, spoil: object, caplog: pytest.LogCaptureFixture) -> None:
    assert callable(spoil)
    held = spoil(tmp_path)
    with pytest.raises(DatabaseUnavailableError) as error:
        made(tmp_path).open()
    assert str(error.value) == "the database cannot be read or written now"
    assert [record.message.split(":")[0] for record in caplog.records] == ["the database is unavailable"]
    if held:
        held.close()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file", encoding="utf-8")
    with pytest.raises(DatabaseUnavailableError):
        made(tmp_path / "data").open()


def test_it_is_used_again_once_what_was_wrong_is_put_right(tmp_path: Path) -> None:
    held, other = made(tmp_path), _locked(tmp_path)
    with pytest.raises(DatabaseUnavailableError):
        held.open()
    other.close()
    held.open()
    with held.session() as session:
        assert session.scalar(text("SELECT count(*) FROM turns")) == 0
