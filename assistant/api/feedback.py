"""The route for what readers say of answers."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.api.problems import RESPONSES
from assistant.feedback import COMMENT_LIMIT, FeedbackVerdict
from assistant.services import Services


class FeedbackRequest(BaseModel):
    """What a reader says of one answer."""

    model_config = ConfigDict(extra="forbid")

    answer_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")] = Field(description="The field `answer_id` of the answer.")
    verdict: FeedbackVerdict
    comment: str = Field(default="", max_length=COMMENT_LIMIT, description="What was missing or wrong. Personal data is masked before it is kept.")


class FeedbackKept(BaseModel):
    """What was said is kept, under this id."""

    feedback_id: str


def feedback_routes(services: Services) -> APIRouter:
    """The route over one set of services."""
    router = APIRouter(prefix="/api/v1", tags=["feedback"], responses=RESPONSES)

    @router.post("/feedback", status_code=201)
    def feedback(request: FeedbackRequest) -> FeedbackKept:
        """Say whether an answer was useful, not useful or wrong."""
        return FeedbackKept(feedback_id=services.feedback.give(request.answer_id, request.verdict, request.comment))

    return router
