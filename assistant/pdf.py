"""PDF pages: one typeface, one set of styles, a foot with page numbers. The same story always gives the same bytes."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any


def pdf(story: Sequence[Any], title: str, subject: str, foot: str, day: date) -> bytes:
    """The flowables of a story on A4 pages, dated on the day, with a line at the foot of each."""
    from reportlab.lib.pagesizes import A4  # here and not above: starting up need not wait for it
    from reportlab.lib.units import mm
    from reportlab.platypus import SimpleDocTemplate

    made = f"D:{day:%Y%m%d}000000Z"

    def page(canvas: Any, _: Any) -> None:
        canvas.setDateFormatter(lambda *_: made)
        canvas.setFont("DejaVuSans", 8)
        canvas.drawString(20 * mm, 12 * mm, foot)
        canvas.drawRightString(A4[0] - 20 * mm, 12 * mm, f"Page {canvas.getPageNumber()}")

    file = BytesIO()
    margins = {"leftMargin": 20 * mm, "rightMargin": 20 * mm, "topMargin": 18 * mm, "bottomMargin": 22 * mm}
    about = {"title": title, "author": "", "subject": subject, "lang": "en-GB"}
    SimpleDocTemplate(file, pagesize=A4, invariant=1, **margins, **about).build(list(story), onFirstPage=page, onLaterPages=page)
    return file.getvalue()


@cache
def styles() -> dict[str, Any]:
    """The styles, in the typeface that comes with matplotlib: it has every letter of the notes, where the typefaces built into PDF lack some."""
    import matplotlib
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for name in ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique"):
        registerFont(TTFont(name, folder / f"{name}.ttf"))

    def style(name: str, size: float, before: float = 0, after: float = 4, face: str = "DejaVuSans", **more: Any) -> ParagraphStyle:
        return ParagraphStyle(name, fontName=face, fontSize=size, leading=size * 1.35, spaceBefore=before, spaceAfter=after, **more)

    bold = "DejaVuSans-Bold"
    return {
        "title": style("title", 20, 0, 10, bold),
        "paragraph": style("paragraph", 9.5),
        "stage": style("stage", 15, 16, 4, bold, keepWithNext=1),
        "step": style("step", 11.5, 10, 2, bold, keepWithNext=1),
        "part": style("part", 9.5, 3, 1, bold, keepWithNext=1),
        "statement": style("statement", 9.5, after=2, leftIndent=12, bulletIndent=2),
        "note": style("note", 9.5, face="DejaVuSans-Oblique"),
        "source": style("source", 8, after=1),
        "link": style("link", 8, after=2, leftIndent=12, textColor="#1d4f91"),
    }
