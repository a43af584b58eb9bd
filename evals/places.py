"""When a cited place is a gold place."""

import re

from evals.questions import Place


def fits(source_id: str, locator: str, gold: Place) -> bool:
    """Whether a citation stands at a gold place: the same source, and the same locator or a sub-point of it (or it of that)."""
    if source_id != gold.source:
        return False
    cited, wanted = _plain(locator), _plain(gold.locator)
    return cited == wanted or cited.startswith(f"{wanted}(") or wanted.startswith(f"{cited}(")


def _plain(locator: str) -> str:
    return re.sub(r"\s+", " ", locator.replace("’", "'")).strip().lower()
