"""What the timeline says of the sentences of an answer: which changes they come before, and what has stood since."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corpus.dates import PartialDate
from corpus.sources import Source
from corpus.timeline import Change, Timeline
from index.passages import Passage


def touching(text: str, passage: Passage, source: Source, timeline: Timeline, sector: str | None = None) -> list[Change]:
    """The changes after which a sentence, as told by its source, no longer describes what stands.

    Either its source itself was replaced, for readers of this sector, or it names what was replaced and its source was there before the change.
    A passage that tells of the change, or of what has stood since, is not touched by it.
    """
    return [change for change in timeline.changes if change.is_for(sector, passage.sectors) and _touches(change, text, passage.id, source)]


def _touches(change: Change, text: str, passage_id: str, source: Source) -> bool:
    if passage_id in (*change.told_in, *change.now) or source.id in change.by:
        return False
    if source.id in change.replaces:
        return True
    began = source.began()
    return (began is None or began < change.day.first) and names_it(change, text)


def asked_of(question: str, timeline: Timeline, sector: str | None) -> list[Change]:
    """The changes whose old thing a question names. A change for some services alone is left out where another one named is for all."""
    named = [change for change in timeline.changes if names_it(change, question)]
    if sector in (None, "all"):
        general = [change for change in named if change.ends_sources()]
        return general or named
    return [change for change in named if change.is_for(sector)]


def names_it(change: Change, text: str) -> bool:
    """Whether a text speaks of what was before the change by one of its names."""
    return bool(change.names) and bool(_pattern(change.names).search(text))


@lru_cache(maxsize=1024)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(name).replace(r"\ ", r"[\s-]+") for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Succession:
    """A change that has come about, and what came of its successor in turn; the last of them says what stands."""

    change: Change
    further: tuple[Change, ...]

    @property
    def last(self) -> Change:
        return self.further[-1] if self.further else self.change


def successions(changes: Iterable[Change], timeline: Timeline, day: date) -> list[Succession]:
    """The changes among these that had come about by a day, each with the rest of its chain; one that is part of another's chain is left to it."""
    found = [Succession(change, tuple(timeline.after(change, day))) for change in changes if change.happened_by(day)]
    later = {change.id for succession in found for change in succession.further}
    return [succession for succession in found if succession.change.id not in later]


def told(succession: Succession) -> str:
    """The succession in one or more plain sentences.

    `On 29 November 2018, the Public Procurement Review Service took the place of the Mystery Shopper service (…).`
    """
    return " ".join(_told(change) for change in (succession.change, *succession.further))


def still_to_come(changes: Iterable[Change], day: date, today: date) -> list[Change]:
    """The changes among these that came about after a day and by today."""
    return [change for change in changes if not change.happened_by(day) and change.happened_by(today)]


def told_ahead(change: Change) -> str:
    """A change that came about later than the day the answer speaks for."""
    return f"Later: {_told(change)}"


def _told(change: Change) -> str:
    where = f" ({change.services}; {change.extent})"
    if not change.after:
        return f"{_opened(change.before)} came to an end {on(change.day)}{where}. No replacement is recorded."
    if change.since:
        return f"{_opened(change.before)} came to an end {on(change.day)}, and {change.after} took its place {on(change.since)}{where}."
    return f"{_opened(on(change.day))}, {change.after} took the place of {change.before}{where}."


def on(day: PartialDate) -> str:
    """`on 29 November 2018`, `in November 2018` or `in 2018`."""
    return f"{'on' if day.first == day.last else 'in'} {day.spoken()}"


def _opened(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]


def passages_now(found: Sequence[Succession]) -> list[str]:
    """Ids of the passages that say what stands, then of those that tell how it came, each once; none where nothing is said to stand now."""
    lead = [succession for succession in found if succession.last.now]
    ids = [identifier for succession in lead for identifier in (*succession.last.now[:1], *succession.change.told_in, *succession.last.now[1:])]
    return list(dict.fromkeys(ids))
