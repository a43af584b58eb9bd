"""A sentence as words that can be set beside another's: each in one form, with what stands before it and what kind of word it is."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from assistant.facts import read_facts


class Kind(StrEnum):
    """What a word does in a sentence."""

    FREE = "free"
    """It can come and go: `the`, `also`."""
    NEGATION = "negation"
    FORCE = "force"
    QUANTIFIER = "quantifier"
    CONDITION = "condition"
    """It narrows a statement or takes it back: `if`, `until`, `repealed`."""
    FIGURE = "figure"
    NAME = "name"
    PLAIN = "plain"


NARROWING = frozenset((Kind.NEGATION, Kind.FORCE, Kind.QUANTIFIER, Kind.CONDITION))
"""Kinds of words that may not come or go without changing what is said."""


@dataclass(frozen=True)
class Word:
    """One word: `key` is what it is compared by, `marks` the punctuation between it and the word before it, without spaces."""

    key: str
    kind: Kind
    marks: str = ""

    @property
    def weight(self) -> int:
        """What it counts for where two sentences are set side by side."""
        return 1 if self.kind is Kind.FREE else 2 if self.key in INTRODUCERS else 6

    def after(self, marks: str) -> "Word":
        """The word with other punctuation before it."""
        return replace(self, marks=marks)


INTRODUCERS = frozenset(
    "in on at by under from since until till to for with within during after before between if when where while as because over through against".split()
)
"""Words that begin a part of a sentence that may stand at its front or its end. `of` does not: what it begins stays where it is."""
_KINDS = {
    Kind.FREE: "a the also then itself themselves",
    Kind.NEGATION: "not no never none neither nor without nothing nobody no-one hardly",
    Kind.FORCE: "must shall should ought may can could might will would required require requires compulsory mandatory obliged recommended recommend "
    "recommends recommendation proposed propose proposal planned plan plans intended expected allowed allow permitted lets let able optional voluntary "
    "claimed claims claim argued argues argue believed believes thought thinks feared fears hoped doubted doubts suggested suggests advised advises",
    Kind.QUANTIFIER: "all every each any only solely some several many most few half both either majority minority always often sometimes usually normally "
    "generally least more less fewer longer shorter up over under about around nearly almost approximately first last",
    Kind.CONDITION: "if unless except until till where when provided whether before after since within now once former formerly originally draft repealed "
    "revoked withdrawn ended closed abolished superseded replaced expired lapsed disputed alleged wrongly",
}
_KIND_OF = {word: kind for kind, words in reversed(_KINDS.items()) for word in words.split()}
_WORD = re.compile(r"[£€$]?\d+(?:[,./–-]\d+)*(?:\([\w]+\))*%?|[^\W_]+(?:['’-][^\W_]+)*['’]?")
_SAME_FORM = {"an": "a", "are": "is", "were": "was", "have": "has", "do": "does", "does": "does", "these": "this", "those": "that"}
_REWRITES = (
    (re.compile(r"\bcan(?:not|['’]t)\b", re.IGNORECASE), "can not"),
    (re.compile(r"\bwon['’]t\b", re.IGNORECASE), "will not"),
    (re.compile(r"n['’]t\b"), " not"),
    (re.compile(r"\s?\bper ?cent\b"), "%"),
    (re.compile(r"\bnot (more|less|longer|later|fewer) than\b"), r"no \1 than"),
)
"""Forms of words that say the same wherever they stand."""
_MUST = re.compile(r"\b(?:has|have|needs?|is required|are required) to\b")
"""Said of duties that nothing denies: `nobody has to` is not `nobody must`."""
_DENIES = re.compile(r"\b(?:not|no|never|none|neither|nor|without|nothing|nobody|few|only)\b", re.IGNORECASE)
_SAME_SENSE = ({"staff", "employee"}, {"start", "begin"}, {"started", "began"}, {"buy", "purchase"}, {"bought", "purchased"}, {"choose", "select"},
               {"chosen", "selected"}, {"keep", "retain"}, {"kept", "retained"}, {"receive", "get"}, {"received", "got"}, {"about", "around", "approximately"},
               {"may", "can"}, {"allowed", "permitted"})  # fmt: skip
"""Words that say the same in every sentence of this library. Words that only may (`run` and `control`) are left out: a wrong one costs more than a lost
sentence."""
_SENSE = {word: sorted(words)[0] for words in _SAME_SENSE for word in words}


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a sentence, in order.

    >>> [(word.key, word.marks) for word in words_of("Mutuals (like ours) can't pay 5 per cent.")]
    [('mutual', ''), ('like', '('), ('our', ''), ('can', ')'), ('not', ''), ('pay', ''), ('5%', '')]
    """
    for said, plain in _REWRITES:
        text = said.sub(plain, text)
    if not _DENIES.search(text):
        text = _MUST.sub("must", text)
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        marks = re.sub(r"\s", "", text[end : match.start()])
        found.append(_word(match[0], marks, opens=not found))
        end = match.end()
    return tuple(found)


def _word(said: str, marks: str, opens: bool) -> Word:
    plain = re.sub(r"['’]s?$", "", said.lower())
    owns = "'s" if re.search(r"['’]s?$", said) else ""
    figures = read_facts(plain).numbers
    if any(character.isdigit() for character in plain) or (len(figures) == 1 and "-" not in plain):
        figure = plain if any(character.isdigit() for character in plain) else next(iter(figures))
        return Word(figure.replace(",", ""), Kind.FIGURE, marks)
    key = _SAME_FORM.get(plain) or _singular(plain)
    kind = _KIND_OF.get(plain) or _KIND_OF.get(key) or (Kind.NAME if said[:1].isupper() and not opens else Kind.PLAIN)
    return Word(_SENSE.get(key, key) + owns, kind, marks)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word
