"""Permanent addresses of the library page: one for each source, passage and sentence."""

from urllib.parse import quote

LIBRARY = "/library"


def source_address(source_id: str) -> str:
    """Where a source is shown."""
    return f"{LIBRARY}?source={quote(source_id, safe='')}"


def passage_address(passage_id: str, sentence: int | None = None) -> str:
    """Where a passage is shown and highlighted, or one of its sentences, counted from 1 as people count."""
    return f"{LIBRARY}?passage={quote(passage_id, safe='')}" + (f"&sentence={sentence}" if sentence else "")
