"""Ways of telling a follow-up in full: what it leaves out, put in from the question before it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.agreement import agreeing, lower_first, put_in
from assistant.english import ASKING, AUXILIARIES, PREPOSITIONS
from assistant.leaning import Leaning, Shape, words
from assistant.subjects import names, noun_phrases

_TIME = re.compile(
    r"^(?:now|nowadays|today|these days|currently|still|later|afterwards|(?:in|since|before|after|by|until"
    r"|from) (?:\w+ )?(?:19|20)\d\d.*|a (?:year|month) later|since then)$",
    re.IGNORECASE,
)
_OLD_TIME = re.compile(
    r",? (?:now|nowadays|today|these days|currently|at present|at the moment|at the (?:start|beginning)|(?:in|since"
    r"|before|after|by|until|from|of) (?:\w+ )?(?:19|20)\d\d"
    r"|when (?:it|they) [^,?]+)(?=[ ,?]|$)",
    re.IGNORECASE,
)
_SINCE = re.compile(r"now|nowadays|today|these days|currently|later|afterwards|since", re.IGNORECASE)
_PRESENT = {"was": "is", "were": "are", "did": "does", "had": "has"}
_ORDINAL = re.compile(r"the (first|second|third|fourth|fifth|last|former|latter|other)(?: one)?$", re.IGNORECASE)
_PLACES = {"first": 0, "former": 0, "second": 1, "latter": 1, "other": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}


WAYS = (
    "item",
    "named in full",
    "put in",
    "put in further on",
    "with",
    "asked of it",
    "and",
    "at that time",
    "become",
    "in its place",
    "further",
    "what if",
    "in the case of",
    "what about",
)
OF_SUBJECT = frozenset(("named in full", "put in", "put in further on", "with", "become", "what if", "what about"))
"""The ways that use something the turn before spoke of."""


@dataclass(frozen=True)
class Wording:
    """One way of telling a follow-up in full. `way` is one of WAYS, `subject` what was put in or replaced, `rank` how far down its list that stood."""

    text: str
    way: str
    rank: int
    subject: str


def wordings(leaning: Leaning, before: str, subjects: Sequence[str], items: Sequence[str]) -> list[Wording]:
    """Every way, the likeliest first, each text once; `before` is the question before in full, `items` the list in its answer."""
    if leaning.shape is Shape.BARE:
        ways = _bare(leaning.core, before)
    elif leaning.shape is Shape.PART:
        item = _item(leaning.core, before, items)
        ways = _part(item or leaning.core, before, subjects)
    else:
        ways = _whole(leaning, subjects, items)
    made: dict[str, Wording] = {}
    for way in ways:
        told = Wording(sentence(way.text), way.way, way.rank, way.subject)
        if words(told.text):
            made.setdefault(told.text.lower(), told)
    return list(made.values())


def sentence(text: str) -> str:
    """A question as it is printed: a capital first, one question mark last, no doubled spaces."""
    tidy = re.sub(r"\s+([,.;:?!])", r"\1", " ".join(text.split())).strip(" ,.;:?!")
    tidy = re.sub(r"\bthe (the|a|an) ", r"\1 ", tidy)
    return f"{tidy[:1].upper()}{tidy[1:]}?" if tidy else text


def _whole(leaning: Leaning, subjects: Sequence[str], items: Sequence[str]) -> Iterator[Wording]:
    core = leaning.core
    for number, (start, end) in enumerate(leaning.pronouns[:2]):
        item = _item(core[start:end], "", items)
        if item:
            yield Wording(core[:start] + (lower_first(item) if start else item) + core[end:], "item", 0, item)
        for rank, subject in enumerate(subjects):
            put = put_in(core, start, end, subject)
            if put:
                yield Wording(put, "put in further on" if number else "put in", rank, subject)
    for rank, subject in enumerate(subjects):
        head = subject.split()[-1]
        short = re.search(rf"\b(?:the|this|that) {re.escape(head)}\b", core, re.IGNORECASE)
        if short and len(subject.removeprefix("the ").split()) > 1:
            full = subject if subject.startswith("the ") or any(character.islower() for character in subject[:1]) else f"the {subject}"
            yield Wording(core[: short.start()] + full + core[short.end() :], "named in full", rank, subject)
    for rank, subject in enumerate(subjects):
        yield Wording(f"With {lower_first(subject)}, {lower_first(core)}", "with", rank, subject)


def _item(phrase: str, before: str, items: Sequence[str]) -> str:
    """The item of a list that a phrase such as `the second one` means; empty where it means none. The other one is that which was not spoken of."""
    ordinal = _ORDINAL.match(phrase)
    if not ordinal:
        return ""
    word = ordinal[1].lower()
    left = [item for item in items if item.lower() not in before.lower()] if word == "other" else list(items)
    place = 0 if word == "other" and before else _PLACES[word]
    return left[place] if -len(left) <= place < len(left) else ""


def _bare(core: str, before: str) -> Iterator[Wording]:
    asked = before.strip(" ?")
    tokens = [token[0].lower() for token in words(asked)]
    rest = _after_asking(asked)
    if tokens and tokens[0] in AUXILIARIES:
        yield Wording(f"{core} {lower_first(asked)}", "asked of it", 0, "")
    elif rest:
        yield Wording(f"{core} {rest}", "asked of it", 0, "")
    else:
        yield Wording(f"{asked}, and {lower_first(core)}", "and", 0, "")


def _after_asking(asked: str) -> str:
    """What follows the question words where that is a question without them: `did the codes end` of `When did the codes end`."""
    tokens = words(asked)
    if not tokens or tokens[0][0].lower() not in ASKING:
        return ""
    for token in tokens[1:4]:
        if token[0].lower() in AUXILIARIES:
            rest = asked[token.start() :]
            return rest if len(rest.split()) > 2 else ""
    return ""


def _part(core: str, before: str, subjects: Sequence[str]) -> Iterator[Wording]:
    asked = before.strip(" ?")
    first, _, rest = core.partition(" ")
    if _TIME.match(core):
        yield Wording(_at_time(asked, core), "at that time", 0, "")
        if not _SINCE.match(core):
            return
        for rank, subject in enumerate(subjects[:2]):
            yield Wording(f"What has become of {lower_first(subject)} {core}", "become", rank, subject)
        return
    if first.lower() in PREPOSITIONS and rest:
        same = re.search(rf"\b{re.escape(first)} ((?:the |a |an )?[^,?]+?)(?= (?:in|on|for|to|under|by|with|at|when|if)\b|,|$)", asked, re.IGNORECASE)
        if same:
            yield Wording(asked[: same.start()] + core + asked[same.end() :], "in its place", 0, same[1])
        if first.lower() != "for":  # for whom or for what: in place of another, hardly ever besides
            yield Wording(f"{asked} {lower_first(core)}", "further", 0, "")
        for rank, phrase in enumerate(_headed(asked) if first.lower() == "for" else ()):
            start = asked.index(phrase)
            yield Wording(f"{asked[:start]}the {phrase.split()[-1]} {lower_first(core)}{asked[start + len(phrase) :]}", "in its place", rank, phrase)
        thing = rest
    elif first.lower() in ("if", "when", "once", "because", "where", "after", "before"):
        yield Wording(f"{asked} {lower_first(core)}", "further", 0, "")
        for rank, subject in enumerate(subjects[:2]):
            yield Wording(f"With {lower_first(subject)}, what {lower_first(core)}", "what if", rank, subject)
        return
    else:
        thing = core
    one_sentence = not re.search(r"[.?!]\s", asked)
    for rank, phrase in enumerate(_replaceable(asked, thing) if one_sentence else ()):
        place = re.search(rf"\b{re.escape(phrase)}\b", asked, re.IGNORECASE)
        if place:
            head = agreeing(asked[: place.start()], thing)
            yield Wording(head + (lower_first(thing) if head else thing) + asked[place.end() :], "in its place", rank, phrase)
    yield Wording(f"{asked}, in the case of {lower_first(thing)}", "in the case of", 0, "")
    for rank, subject in enumerate(subjects[:2]):
        yield Wording(f"What about {lower_first(thing)}, with {lower_first(subject)}", "what about", rank, subject)


def _headed(asked: str) -> list[str]:
    """Phrases of a question that say what kind of a thing is meant: `the light touch threshold`, of which there may be others."""
    return [
        phrase
        for phrase in noun_phrases(asked)
        if re.fullmatch(r"the(?: [a-z-]+){2,4}", phrase) and phrase in asked and not re.search(r" (?:of|for|to|and|on) ", phrase)
    ]


def _replaceable(asked: str, thing: str) -> list[str]:
    """What of a question another thing may take the place of: names for a name, else noun phrases too."""
    named = names(asked)
    phrases = [phrase for phrase in noun_phrases(asked) if phrase.split()[0].lower() not in ("many", "much")]
    return list(dict.fromkeys([*named, *phrases] if names(f"x {thing}") else [*phrases, *named]))[:4]


def _at_time(asked: str, when: str) -> str:
    """A question asked of another time: of the present where that is now."""
    cut = _OLD_TIME.sub("", asked)
    if re.match(r"now|today|these|current|still", when, re.IGNORECASE):
        cut = re.sub(r"\b(was|were|did|had)\b", lambda match: _PRESENT[match[1].lower()], cut, count=1)
        cut = re.sub(r"^(Who|Which \w+|What) (own|chair|regulat|provid|manag|deliver)e?d\b", lambda m: f"{m[1]} {m[2]}{'es' if m[2][-1] in 'gt' else 's'}", cut)
    return f"{cut} {lower_first(when)}"
