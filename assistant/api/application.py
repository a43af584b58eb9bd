"""The FastAPI application, without the pages."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.routing import Match

from assistant.api.asking import asking_routes
from assistant.api.conversations import conversation_routes, removing_idle
from assistant.api.health import health_routes
from assistant.api.library import library_routes
from assistant.api.limits import BodyLimit
from assistant.api.pathways import pathway_routes
from assistant.api.problems import Problem, install_problems, problem
from assistant.services import Services

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "QUERY"]
BODY_LIMIT = 256 * 1024
"""Bytes. The longest question is a few kilobytes; this leaves room for scope and escapes."""


def build_api(services: Services) -> FastAPI:
    """The API over one set of services. The interactive documentation is off: its pages load scripts from elsewhere."""
    app = FastAPI(title="Mutuals guidance assistant", version="1", docs_url=None, redoc_url=None, lifespan=removing_idle(services))
    install_problems(app)
    app.add_middleware(BodyLimit, prefix="/api/", limit=BODY_LIMIT)
    routers = (health_routes(services), asking_routes(services), conversation_routes(services), library_routes(services), pathway_routes(services))
    for router in routers:
        app.include_router(router)

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
            schema["components"]["schemas"]["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            schema["components"]["schemas"].update(schema["components"]["schemas"]["Problem"].pop("$defs", {}))
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
    return app
