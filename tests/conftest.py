"""Real parts for all tests: the bundled model, a small library on disk, the bundled library's index, a real server, real databases.

A test that takes `database` runs twice, once on SQLite and once on PostgreSQL (`tests/postgres.py`; skipped where no server is installed).
"""

import os
import shutil

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from libraries import write_dated_library, write_original, write_small_library
from postgres import Cluster, cluster
from sqlalchemy import URL

from assistant.database.engine import Database, database_url
from assistant.services import Services, build_services
from assistant.settings import Settings
from corpus.library import load_library
from corpus.originals import Shelf
from evals.server import serving
from index.build import build_index
from index.embedding import SentenceEmbedder
from index.versions import Versions

hypothesis_settings.register_profile("shared", deadline=None)  # a busy machine is not a fault
hypothesis_settings.load_profile("shared")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """A PostgreSQL server of the tests' own."""
    with cluster() as held:
        yield held


@pytest.fixture(params=["sqlite", "postgresql"])
def database_at(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    """The address of a database that nothing has been put in, on each make: for tests that open it themselves, or several times, or from another process."""
    if request.param == "sqlite":
        return database_url(None, tmp_path)
    server: Cluster = request.getfixturevalue("postgresql")
    return server.new_database()


@pytest.fixture
def database(database_at: URL) -> Iterator[Database]:
    """An open database with empty tables, on each make."""
    held = Database(database_at, wait_seconds=10)
    held.open()
    yield held
    held.engine.dispose()


@pytest.fixture
def small_library(tmp_path: Path) -> Path:
    """A small, sound library on disk, free to be changed by the test."""
    return write_small_library(tmp_path / "library")


@pytest.fixture(scope="session")
def embedder() -> SentenceEmbedder:
    """The bundled model, loaded once."""
    return SentenceEmbedder()


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder) -> Versions:
    """An index of the small library. Not to be changed by a test."""
    root = tmp_path_factory.mktemp("small")
    versions = Versions(root / "index")
    build_index(load_library(write_small_library(root / "library")), embedder, versions)
    return versions


@pytest.fixture(scope="session")
def dated_services(tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder) -> Services:
    """The services over an index of the small library with its timeline and one publisher's original. Not to be changed by a test."""
    root = tmp_path_factory.mktemp("dated")
    settings = Settings(data_dir=root)
    library = load_library(write_dated_library(root / "library"))
    shelf = Shelf(settings.originals_dir)
    shelf.add(write_original(root / "report.md"), library.sources["report-2012"])
    build_index(library.with_originals(shelf, print), embedder, Versions(settings.index_dir))
    return build_services(settings, embedder)


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder) -> Services:
    """The services over an index of the bundled library. Texts that the checkout's own index holds are not embedded anew."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    built = Path(__file__).resolve().parents[1] / "var" / "index"
    if (built / "live").exists():
        shutil.copytree(built, settings.index_dir)
    build_index(load_library(), embedder, Versions(settings.index_dir))
    return build_services(settings, embedder)


@pytest.fixture(scope="session")
def address(services: Services) -> Iterator[str]:
    """The whole application, served for real on this machine."""
    from app import build_app

    with serving(build_app(services)) as where:
        yield where
