"""The pathway navigator: for a service and a day, the stages and steps of spinning out, every statement cited and through the gate."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from assistant.answers import Citation, Notice
from assistant.citing import change_notices, cite, day_notices, source_notices
from assistant.gate import Span, check
from assistant.pathway_views import PART_TITLES, Pathway, PathwayList, PathwayPart, PathwayStage, PathwayStatement, PathwayStep, SectorName, StageName, StepName
from assistant.scoping import known_sources, tells_of_later
from assistant.sectors import SECTOR_WORDS, within_a_sentence
from corpus import pathways as corpus
from corpus.dates import PartialDate
from corpus.sources import Authority, Standing
from corpus.timeline import Timeline
from corpus.words import Sector
from index.live import LiveIndex, OpenIndex
from index.passages import Passage
from index.store import PassageStore

EVERYONE: Sector = "all"
COMMENTARY = "Sources labelled as commentary are not official. Check the official text before relying on what they say."
HISTORIC = "Sources labelled as historic describe the position at their time."
KEPT = 64
"""Pathways kept ready: every service today, and as many again for other days."""
_GONE = (Standing.SUPERSEDED, Standing.WITHDRAWN)


class PathwayService:
    """Tells the pathway from the live index. Every method raises NoIndexError while no index is live. Safe to share between threads."""

    def __init__(self, live: LiveIndex, today: Callable[[], date] = date.today):
        self._live = live
        self._today = today
        self._kept: dict[tuple[str, Sector, date, date], Pathway] = {}

    def pathway(self, sector: Sector | None = None, as_of: PartialDate | None = None) -> Pathway:
        """The pathway for a sector (None: for everyone) on a day (None: today); of a month or year, on its last day."""
        index = self._live.current()
        today = self._today()
        key = (index.manifest.version, sector or EVERYONE, as_of.last if as_of else today, today)
        found = self._kept.get(key)
        if found is None:
            found = _Teller(index, *key[1:]).pathway()
            if len(self._kept) >= KEPT:
                self._kept = {}
            self._kept[key] = found
        return found

    def overview(self) -> PathwayList:
        """Which sectors there are, with the number of steps for each, and the stages in short."""
        stages = self._live.current().store.pathways.stages
        counts = {sector: sum(step.is_for(sector) for stage in stages for step in stage.steps) for sector in SECTOR_WORDS}
        return PathwayList(
            sectors=[SectorName(sector=sector, label=label, steps=counts[sector]) for sector, label in SECTOR_WORDS.items()],
            stages=[
                StageName(**_told(stage), steps=[StepName(id=step.id, title=step.title) for step in stage.steps if step.is_for(EVERYONE)]) for stage in stages
            ],
        )


class _Teller:
    """Tells one pathway."""

    def __init__(self, index: OpenIndex, sector: Sector, day: date, today: date):
        self._store = index.store
        self._sector = sector
        self._day = day
        self._today = today
        self._known = known_sources(self._store.sources, day) if day < today else frozenset(self._store.sources)
        timeline = self._store.timeline
        self._tells = Timeline(tuple(change for change in timeline.changes if not timeline.after(change, day))).tells()
        self._citations: dict[tuple[str, int], Citation] = {}

    def pathway(self) -> Pathway:
        stages = [
            PathwayStage(**_told(stage), steps=[self._step(step) for step in stage.steps if step.is_for(self._sector)]) for stage in self._store.pathways.stages
        ]
        citations = list(self._citations.values())
        return Pathway(sector=self._sector, as_of=self._day, stages=stages, citations=citations, notices=self._whole(citations))

    def _step(self, step: corpus.Step) -> PathwayStep:
        parts = [self._part(step, name) for name in corpus.PART_NAMES]
        numbers = {number for part in parts for statement in part.statements for number in statement.citations}
        cited = [citation for citation in self._citations.values() if citation.number in numbers]
        return PathwayStep(id=step.id, title=step.title, ask=step.ask, parts=parts, notices=self._changes(cited))

    def _changes(self, citations: Sequence[Citation]) -> list[Notice]:
        """What has changed since the sources of a step, and which of them have been replaced or withdrawn."""
        changed, replaced = change_notices(citations, self._store, self._day, self._today, self._sector)
        gone = dict.fromkeys(citation.source_id for citation in citations if citation.standing in _GONE)
        about = [each for source_id in gone for each in source_notices(source_id, citations, self._store, self._day, told=source_id in replaced)]
        return [*(notice for notice in about if notice.kind == "standing"), *changed]

    def _whole(self, citations: Sequence[Citation]) -> list[Notice]:
        """What holds for the pathway as a whole. Each citation has its source's weight and standing; they are told here once, and not for each source."""
        reports = dict.fromkeys(citation.source_id for citation in citations if citation.authority is Authority.INDEPENDENT_REPORT)
        about = [each for source_id in reports for each in source_notices(source_id, citations, self._store, self._day)]
        commentary = [citation.number for citation in citations if citation.authority is Authority.COMMENTARY]
        historic = [citation.number for citation in citations if citation.standing is Standing.HISTORIC]
        found = [*day_notices(self._day, self._today), *(notice for notice in about if notice.kind == "authority")]
        if commentary:
            found.append(Notice(kind="authority", text=COMMENTARY, citations=commentary))
        if historic:
            found.append(Notice(kind="standing", text=HISTORIC, citations=historic))
        return found

    def _part(self, step: corpus.Step, name: corpus.PartName) -> PathwayPart:
        """What stands in a part; only where nothing does, what has been replaced or withdrawn, which its citation's standing then tells."""
        places = [place for statement in step.part(name, self._sector) for place in find(statement, self._store) if self._is_known(*place)]
        standing = [place for place in places if self._stands(place[0])]
        statements = [self._statement(*place) for place in standing or places if self._passes(*place)]
        return PathwayPart(
            name=name, title=PART_TITLES[name], statements=statements, not_found=not statements, note="" if statements else self._note(step, name)
        )

    def _is_known(self, passage: Passage, number: int) -> bool:
        """Whether it was there to be read on the day, and tells of nothing later."""
        return passage.source_id in self._known and not (self._day < self._today and tells_of_later(passage.quote(number), self._day))

    def _stands(self, passage: Passage) -> bool:
        """Whether nothing has taken the place of its source, for this sector; what tells of a change stands until what the change brought has ended too."""
        if passage.id in self._tells:
            return True
        source = self._store.sources[passage.source_id]
        replaced = any(
            change.is_for(self._sector, passage.sectors) and change.happened_by(self._day) for change in self._store.timeline.of_source(passage.source_id)
        )
        return not replaced and source.standing_on(self._day) not in _GONE

    def _passes(self, passage: Passage, number: int) -> bool:
        sentence, text = passage.sentences[number], passage.quote(number)
        return not check(text, [Span(passage.id, passage.sha256, sentence.start, sentence.end, text)], self._store)

    def _statement(self, passage: Passage, number: int) -> PathwayStatement:
        place = (passage.id, number)
        if place not in self._citations:
            self._citations[place] = cite(len(self._citations) + 1, passage, number, self._store, self._day)
        return PathwayStatement(text=passage.quote(number), citations=[self._citations[place].number])

    def _note(self, step: corpus.Step, name: corpus.PartName) -> str:
        who = within_a_sentence(self._sector)
        when = f", as at {self._day.day} {self._day:%B %Y}" if self._day < self._today else ""
        told = [statement for statement in step.parts.get(name, ()) if any(self._is_known(*place) for place in find(statement, self._store))]
        others = {sector for statement in told for sector in statement.sectors}
        if self._sector == EVERYONE and others:
            named = ", ".join(within_a_sentence(sector) for sector in SECTOR_WORDS if sector in others)
            return f"Nothing on this in this library is for every service{when}. Choose your service to see what it holds for some: {named}."
        return f"Nothing official on this was found in this library for {who}{when}."


def find(statement: corpus.Statement, store: PassageStore) -> list[tuple[Passage, int]]:
    """Where a statement stands: the passage of its section and the sentence's number. Empty where the index does not hold it."""
    for passage in _pieces(statement.passage, store):
        for number in range(len(passage.sentences)):
            if passage.quote(number) == statement.text:
                return [(passage, number)]
    return []


def _pieces(section: str, store: PassageStore) -> Iterator[Passage]:
    """The passages that a section was cut into: the first has its id, the others are numbered from 2 on."""
    identifier, number = section, 1
    while passage := store.passage(identifier):
        yield passage
        number += 1
        identifier = f"{section}.{number}"


def _told(stage: corpus.PathwayStage) -> dict[str, Any]:
    return stage.model_dump(include={"id", "title", "plain", "stage"})
