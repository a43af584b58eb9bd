"""Changes of the timeline as a list in words: what stood before, what stands after, since when and for whom."""

from collections.abc import Sequence
from html import escape

from assistant.addresses import source_address
from assistant.pages.parts import link
from assistant.views import ChangeView


def changes_html(changes: Sequence[ChangeView]) -> str:
    """The changes, the latest first."""
    return f'<ol class="changes">{"".join(_change(change) for change in reversed(changes))}</ol>'


def _change(change: ChangeView) -> str:
    ahead = "" if change.has_come_about else ' <span class="badge standing-proposed">Still to come</span>'
    told = _rows(
        ("Before", escape(change.before)),
        ("After", _after(change)),
        ("For", escape(f"{change.services} ({change.extent})")),
    )
    behind = _rows(
        ("Read about it", _listed([link(passage.address, f"{passage.heading}, {passage.locator}") for passage in change.passages])),
        ("Documents before", _sources(change, change.replaces)),
        ("Documents since", _sources(change, change.by)),
    )
    more = f'<details><summary>Read more<span class="unseen"> about {escape(change.before)}</span></summary>{behind}</details>' if behind else ""
    return f'<li class="card"><h3>{escape(change.day.spoken())}{ahead}</h3>{told}{more}</li>'


def _after(change: ChangeView) -> str:
    if not change.after:
        return "nothing is recorded in its place"
    return f"<strong>{escape(change.after)}</strong>{f', from {escape(change.since.spoken())}' if change.since else ''}"


def _rows(*rows: tuple[str, str]) -> str:
    told = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows if value)
    return f"<dl>{told}</dl>" if told else ""


def _sources(change: ChangeView, ids: Sequence[str]) -> str:
    return _listed([link(source_address(source.id), source.title) for source in change.sources if source.id in ids])


def _listed(items: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else ""
