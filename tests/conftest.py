"""Real parts for all tests: the bundled model, a small library on disk, the bundled library's index, a real server."""

import os
import shutil

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from libraries import write_dated_library, write_original, write_small_library

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
