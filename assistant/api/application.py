"""The FastAPI application, without the pages."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.routing import Match

from assistant.api.asking import asking_routes
from assistant.api.batches import batch_routes
from assistant.api.cases import case_routes
from assistant.api.check_pages import check_pages
from assistant.api.checks import check_routes
from assistant.api.conversations import conversation_routes, removing_idle
from assistant.api.drafts import draft_routes
from assistant.api.feedback import feedback_routes
from assistant.api.guard import Guard
from assistant.api.health import health_routes
from assistant.api.insight import insight_routes
from assistant.api.library import library_routes
from assistant.api.limits import BodyLimit
from assistant.api.pathways import pathway_routes
from assistant.api.people import people_routes
from assistant.api.problems import ConflictProblem, Problem, install_problems, problem
from assistant.api.sign_in import sign_in_pages
from assistant.api.subjects import subject_routes
from assistant.desk.batch_files import FILE_LIMIT
from assistant.desk.cases import ENQUIRY_LIMIT
from assistant.people.reach import is_loopback
from assistant.services import Services

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "QUERY"]
BODY_LIMIT = 256 * 1024
"""Bytes. The longest question is a few kilobytes; this leaves room for scope and escapes."""
DRAFT_LIMIT = 12 * ENQUIRY_LIMIT + BODY_LIMIT
"""Bytes. JSON may escape a character in twelve (a pair of `\\uXXXX`), so that the longest enquiry passes however it is written."""
FORM_LIMIT = 16 * 1024
"""Bytes of the forms of signing in: a password of the longest kind, each character escaped, fits well."""


def build_api(services: Services) -> FastAPI:
    """The API over one set of services. The interactive documentation is off: its pages load scripts from elsewhere."""
    app = FastAPI(title="Mutuals guidance assistant", version="1", docs_url=None, redoc_url=None, lifespan=removing_idle(services))
    install_problems(app)
    app.add_middleware(BodyLimit, prefix="/api/", limit=BODY_LIMIT, others={"/api/v1/batches": FILE_LIMIT + BODY_LIMIT, "/api/v1/drafts": DRAFT_LIMIT})
    app.add_middleware(BodyLimit, prefix="/check", limit=BODY_LIMIT)
    for prefix in ("/sign-", "/set-up"):
        app.add_middleware(BodyLimit, prefix=prefix, limit=FORM_LIMIT)
    app.state.people = services.people
    if not is_loopback(services.settings.host):
        app.add_middleware(Guard, people=services.people)
    routers = (
        health_routes(services),
        asking_routes(services),
        check_routes(services),
        conversation_routes(services),
        library_routes(services),
        pathway_routes(services),
        case_routes(services),
        draft_routes(services),
        people_routes(services),
        feedback_routes(services),
        insight_routes(services),
        batch_routes(services),
        subject_routes(services),
    )
    for router in routers:
        app.include_router(router)
    app.include_router(check_pages(services))
    app.include_router(sign_in_pages(services))

    @app.api_route("/healthz", methods=METHODS, include_in_schema=False)
    @app.api_route("/readyz", methods=METHODS, include_in_schema=False)
    @app.api_route("/api/{path:path}", methods=METHODS, include_in_schema=False)
    def unknown(request: Request) -> JSONResponse:
        """Keeps what no route answers from falling through to the pages mounted at `/`."""
        routes = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]
        allowed = sorted({method for route in routes if route.matches(request.scope)[0] is Match.PARTIAL for method in route.methods or ()})
        if allowed:
            return problem(405, f"{request.method} does not work here; use {', '.join(allowed)}.", headers={"Allow": ", ".join(allowed)})
        return problem(404, f"There is nothing at {request.url.path}.")

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(title=app.title, version=app.version, routes=app.routes)
            for model in (Problem, ConflictProblem):
                schema["components"]["schemas"][model.__name__] = model.model_json_schema(ref_template="#/components/schemas/{model}")
                schema["components"]["schemas"].update(schema["components"]["schemas"][model.__name__].pop("$defs", {}))
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
    return app
