"""The glossary's terms as HTML."""

from html import escape

import pytest
from views import HOSTILE

from assistant.pages.glossary import terms_html
from corpus.glossary import Term


def test_terms_with_what_else_they_are_called() -> None:
    terms = [
        Term(term="TUPE", meaning="Regulations on transfers."),
        Term(term="spin out", meaning="To leave.", also=("spinout", "PSM"), everyday=("go it alone",)),
    ]
    assert terms_html(terms) == (
        '<div role="status"><h2 class="count">2 terms</h2></div><dl class="glossary"><div class="card"><dt>TUPE</dt><dd>Regulations on transfers.</dd></div>'
        '<div class="card"><dt>spin out</dt><dd>To leave.</dd><dd class="also">Also called: spinout, PSM</dd>'
        '<dd class="also">In everyday words: go it alone</dd></div></dl>'
    )


def test_one_term_and_none() -> None:
    assert terms_html([Term(term="a", meaning="b")]).startswith('<div role="status"><h2 class="count">1 term</h2></div>')
    assert terms_html([]) == '<p role="status">No term fits. Try another word, or ask about it on the Ask page.</p>'


@pytest.mark.parametrize("field", ["term", "meaning", "also", "everyday"])
def test_markup_in_a_term_is_shown_and_not_run(field: str) -> None:
    def shown(words: str) -> str:
        value = (words,) if field in ("also", "everyday") else words
        return terms_html([Term.model_validate({"term": "a", "meaning": "b", field: value})])

    assert shown(HOSTILE) == shown("MARK").replace("MARK", escape(HOSTILE))
