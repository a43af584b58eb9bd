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


def _plain(phrase: str) -> str:
    return re.sub(r"[\s-]+", " ", phrase.strip().lower())
