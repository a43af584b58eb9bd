"""The application's own description of itself, and what it answers to requests made from that description."""

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import positive_data_acceptance
from schemathesis.specs.openapi.schemas import OpenApiSchema

ROUTES = {
    ("get", "/healthz"),
    ("get", "/readyz"),
    ("post", "/api/v1/ask"),
    ("post", "/api/v1/ask/stream"),
    ("get", "/api/v1/search"),
    ("get", "/api/v1/sources"),
    ("get", "/api/v1/sources/{source_id}"),
    ("get", "/api/v1/passages/{passage_id}"),
}


def test_the_description_lists_the_routes(client: httpx.Client) -> None:
    response = client.get("/openapi.json")
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    assert {(method, path) for path, operations in response.json()["paths"].items() for method in operations} == ROUTES


def test_every_error_is_described_as_a_problem(client: httpx.Client) -> None:
    description = client.get("/openapi.json").json()
    problem = description["components"]["schemas"]["Problem"]
    assert (sorted(problem["properties"]), sorted(problem["required"])) == (["detail", "errors", "status", "title", "type"], ["detail", "status", "title"])
    for path, operations in description["paths"].items():
        for operation in operations.values():
            errors = {status: set(response["content"]) for status, response in operation["responses"].items() if status != "200"}
            assert all(kinds == {"application/problem+json"} for kinds in errors.values()), (path, errors)


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_no_page_that_loads_from_elsewhere_is_served(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.fixture(scope="session")
def description(address: str) -> OpenApiSchema:
    return schemathesis.openapi.from_url(f"{address}/openapi.json")


SOUND = [(GenerationMode.POSITIVE, *route) for route in sorted(ROUTES)]
UNSOUND = [(GenerationMode.NEGATIVE, *route) for route in sorted(ROUTES) if not route[1].endswith(("z", "_id}"))]
"""Health takes nothing, and any text may be an id, so that no request for them can be unsound."""


@pytest.mark.parametrize(("mode", "method", "path"), [*SOUND, *UNSOUND], ids=lambda value: str(getattr(value, "value", value)))
def test_requests_made_from_the_description_are_answered_as_it_says(description: OpenApiSchema, mode: GenerationMode, method: str, path: str) -> None:
    """Never a 5xx, and always a status, type and body that the description names. What characters a question may hold it does not tell."""

    @given(case=description[path][method].as_strategy(generation_mode=mode))
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    def check(case: schemathesis.Case) -> None:
        case.call_and_validate(timeout=60, excluded_checks=[positive_data_acceptance])

    check()
