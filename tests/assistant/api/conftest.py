"""Clients of the real server."""

from collections.abc import Iterator

import httpx
import pytest

from assistant.api.application import build_api
from assistant.services import Services, build_services
from assistant.settings import Settings
from evals.server import serving
from index.embedding import SentenceEmbedder


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[httpx.Client]:
    """A client of the whole application over the bundled library."""
    with httpx.Client(base_url=address, timeout=60) as client:
        yield client


@pytest.fixture(scope="session")
def dated_client(dated_services: Services) -> Iterator[httpx.Client]:
    """A client of a server over the small library with its timeline and one original."""
    with serving(build_api(dated_services)) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


@pytest.fixture(scope="session")
def bare_client(tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder) -> Iterator[httpx.Client]:
    """A client of a server that has no index yet."""
    services = build_services(Settings(data_dir=tmp_path_factory.mktemp("bare")), embedder)
    with serving(build_api(services)) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client
