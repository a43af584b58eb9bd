"""Permanent addresses: of each source, passage and sentence on the library page, of each stage of a pathway, and of a question to ask."""

from urllib.parse import quote, urlencode

LIBRARY = "/library"
PATHWAY = "/pathway"


def source_address(source_id: str) -> str:
    """Where a source is shown."""
    return f"{LIBRARY}?source={quote(source_id, safe='')}"


def passage_address(passage_id: str, sentence: int | None = None) -> str:
    """Where a passage is shown and highlighted, or one of its sentences, counted from 1 as people count."""
    return f"{LIBRARY}?passage={quote(passage_id, safe='')}" + (f"&sentence={sentence}" if sentence else "")


def pathway_address(sector: str, stage: str = "", as_of: str = "") -> str:
    """Where a stage of a sector's pathway is shown; without a stage, the first."""
    asked = {"sector": "" if sector == "all" else sector, "stage": stage, "as_of": as_of}
    given = urlencode({name: value for name, value in asked.items() if value})
    return f"{PATHWAY}?{given}" if given else PATHWAY


def pathway_download(sector: str, kind: str, as_of: str = "") -> str:
    """Where a sector's pathway can be had as a document, `pdf` or `docx`."""
    return f"/api/v1/pathways/{quote(sector, safe='')}/download?{urlencode({'format': kind, **({'as_of': as_of} if as_of else {})})}"


def ask_address(question: str, sector: str) -> str:
    """The ask page with a question ready to be put, for a sector."""
    return f"/?{urlencode({'ask': question, 'sector': sector}, quote_via=quote)}"
