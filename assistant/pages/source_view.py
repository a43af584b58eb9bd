"""A source opened on the library page: its record, what it replaced and what replaced it, and its sections."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from assistant.addresses import LIBRARY, source_address
from assistant.pages.change_list import changes_html
from assistant.pages.parts import badges, link, publisher_link
from assistant.pages.passage_text import passage_html
from assistant.pages.words import SECTOR_WORDS, THEME_WORDS
from assistant.rendering import published
from assistant.views import ChangeView, PassageView, SourceName, SourcePage, SourceView

OPEN_SECTIONS = 20
"""The sections of a source stand open up to this many; more are folded under the notes that they are in."""
FINDINGS = "These are findings of this library’s editors: what was looked for, and not found."


def source_card(view: SourceView) -> str:
    """A source in the list: its title as the way in, who published it, its weight, standing and themes."""
    source = view.source
    themes = f'<p class="themes">Themes: {escape(", ".join(THEME_WORDS[theme] for theme in view.themes))}</p>' if view.themes else ""
    return (
        f'<li class="card"><h3>{link(source_address(source.id), source.title)}</h3>'
        f'<p class="source">{escape(source.publisher)}, {escape(published(source.published))}</p>{badges(source.authority, view.standing)}{themes}</li>'
    )


def source_html(page: SourcePage) -> str:
    """The whole source."""
    source = page.source
    ours = [passage for passage in page.passages if not passage.is_original]
    theirs = [passage for passage in page.passages if passage.is_original]
    return "".join(
        [
            f'<article class="opened"><nav class="trail" aria-label="You are here"><p>{link(LIBRARY, "Library")} › {escape(source.title)}</p></nav>',
            f'<h1>{escape(source.title)}</h1><p class="source">{escape(source.publisher)}, {escape(published(source.published))}</p>',
            badges(source.authority, page.standing_today),
            succession("Replaced by", page.superseded_by),
            succession("Took the place of", page.superseded),
            f"<p>{publisher_link(str(source.url))}</p>"
            if source.url
            else "<p>These are findings of this library’s editors: what was looked for, and not found.</p>",
            _facts(page),
            _ours(ours),
            _theirs(theirs),
            _changes("What took its place, and when", page.replaced_in),
            _changes("What it took the place of", page.replacing_in),
            "</article>",
        ]
    )


def succession(label: str, names: Sequence[SourceName]) -> str:
    """The documents before or after a source, each a way to it."""
    if not names:
        return ""
    return f'<p class="succession"><strong>{escape(label)}:</strong> {"; ".join(link(source_address(name.id), name.title) for name in names)}</p>'


def _facts(page: SourcePage) -> str:
    source = page.source
    rows = [
        ("Applies in", source.extent),
        ("Services", ", ".join(SECTOR_WORDS[sector] for sector in source.sectors)),
        ("In force from", source.in_force_from.spoken() if source.in_force_from else ""),
        ("Last day in force", source.in_force_to.spoken() if source.in_force_to else ""),
        ("Themes", ", ".join(THEME_WORDS[theme] for theme in page.themes)),
        ("Standing checked", source.checked_on.spoken()),
    ]
    return f'<dl class="facts">{"".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in rows if value)}</dl>'


def _ours(passages: Sequence[PassageView]) -> str:
    """Our notes on the source, note by note."""
    if not passages:
        return "<h2>What the library says of it</h2><p>No note quotes this source yet.</p>"
    parts = ["<h2>What the library says of it</h2><p>In our own words, each section from one place in the source.</p>"]
    opened = " open" if len(passages) <= OPEN_SECTIONS else ""
    for note, group in groupby(passages, key=lambda passage: passage.heading_path[0]):
        sections = list(map(_section, group))
        parts.append(f"<details{opened}><summary><h3>{escape(note)}</h3> ({len(sections)})</summary>{''.join(sections)}</details>")
    return "".join(parts)


def _section(passage: PassageView) -> str:
    return (
        f'<section class="card"><h4>{escape(passage.heading_path[-1])}</h4><p class="place">{escape(passage.locator)}</p>{passage_html(passage.text)}'
        f'<p><a href="{escape(passage.address)}">Permanent address<span class="unseen"> of “{escape(passage.heading_path[-1])}”</span></a></p></section>'
    )


def _theirs(passages: Sequence[PassageView]) -> str:
    """The publisher's own text, as a list of its parts: each is read at its own address."""
    if not passages:
        return ""
    items = "".join(f"<li>{link(passage.address, _place(passage))}</li>" for passage in passages)
    return f"<h2>The publisher’s own text</h2><details><summary>{len(passages)} parts, in order</summary><ol>{items}</ol></details>"


def _place(passage: PassageView) -> str:
    opening = " ".join(passage.text.split()[:8])
    return f"{passage.locator}{f', p. {passage.page}' if passage.page else ''}: {opening}…"


def _changes(title: str, changes: Sequence[ChangeView]) -> str:
    return f"<h2>{escape(title)}</h2>{changes_html(changes)}" if changes else ""
