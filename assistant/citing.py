"""Citations: a chosen sentence's span with its source's record and standing on the day asked for."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant.answers import Citation, Notice, NoticeKind
from assistant.composing import Candidate
from assistant.gate import Span
from corpus.sources import Authority, Source, Standing
from index.passages import Passage, PassageSentence


def cite(number: int, passage: Passage, sentence: PassageSentence, source: Source, day: date) -> Citation:
    """A citation of one sentence of a passage."""
    quote = passage.text[sentence.start : sentence.end]
    return Citation(number=number, quote=quote, **place_in_source(passage.id, sentence.locator, source, day))


def place_in_source(passage_id: str, locator: str, source: Source, day: date) -> dict[str, Any]:
    """The fields of a `PlaceInSource`."""
    return {
        "passage_id": passage_id,
        "source_id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "published": str(source.published),
        "authority": source.authority,
        "standing": source.standing_on(day),
        "superseded_by": list(source.superseded_by),
        "locator": locator,
        "url": str(source.url) if source.url else None,
    }


def span_of(candidate: Candidate) -> Span:
    """The span that a chosen sentence rests on."""
    sentence = candidate.sentence
    return Span(candidate.passage.id, candidate.passage.sha256, sentence.start, sentence.end, candidate.text)


AUTHORITY_WORDS = {
    Authority.STATUTE: "Act or regulations",
    Authority.STATUTORY_GUIDANCE: "Statutory guidance",
    Authority.POLICY_GUIDANCE: "Government guidance",
    Authority.POLICY_STATEMENT: "Statement of policy",
    Authority.INDEPENDENT_REPORT: "Independent report, not government policy",
    Authority.EVIDENCE: "Evidence or evaluation",
    Authority.CASE_STUDY: "Case study",
    Authority.COMMENTARY: "Commentary, not an official source",
}

STANDING_WORDS = {
    Standing.IN_FORCE: "In force",
    Standing.HISTORIC: "Historic",
    Standing.SUPERSEDED: "Superseded",
    Standing.WITHDRAWN: "Withdrawn",
    Standing.PROPOSED: "Proposed, not in force",
    Standing.UNKNOWN: "Standing today not confirmed",
}


def notices(citations: Sequence[Citation], sources: dict[str, Source], day: date, today: date) -> list[Notice]:
    """What must be said about the sources of an answer: weight, standing and the day it speaks for."""
    found: list[Notice] = []
    if day != today:
        found.append(Notice(kind="as_of", text=f"Standing is given as at {day.day} {day:%B %Y}."))
    for source_id in dict.fromkeys(citation.source_id for citation in citations):
        source = sources[source_id]
        numbers = [citation.number for citation in citations if citation.source_id == source_id]
        found += [Notice(kind=kind, text=text, citations=numbers) for kind, text in _about(source, sources, day)]
    return found


def _about(source: Source, sources: dict[str, Source], day: date) -> list[tuple[NoticeKind, str]]:
    told: list[tuple[NoticeKind, str]] = []
    if source.authority is Authority.INDEPENDENT_REPORT:
        told.append(("authority", f"“{source.title}” is an independent report. What it recommends is not government policy."))
    elif source.authority is Authority.COMMENTARY:
        text = f"“{source.title}” ({source.publisher}) is commentary, not an official source. Check the official text before relying on it."
        told.append(("authority", text))
    standing = source.standing_on(day)
    if standing is Standing.SUPERSEDED:
        later = [sources[identifier] for identifier in source.superseded_by if identifier in sources]
        ended = f" after {source.in_force_to.spoken()}" if source.in_force_to else ""
        by = f" by {' and '.join(f'“{each.title}”' for each in later)}" if later else ""
        told.append(("standing", f"“{source.title}” has been superseded{ended}{by}."))
    elif standing is Standing.WITHDRAWN:
        told.append(("standing", f"“{source.title}” has been withdrawn."))
    elif standing is Standing.HISTORIC:
        published = source.published if isinstance(source.published, str) else source.published.spoken()
        told.append(("standing", f"“{source.title}” ({published}) is historic: it describes the position at its time."))
    elif standing is Standing.PROPOSED:
        told.append(("standing", f"“{source.title}” was not in force on {day.day} {day:%B %Y}: what it describes was still to come."))
    return told
