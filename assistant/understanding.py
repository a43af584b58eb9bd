"""Understanding a question: is it usable text, and what kind of answer does it ask for?"""

import re
import unicodedata
from enum import StrEnum

from assistant.errors import BadInputError
from assistant.facts import read_facts

_ALLOWED_CONTROLS = "\n\r\t"
_SPACES = re.compile(r"\s+")


class Kind(StrEnum):
    """What a question asks for."""

    LIST = "list"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    WHO = "who"
    YES_NO = "yes_no"
    DEFINITION = "definition"
    HOW = "how"
    OTHER = "other"


_LIST_NOUNS = (
    "things?|stuff|areas|points|matters|tasks|actions|priorities|phases|principles|tests|requirements|criteria|examples|steps|stages|options|forms|"
    "types|kinds|conditions|grounds|factors|issues|elements|reasons|benefits|departments|services|bodies|recommendations"
)
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    (Kind.MONEY, r"\bhow (much|big|large)\b.*\b(fund|money|cost|pay|paid|worth|saving|save|invest|budget|pot|grant|spend|fee|price)|£"),
    (Kind.MONEY, r"\b(cost|fee|price|budget|amount|value) (of|for)\b"),
    (Kind.NUMBER, r"\bhow (many|much|big|large|long|old|often|far|high)\b"),
    (Kind.NUMBER, r"\b(percentage|per cent|percent|proportion|rate|number|total|threshold|maximum|minimum|limit)\b"),
    (Kind.DATE, r"\bwhen\b|\bwhat (date|day|year|month)\b|\bby what\b|\bsince when\b|\bdeadline\b|\bhow soon\b"),
    (Kind.WHO, r"\bwho\b|\bwhom\b|\bwhose\b|\bwh(ich|at) (body|department|person|organisation|minister|chair)\b"),
    (Kind.LIST, r"\b(list|name) (the|all|some)\b|\bwhat (are|were) (the|some|all)\b"),
    (Kind.LIST, rf"\bwh(at|ich)\b.*\b(contain|include|{_LIST_NOUNS})\b"),
    (Kind.DEFINITION, r"^(so )?(what|who) (is|are|was|were) (an? |the )?[\w\s'()-]{2,60}\?*$"),
    (Kind.DEFINITION, r"\bwhat does .* (mean|stand for)|\bmeaning of\b|\bdefin(e|ition)\b"),
    (Kind.HOW, r"\bhow\b"),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)
_YES_NO = re.compile(
    r"^(so |and |but )?(is|are|was|were|can|could|do|does|did|must|should|will|would|may|might|has|have|had)\b(?! (you|i) (tell|list|explain|say|name))",
    re.IGNORECASE,
)


def question_kind(question: str) -> Kind:
    """The first kind whose pattern fits; a question that opens as a yes/no question is one."""
    if _YES_NO.search(question):
        return Kind.YES_NO
    return next((kind for kind, pattern in _COMPILED if pattern.search(question)), Kind.OTHER)


def holds(kind: Kind, sentence: str) -> bool:
    """Whether a sentence holds the sort of fact that a kind of question asks for; kinds that ask for no one sort find none."""
    facts = read_facts(sentence)
    if kind is Kind.MONEY:
        return any(number[:1] in "£€$" for number in facts.numbers)
    if kind is Kind.NUMBER:
        return bool(facts.numbers)
    if kind is Kind.DATE:
        return bool(facts.dates) or any(len(number) == 4 and number[:2] in ("19", "20") for number in facts.numbers)
    if kind is Kind.WHO:
        return len(facts.names) >= 2
    return False


def usable_text(text: str, field: str, limit: int) -> str:
    """The text with its spaces tidied.

    Raises BadInputError for empty or blank text, more than `limit` characters, and control or invisible characters,
    which can hide one text inside another.
    """
    if len(text) > limit:
        raise BadInputError(field, f"has {len(text):,} characters; the most is {limit:,}. Shorten it or ask in parts.")
    for position, character in enumerate(text):
        if character not in _ALLOWED_CONTROLS and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn"):
            raise BadInputError(field, f"has a control or invisible character (U+{ord(character):04X}) at position {position + 1}; remove it and ask again.")
    tidy = _SPACES.sub(" ", text).strip()
    if not tidy:
        raise BadInputError(field, "is empty. Type a question, for example: What is a public service mutual?")
    return tidy
