"""Figures of questions and their answers: outcomes, what the guidance does not cover, sources used, and what readers said."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, func, select

from assistant.answers import Outcome
from assistant.citing import STANDING_WORDS
from assistant.database.desk_tables import CaseRow
from assistant.database.use_tables import AskedRow, AskedSourceRow, FeedbackRow
from assistant.desk.case_figures import chosen, within
from assistant.desk.figures import InsightFilters, Reading
from assistant.desk.sheets import Cell
from corpus.sources import Source, Standing

OUTCOME_WORDS: dict[Outcome, str] = {
    Outcome.ANSWERED: "Answered",
    Outcome.PARTIAL: "Answered in part",
    Outcome.CLARIFY: "Asked back",
    Outcome.NOT_COVERED: "Not covered by the guidance",
    Outcome.OUT_OF_SCOPE: "About something else",
    Outcome.REFUSED: "Refused",
}
VERDICT_WORDS = {"useful": "Useful", "not_useful": "Not useful", "wrong": "Wrong"}
ASKED_IN = ("chat", "api", "desk", "batch")
GROUPED = 300
"""Different questions that are grouped by meaning, those asked most first: some seconds' work for the model at most, once for each question."""
LISTED = 50
LATEST = 100
_GONE = (Standing.SUPERSEDED, Standing.WITHDRAWN, Standing.HISTORIC)


def _which(filters: InsightFilters, dated: bool = True) -> list[ColumnElement[bool]]:
    """What the filters say of questions. Region, channel and status are those of an enquiry, so that they leave only questions that stood in one."""
    which: list[ColumnElement[bool]] = [*within(AskedRow.at, filters)] if dated else []
    if filters.sector:
        which.append(AskedRow.sector == filters.sector)
    if filters.region or filters.channel or filters.status:
        of_cases = filters.model_copy(update={"sector": None})
        which.append(AskedRow.case_id.in_(select(CaseRow.id).where(*chosen(of_cases, dated=False))))
    return which


def outcomes(reading: Reading) -> list[list[Cell]]:
    """By outcome, and by where they were asked."""
    found = reading.session.execute(
        select(AskedRow.outcome, AskedRow.channel, func.count()).where(*_which(reading.filters)).group_by(AskedRow.outcome, AskedRow.channel)
    )
    counts = {(outcome, channel): count for outcome, channel, count in found}
    rows: list[list[Cell]] = []
    for outcome, words in OUTCOME_WORDS.items():
        each = [counts.get((outcome.value, channel), 0) for channel in ASKED_IN]
        if sum(each):
            rows.append([words, sum(each), *each])
    return rows


def uncovered(reading: Reading) -> list[list[Cell]]:
    """Questions that the guidance does not cover, those of like meaning together, what was asked most first."""
    times, latest = func.count().label("times"), func.max(AskedRow.at).label("latest")
    wanted = select(AskedRow.question, times).where(*_which(reading.filters), AskedRow.outcome == Outcome.NOT_COVERED.value).group_by(AskedRow.question)
    found = reading.session.execute(wanted.order_by(times.desc(), latest.desc(), AskedRow.question).limit(GROUPED)).all()
    asked = {row.question: row.times for row in found}
    groups = [(group[0], sum(asked[question] for question in group), group[1:]) for group in reading.grouping.groups(list(asked))]
    groups.sort(key=lambda group: -group[1])
    return [[first, count, " · ".join(others)] for first, count, others in groups]


def sources(reading: Reading) -> list[list[Cell]]:
    """The sources cited most."""
    times, answers = func.sum(AskedSourceRow.times).label("times"), func.count().label("answers")
    wanted = select(AskedSourceRow.source_id, times, answers).join(AskedRow, AskedRow.id == AskedSourceRow.asked_id).where(*_which(reading.filters))
    found = reading.session.execute(wanted.group_by(AskedSourceRow.source_id).order_by(times.desc(), AskedSourceRow.source_id).limit(LISTED))
    return [[_title(row.source_id, reading.sources), int(row.times), int(row.answers)] for row in found]


def superseded(reading: Reading) -> list[list[Cell]]:
    """Sources cited that no longer stood, with what replaced them."""
    answers = func.count().label("answers")
    wanted = select(AskedSourceRow.source_id, AskedSourceRow.standing, answers).join(AskedRow, AskedRow.id == AskedSourceRow.asked_id)
    wanted = wanted.where(*_which(reading.filters), AskedSourceRow.standing.in_([standing.value for standing in _GONE]))
    grouped = wanted.group_by(AskedSourceRow.source_id, AskedSourceRow.standing).order_by(answers.desc(), AskedSourceRow.source_id, AskedSourceRow.standing)
    return [
        [_title(row.source_id, reading.sources), int(row.answers), STANDING_WORDS[Standing(row.standing)], _replaced_by(row.source_id, reading.sources)]
        for row in reading.session.execute(grouped.limit(LISTED))
    ]


def feedback(reading: Reading) -> list[list[Cell]]:
    """What readers said of answers."""
    found = reading.session.execute(select(FeedbackRow.verdict, func.count()).where(*_said(reading.filters)).group_by(FeedbackRow.verdict))
    counts = {row[0]: row[1] for row in found}
    return [[words, counts[verdict]] for verdict, words in VERDICT_WORDS.items() if verdict in counts]


def comments(reading: Reading) -> list[list[Cell]]:
    """The latest answers called not useful or wrong, with their questions where those were kept."""
    wanted = select(FeedbackRow.at, FeedbackRow.verdict, FeedbackRow.comment, AskedRow.question).outerjoin(AskedRow, AskedRow.id == FeedbackRow.answer_id)
    wanted = wanted.where(*_said(reading.filters), FeedbackRow.verdict != "useful").order_by(FeedbackRow.at.desc(), FeedbackRow.id).limit(LATEST)
    return [[row.at.date().isoformat(), VERDICT_WORDS[row.verdict], row.question or "(not kept)", row.comment] for row in reading.session.execute(wanted)]


def _said(filters: InsightFilters) -> list[ColumnElement[bool]]:
    """What the filters say of feedback: its own day, and the question it was given to."""
    which: list[ColumnElement[bool]] = [*within(FeedbackRow.at, filters)]
    about = _which(filters, dated=False)
    return [*which, FeedbackRow.answer_id.in_(select(AskedRow.id).where(*about))] if about else which


def _title(identifier: str, catalogue: Mapping[str, Source]) -> str:
    return catalogue[identifier].title if identifier in catalogue else identifier


def _replaced_by(identifier: str, catalogue: Mapping[str, Source]) -> str:
    return "; ".join(_title(each, catalogue) for each in catalogue[identifier].superseded_by) if identifier in catalogue else ""
