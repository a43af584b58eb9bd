"""The name by which to address whoever wrote an enquiry: only where they plainly give it."""

import re
from collections.abc import Sequence

from assistant.desk.enquiry_parts import Line, pattern

_PART = r"(?:[A-ZÀ-Þ][\w'’-]*[a-zà-ÿ]|[A-Z]\.?)"
_PARTICLE = r"(?:(?:van|de|der|den|von|al|ap|ab|bin|ben|la|le|di|da|dos) ){0,2}"
_NAME = re.compile(rf"(?:(?P<title>Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Cllr|Councillor)\.? )?(?P<name>{_PART}(?: {_PARTICLE}{_PART}){{0,3}})")
_CLOSING = re.compile(
    r"^.*?\b(?:regards|wishes|thanks|thank you|sincerely|faithfully|truly|cheers|rgds|many thanks in advance|ta|kr|br|diolch|cofion)\b[\s,.!–-]*", re.IGNORECASE
)
_NOT_NAMES = re.compile(
    r"\b(?:Team|Service|Services|Council|Trust|Library|Libraries|Manager|Director|Head|Officer|Department|Group|NHS|Ltd|CIC|Street|Road|House|Office|Sent|Thanks|"
    r"Thank|Regards|Best|Kind|Many|Yours|Dear|Hello|Hi|The|All|Chair|Board|Union|School|College|Centre|Lead|Nurse|Unit|Academy|Police|Fire|County|Borough|City|"
    r"Community|Health|Care|Social|Staff|Name|Caller|Cheers|Sincerely|Faithfully|Wishes|Please|Phone|Tel|Email|Mobile|Call|Notes?|Date|Time|Diolch|Cofion)\b"
)


def name_in(text: str, lines: Sequence[Line]) -> str:
    """The name, with its title where one is given: of whoever signs, else of the caller as noted. Empty where none is plain."""
    signed = [text[line.start : line.end] for line in lines if line.kind == "signature"]
    written = [text[line.start : line.end] for line in lines if line.kind == "body"]
    for said in [*signed[:3], *(each for each in written[-1:] if " " in each and not signed)]:
        told = _whole(_CLOSING.sub("", said))
        if told:
            return told
    for said in written:
        match = pattern("named").search(said)
        name = _NAME.match(said[match.end() :].lstrip()) if match else None
        if match and name and (name["title"] or " " in name["name"] or "name" in match[0].lower()) and not _NOT_NAMES.search(name[0]):
            return name[0]
    return ""


def _whole(line: str) -> str:
    """A line that is a name and nothing else, but for what stands after a comma or in brackets."""
    stripped = re.split(r"\s*[,(|–]\s*|\s+-\s+", line.strip())[0].strip(" .*_")
    match = _NAME.fullmatch(stripped)
    return match[0] if match and not _NOT_NAMES.search(match[0]) and (len(match["name"]) > 1) else ""


def addressed(name: str) -> str:
    """How a letter begins: `Dear Ms Jones,`, `Dear Sunita Patel,`, or `Dear enquirer,`."""
    match = _NAME.fullmatch(name)
    if match is None:
        return "Dear enquirer,"
    return f"Dear {match['title']} {match['name'].split()[-1]}," if match["title"] else f"Dear {match['name']},"
