"""Citations: a chosen sentence's span with its source's record and standing on the day asked for."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant.answers import Citation, Notice, NoticeKind, OriginalWords
from assistant.changes import still_to_come, successions, told, told_ahead, touching
from assistant.composing import Candidate
from assistant.gate import Span
from corpus.sources import Authority, Source, Standing
from corpus.timeline import Change
from index.passages import Passage
from index.store import PassageStore


def cite(number: int, passage: Passage, sentence_number: int, store: PassageStore, day: date) -> Citation:
    """A citation of one sentence of a passage, with the publisher's own words for it where the original is there."""
    sentence = passage.sentences[sentence_number]
    place = place_in_source(passage.id, sentence.locator, store.sources[passage.source_id], day)
    return Citation(number=number, quote=passage.quote(sentence_number), original=original_words(passage, sentence_number, store), **place)


def original_words(passage: Passage, sentence_number: int, store: PassageStore) -> OriginalWords | None:
    """The publisher's own words for one sentence of a note, where the original is there."""
    pair = store.original_of(passage.id, sentence_number)
    found = store.passage(pair[0]) if pair else None
    if pair is None or found is None:
        return None
    return OriginalWords(passage_id=found.id, locator=found.sentences[pair[1]].locator, page=found.page, quote=found.quote(pair[1]))


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
    Standing.UNKNOWN: "Standing not confirmed",
}


def notices(citations: Sequence[Citation], store: PassageStore, day: date, today: date, sector: str | None = None) -> list[Notice]:
    """What must be said about the sources of an answer: weight, standing, what has changed since, and the day it speaks for."""
    changed, replaced = change_notices(citations, store, day, today, sector)
    ids = dict.fromkeys(citation.source_id for citation in citations)
    about = [notice for source_id in ids for notice in source_notices(source_id, citations, store, day, told=source_id in replaced)]
    return [*day_notices(day, today), *about, *changed]


def day_notices(day: date, today: date) -> list[Notice]:
    """What must be said about the day spoken for: nothing where it is today."""
    if day > today:
        return [Notice(kind="as_of", text=f"{_spoken(day)} is still to come. The answer gives what is known today, {_spoken(today)}.")]
    return [] if day == today else [Notice(kind="as_of", text=f"Standing is given as at {_spoken(day)}.")]


def source_notices(source_id: str, citations: Sequence[Citation], store: PassageStore, day: date, told: bool = False) -> list[Notice]:
    """Weight and standing of one source; `told` where a change that is told of anyway says what replaced it."""
    numbers = [citation.number for citation in citations if citation.source_id == source_id]
    return [Notice(kind=kind, text=text, citations=numbers) for kind, text in _about(store.sources[source_id], store.sources, day, told)]


def change_notices(
    citations: Sequence[Citation], store: PassageStore, day: date, today: date, sector: str | None = None
) -> tuple[list[Notice], frozenset[str]]:
    """The changes that the cited sentences come before, and the ids of the sources that had been replaced by them on the day."""
    touched = _touched(citations, store, sector)
    changes = {change.id: change for change, _ in touched}.values()
    came = successions(changes, store.timeline, day)
    found = [Notice(kind="standing", text=told(succession), citations=_numbers(touched, succession.change)) for succession in came]
    found += [Notice(kind="as_of", text=told_ahead(change), citations=_numbers(touched, change)) for change in still_to_come(changes, day, today)]
    return found, frozenset(source_id for succession in came for source_id in succession.change.replaces)


def _touched(citations: Sequence[Citation], store: PassageStore, sector: str | None) -> list[tuple[Change, int]]:
    """Each change that a cited sentence comes before, with the citation's number, by day."""
    records = {record.passage.id: record.passage for record in store.records([citation.passage_id for citation in citations])}
    found = [
        (change, citation.number)
        for citation in citations
        for change in touching(citation.quote, records[citation.passage_id], store.sources[citation.source_id], store.timeline, sector)
    ]
    return sorted(found, key=lambda each: (each[0].day, each[0].id, each[1]))


def _numbers(touched: Sequence[tuple[Change, int]], change: Change) -> list[int]:
    return [number for other, number in touched if other.id == change.id]


def _about(source: Source, sources: dict[str, Source], day: date, told: bool) -> list[tuple[NoticeKind, str]]:
    """Weight and standing of one source; `told` where a change that is told of anyway says what replaced it."""
    found: list[tuple[NoticeKind, str]] = []
    if source.authority is Authority.INDEPENDENT_REPORT:
        found.append(("authority", f"“{source.title}” is an independent report. What it recommends is not government policy."))
    elif source.authority is Authority.COMMENTARY:
        text = f"“{source.title}” ({source.publisher}) is commentary, not an official source. Check the official text before relying on it."
        found.append(("authority", text))
    standing = source.standing_on(day)
    if standing is Standing.SUPERSEDED and not told:
        later = [sources[identifier] for identifier in source.superseded_by if identifier in sources]
        ended = f" after {source.in_force_to.spoken()}" if source.in_force_to else ""
        by = f" by {' and '.join(f'“{each.title}”' for each in later)}" if later else ""
        found.append(("standing", f"“{source.title}” has been superseded{ended}{by}."))
    elif standing is Standing.WITHDRAWN:
        found.append(("standing", f"“{source.title}” has been withdrawn."))
    elif standing is Standing.HISTORIC and not told:
        published = source.published if isinstance(source.published, str) else source.published.spoken()
        found.append(("standing", f"“{source.title}” ({published}) is historic: it describes the position at its time."))
    elif standing is Standing.PROPOSED:
        began = source.began()
        if source.in_force_from or source.standing is Standing.PROPOSED or began is None:
            found.append(("standing", f"“{source.title}” was not in force on {_spoken(day)}: what it describes was still to come."))
        else:
            found.append(("standing", f"“{source.title}” was published after {_spoken(day)}: it tells of that time in looking back."))
    return found


def _spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
