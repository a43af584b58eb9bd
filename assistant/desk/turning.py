"""Turning questions: an indirect one into one put straight, and a question into what was asked, where that is safe."""

import re

from assistant.english import FUNCTION, JOINING, PREPOSITIONS, VERBS

_AUX = r"can|could|is|are|was|were|will|would|must|should|may|might|has|have|do|does|did"
_PRONOUN = r"we|i|they|he|she|it|you|there|staff|people|employees|everyone|anyone"
_BARE = r"we|i|they|he|she|it|there"
"""Nothing that belongs to one of these can follow it, so that it can change places with a verb."""
_SUBJECT = rf"(?:{_PRONOUN})|(?:the|our|my|your|their|a|an|this|that|any|all)(?: (?!that\b|which\b|who\b|of\b|in\b|and\b)[\w'’-]+){{1,3}}?"
"""A pronoun, or a short noun phrase that nothing is put into."""
_CLAUSE = re.compile(rf"^(?:if|whether(?: or not)?)\s+(?P<subject>{_SUBJECT})\s+(?P<aux>{_AUX})\s+(?P<rest>.+)$", re.IGNORECASE)
_INDIRECT = re.compile(
    rf"^(?P<asking>(?:how (?:long|much|many|often|soon|far|old|big)|what|where|when|why|how|which)(?: (?!to\b)[\w’'-]+){{0,2}}?)\s+"
    rf"(?P<subject>{_SUBJECT})\s+(?P<aux>{_AUX})(?P<rest>\s.+)?$",
    re.IGNORECASE,
)
_WHETHER = re.compile(r"^(?:if|whether(?: or not)?)\s+", re.IGNORECASE)
_STRAIGHT = re.compile(rf"^(?P<aux>{_AUX})\s+(?P<subject>{_BARE})\s+(?P<rest>.+)$", re.IGNORECASE)
_ASKED = re.compile(
    rf"^(?P<asking>(?:how (?:long|much|many|often|soon|far|old|big|exactly)|what|where|when|why|how|who)(?: [\w’'-]+){{0,2}}?)\s+"
    rf"(?P<aux>{_AUX})\s+(?P<subject>{_BARE})\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_SUBJECT_ASKED = re.compile(
    r"^(?:who|what) (?:pays|decides|happens|counts|owns|runs|approves|makes|applies|employs|regulates|funds|has to|must|can)\b", re.IGNORECASE
)
_ASIDE = re.compile(
    r",? (?:which (?:i|we) (?:could|can|cannot|can['’]t|couldn['’]t|did|do|don['’]t|have|would)\b|(?:but|though) (?:that|this|it) is\b)[^,?]*$", re.IGNORECASE
)
"""What an enquirer adds to a question about the asking of it."""
_TURNED = {
    "we": "you", "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves",
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
}  # fmt: skip
_PERSON = re.compile(r"\b(we|us|our|ours|ourselves|i|me|my|mine|myself)\b(?!['’.])", re.IGNORECASE)
_UNSAFE = re.compile(r"\b(?:you|your|yours|am|we['’]\w+|i['’]\w+)\b", re.IGNORECASE)


def as_question(text: str, indirect: bool = False) -> str:
    """A clause as a question by itself: `whether we can stay` becomes `Can we stay?`; where it is `indirect`, `how long it can last` too is turned."""
    plain = re.sub(r"\s+", " ", text).strip(" \"“”'‘").rstrip(' .?!;:,–-"”')
    plain = _ASIDE.sub("", plain)
    clause = _CLAUSE.match(plain)
    if clause and clause["aux"].lower() not in ("do", "does", "did"):
        plain = f"{clause['aux']} {clause['subject']} {clause['rest']}"
    elif indirect and (inner := _INDIRECT.match(plain)) and _only_names(inner["asking"]) and inner["aux"].lower() not in ("do", "does", "did"):
        plain = f"{inner['asking']} {inner['aux']} {inner['subject']}{inner['rest'] or ''}"
    elif _WHETHER.match(plain) and not re.match(r"if .+,", plain, re.IGNORECASE):
        return claim_question(_WHETHER.sub("", plain))
    return f"{plain[:1].upper()}{plain[1:]}?"


def _only_names(asking: str) -> bool:
    """Whether no verb or conjunction stands among the words that ask: `what support` and not `what happens once`."""
    return not any(
        word in VERBS or word in JOINING or word in PREPOSITIONS or word.endswith("s")
        for word in asking.lower().split()[1:]
        if word not in ("long", "much", "many")
    )


def claim_question(claim: str) -> str:
    """A statement as a question: `Is it true that staff keep their pensions?`."""
    plain = re.sub(r"\s+", " ", claim).strip(" \"“”'‘").rstrip(' .?!;:,–-"”')
    plain = re.sub(r"^that\s+", "", plain, flags=re.IGNORECASE)
    first = plain.split(" ", 1)[0]
    if first.lower() in FUNCTION and first != "I":
        plain = plain[:1].lower() + plain[1:]
    return f"Is it true that {plain}?"


def asked(question: str, clause: str = "") -> str | None:
    """What was asked, to follow on "You asked": `whether you can stay in the scheme`. None where turning the question could go wrong.

    `clause` is how the enquirer put it where that was indirect already: `if we can stay in the scheme`.
    """
    plain = (clause or question).strip(" \"“”'‘").rstrip(' .?!;:,–-"”')
    if "?" in plain or ". " in plain or _UNSAFE.search(plain):
        return None
    if clause and re.match(r"(?:if|whether|how|what|when|where|who|which|why)\b", plain, re.IGNORECASE):
        return _turned(re.sub(r"^if\b", "whether", plain, flags=re.IGNORECASE))
    if plain.startswith("Is it true that "):
        return "whether " + _turned(plain.removeprefix("Is it true that "), as_is=True)
    if re.search(rf",? or (?:{_AUX})\b", plain):
        return None
    straight = _STRAIGHT.match(plain)
    if straight and straight["aux"].lower() not in ("do", "does", "did"):
        return "whether " + _turned(f"{straight['subject']} {straight['aux'].lower()} {straight['rest']}")
    if straight and straight["aux"].lower() == "do":
        return "whether " + _turned(f"{straight['subject']} {straight['rest']}")
    inner = _ASKED.match(plain)
    if inner and inner["aux"].lower() not in ("does", "did"):
        aux = "" if inner["aux"].lower() == "do" else f"{inner['aux']} "
        return _turned(f"{inner['asking']} {inner['subject']} {aux}{inner['rest']}")
    if _SUBJECT_ASKED.match(plain):
        return _turned(plain)
    return None


def _turned(text: str, as_is: bool = False) -> str:
    """The enquirer's words as said to them, beginning with a small letter unless they are to stay `as_is`."""
    told = _PERSON.sub(lambda match: _TURNED[match[0].lower()], " ".join(text.split()))
    told = re.sub(r"\byou was\b", "you were", told)
    return told if as_is else told[:1].lower() + told[1:]
