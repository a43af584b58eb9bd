"""Tables as files for spreadsheets: CSV and XLSX, in which nothing is ever taken for a formula."""

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_LIMIT = 32_767
"""Characters that one cell of an XLSX sheet holds (ECMA-376, and Excel's own limit)."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a cell that a spreadsheet may take for a formula begins with (OWASP, CSV injection)."""
_WIDEST = 80

Cell = str | int | float | None


class Sheet(NamedTuple):
    """One table: its name, its columns and its rows."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def as_csv(sheet: Sheet) -> bytes:
    """The table in UTF-8 with the mark that Excel knows it by. A text that looks like a formula has an apostrophe before it."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([_harmless(column) for column in sheet.columns])
    writer.writerows([_harmless(cell) for cell in row] for row in sheet.rows)
    return file.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return f"'{cell}" if _is_formula(cell) else cell
    return cell


def _is_formula(text: str) -> bool:
    return text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)


def as_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """The tables as sheets of one workbook, their heads frozen. Every text is stored as text, a formula's too; what no cell can hold is left out."""
    from openpyxl import Workbook  # here and not above: starting up need not wait for it
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font

    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "A2"
        for number, column in enumerate(sheet.columns):
            longest = max([len(column), *(len(str(row[number] or "")) for row in sheet.rows)])
            page.column_dimensions[chr(ord("A") + number)].width = min(longest + 2, _WIDEST)
        for position, row in enumerate([sheet.columns, *sheet.rows]):
            cells = []
            for value in row:
                cell = WriteOnlyCell(page)
                if isinstance(value, str):
                    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:CELL_LIMIT]
                    cell.data_type = "s"
                    cell.quotePrefix = _is_formula(value)
                else:
                    cell.value = value
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if not position:
                    cell.font = Font(bold=True)
                cells.append(cell)
            page.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
