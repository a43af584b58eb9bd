"""The report's page: its frame, its sections and its tables, in HTML that fetches nothing."""

from collections.abc import Iterable, Sequence
from html import escape

STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem 4rem; font: 1rem/1.55 system-ui, sans-serif; color: #1d2a35; background: #fff; }
h1 { font-size: 1.7rem; line-height: 1.25; } h2 { margin-top: 2.5rem; font-size: 1.25rem; border-top: 1px solid #c9d3da; padding-top: 1.25rem; }
.table { overflow-x: auto; } .table:focus-visible { outline: 3px solid #1d6fa5; }
table { border-collapse: collapse; margin: 1rem 0; min-width: 50%; font-size: .92rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid #dde4e9; } tbody th { font-weight: 600; }
svg { display: block; width: 100%; height: auto; margin: 1rem 0; } code { overflow-wrap: anywhere; }
@media print { h2, figure, tr { break-inside: avoid; } }
"""


def page(title: str, parts: Iterable[str]) -> str:
    """A whole page of sections under one heading."""
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def section(heading: str, *parts: str) -> str:
    """A section; a part that begins with `<` is markup, any other a paragraph of text."""
    told = "\n".join(part if part.startswith("<") else f"<p>{escape(part)}</p>" for part in parts if part)
    return f"<section>\n<h2>{escape(heading)}</h2>\n{told}\n</section>"


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of text; the first cell of a row names it. It scrolls by itself where the page is narrow."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "\n".join(f'<tr><th scope="row">{escape(row[0])}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:]) + "</tr>" for row in rows)
    return (
        f'<div class="table" role="region" tabindex="0" aria-label="{escape(caption)}">\n<table>\n<caption>{escape(caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>"
    )
