"""Words for a verdict: what it is called, its mark, and a short way to say it aloud."""

from assistant.answers import Citation
from assistant.checking.verdicts import Check, Verdict
from assistant.citing import STANDING_WORDS
from assistant.rendering import published
from corpus.sources import Standing

VERDICT_WORDS: dict[Verdict, str] = {
    Verdict.SUPPORTED: "Supported",
    Verdict.CONTRADICTED: "Contradicted",
    Verdict.PARTLY: "Partly right",
    Verdict.NOT_COVERED: "Not covered by the guidance",
}
VERDICT_MARKS: dict[Verdict, str] = {Verdict.SUPPORTED: "✓", Verdict.CONTRADICTED: "✗", Verdict.PARTLY: "◐", Verdict.NOT_COVERED: "–"}
_OPENINGS: dict[Verdict, str] = {
    Verdict.SUPPORTED: "Yes, that is what the guidance says.",
    Verdict.CONTRADICTED: "No.",
    Verdict.PARTLY: "Only in part.",
    Verdict.NOT_COVERED: "The guidance that I have does not settle that.",
}


def to_say(check: Check) -> str:
    """What can be said in a meeting: the verdict, what settles it, and where that stands."""
    if check.verdict is Verdict.NOT_COVERED or not check.citations:
        return _OPENINGS[Verdict.NOT_COVERED]
    first = check.citations[0]
    said = first.quote if check.verdict is Verdict.SUPPORTED else check.explanation
    return f"{_OPENINGS[check.verdict]} {said} That is in {place(first)}."


def place(citation: Citation) -> str:
    """Where a citation stands, in one line, with its standing where it does not simply stand."""
    standing = "" if citation.standing is Standing.IN_FORCE else f"; {STANDING_WORDS[citation.standing].lower()}"
    return f"“{citation.title}”, {citation.locator} ({citation.publisher}, {published(citation.published)}{standing})"


def terminal_text(check: Check) -> str:
    """A checked claim for a terminal: verdict, why, parts, notices, sources with quotes, and the nearest guidance where nothing settles it."""
    lines = [f"{VERDICT_MARKS[check.verdict]} {VERDICT_WORDS[check.verdict]}", check.explanation]
    lines += [f"{VERDICT_MARKS[part.verdict]} {part.text}: {part.explanation}" for part in check.parts]
    lines += [f"! {notice.text}" for notice in check.notices]
    for heading, citations in (("Sources", check.citations), ("Nearest guidance (settles nothing)", check.related)):
        if citations:
            lines.append(heading)
            lines += [f"[{each.number}] {place(each)}\n    “{each.quote}”" + (f"\n    {each.url}" if each.url else "") for each in citations]
    if check.suggestion:
        lines.append(f"You could ask:\n  - {check.suggestion}")
    return "\n\n".join(lines)
