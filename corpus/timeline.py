"""The timeline: what replaced what, on which day, for which services. It is what the standing of a source rests on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.dates import PartialDate
from corpus.faults import Fault
from corpus.sources import Identifier, Source
from corpus.words import Sector
from corpus.yamlfile import YamlError, YamlText, read_yaml

PassageId = str


class Change(BaseModel):
    """One change: from `day` on, `before` no longer stands, and `after` (empty: nothing) stands in its place, from `since` where that is later.

    `replaces` are ids of the sources that cease to stand with it and `by` of those that stand instead. `told_in` are ids of the sections that
    tell of the change, `now` of those that say what has stood since; a section is named as `note.section`. `names` are the words by which a
    text speaks of what was before. Where it `renames`, the thing itself went on under another name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Identifier
    day: PartialDate
    before: str = Field(min_length=1)
    after: str = ""
    since: PartialDate | None = None
    services: str = Field(min_length=1)
    extent: str = Field(min_length=1)
    sectors: tuple[Sector, ...] = Field(min_length=1)
    names: tuple[str, ...] = ()
    replaces: tuple[Identifier, ...] = ()
    by: tuple[Identifier, ...] = ()
    told_in: tuple[PassageId, ...] = Field(min_length=1)
    now: tuple[PassageId, ...] = ()
    renames: bool = False

    def happened_by(self, day: date) -> bool:
        """Whether the change had come about on a day. One known only by its month or year has when that month or year is over."""
        return day >= (self.day.first if self.day.first == self.day.last else self.day.last)

    def is_for(self, sector: str | None, sectors: Iterable[str] = ()) -> bool:
        """Whether it concerns a reader of a sector; where that is not known, whether it concerns one of the `sectors` that a text speaks for."""
        if "all" in self.sectors:
            return True
        return sector in self.sectors if sector not in (None, "all") else bool(set(sectors) & set(self.sectors))

    def ends_sources(self) -> bool:
        """Whether its sources cease to stand for everybody; what changes for some services alone leaves the rest of a source standing."""
        return "all" in self.sectors


@dataclass(frozen=True)
class Timeline:
    """All changes, by day."""

    changes: tuple[Change, ...] = ()

    def of_source(self, source_id: str) -> list[Change]:
        """The changes by which a source ceased to stand, wholly or for some services."""
        return [change for change in self.changes if source_id in change.replaces]

    def tells(self) -> frozenset[PassageId]:
        """Ids of the sections that tell of a change, or of what has stood since."""
        return frozenset(identifier for change in self.changes for identifier in (*change.told_in, *change.now))

    def after(self, change: Change, day: date) -> list[Change]:
        """The changes that have in turn ended, by `day`, what `change` brought: the rest of its chain in order."""
        chain: list[Change] = []
        while True:
            last = chain[-1] if chain else change
            following = next((each for each in self.changes if _follows(each, last) and each.happened_by(day) and each not in (change, *chain)), None)
            if following is None:
                return chain
            chain.append(following)


def _follows(later: Change, earlier: Change) -> bool:
    return later.day.first >= earlier.day.first and later.id != earlier.id and (bool(earlier.after) and later.before == earlier.after)


def read_timeline(path: Path) -> tuple[list["ListedChange"], list[Fault]]:
    """Read the timeline file: its good records, and a fault for each thing wrong in it."""
    try:
        parsed = read_yaml(path)
    except YamlError as error:
        return [], [error.fault]
    if not isinstance(parsed.data, list):
        return [], [parsed.fault("must be a list of changes")]
    listed: list[ListedChange] = []
    faults: list[Fault] = []
    for number, record in enumerate(parsed.data):
        try:
            change = Change.model_validate(record)
        except ValidationError as error:
            faults += parsed.refused(error, number)
            continue
        entry = ListedChange(change, parsed, number)
        if any(change.id == other.change.id for other in listed):
            faults.append(entry.fault("id", "is already in the timeline"))
        listed.append(entry)
    return listed, faults


@dataclass(frozen=True)
class ListedChange:
    """A change, and where its record stands in the file."""

    change: Change
    file: YamlText
    number: int

    def fault(self, field: str, message: str) -> Fault:
        return Fault(self.file.path, self.file.line(self.number, field), field, f"in change {self.change.id!r}: {message}")


def check_timeline(listed: Sequence[ListedChange], sources: Mapping[str, Source], sections: Iterable[str]) -> list[Fault]:
    """What is wrong across the timeline: ids that do not exist, and days that run backwards."""
    known = frozenset(sections)
    faults: list[Fault] = []
    for entry in listed:
        change = entry.change
        for field, names, there, where in (
            ("replaces", change.replaces, sources, "the catalogue"),
            ("by", change.by, sources, "the catalogue"),
            ("told_in", change.told_in, known, "the notes"),
            ("now", change.now, known, "the notes"),
        ):
            faults += [entry.fault(field, f"names {name!r}, which is not in {where}") for name in names if name not in there]
        faults += _backwards(entry, sources)
        if change.since and change.since.last < change.day.first:
            faults.append(entry.fault("since", f"{change.since} is before the day of the change, {change.day}"))
    return faults


def _backwards(entry: ListedChange, sources: Mapping[str, Source]) -> Iterator[Fault]:
    change = entry.change
    for identifier in change.replaces:
        source = sources.get(identifier)
        if source and source.in_force_from and change.day.last < source.in_force_from.first:
            yield entry.fault("day", f"{change.day} is before {identifier!r} began on {source.in_force_from}")
        if source and source.in_force_to and change.ends_sources() and not _meets(source.in_force_to, change.day):
            yield entry.fault("day", f"{change.day} does not follow the last day of {identifier!r}, which its record says is {source.in_force_to}")
    for identifier in change.by:
        source = sources.get(identifier)
        if source and source.in_force_to and source.in_force_to.last < change.day.first:
            yield entry.fault("day", f"{change.day} is after {identifier!r} ended on {source.in_force_to}")


def _meets(last: PartialDate, day: PartialDate) -> bool:
    """Whether a last day and the day of a change can be one change: the days touch, or the month or year of one holds the other."""
    return last.first - timedelta(days=1) <= day.last and day.first <= last.last + timedelta(days=1)


def circles(edges: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The edges `(old, new)` that close a circle, so that a source would, by way of others, replace itself."""
    later: dict[str, set[str]] = {}
    for old, new in edges:
        if old == new or _reaches(later, new, old):
            yield old, new
        later.setdefault(old, set()).add(new)


def _reaches(later: Mapping[str, set[str]], start: str, goal: str) -> bool:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            waiting += later.get(here, ())
    return False


def with_changes(source: Source, timeline: Timeline) -> Source:
    """The source with what the timeline says of it: what superseded it, and its last day where its record gives none."""
    changes = [change for change in timeline.of_source(source.id) if change.ends_sources()]
    if not changes:
        return source
    later = tuple(dict.fromkeys([*source.superseded_by, *(identifier for change in changes for identifier in change.by)]))
    until = source.in_force_to or _day_before(changes[0].day)
    return source.model_copy(update={"superseded_by": later, "in_force_to": until})


def _day_before(day: PartialDate) -> PartialDate:
    """The last day before a change; where only its month or year is known, that month or year."""
    return PartialDate(str(day.first - timedelta(days=1))) if day.first == day.last else day
