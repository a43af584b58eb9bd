"""The insight page: the figures with their charts, narrowed by filters, each table to be taken away."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any
from urllib.parse import urlencode

import gradio as gr
from pydantic import ValidationError

from assistant.database.engine import DatabaseUnavailableError
from assistant.desk.charts import alt_text
from assistant.desk.figures import Insight, InsightFilters, InsightTable
from assistant.desk.labels import CHANNEL_WORDS, REGION_WORDS, STATUS_WORDS
from assistant.errors import BadInputError
from assistant.pages.arriving import keep_address
from assistant.pages.parts import alert, header, navigation
from assistant.pages.signed_in import actor_of, here, may_not_html, sign_in_html, strip_html
from assistant.people.person import ForbiddenError
from assistant.sectors import SECTOR_WORDS
from assistant.services import Services

INSIGHT = "/insight"
TITLE = header("Insight", "What people ask the helpline and the assistant, how soon they are answered, and where the guidance fails them.")
GONE = "The figures cannot be read at the moment. Try again shortly."
CHOICES: dict[str, tuple[str, Mapping[Any, str]]] = {
    "sector": ("Service", {sector: words for sector, words in SECTOR_WORDS.items() if sector != "all"}),
    "region": ("Region", REGION_WORDS),
    "channel": ("Channel", CHANNEL_WORDS),
    "status": ("Status", STATUS_WORDS),
}
NAMES = ("from", "to", *CHOICES, "by", "suppress_small")


def insight_page(services: Services, page: gr.Blocks) -> None:
    """The page over one set of services, inside a route of the site's blocks."""
    navigation()
    gr.HTML(TITLE)
    who = gr.HTML("", elem_classes="library")
    with gr.Column(visible=False) as filters:
        with gr.Row(elem_classes="filters"):
            first = gr.Textbox(label="From (year-month-day)", placeholder="For example: 2026-04-01", max_lines=1, min_width=150)
            last = gr.Textbox(label="To (year-month-day)", placeholder="Empty: until today", max_lines=1, min_width=150)
            by = gr.Dropdown([("By month", ""), ("By week", "week")], value="", label="Over time", min_width=120)
            small = gr.Dropdown(
                [("Show all numbers", ""), ("Hide numbers below 5", "true")],
                value="",
                label="For others to see",
                info="Also leaves out what people wrote.",
                min_width=190,
            )
        with gr.Row(elem_classes="filters"):
            choices = [
                gr.Dropdown([("Any", ""), *((said, value) for value, said in offered.items())], value="", label=label, min_width=120)
                for label, offered in CHOICES.values()
            ]
    shown = gr.HTML("", elem_classes="library insight")
    inputs = [first, last, *choices, by, small]

    def show(request: gr.Request, *values: str | None) -> list[Any]:
        return _page(services, request, _given(values))

    def arrive(request: gr.Request) -> list[Any]:
        given = {name: request.query_params.get(name, "") for name in NAMES}
        return [*(_offered(name, value) for name, value in given.items()), *_page(services, request, given)]

    outputs = [who, filters, shown]
    told = {"fn": show, "inputs": inputs, "outputs": outputs, "api_visibility": "private", "show_progress": "hidden", "js": keep_address(NAMES)}
    for box in (first, last):
        box.submit(**told)
        box.blur(**told)
    for choice in (*choices, by, small):
        choice.input(**told)
    page.load(arrive, None, [*inputs, *outputs], api_visibility="private", show_progress="hidden", queue=False)


def _given(values: Sequence[str | None]) -> dict[str, str]:
    return {name: (value or "").strip() for name, value in zip(NAMES, values, strict=True)}


def _offered(name: str, value: str) -> str:
    """What an address brings for a filter, where the page offers it."""
    if name in CHOICES:
        return value if value in CHOICES[name][1] else ""
    fixed = {"by": ("week",), "suppress_small": ("true",)}
    return value if name not in fixed or value in fixed[name] else ""


