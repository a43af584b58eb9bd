"""The pipeline of potential mutuals that the helpline follows, each with how far it has come and the cases that belong to it."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.audit import AuditEntry, AuditLog
from assistant.conversations import new_id
from assistant.database.desk_tables import CaseRow, ProspectRow
from assistant.database.engine import Database
from assistant.desk.case_views import CaseSummary, Line, storable
from assistant.desk.reading_cases import summary_of
from assistant.desk.words import ProspectStage, Region
from assistant.errors import ConflictError, NotFoundError
from assistant.people.person import Actor, require
from corpus.words import Sector

STAGES: tuple[ProspectStage, ...] = get_args(ProspectStage)
"""In the order in which a mutual comes about; `stopped` stands last."""
_ID = re.compile("[0-9a-f]{32}")


class NewProspect(BaseModel):
    """A potential mutual as it is put on the list. `staff` is how many people would move. `note` is of the mutual, not of a person."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Line = Field(min_length=1, max_length=200)
    organisation: Line = Field(default="", max_length=200, description="The employer that it would leave.")
    sector: Sector | None = None
    region: Region | None = None
    stage: ProspectStage = "idea"
    staff: int | None = Field(default=None, strict=True, ge=0, le=1_000_000)
    note: Annotated[str, AfterValidator(storable)] = Field(default="", max_length=5_000)


class ProspectChange(NewProspect):
    """What to change: the fields that are given, and no others."""

    name: Line = Field(default="x", min_length=1, max_length=200)


class Prospect(NewProspect):
    """A potential mutual. `cases` counts those that belong to it."""

    prospect_id: str
    version: int
    updated_at: datetime
    cases: int


class ProspectCases(BaseModel):
    """A potential mutual with its cases, the newest first."""

    prospect: Prospect
    cases: list[CaseSummary]


class StageOfPipeline(BaseModel):
    """The potential mutuals that have come to one stage, by name."""

    stage: ProspectStage
    prospects: list[Prospect]


class ProspectService:
    """Keeps the pipeline. Every method raises ForbiddenError, NotFoundError for one that is not there, and DatabaseUnavailableError."""

    def __init__(
        self,
        database: Database,
        audit: AuditLog,
        today: Callable[[], date] = date.today,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ):
        self._database = database
        self._audit = audit
        self._today = today
        self._now = now

    def add(self, actor: Actor, new: NewProspect) -> Prospect:
        """Put one on the list."""
        require(actor, "draft", "change the pipeline")
        with self._database.writing() as session:
            row = ProspectRow(id=new_id(), version=1, updated_at=self._now(), **new.model_dump())
            session.add(row)
            session.flush()
            self._audit.record(session, actor, "prospect.added", f"prospect:{row.id}", {"stage": row.stage})
            return _prospect(row, 0)

    def change(self, actor: Actor, prospect_id: str, version: int, change: ProspectChange) -> Prospect:
        """Change the fields that are given. Raises ConflictError where the version is not the one that is stored."""
        require(actor, "draft", "change the pipeline")
        with self._database.writing() as session:
            row = _row(session, prospect_id)
            count = _counts(session, prospect_id).get(prospect_id, 0)
            if row.version != version:
                raise ConflictError(_prospect(row, count), change.model_dump(mode="json", exclude_unset=True))
            given = {name: getattr(change, name) for name in sorted(change.model_fields_set)}
            changed = [name for name, value in given.items() if getattr(row, name) != value]
            for name in changed:
                setattr(row, name, given[name])
            if changed:
                row.version += 1
                row.updated_at = self._now()
                self._audit.record(session, actor, "prospect.changed", f"prospect:{row.id}", {"fields": list(changed), "stage": row.stage})
            return _prospect(row, count)

    def remove(self, actor: Actor, prospect_id: str, version: int) -> None:
        """Take one off the list; its cases stay. Raises ConflictError as `change` does."""
        require(actor, "draft", "change the pipeline")
        with self._database.writing() as session:
            row = _row(session, prospect_id)
            if row.version != version:
                raise ConflictError(_prospect(row, _counts(session, prospect_id).get(prospect_id, 0)))
            for case in session.scalars(select(CaseRow).where(CaseRow.prospect_id == prospect_id)):
                case.prospect_id = None
                case.version += 1
            session.flush()
            session.delete(row)
            self._audit.record(session, actor, "prospect.removed", f"prospect:{prospect_id}", {})

    def prospect(self, actor: Actor, prospect_id: str) -> ProspectCases:
        """One, with its cases."""
        require(actor, "read", "read the pipeline")
        with self._database.session() as session:
            row = _row(session, prospect_id)
            cases = session.scalars(select(CaseRow).where(CaseRow.prospect_id == prospect_id).order_by(CaseRow.number.desc())).all()
            return ProspectCases(prospect=_prospect(row, len(cases)), cases=[summary_of(case, self._today()) for case in cases])

    def pipeline(self, actor: Actor) -> list[StageOfPipeline]:
        """All of them, by stage in the order of the stages."""
        require(actor, "read", "read the pipeline")
        with self._database.session() as session:
            counts = _counts(session)
            rows = sorted(session.scalars(select(ProspectRow)), key=lambda row: (row.name.casefold(), row.id))
            found = [_prospect(row, counts.get(row.id, 0)) for row in rows]
        return [StageOfPipeline(stage=stage, prospects=[each for each in found if each.stage == stage]) for stage in STAGES]

    def history(self, actor: Actor, prospect_id: str) -> list[AuditEntry]:
        """What was done to one, newest first."""
        require(actor, "read", "read the pipeline")
        with self._database.session() as session:
            _row(session, prospect_id)
        return self._audit.entries(f"prospect:{prospect_id}")


def _row(session: Session, prospect_id: str) -> ProspectRow:
    row = session.get(ProspectRow, prospect_id) if _ID.fullmatch(prospect_id) else None
    if row is None:
        raise NotFoundError("potential mutual", prospect_id, "It may have been removed. The pipeline shows those that there are.")
    return row


def _counts(session: Session, prospect_id: str | None = None) -> dict[str, int]:
    """How many cases belong to each, or to one."""
    wanted = select(CaseRow.prospect_id, func.count()).where(CaseRow.prospect_id.is_not(None)).group_by(CaseRow.prospect_id)
    if prospect_id:
        wanted = wanted.where(CaseRow.prospect_id == prospect_id)
    return {key: count for key, count in session.execute(wanted) if key is not None}


def _prospect(row: ProspectRow, cases: int) -> Prospect:
    same = ("name", "organisation", "sector", "region", "stage", "staff", "note", "version", "updated_at")
    return Prospect.model_validate({name: getattr(row, name) for name in same} | {"prospect_id": row.id, "cases": cases})
