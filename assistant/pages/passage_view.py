"""A passage opened on the library page at its permanent address: highlighted, with the publisher's own words beside it."""

from collections.abc import Sequence
from html import escape

from assistant.addresses import LIBRARY, passage_address, source_address
from assistant.answers import OriginalWords
from assistant.pages.parts import badges, link, publisher_link
from assistant.pages.passage_text import passage_html, sentence_span
from assistant.pages.source_view import succession
from assistant.rendering import published
from assistant.views import PassageName, PassagePage, SourceName


def passage_view(page: PassagePage, superseded_by: Sequence[SourceName], sentence: int | None) -> str:
    """The passage with its source's weight and standing; the whole of it is marked, or one sentence, counted from 1."""
    span = sentence_span(page.sentences, sentence)
    told = "The sentence you followed is highlighted." if span else "This is the place you followed, highlighted."
    kind = "The publisher’s own words" if page.is_original else "In our own words"
    back = source_address(page.source_id)
    return "".join(
        [
            f'<article class="opened"><nav class="trail" aria-label="You are here"><p>{link(LIBRARY, "Library")} › {link(back, page.title)} › '
            f"{escape(page.locator)}</p></nav>",
            f"<h1>{escape(page.heading_path[-1])}</h1>",
            f'<p class="source">{escape(page.locator)} in {link(back, page.title)} ({escape(page.publisher)}, {escape(published(page.published))})</p>',
            badges(page.authority, page.standing),
            succession("Replaced by", superseded_by),
            f'<section class="card passage{" original" if page.is_original else ""}" aria-label="The passage">'
            f'<p class="place">{escape(kind)}: {escape(page.locator)}{f", p. {page.page}" if page.page else ""}</p>',
            passage_html(page.text, [span or (0, len(page.text))]),
            f'</section><p class="told">{told} The address of this page is permanent: copy it to point somebody to this place.</p>',
            f"<p>{publisher_link(page.url)}</p>" if page.url else "",
            _neighbours(page),
            _beside(page),
            "</article>",
        ]
    )


def place_of(words: OriginalWords) -> str:
    """Where the publisher's words stand: by page where the file has pages."""
    return f"The publisher’s words, {f'p. {words.page}' if words.page else words.locator}"


def _beside(page: PassagePage) -> str:
    """Each sentence with the publisher's own words for it, where there are any."""
    rows = [(number, words) for number, words in enumerate(page.originals, start=1) if words]
    if not rows:
        return ""
    told = "".join(_pair(page, number, words) for number, words in rows)
    return f"<h2>Our words beside the publisher’s</h2><p>The nearest sentence at the same place in the publisher’s own file.</p>{told}"


def _pair(page: PassagePage, number: int, words: OriginalWords) -> str:
    sentence = page.sentences[number - 1]
    ours = f"<p>{escape(page.text[sentence.start : sentence.end])}</p>"
    return (
        f'<div class="pair"><div><p class="place">{link(passage_address(page.passage_id, number), f"Our words, sentence {number}")}</p>{ours}</div>'
        f'<div><p class="place">{link(passage_address(words.passage_id), place_of(words))}</p><blockquote>{escape(words.quote)}</blockquote></div></div>'
    )


def _neighbours(page: PassagePage) -> str:
    parts = [_neighbour("Before this", page.previous), _neighbour("After this", page.next)]
    return f'<nav class="neighbours" aria-label="Beside this passage">{"".join(parts)}</nav>' if any(parts) else ""


def _neighbour(label: str, name: PassageName | None) -> str:
    return f"<p>{label}: {link(name.address, f'{name.heading}, {name.locator}')}</p>" if name else ""
