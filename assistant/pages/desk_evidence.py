"""The evidence of a reply as HTML, every value escaped: each sentence with its mark in word and symbol, its quote, place and standing."""

from collections.abc import Callable, Sequence
from html import escape

from assistant.answers import Citation, Notice
from assistant.desk.drafts import Draft, LetterSentence
from assistant.pages.parts import badges
from assistant.views import SearchResult
from index.terms import terms

AddressOf = Callable[[Citation], str]
"""Gives the permanent address of what a citation quotes."""
MARKS = {
    "supported": ("✓", "Supported"),
    "needs_source": ("?", "Needs a source"),
    "contradicted": ("✗", "Contradicted"),
    "not_needed": ("–", "Connecting words"),
}
OWN = ("✎", "Adviser’s own words")
_GRAVE = ("contradicted", "needs_source")


def evidence_of(draft: Draft, address_of: AddressOf, worst_first: bool = False) -> str:
    """Every sentence in the order of the letter, or those first that are contradicted, then those that need a source."""
    numbered = list(enumerate(draft.sentences, start=1))
    if worst_first:
        numbered.sort(key=lambda each: _GRAVE.index(each[1].support) if each[1].support in _GRAVE else len(_GRAVE))
    known = {citation.number: citation for citation in draft.citations}
    rows = "".join(_sentence(number, sentence, known, address_of) for number, sentence in numbered)
    listed = f'<ol tabindex="0" aria-label="Sentences of the reply">{rows}</ol>'
    return f'<section class="sentences" aria-label="Evidence"><h2>Evidence</h2><p>{escape(counted(draft.sentences))}</p>{listed}</section>'


def counted(sentences: Sequence[LetterSentence]) -> str:
    """How many sentences are of each kind, the gravest first."""
    told = []
    for support, words in (("contradicted", "contradicted"), ("needs_source", "without a source"), ("supported", "supported")):
        count = sum(sentence.support == support for sentence in sentences)
        if count or support == "supported":
            told.append(f"{count} {words}")
    return f"Of {len(sentences)} sentences: {', '.join(told)}."


def asides_html(unanswered: Sequence[str], notices: Sequence[Notice]) -> str:
    """What the guidance does not cover, and what the adviser must know."""
    parts = []
    if unanswered:
        parts.append(f"<h2>Not covered by the guidance</h2><ul>{''.join(f'<li>{escape(each)}</li>' for each in unanswered)}</ul>")
    if notices:
        parts.append(f"<h2>Please note</h2><ul>{''.join(f'<li>{escape(each.text)}</li>' for each in notices)}</ul>")
    return "".join(parts)


def results_html(query: str, results: Sequence[SearchResult]) -> str:
    """Passages found, each with the sentence that shares most words with the search, and the button and key that attach it."""
    if not results:
        return '<p role="status">Nothing was found. Try other words.</p>'
    rows = "".join(_result(number, result, query) for number, result in enumerate(results, start=1))
    return (
        f'<p role="status">{len(results)} passages. Put the cursor in a sentence of the letter, then press Alt and a number.</p><ol class="found">{rows}</ol>'
    )


def _sentence(number: int, sentence: LetterSentence, known: dict[int, Citation], address_of: AddressOf) -> str:
    sign, word = MARKS[sentence.support]
    own = f'<span class="own"><span aria-hidden="true">{OWN[0]}</span> {OWN[1]}</span>' if sentence.kind == "human" else ""
    mark = "" if own and sentence.support == "not_needed" else f'<span class="mark"><span aria-hidden="true">{sign}</span> {word}</span>'
    parts = [f'<li class="support-{sentence.support}"><p class="marks">{mark} {own}</p><p>{escape(sentence.text)}</p>']
    if sentence.why:
        parts.append(f'<p class="why">{escape(sentence.why)}</p>')
    if sentence.against:
        parts.append(f'<div class="against"><p>The guidance says:</p>{_quote(sentence.against, address_of, False)}</div>')
    for cited in sentence.citations:
        citation = known.get(cited)
        if citation:
            name = f"[{citation.number}] {citation.locator}, {citation.title}"
            parts.append(f"<details><summary>{escape(name)}</summary>{_quote(citation, address_of, True)}</details>")
    return "".join([*parts, "</li>"])


def _quote(citation: Citation, address_of: AddressOf, named: bool) -> str:
    """The exact words with their place, weight and standing. The library opens in a tab of its own, so that the letter stays."""
    locator = escape(citation.locator)
    place = "" if named else f'<p class="place">{locator}, {escape(citation.title)}</p>'
    way = f'<a href="{escape(address_of(citation))}" target="_blank">Show<span class="unseen"> {locator}</span> in the library</a>'
    return f'{place}<blockquote>{escape(citation.quote)}</blockquote>{badges(citation.authority, citation.standing)}<p class="way">{way}</p>'


def _result(number: int, result: SearchResult, query: str) -> str:
    passage = result.passage
    sentence = nearest_sentence(result, query)
    span = passage.sentences[sentence]
    key = f'<button type="button" class="button" data-attach="{number}" data-passage="{escape(result.passage_id)}" data-sentence="{sentence}">'
    return (
        f'<li><p class="place">{escape(span.locator)}, {escape(passage.title)}</p><blockquote>{escape(passage.text[span.start : span.end])}</blockquote>'
        f"{badges(passage.authority, passage.standing)}<p>{key}Attach<span class='unseen'> {escape(span.locator)}</span>&nbsp;(Alt+{number})</button> "
        f'<a href="{escape(passage.address)}" target="_blank">Show<span class="unseen"> {escape(span.locator)}</span> in the library</a></p></li>'
    )


def nearest_sentence(result: SearchResult, query: str) -> int:
    """The number of the passage's sentence, from 0, that shares most words with the search; of those that share as many, the first."""
    wanted = set(terms(query))
    shared = [len(wanted.intersection(terms(result.passage.text[span.start : span.end]))) for span in result.passage.sentences]
    return shared.index(max(shared))
