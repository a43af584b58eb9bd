"""Errors as `application/problem+json` (RFC 9457): what was wrong, with which field, and what to do."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, JsonValue
from starlette.exceptions import HTTPException

from assistant.database.engine import DatabaseUnavailableError
from assistant.errors import BadInputError, ConflictError, NotFoundError
from assistant.people.person import ForbiddenError
from index.versions import NoIndexError


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    field: str
    message: str


class Problem(BaseModel):
    """The body of every error."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


class ConflictProblem(Problem):
    """The body of a 409: what is stored now, and what was sent."""

    current: dict[str, JsonValue]
    yours: JsonValue


def _described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    def content(status: int) -> dict[str, Any]:
        model = ConflictProblem if status == HTTPStatus.CONFLICT else Problem
        return {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}}}

    return {status: {"description": HTTPStatus(status).phrase, "content": content(status)} for status in statuses}


RESPONSES = _described(400, 404, 413, 422, 503)
"""For the OpenAPI description: what each error looks like."""
SIGNED_RESPONSES = _described(400, 401, 403, 404, 409, 413, 422, 503)
"""The same for routes that need an account or a key."""


def problem(status: int, detail: str, errors: Sequence[FieldProblem] = (), headers: dict[str, str] | None = None) -> JSONResponse:
    """A problem response."""
    body = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=list(errors))
    return JSONResponse(body.model_dump(), status_code=status, media_type="application/problem+json", headers=headers)


def unreadable() -> JSONResponse:
    """The problem of a body that is not JSON in UTF-8."""
    return problem(400, "The body is not valid JSON.", [FieldProblem(field="body", message="is not valid JSON; send a JSON object in UTF-8")])


def problem_of(error: BaseException) -> JSONResponse:
    """The problem that an error of the services is; anything unforeseen tells nothing of the inside."""
    match error:
        case BadInputError():
            return problem(422, str(error), [FieldProblem(field=error.field, message=error.message)])
        case NotFoundError():
            return problem(404, " ".join(filter(None, [f"There is no {error.what} with the id {error.identifier!r}.", error.advice])))
        case ForbiddenError():
            return problem(403, str(error))
        case ConflictError():
            return _conflict(error)
        case NoIndexError():
            return problem(503, "No index is live yet. Run `mutuals index`, then try again.", headers={"Retry-After": "30"})
        case DatabaseUnavailableError():
            return problem(
                503,
                "The database cannot be reached at the moment, so nothing was read or kept. Try again; a question without conversation_id needs no database.",
                headers={"Retry-After": "10"},
            )
    return problem(500, "Something went wrong on the server. The request was not carried out; try again.")


def _conflict(error: ConflictError) -> JSONResponse:
    detail = "Somebody else has changed this since you opened it, so nothing was changed. Compare the two, then send yours again with the version of `current`."
    status = HTTPStatus.CONFLICT
    body = ConflictProblem(title=status.phrase, status=status, detail=detail, current=error.current.model_dump(mode="json"), yours=error.yours)
    return JSONResponse(body.model_dump(), status_code=status, media_type="application/problem+json")


def install_problems(app: FastAPI) -> None:
    """Make every error of the app a problem."""

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        if any(each["type"] == "json_invalid" for each in error.errors()):
            return unreadable()
        fields = [FieldProblem(field=_field(each["loc"]), message=_message(each)) for each in error.errors()]
        return problem(422, "; ".join(f"{each.field}: {each.message}" for each in fields), fields)

    @app.exception_handler(BadInputError)
    @app.exception_handler(NotFoundError)
    @app.exception_handler(ForbiddenError)
    @app.exception_handler(ConflictError)
    @app.exception_handler(NoIndexError)
    @app.exception_handler(DatabaseUnavailableError)
    async def of_ours(request: Request, error: Exception) -> JSONResponse:
        return problem_of(error)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == 400:  # what FastAPI makes of a body that it cannot decode
            return unreadable()
        headers = dict(error.headers) if error.headers else None
        return problem(error.status_code, str(error.detail), headers=headers)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        return problem_of(error)


def _field(location: Sequence[Any]) -> str:
    """The field's name; the first step says only whether it is of the body, the query or the path."""
    return ".".join(map(str, location[1:])) or str(location[0])


def _message(error: dict[str, Any]) -> str:
    if error["type"] == "extra_forbidden":
        return "is not a known field; remove it"
    if error["type"] == "missing":
        return "is missing"
    return str(error["msg"])
