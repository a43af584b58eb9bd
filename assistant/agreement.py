"""Putting a subject into a question in place of a pronoun, in its number and in good English."""

import re

from assistant.english import ASKING, AUXILIARIES, PREPOSITIONS

_SINGULAR = {"do": "does", "are": "is", "have": "has", "were": "was"}
_PLURAL = {value: key for key, value in _SINGULAR.items()}
_OPENERS = (
    ASKING | AUXILIARIES | PREPOSITIONS | frozenset("the a an if once all any each every no some my our your now how there this that these those".split())
)
_SOMEBODY = re.compile(
    r"\b(?:council|trust|board|government|union|employer|company|body|bodies|authority|authorities|charity"
    r"|charities|NHS|staff|people|department|minister|regulator|society|"
    r"mutual|partnership|\w+(?:ers|ors|ees|ants|ians|men|women))s?$",
    re.IGNORECASE,
)
_SOMETHING = re.compile(
    r"\b(?:Act|Acts|Regime|Scheme|Test|Fund|Relief|Regulations|Programme|Review|Report|Statement|Code|Codes|Consent"
    r"|Deal|Tax|Direction|Threshold|TUPE|VAT|EIS|\w*\d+|"
    r"Right to \w+|Duty|Plan|Model)$"
)


def put_in(core: str, start: int, end: int, subject: str) -> str:
    """The question with the subject in place of a pronoun; empty where it would not be English."""
    pronoun, head, tail = core[start:end].lower(), core[:start], core[end:]
    following = re.match(r"\s+([\w'’-]+)", tail)
    after = following[1].lower() if following else ""
    said = lower_first(subject) if start else subject
    if pronoun in ("its", "their", "his", "her"):
        own = f"{said}'" if said.endswith("s") else f"{said}'s"
        return head + own + tail
    if (
        pronoun in ("this", "that", "these", "those")
        and after
        and after not in AUXILIARIES | PREPOSITIONS | {"apply", "mean", "cover", "count", "hold", "too", "instead"}
    ):
        return ""
    tail = re.sub(r"^['’](s|re)\b", lambda match: " is" if match[1] == "s" else " are", tail)
    if pronoun == "there":
        return f"{head}with {said}{tail}"
    if pronoun.endswith(("one", "ones")) or pronoun in ("latter", "former"):
        return ""
    if pronoun in ("these", "those") and not many(subject):
        return ""
    if pronoun in ("they", "them", "he", "she", "him") and not many(subject) and not acts(subject):
        return ""
    if pronoun in ("it", "they", "that", "this", "he", "she", "these", "those"):
        head = agreeing(head, subject)
    return head + said + tail


def many(subject: str) -> bool:
    head = (re.split(r" (?:of|for|in|on|under|at) ", subject)[0].split() or [""])[-1]
    return (head.islower() and head.endswith("s") and not head.endswith(("ss", "us", "is"))) or head in ("staff", "people")


def acts(subject: str) -> bool:
    """Whether a subject is somebody, whom people speak of as they: a body or people, or a name that is not of a law, a scheme or the like."""
    head = re.split(r" (?:of|for|in|on|under|at|with) ", subject)[0]
    return not _SOMETHING.search(head) and (bool(_SOMEBODY.search(head)) or head.removeprefix("the ")[:1].isupper())


def agreeing(head: str, thing: str) -> str:
    """The words before a thing with their verb in its number."""
    forms = _SINGULAR if not many(thing) else _PLURAL

    def form(match: re.Match[str]) -> str:
        other = forms.get(match[1].lower(), match[1])
        return (other.capitalize() if match[1][0].isupper() else other) + match[2]

    return re.sub(r"(?<!\bto )\b(do|does|is|are|has|have|was|were)(\s+)$", form, head, flags=re.IGNORECASE)


def lower_first(text: str) -> str:
    """A phrase for the middle of a sentence: a small letter first, unless it opens with a name."""
    first, _, rest = text.partition(" ")
    return f"{first.lower()}{' ' if rest else ''}{rest}" if first.lower() in _OPENERS else text