def _page(services: Services, request: gr.Request, given: Mapping[str, str]) -> list[Any]:
    """Who is signed in, whether the filters are shown, and the figures."""
    try:
        actor = actor_of(services, request)
        if actor is None:
            return [sign_in_html(here(request, INSIGHT)), gr.Column(visible=False), ""]
        filters = _filters(given)
        return [strip_html(actor), gr.Column(visible=True), insight_html(services.insight.insight(actor, filters), _query(given))]
    except ForbiddenError:
        return [may_not_html("read"), gr.Column(visible=False), ""]
    except BadInputError as error:
        return [gr.skip(), gr.Column(visible=True), alert(f"The day “{error.field}” {error.message}")]
    except DatabaseUnavailableError:
        return [gr.skip(), gr.skip(), alert(GONE)]


def _filters(given: Mapping[str, str]) -> InsightFilters:
    """The filters. Raises BadInputError for a day that is none."""
    for name in ("from", "to"):
        if given[name]:
            try:
                date.fromisoformat(given[name])
            except ValueError as error:
                raise BadInputError(name, "is not a day. Write it as year-month-day, for example 2026-04-01.") from error
    try:
        return InsightFilters.model_validate({name: value for name, value in given.items() if value})
    except ValidationError as error:
        raise BadInputError(str(error.errors()[0]["loc"][0]), "is not known. Choose another.") from error


def _query(given: Mapping[str, str]) -> str:
    """The filters as part of an address."""
    said = urlencode({name: value for name, value in given.items() if value})
    return f"?{said}" if said else ""


def insight_html(insight: Insight, query: str) -> str:
    """Every table with its chart and the ways to take it away. `query` carries the filters."""
    return (
        f'<p role="status">Figures as of now, for the filters chosen.</p><div class="figures">{"".join(_table(table, query) for table in insight.tables)}</div>'
    )


def _table(table: InsightTable, query: str) -> str:
    base = f"/api/v1/insight/{escape(table.name)}"
    chart = ""
    ways = [f'<a href="{base}.csv{escape(query)}" download>CSV<span class="unseen"> of {escape(table.title)}</span></a>']
    if table.chart and table.rows:
        picture = f'<img class="chart" loading="lazy" src="{base}.png{escape(query)}" alt="{escape(alt_text(table))}">'
        chart = f'<div class="scrolls" tabindex="0" role="group" aria-label="{escape(table.title)}, chart">{picture}</div>'
        ways.append(f'<a href="{base}.png{escape(query)}" download>PNG<span class="unseen"> of {escape(table.title)}</span></a>')
    name, title, wide = escape(table.name), escape(table.title), "" if table.chart or len(table.columns) < 3 else " wide"
    return (
        f'<section class="figure{wide}" aria-labelledby="figure-{name}"><h2 id="figure-{name}">{title}</h2><p class="source">{escape(table.note)}</p>'
        f'{chart}{_rows(table)}<p class="keep">Download: {" · ".join(ways)}</p></section>'
    )


def _rows(table: InsightTable) -> str:
    """The table itself; folded away where a chart shows the same."""
    if not table.rows:
        return "<p>Nothing to show.</p>"
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    body = "".join(f"<tr>{''.join(_cell(cell, number) for number, cell in enumerate(row))}</tr>" for row in table.rows)
    inside = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    whole = f'<div class="scrolls" tabindex="0" role="group" aria-label="{escape(table.title)}, table">{inside}</div>'
    return f"<details><summary>Show as a table</summary>{whole}</details>" if table.chart else whole


def _cell(cell: str | int | float | None, number: int) -> str:
    said = "" if cell is None else escape(f"{cell:g}" if isinstance(cell, float) else str(cell))
    if number == 0:
        return f'<th scope="row">{said}</th>'
    return f'<td class="number">{said}</td>' if isinstance(cell, int | float) else f"<td>{said}</td>"
