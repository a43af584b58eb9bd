"""Routes to the figures: all tables as JSON, each as CSV, and as a chart."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from assistant.api.bearer import Signed
from assistant.api.problems import SIGNED_RESPONSES
from assistant.desk.charts import PNG, chart_png
from assistant.desk.figures import Insight, InsightFilters
from assistant.desk.sheets import CSV, Sheet, as_csv
from assistant.errors import NotFoundError
from assistant.services import Services

_PRIVATE = {"Cache-Control": "no-store"}
_TEXT: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
_PICTURE: dict[int | str, dict[str, Any]] = {200: {"content": {PNG: {"schema": {"type": "string", "format": "binary"}}}}}


def insight_routes(services: Services) -> APIRouter:
    """The routes over one set of services. Each needs the right `read`."""
    router = APIRouter(prefix="/api/v1", tags=["insight"], responses=SIGNED_RESPONSES)
    service = services.insight

    @router.get("/insight")
    def insight(actor: Signed, filters: Annotated[InsightFilters, Query()], response: Response) -> Insight:
        """All tables, for the same filters."""
        response.headers.update(_PRIVATE)
        return service.insight(actor, filters)

    @router.get("/insight/{table}.csv", response_class=Response, responses=_TEXT)
    def table_csv(actor: Signed, table: str, filters: Annotated[InsightFilters, Query()]) -> Response:
        """One table, for a spreadsheet."""
        made = service.table(actor, table, filters)
        return _file(as_csv(Sheet(made.name, made.columns, made.rows)), CSV, f"{made.name}.csv", "attachment")

    @router.get("/insight/{table}.png", response_class=Response, responses=_PICTURE)
    def table_chart(actor: Signed, table: str, filters: Annotated[InsightFilters, Query()]) -> Response:
        """One table as a chart."""
        made = service.table(actor, table, filters)
        if made.chart is None:
            raise NotFoundError("chart", table, "This table is not drawn; take it as CSV.")
        return _file(chart_png(made), PNG, f"{made.name}.png", "inline")

    return router


def _file(content: bytes, kind: str, name: str, shown: str) -> Response:
    return Response(content, media_type=kind, headers={**_PRIVATE, "Content-Disposition": f'{shown}; filename="{name}"'})
