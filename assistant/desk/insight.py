"""Insight: what people ask the desk and the assistant, how soon they are answered, and where the guidance fails them."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from assistant.database.engine import Database
from assistant.desk import asked_figures, case_figures
from assistant.desk.figures import ChartKind, Insight, InsightFilters, InsightTable, Reading, suppressed
from assistant.desk.likeness import Grouping
from assistant.desk.sheets import Cell
from assistant.errors import NotFoundError
from assistant.people.person import Actor, require
from corpus.sources import Source
from index.embedding import Embedder
from index.live import LiveIndex
from index.versions import NoIndexError

Rows = Sequence[Sequence[Cell]]


class _Kind(NamedTuple):
    """One table: what it is called, what it counts, and how it is read. `counts` are its columns with numbers of people's enquiries or questions."""

    title: str
    note: str
    columns: tuple[str, ...]
    read: Callable[[Reading], Rows]
    chart: ChartKind | None = None
    counts: tuple[int, ...] = (1,)
    has_words: bool = False


_ENQUIRIES = "Enquiries received"
_QUESTIONS = "Questions asked on the ask page, by programs, in enquiries and in batches"
TABLES: dict[str, _Kind] = {
    "sectors": _Kind("Enquiries by service area", f"{_ENQUIRIES}.", ("Service area", "Enquiries"), case_figures.sectors, "bars"),
    "regions": _Kind("Enquiries by region", f"{_ENQUIRIES}.", ("Region", "Enquiries"), case_figures.regions, "tiles"),
    "time": _Kind(
        "Enquiries over time",
        f"{_ENQUIRIES}, by the month or by the week that begins on the Monday given.",
        ("Period", "Enquiries"),
        case_figures.over_time,
        "columns",
    ),
    "stages": _Kind("Enquiries by stage", f"{_ENQUIRIES}.", ("Stage", "Enquiries"), case_figures.stages, "bars"),
    "organisations": _Kind("Enquiries by type of organisation", f"{_ENQUIRIES}.", ("Type of organisation", "Enquiries"), case_figures.organisations, "bars"),
    "channels": _Kind("Enquiries by channel", f"{_ENQUIRIES}.", ("Channel", "Enquiries"), case_figures.channels, "bars"),
    "statuses": _Kind("Enquiries by status", f"{_ENQUIRIES}, by where they stand now.", ("Status", "Enquiries"), case_figures.statuses, "bars"),
    "replies": _Kind(
        "Time to reply",
        "Working days from the day an enquiry came to the day its reply was sent, Monday to Friday; bank holidays are not taken out.",
        ("Measure", "Value"),
        case_figures.replies,
        counts=(),
    ),
    "outcomes": _Kind(
        "Questions by outcome",
        f"{_QUESTIONS}.",
        ("Outcome", "Questions", "Ask page", "Programs", "Enquiries", "Batches"),
        asked_figures.outcomes,
        "bars",
        (1, 2, 3, 4, 5),
    ),
    "uncovered": _Kind(
        "Questions the guidance does not cover",
        "Questions of like meaning are counted together; personal data is masked.",
        ("Question", "Times asked", "Also asked as"),
        asked_figures.uncovered,
        has_words=True,
    ),
    "sources": _Kind("Sources most used", "How often answers cited each source.", ("Source", "Times cited", "Answers"), asked_figures.sources, "bars", ()),
    "superseded": _Kind(
        "Superseded sources met",
        "Sources cited that no longer stood on the day asked for.",
        ("Source", "Answers", "Standing then", "Replaced by"),
        asked_figures.superseded,
        counts=(),
    ),
    "feedback": _Kind("What readers said of answers", "Each reader may say it more than once.", ("Verdict", "Times"), asked_figures.feedback, "bars"),
    "comments": _Kind(
        "What readers found wanting",
        "The latest that were called not useful or wrong; personal data is masked.",
        ("Day", "Verdict", "Question", "Comment"),
        asked_figures.comments,
        counts=(),
        has_words=True,
    ),
}
"""Every table by name, in the order they are shown."""


class InsightService:
    """Reads the figures from the database: the same on every make of it. Safe to share between threads."""

    def __init__(self, database: Database, live: LiveIndex, embedder: Embedder, now: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._database = database
        self._live = live
        self._grouping = Grouping(embedder)
        self._now = now

    def insight(self, actor: Actor, filters: InsightFilters) -> Insight:
        """All tables. Raises ForbiddenError without the right `read`, BadInputError for filters that cannot be, and DatabaseUnavailableError."""
        return Insight(filters=filters, tables=self._read(actor, filters, list(TABLES)))

    def table(self, actor: Actor, name: str, filters: InsightFilters) -> InsightTable:
        """One table. Raises as `insight`, and NotFoundError for a name that is none."""
        if name not in TABLES:
            raise NotFoundError("table", name, f"There are: {', '.join(TABLES)}.")
        return self._read(actor, filters, [name])[0]

    def _read(self, actor: Actor, filters: InsightFilters, names: Sequence[str]) -> list[InsightTable]:
        require(actor, "read", "see the figures")
        filters.checked()
        sources = self._sources()
        with self._database.session() as session:
            reading = Reading(session, filters, sources, self._grouping, self._now())
            return [_table(name, TABLES[name], reading) for name in names]

    def _sources(self) -> dict[str, Source]:
        """The catalogue of the live index; none while no index is live, and sources are then shown by their ids."""
        try:
            return self._live.current().store.sources
        except NoIndexError:
            return {}


def _table(name: str, kind: _Kind, reading: Reading) -> InsightTable:
    hides = reading.filters.suppress_small
    rows = [] if hides and kind.has_words else [list(row) for row in kind.read(reading)]
    note = f"{kind.note} What people wrote is left out of figures with small numbers hidden." if hides and kind.has_words else kind.note
    table = InsightTable(name=name, title=kind.title, note=note, columns=list(kind.columns), rows=rows, chart=kind.chart)
    return suppressed(table, kind.counts) if hides else table
