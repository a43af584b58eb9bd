"""Tables as files: read back by other programs as they were, and no cell of them a formula."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.desk.sheets import CELL_LIMIT, Sheet, as_csv, as_xlsx

FORMULAE = ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "＝1", "=cmd|' /C calc'!A0", "- an item"]
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30)


def read_xlsx(content: bytes) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def test_a_table_without_rows() -> None:
    sheet = Sheet("Empty", ["a", "b"], [])
    assert as_csv(sheet) == b"\xef\xbb\xbfa,b\r\n"
    assert read_xlsx(as_xlsx([sheet])) == {"Empty": [["a", "b"]]}


def test_numbers_texts_and_nothing() -> None:
    sheet = Sheet("Mixed", ["what", "how many"], [["Libraries", 3], ["“Llyfrgelloedd”\nand more", -2.5], ['say "so", please', None]])
    assert as_csv(sheet).decode("utf-8-sig") == 'what,how many\r\nLibraries,3\r\n"“Llyfrgelloedd”\nand more",-2.5\r\n"say ""so"", please",\r\n'
    assert read_xlsx(as_xlsx([sheet])) == {"Mixed": [["what", "how many"], ["Libraries", 3], ["“Llyfrgelloedd”\nand more", -2.5], ['say "so", please', None]]}


@pytest.mark.parametrize("text", FORMULAE)
def test_no_text_is_a_formula(text: str) -> None:
    sheet = Sheet("Sheet", [text], [[text, 1]])
    rows = list(csv.reader(io.StringIO(as_csv(sheet).decode("utf-8-sig"), newline="")))
    assert rows == [[f"'{text}"], [f"'{text}", "1"]]
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([Sheet("Sheet", ["a", "b"], [[text, 1]])])))
    cell = book["Sheet"]["A2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)


def test_what_no_cell_can_hold() -> None:
    (_, row) = read_xlsx(as_xlsx([Sheet("Sheet", ["a", "b"], [["x" * (CELL_LIMIT + 5), "a\x01b\x0bc"]])]))["Sheet"]
    assert row == ["x" * CELL_LIMIT, "abc"]


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=4))
def test_csv_is_read_back_with_an_apostrophe_at_most(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(as_csv(Sheet("S", ["a", "b"], rows)).decode("utf-8-sig"), newline="")))
    assert [
        [cell if cell == given else cell.removeprefix("'") for cell, given in zip(got, row, strict=True)] for got, row in zip(read[1:], rows, strict=True)
    ] == rows
    assert not [cell for row in read for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]
