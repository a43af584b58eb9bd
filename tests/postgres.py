"""A PostgreSQL server of the tests' own, made from Debian's packages, on this machine alone."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, Engine, create_engine, exc, text

REQUIRED = "MUTUALS_REQUIRE_POSTGRESQL"
_START_SECONDS = 60


class Cluster:
    """A running server. Each test gets a database of its own."""

    def __init__(self, port: int):
        self._port = port
        self._engine: Engine = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")

    def new_database(self) -> URL:
        """An empty database."""
        name = f"test_{uuid4().hex}"
        with self._engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        return self._url(name)

    def end_others(self, url: URL) -> None:
        """End every connection to a database, as a server that is shut down does."""
        with self._engine.connect() as connection:
            connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": url.database})

    def allow(self, url: URL, allowed: bool) -> None:
        """Let nobody connect to a database, or let everybody."""
        with self._engine.connect() as connection:
            connection.execute(text(f"ALTER DATABASE {url.database} ALLOW_CONNECTIONS {str(allowed).lower()}"))

    def ready(self) -> bool:
        """Whether it takes connections yet."""
        try:
            with self._engine.connect():
                return True
        except exc.DBAPIError:
            return False

    def close(self) -> None:
        """Let the server go."""
        self._engine.dispose()

    def _url(self, name: str) -> URL:
        return URL.create("postgresql+pg8000", "mutuals", host="127.0.0.1", port=self._port, database=name)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server for the time of the block. Skips the test where there is none to run, unless MUTUALS_REQUIRE_POSTGRESQL is set."""
    programs = _programs()
    if programs is None:
        message = "no PostgreSQL server is installed (apt-get install postgresql)"
        pytest.fail(message) if os.environ.get(REQUIRED) else pytest.skip(message)
    folder = Path(tempfile.mkdtemp(prefix="mutuals-postgresql-"))
    try:
        user = _owner()
        if user:
            shutil.chown(folder, user)
        as_user = ["runuser", "-u", user, "--"] if user else []
        data = folder / "data"
        make = [*as_user, str(programs / "initdb"), "--pgdata", str(data), "--username=mutuals", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        subprocess.run([*make, "--no-sync"], check=True, capture_output=True, cwd=folder)
        port = _free_port()
        settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "fsync": "off", "max_connections": 100}
        options = [f"-c{name}={value}" for name, value in settings.items()]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen([*as_user, str(programs / "postgres"), "-D", str(data), *options], stdout=log, stderr=log, cwd=folder)
        try:
            yield from _running(server, port, folder / "log")
        finally:
            _stop(data, server)
    finally:
        shutil.rmtree(folder)


def _running(server: subprocess.Popen[bytes], port: int, log: Path) -> Iterator[Cluster]:
    held = Cluster(port)
    until = time.monotonic() + _START_SECONDS
    while not held.ready():
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"the PostgreSQL server did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")
        time.sleep(0.1)
    try:
        yield held
    finally:
        held.close()


def _stop(data: Path, server: subprocess.Popen[bytes]) -> None:
    """End the server with all its processes. Its own number is in its data: `runuser` stands before it and has another."""
    number = data / "postmaster.pid"
    if number.exists():
        os.kill(int(number.read_text(encoding="utf-8").split()[0]), signal.SIGQUIT)  # at once: nothing of it is wanted any more
    else:
        server.terminate()
    server.wait(_START_SECONDS)


def _programs() -> Path | None:
    """Where Debian keeps the newest server's programs, or where they are found otherwise."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parents[1].name))
    found = shutil.which("initdb")
    return versions[-1].parent if versions else Path(found).parent if found else None


def _owner() -> str | None:
    """The account that the server runs as: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return "nobody"


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
