"""The route that checks a claim: `/api/v1/checks`."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from assistant.answers import Scope
from assistant.api.problems import RESPONSES
from assistant.checking.verdicts import Check
from assistant.services import Services


class CheckRequest(BaseModel):
    """A claim, as somebody said it."""

    model_config = ConfigDict(extra="forbid")

    claim: str = Field(description="The claim, at most 1,000 characters.")
    scope: Scope | None = None


def check_routes(services: Services) -> APIRouter:
    """The routes over one set of services."""
    router = APIRouter(prefix="/api/v1", tags=["check"], responses=RESPONSES)

    @router.post("/checks")
    def check(request: CheckRequest) -> Check:
        """Hold a claim against the guidance: supported, contradicted, partly or not covered, with what settles it."""
        return services.checks.check(request.claim, request.scope)

    return router
