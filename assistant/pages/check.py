"""The check pages as HTML, every value escaped: claims with their verdicts, and a whole text with its sentences marked."""

from collections.abc import Callable, Sequence
from html import escape

from assistant.answers import Citation, Scope
from assistant.checking.text_export import told
from assistant.checking.verdicts import Check
from assistant.checking.whole_text import TEXT_LIMIT, CheckedText
from assistant.checking.wording import VERDICT_MARKS, VERDICT_WORDS, to_say
from assistant.nations import NATION_WORDS
from assistant.pages.parts import badges, publisher_link
from assistant.sectors import SECTOR_WORDS

AddressOf = Callable[[Citation], str]
"""Gives the permanent address of what a citation quotes."""
CHECK = "/check"
WHOLE_TEXT = "/check/text"
_CAUTION = "General guidance, not legal advice. “Not covered” says nothing for or against."


def claims_page(
    typed: str = "",
    checks: Sequence[Check] = (),
    before: Sequence[Check] = (),
    scope: Scope | None = None,
    error: str = "",
    address_of: AddressOf | None = None,
) -> str:
    """The page of claims: the one field, the verdicts just asked for, and those of this visit before them."""
    parts = ["<h1>Check a claim</h1>", _error(error, "claim")]
    described = "claim-hint error" if error else "claim-hint"
    focus = "" if checks else " autofocus"  # on a phone the keyboard would come up over the verdict
    parts.append(
        f'<form method="post" action="{CHECK}"><label for="claim">What was said?</label>'
        '<p class="hint" id="claim-hint">One claim, or several with one on each line.</p>'
        f'<textarea id="claim" name="claim" rows="3" aria-describedby="{described}"{focus}>{escape(typed)}</textarea>'
        f'{_hidden("earlier", [each.claim for each in (*checks, *before)])}<button class="main">Check</button>{_scope_fields(scope or Scope())}</form>'
    )
    parts += [_verdict(check, f"say-{number}", address_of) for number, check in enumerate(checks)]
    if checks or before:
        parts.append(_briefing([*checks, *before], scope or Scope()))
    if before:
        parts.append('<section><h2>Checked before in this visit</h2><ul class="before">')
        parts += [f"<li><strong>{_named(check)}</strong>: “{escape(check.claim)}” {escape(check.explanation)}</li>" for check in before]
        parts.append("</ul></section>")
    parts.append(f'<p><a href="{WHOLE_TEXT}">Check a whole text instead</a></p><p class="hint">{_CAUTION}</p>')
    return "".join(parts)


def whole_text_page(
    typed: str = "", checked: CheckedText | None = None, scope: Scope | None = None, error: str = "", address_of: AddressOf | None = None
) -> str:
    """The page of a whole text: the field, then the text as it was with each checked sentence marked, and what each mark rests on."""
    parts = ["<h1>Check a whole text</h1>", _error(error, "text")]
    parts.append(
        f'<form method="post" action="{WHOLE_TEXT}" data-wait="Checking. A long text takes some seconds."><label for="text">Leaflet, speech or letter</label>'
        f'<p class="hint" id="text-hint">Up to {TEXT_LIMIT:,} characters. It is not kept.</p>'
        f'<textarea id="text" name="text" rows="8" aria-describedby="text-hint{" error" if error else ""}">{escape(typed)}</textarea>'
        f'<button class="main">Check the text</button><p role="status"></p>{_scope_fields(scope or Scope())}</form>'
    )
    if checked:
        parts += _marked(checked, scope or Scope(), address_of)
    parts.append(f'<p><a href="{CHECK}">Check a single claim instead</a></p><p class="hint">{_CAUTION}</p>')
    return "".join(parts)


def _marked(checked: CheckedText, scope: Scope, address_of: AddressOf | None) -> list[str]:
    found = [(number, sentence) for number, sentence in enumerate((s for s in checked.sentences if s.check), start=1)]
    parts = [f'<h2>What was found</h2><p role="status">{escape(told(checked))}</p><div class="whole">']
    at = 0
    for number, sentence in found:
        assert sentence.check is not None
        parts.append(f'{escape(checked.text[at : sentence.start])}<mark class="verdict-{sentence.check.verdict}">{escape(sentence.text)} ')
        mark = VERDICT_MARKS[sentence.check.verdict]
        parts.append(
            f'<a href="#found-{number}"><span aria-hidden="true">{mark}</span> {number}<span class="unseen">: {_named(sentence.check, False)}</span></a></mark>'
        )
        at = sentence.end
    parts.append(f"{escape(checked.text[at:])}</div>")
    parts.append(
        f'<form method="post" action="{WHOLE_TEXT}/download">{_hidden("text", [checked.text])}{_scope_hidden(scope)}'
        '<button class="quiet">Download as a Word document</button></form>'
    )
    parts += [_verdict(sentence.check, f"say-{number}", address_of, f"found-{number}", f"{number}. ") for number, sentence in found if sentence.check]
    return parts


