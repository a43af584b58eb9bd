"""Routes for operators: is the server up, and can it answer?"""

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel

from assistant.api.problems import RESPONSES
from assistant.services import Services


class Health(BaseModel):
    """The server is up."""

    status: str = "ok"


class Readiness(BaseModel):
    """The server can answer, from this index version."""

    status: str = "ready"
    index_version: str
    model: str
    built_at: datetime
    sources: int
    passages: int


def health_routes(services: Services) -> APIRouter:
    """The routes over one set of services."""
    router = APIRouter(tags=["operations"])

    @router.get("/healthz")
    def healthz() -> Health:
        """Whether the server runs at all."""
        return Health()

    @router.get("/readyz", responses={503: RESPONSES[503]})
    def readyz() -> Readiness:
        """Whether an index is live, so that questions can be answered."""
        manifest = services.live.current().manifest
        return Readiness(index_version=manifest.version, model=manifest.model, built_at=manifest.built_at, sources=manifest.sources, passages=manifest.passages)

    return router
