"""What an earlier turn spoke of: the names and noun phrases of its question, the names in its answer, the items of its list."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.english import ASKING, AUXILIARIES, DETERMINERS, FUNCTION, ONLY_VERBS, PREPOSITIONS, VERBS
from assistant.leaning import words
from index.passages import Passage

_CAPITAL = r"(?:[A-Z][\w&'’-]*[\w]|[A-Z]|\d+[A-Z]\w*)"
_CALENDAR = frozenset(
    "January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday I".split()
)
_WHEN = rf"(?:{'|'.join(sorted(_CALENDAR))})\b"
_NAME = re.compile(
    rf"{_CAPITAL}(?:(?: (?:of|for) (?:the )?| (?:and|in|to|&|-|–) | )(?!{_WHEN}){_CAPITAL}"
    r"|(?<=Act) (?:19|20)\d\d|(?<=Regulations) (?:19|20)\d\d|(?<=Programme) \d)*"
)
_PLACE = re.compile(r"\b(?:section|regulation|schedule|article|chapter|recommendation|process|PPN) (?:\d[\w/().]*\w|\d|[A-Z]\b)", re.IGNORECASE)
_ITEM = re.compile(r"^\s*(?:[-•*]|\(?[ivxa-z\d]{1,4}[).])\s+", re.MULTILINE)
_MARK = re.compile(r"\[\d+\]|\*\*")
LONGEST = 9
"""Words of a phrase that may stand in a question for what was spoken of."""


def names(text: str) -> list[str]:
    """The names in a text, in order, each once: capitals after the first word, abbreviations, and places in law such as `section 33`."""
    found: list[tuple[int, str]] = [(match.start(), match[0]) for match in _PLACE.finditer(text)]
    for match in _NAME.finditer(text):
        name, start = match[0], match.start()
        opens = start == 0 or text[:start].rstrip()[-1:] in (".", "?", "!", ":", "\n")
        first, _, rest = name.partition(" ")
        if opens and (first.lower() in FUNCTION or (not rest and not _unlike_a_word(first))):
            cut = _NAME.search(rest)
            if not rest or cut is None:
                continue
            name, start = cut[0], start + len(first) + 1 + cut.start()
        name = re.sub(r"['’]s?$", "", name)
        if name.split()[0] not in _CALENDAR and name not in ("The", "A"):
            found.append((start, name))
    ordered = [name for _, name in sorted(found)]
    return [name for name in dict.fromkeys(ordered) if not any(name != other and name in other for other in ordered)]


def _unlike_a_word(word: str) -> bool:
    """An abbreviation, or a name with a capital or figure inside: MyCSP, 3BM, NAViGO."""
    return sum(character.isupper() for character in word) > 1 or any(character.isdigit() for character in word)


def noun_phrases(question: str) -> list[str]:
    """Runs of words in a question that look like a thing, with what hangs on them by `of`, `for`, `on`, `to` and `and`, in order, each once."""
    found: list[str] = []
    run: list[str] = []
    before = ""
    for token in [*words(question), None]:
        word = token[0] if token else "."
        plain = word.lower().replace("’", "'")
        linked = bool(run) and run[-1].lower() in _LINKS
        may_be_thing = plain not in ONLY_VERBS and (run or before in ("what", "which", "whose")) and not (run and run[-1][0].isupper())
        verb = plain in VERBS and (not may_be_thing or (linked and run[-1].lower() == "to"))
        if word[0].isalnum() and plain not in FUNCTION and plain not in _NO_THINGS and not verb:
            run += ["the", word] if before in ("what", "which") and not run else [word]
        elif (plain in DETERMINERS and (not run or linked)) or (plain in _LINKS and bool(run) and run[-1].lower() not in DETERMINERS):
            run.append(word)
        else:
            found.append(" ".join(run))
            run = [word] if plain in DETERMINERS else []
        before = plain
    return [tidy for tidy in dict.fromkeys(_tidy(phrase) for phrase in found) if tidy]


_LINKS = frozenset(("of", "for", "on", "to", "and"))
_NO_THINGS = frozenset(
    "many much long often big old soon far out up off down away back over whether altogether mostly instead again already yet exactly usually today "
    "nowadays later year years different same first tax-free first-year going".split()
)


def _tidy(phrase: str) -> str:
    """A phrase without loose ends; empty where nothing is left, it is too long, or it is one plain word that names nothing."""
    parts = phrase.split()
    while parts and (parts[-1].lower() in PREPOSITIONS | DETERMINERS | ONLY_VERBS | {"and"} or (len(parts) > 1 and parts[-1].endswith("ed"))):
        parts.pop()
    if not 0 < len(parts) <= LONGEST or all(part.lower() in FUNCTION or part.isdigit() for part in parts):
        return ""
    if len(parts) == 1 and parts[0].endswith("ed"):
        return ""
    return re.sub(r"['’]s?$", "", " ".join(parts))


def in_full(found: Sequence[str], text: str, carried: bool = True) -> list[str]:
    """Names as a text speaks of them: with their article and, where it is to be `carried`, the word behind that the name needs: `an NHS body`.

    Behind a name in a statement a verb may stand, so from an answer nothing is carried.
    """
    told: list[str] = []
    for name in found:
        match = re.search(rf"(?:\b(the|an?) )?{re.escape(name)}(?: ([a-z][\w-]+))?", text, re.IGNORECASE)
        article, after = (match[1], match[2]) if match else (None, None)
        carries = after is not None and after not in FUNCTION | VERBS | _NO_THINGS and not after.endswith("ed")
        extended = carried and carries and (article is not None or (name.isupper() and len(name) <= 4))
        told.append(f"{article.lower() + ' ' if article else ''}{name}{' ' + after if extended and after else ''}")
        if " in " in name:
            told.append(name.partition(" in ")[0])
    return list(dict.fromkeys(told))


def topic(heading: str, text: str) -> str:
    """A heading as something to speak of: what stands before a colon or comma; empty for a heading that is a clause. `text` shows which words are names."""
    part = re.split(r"[:,(]", heading)[0].strip()
    parts = [word.lower() for word in part.split()]
    if (
        not 0 < len(parts) <= LONGEST
        or "and" in parts
        or any(word in ASKING | AUXILIARIES | ONLY_VERBS | {"if", "once", "whether", "their", "its", "today"} for word in parts)
    ):
        return ""
    first, _, rest = part.partition(" ")
    plain = (
        first.lower() in DETERMINERS
        or (rest[:1].islower() and not _unlike_a_word(first))
        or (not _unlike_a_word(first) and bool(re.search(rf"\b{re.escape(first.lower())}\b", text)))
    )
    return f"{first.lower() if plain else first}{' ' if rest else ''}{rest}"


def items(answer_text: str) -> list[str]:
    """What the items of the list in an answer are called: the name each opens with, or else its first words. Empty where there is no list."""
    lines = [_MARK.sub("", line).strip() for line in answer_text.splitlines()]
    listed = [_ITEM.sub("", line) for line in lines if _ITEM.match(line)]
    return [label for label in map(_label, listed) if label]


def _label(item: str) -> str:
    named = [name for name in names(item) if item.startswith(name)]
    opening = re.split(r"[,;:.(]| which | that | who ", _ITEM.sub("", item))[0].strip()
    return named[0] if named else " ".join(opening.split()[:LONGEST])


def known_case(phrase: str, texts: Iterable[str]) -> str:
    """A phrase as the library writes it, where one of its texts has it in other capitals."""
    for text in texts:
        at = text.lower().find(phrase.lower())
        if at >= 0:
            return text[at : at + len(phrase)]
    return phrase


@dataclass(frozen=True)
class Subject:
    """Something an earlier turn spoke of, and where that was: a `name` or `phrase` of its question, its `answer`, a `heading` cited, an `older` turn."""

    text: str
    origin: str


ORIGINS = ("name", "phrase", "answer", "heading", "older")


def spoken_of(question: str, answer_text: str, cited: Sequence[Passage], older: Sequence[str]) -> list[Subject]:
    """What a turn spoke of, the likeliest to be meant next first. Of its answer and of headings only names and topics are taken, no date or figure."""
    asked = _WITH.sub(r"\1: ", question)
    texts = [text for passage in cited for text in (*passage.heading_path, *(passage.quote(number) for number in range(len(passage.sentences))))]
    opening = " ".join(re.split(r"(?<=[.:])\s+", _MARK.sub("", answer_text))[:2])
    headings = [topic(heading, passage.text) for passage in cited[:1] for heading in reversed(passage.heading_path)]
    found = [
        *(Subject(name, "name") for name in in_full(names(asked), asked)),
        *(Subject(known_case(phrase, texts), "phrase") for phrase in noun_phrases(asked)),
        *(Subject(name, "answer") for name in in_full(names(opening), opening, carried=False)[:2]),
        *(Subject(heading, "heading") for heading in headings if not any(character.isdigit() for character in heading)),
        *(Subject(name, "older") for question in reversed(older) for name in in_full(names(question), question)),
    ]
    kept: dict[str, Subject] = {}
    for subject in found:
        if any(abbreviates(subject.text, other.text) for other in kept.values()):
            continue  # the question spelled it out, and so shall the next
        kept.setdefault(re.sub(r"^(the|an?) ", "", subject.text.lower()), subject)
    return [subject for key, subject in kept.items() if key]


def abbreviates(name: str, phrase: str) -> bool:
    """Whether a name is made of the first letters of a phrase: `CIC` of `a community interest company`."""
    initials = "".join(word[0] for word in phrase.split() if word.lower() not in DETERMINERS | PREPOSITIONS | _LINKS)
    bare = name.removeprefix("the ").removeprefix("The ")
    return len(bare) > 1 and bare.isupper() and bare == initials.upper()


_WITH = re.compile(r"^With (.+?), (?=\w)")
"""How a follow-up that nothing could be put into is told (`assistant/rewording.py`): what it speaks of comes first."""
