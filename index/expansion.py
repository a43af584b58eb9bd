"""Glossary expansion: people's words and abbreviations told in the guidance's terms as well."""

import re
from dataclasses import dataclass

from corpus.glossary import Glossary


@dataclass(frozen=True)
class Expanded:
    """`text` is the question with the guidance's term beside each abbreviation or everyday word; `added` the terms alone;
    `translated` the question with the terms in place of people's words."""

    text: str
    added: tuple[str, ...]
    translated: str


class Expander:
    """Knows every way of saying each term of a glossary."""

    def __init__(self, glossary: Glossary):
        self._term_of: dict[str, str] = {}
        for term in glossary.terms:
            for phrase in (*term.also, *term.everyday):
                self._term_of[_plain(phrase)] = term.term
        phrases = sorted(self._term_of, key=len, reverse=True)
        alternatives = "|".join(re.escape(phrase).replace(r"\ ", r"[\s-]+") for phrase in phrases)
        self._pattern = re.compile(rf"(?<!\w)({alternatives})(?!\w)", re.IGNORECASE) if phrases else None
        self._terms = {_plain(term.term): term.term for term in glossary.terms}
        spelled = "|".join(re.escape(term).replace(r"\ ", r"[\s-]+") for term in sorted(self._terms, key=len, reverse=True))
        self._own = re.compile(rf"(?<!\w)(?:{spelled})(?!\w)", re.IGNORECASE) if spelled else None

    def expand(self, question: str) -> Expanded:
        """Put the term in brackets behind each phrase that stands for one, unless the question has the term already."""
        added: list[str] = []
        if self._pattern is None:
            return Expanded(question, (), question)
        lowered = question.lower()

        def tell(match: re.Match[str]) -> str:
            term = self._term_of[_plain(match[0])]
            if term.lower() in lowered or term in added:
                return match[0]
            added.append(term)
            return f"{match[0]} ({term})"

        text = self._pattern.sub(tell, question)
        translated = self._pattern.sub(lambda match: self._term_of[_plain(match[0])], question)
        return Expanded(text, tuple(added), translated)

    def own(self, text: str) -> list[str]:
        """The terms that a text has in their own words."""
        return [self._terms[_plain(match[0])] for match in self._own.finditer(text)] if self._own else []

    def phrases(self, text: str) -> list[tuple[str, str]]:
        """The phrases of a text that stand for a term, as written, each with its term; a term in its own words is none."""
        return [(match[0], self._term_of[_plain(match[0])]) for match in self._pattern.finditer(text)] if self._pattern else []


def _plain(phrase: str) -> str:
    return re.sub(r"[\s-]+", " ", phrase.strip().lower())
