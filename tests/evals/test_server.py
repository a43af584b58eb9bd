"""The server for measuring: it serves while the block runs, and ends with it."""

import httpx
import pytest
from fastapi import FastAPI

from evals.server import serving


def app() -> FastAPI:
    made = FastAPI()
    made.get("/")(lambda: {"up": True})
    return made


def test_it_serves_while_the_block_runs_and_no_longer() -> None:
    with serving(app()) as address:
        assert address.startswith("http://127.0.0.1:")
        assert httpx.get(address).json() == {"up": True}
    with pytest.raises(httpx.ConnectError):
        httpx.get(address)


def test_it_ends_though_the_block_fails() -> None:
    with pytest.raises(ZeroDivisionError), serving(app()) as address:
        raise ZeroDivisionError
    with pytest.raises(httpx.ConnectError):
        httpx.get(address)


def test_two_serve_side_by_side() -> None:
    with serving(app()) as one, serving(app()) as other:
        assert one != other
        assert (httpx.get(one).json(), httpx.get(other).json()) == ({"up": True}, {"up": True})
