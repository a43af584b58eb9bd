"""Views to show, made by hand."""

from typing import Any

from assistant.addresses import passage_address
from assistant.views import ChangeView, PassageName, PassagePage, PassageView, SourceName, SourcePage, SourceView

HOSTILE = "</p><script>alert(1)</script><img src=x onerror=alert(1)>\"'&"
TEXT = "The route should contain two things:\n\n- (i) It should tell staff of their right.\n- (ii) It should name a person."


def passage(**changes: Any) -> dict[str, Any]:
    """The fields of a passage of three sentences."""
    fields = {
        "passage_id": "note.route",
        "source_id": "report",
        "title": "The Report",
        "publisher": "The Taskforce",
        "published": "2012-06",
        "authority": "independent_report",
        "standing": "historic",
        "superseded_by": [],
        "locator": "Recommendation 2",
        "url": "https://example.org/report",
        "heading_path": ["A note", "A clear route"],
        "text": TEXT,
        "sha256": "0",
        "sentences": [
            {"start": 0, "end": 36, "role": "lead_in", "locator": "Recommendation 2"},
            {"start": 44, "end": 80, "role": "item", "locator": "Recommendation 2(i)"},
            {"start": 88, "end": 112, "role": "item", "locator": "Recommendation 2(ii)"},
        ],
        "is_original": False,
        "page": None,
        "address": passage_address(changes.get("passage_id", "note.route")),
    }
    return {**fields, **changes}


def passage_view(**changes: Any) -> PassageView:
    """A passage as it is listed."""
    return PassageView.model_validate(passage(**changes))


def passage_page(**changes: Any) -> PassagePage:
    """A passage as it is read by itself."""
    return PassagePage.model_validate({**passage(), "originals": [None, None, None], "previous": None, "next": None, **changes})


def passage_name(identifier: str) -> PassageName:
    """A passage named in passing."""
    return PassageName(passage_id=identifier, heading=f"Heading of {identifier}", locator="p. 1", address=passage_address(identifier))


def source_name(identifier: str, title: str | None = None) -> SourceName:
    """A source named in passing."""
    return SourceName.model_validate({"id": identifier, "title": title or f"Title of {identifier}", "standing_today": "in_force"})


def source(**changes: Any) -> dict[str, Any]:
    """The fields of a catalogue record."""
    fields = {
        "id": "report",
        "title": "The Report",
        "publisher": "The Taskforce",
        "published": "2012-06",
        "kind": "report",
        "authority": "independent_report",
        "extent": "England",
        "url": "https://example.org/report",
        "standing": "historic",
        "checked_on": "2026-11-22",
        "sectors": ["all"],
        "audiences": ["staff"],
        "topics": ["rights"],
    }
    return {**fields, **changes}


def source_view(themes: tuple[str, ...] = (), **changes: Any) -> SourceView:
    """A source as it is listed."""
    record = source(**changes)
    return SourceView.model_validate({"source": record, "standing_today": record["standing"], "standing": record["standing"], "themes": themes})


def source_page(record: dict[str, Any] | None = None, **changes: Any) -> SourcePage:
    """A source as it is read by itself."""
    empty = {"supersedes": [], "superseded": [], "superseded_by": [], "replaced_in": [], "replacing_in": [], "passages": []}
    return SourcePage.model_validate({**dict(source_view(**(record or {}))), **empty, **changes})


def change(identifier: str = "old-to-new", **changes: Any) -> ChangeView:
    """A change of the timeline."""
    fields = {
        "id": identifier,
        "day": "2020-04-01",
        "before": "the old rule",
        "after": "the new rule",
        "services": "contracts",
        "extent": "England",
        "sectors": ["all"],
        "told_in": ["note.change"],
        "has_come_about": True,
        "sources": [],
        "passages": [],
    }
    return ChangeView.model_validate({**fields, **changes})