def _verdict(check: Check, say: str, address_of: AddressOf | None, anchor: str = "", before: str = "") -> str:
    """One verdict in word, mark and colour, with what settles it, where that stands, and words to say it in."""
    identifier = f' id="{anchor}"' if anchor else ""
    parts = [
        f'<article class="verdict verdict-{check.verdict}"{identifier}><h2>{before}{_named(check)}</h2><p class="claim">“{escape(check.claim)}”</p>'
        f'<p class="why">{escape(check.explanation)}</p>'
    ]
    if len(check.parts) > 1:
        parts.append("<ul>")
        parts += [
            f'<li><strong><span aria-hidden="true">{VERDICT_MARKS[part.verdict]}</span> {VERDICT_WORDS[part.verdict]}</strong>: '
            f"“{escape(part.text)}” {escape(part.explanation)}</li>"
            for part in check.parts
        ]
        parts.append("</ul>")
    if check.suggestion:
        parts.append(f"<p>{escape(check.suggestion)}</p>")
    parts += [_quote(citation, address_of) for citation in check.citations]
    if check.related:
        parts.append("<details><summary>Nearest guidance, which does not settle it</summary>")
        parts += [_quote(citation, address_of) for citation in check.related]
        parts.append("</details>")
    if check.notices:
        parts.append(f"<h3>Please note</h3><ul>{''.join(f'<li>{escape(notice.text)}</li>' for notice in check.notices)}</ul>")
    parts.append(
        f'<h3>To say it</h3><p class="say" id="{say}">{escape(to_say(check))}</p>'
        f'<button type="button" class="quiet" data-say="{say}" hidden>Copy to say it</button><span role="status"></span></article>'
    )
    return "".join(parts)


def _quote(citation: Citation, address_of: AddressOf | None) -> str:
    ways = f'<a href="{escape(address_of(citation))}">Show me the place</a>' if address_of else ""
    original = citation.original
    own = f'<p class="place">{escape(original.locator)}, in the publisher’s own words</p><blockquote>{escape(original.quote)}</blockquote>' if original else ""
    return (
        f'<blockquote>{escape(citation.quote)}</blockquote><p class="place"><strong>{escape(citation.locator)}</strong>, {escape(citation.title)} '
        f'({escape(citation.publisher)})</p>{badges(citation.authority, citation.standing)}{own}<p class="ways">{ways}{_original(citation)}</p>'
    )


def _original(citation: Citation) -> str:
    return publisher_link(citation.url).replace("Open the publisher’s page", "Show me the original")


def _named(check: Check, marked: bool = True) -> str:
    mark = f'<span aria-hidden="true">{VERDICT_MARKS[check.verdict]}</span> ' if marked else ""
    return f"{mark}{escape(VERDICT_WORDS[check.verdict])}"


def _error(message: str, field: str) -> str:
    if not message:
        return ""
    return f'<div class="error" role="alert" id="error"><h2>There is a problem</h2><p><a href="#{field}">{escape(message)}</a></p></div>'


def _hidden(name: str, values: Sequence[str]) -> str:
    return "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for value in values)


def _briefing(checks: Sequence[Check], scope: Scope) -> str:
    return (
        f'<form method="post" action="{CHECK}/briefing">{_hidden("claim", [check.claim for check in checks])}{_scope_hidden(scope)}'
        '<button class="quiet">Download a briefing (PDF)</button></form>'
    )


def _scope_hidden(scope: Scope) -> str:
    values = {"sector": scope.sector, "nation": scope.nation, "as_of": str(scope.as_of) if scope.as_of else None}
    return "".join(_hidden(name, [value]) for name, value in values.items() if value)


def _scope_fields(scope: Scope) -> str:
    opened = " open" if scope != Scope() else ""
    day = escape(str(scope.as_of)) if scope.as_of else ""
    sectors = _choices([(words, value) for value, words in SECTOR_WORDS.items() if value != "all"], scope.sector)
    return (
        f"<details{opened}><summary>For a service, a nation or another day</summary>"
        f'<label for="sector">Service</label><select id="sector" name="sector">{sectors}</select>'
        f'<label for="nation">Nation</label><select id="nation" name="nation">{_choices([(w, v) for v, w in NATION_WORDS.items()], scope.nation)}</select>'
        f'<label for="as_of">Day</label><p class="hint" id="day-hint">For example 2024-06-30. Leave it empty for today.</p>'
        f'<input type="text" id="as_of" name="as_of" value="{day}" aria-describedby="day-hint" autocomplete="off"></details>'
    )


def _choices(choices: Sequence[tuple[str, str]], chosen: str | None) -> str:
    options = [("Not set", ""), *choices]
    return "".join(f'<option value="{escape(value)}"{" selected" if value == (chosen or "") else ""}>{escape(words)}</option>' for words, value in options)
