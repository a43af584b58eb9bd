"""Charts: sound pictures, the same for the same table, and the same told in words."""

import io

import pytest
from matplotlib import image

from assistant.desk.charts import DOTS, PLACES, WIDTH, alt_text, chart_png
from assistant.desk.figures import ChartKind, InsightTable
from assistant.desk.labels import REGION_WORDS
from assistant.desk.sheets import Cell


def table(chart: ChartKind | None, rows: list[list[Cell]]) -> InsightTable:
    return InsightTable(name="some", title="Enquiries by matter", note="", columns=["Matter", "Enquiries"], rows=rows, chart=chart)


TABLES = [
    table("bars", []),
    table("tiles", []),
    table("columns", []),
    table("bars", [["Libraries", 0]]),
    table("bars", [["A title with $5 and $6_x that goes on and on, over more than two lines of a chart, and then on", 12], ["Youth", "fewer than 5"]]),
    table("bars", [[f"Matter {number}", number] for number in range(30)]),
    table("columns", [["Jan 2026", 3], ["Feb 2026", "fewer than 5"]]),
    table("columns", [[f"{number} Jan 2026", number] for number in range(200)]),
    table("tiles", [[words, number * 7] for number, words in enumerate(REGION_WORDS.values())]),
    table("tiles", [*([words, "fewer than 5"] for words in REGION_WORDS.values()), ["Not known", 3]]),
]


@pytest.mark.parametrize("drawn", TABLES)
def test_each_is_a_picture_of_a_pages_width_and_always_the_same(drawn: InsightTable) -> None:
    content = chart_png(drawn)
    assert content == chart_png(drawn)
    assert content.startswith(b"\x89PNG\r\n")
    assert image.imread(io.BytesIO(content), format="png").shape[1] == round(WIDTH * DOTS)


def test_a_table_that_is_not_drawn() -> None:
    with pytest.raises(ValueError, match="the table 'some' has no chart"):
        chart_png(table(None, [["a", 1]]))


def test_every_region_has_a_tile_of_its_own() -> None:
    assert (set(PLACES), len(set(PLACES.values()))) == (set(REGION_WORDS), 12)


def test_the_chart_in_words() -> None:
    assert alt_text(table("bars", [])) == "Enquiries by matter: nothing to show."
    assert alt_text(table("bars", [["Libraries", 12], ["Youth services", "fewer than 5"]])) == "Enquiries by matter: Libraries 12, Youth services fewer than 5."
    assert alt_text(table("bars", [[str(number), 1] for number in range(22)])).endswith("18 1, 19 1; 2 more in the table.")
