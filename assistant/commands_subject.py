"""Commands for personal data: `mutuals subject find|export|erase`, `mutuals retention`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from assistant.audit import AuditLog
from assistant.commands import AsJson, told_plainly
from assistant.database.engine import Database, database_url
from assistant.desk.retention import Ages, Retention
from assistant.desk.subjects import SubjectService
from assistant.errors import BadInputError
from assistant.people.person import SYSTEM
from assistant.settings import Settings

subject_app = typer.Typer(help="What is held about a person: find it, hand it over, erase it.", no_args_is_help=True)
Cases = Annotated[list[str], typer.Argument(help="The numbers of the cases, as MIS-000123.")]


@subject_app.command()
def find(wanted: Annotated[str, typer.Argument(help="An email address, telephone number, name, or the number of a case.")], as_json: AsJson = False) -> None:
    """List the cases and batches that hold it."""
    with told_plainly():
        found = _subjects().find(SYSTEM, wanted)
    if as_json:
        print(found.model_dump_json(indent=2))
        return
    for case in found.cases:
        print(f"{case.reference}  {case.received_at:%Y-%m-%d}  {case.status:<9}  {case.name or '-'}")
    for batch in found.batches:
        print(f"batch {batch.batch_id}  {batch.name}, lines {', '.join(map(str, batch.lines))}")
    if not found.cases and not found.batches:
        print("Nothing is held that fits.")


@subject_app.command()
def export(cases: Cases, to: Annotated[Path, typer.Option("--to", help="The ZIP file to write; it must not exist yet.")]) -> None:
    """Write all that is held in the cases to a ZIP file."""
    with told_plainly():
        if to.exists():
            raise BadInputError("to", f"names {str(to)!r}, which exists already. Give another name.")
        content = _subjects().export(SYSTEM, cases)
        to.touch(mode=0o600, exist_ok=False)
        to.write_bytes(content)
    print(f"Written: {to}")


@subject_app.command()
def erase(cases: Cases, yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False, as_json: AsJson = False) -> None:
    """Overwrite what the cases say of and by the person. It cannot be undone."""
    if not yes:
        typer.confirm(f"Erase the personal data of {', '.join(cases)} for good?", abort=True, err=True)
    with told_plainly():
        erased = _subjects().erase(SYSTEM, cases)
    if as_json:
        print(json.dumps({"cases": [case.model_dump() for case in erased]}, indent=2))
        return
    for case in erased:
        print(f"{case.reference}: erased, with {case.drafts} drafts in {case.versions} versions and {case.questions} questions.")


def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would go.")] = False,
    as_json: AsJson = False,
) -> None:
    """Remove what is older than the settings allow; the server does the same once a day."""
    with told_plainly():
        settings, database = Settings(), _database()
        kept = Retention(database, AuditLog(database), SubjectService(database, AuditLog(database)), _ages(settings))
        removed = kept.due() if dry_run else kept.remove()
    if as_json:
        print(removed.model_dump_json(indent=2))
        return
    print("Would go:" if dry_run else "Gone:")
    for name, count in removed.model_dump().items():
        print(f"  {_NAMES[name]:<24} {count}")


_NAMES = {
    "conversations": "idle conversations",
    "cases": "closed cases, erased",
    "asked": "questions for figures",
    "feedback": "readers' feedback",
    "batches": "finished batches",
}


def _ages(settings: Settings) -> Ages:
    """After how many days each goes, by the settings."""
    return Ages(conversations=settings.conversation_days, cases=settings.case_days, asked=settings.asked_days)


def _subjects() -> SubjectService:
    database = _database()
    return SubjectService(database, AuditLog(database))


def _database() -> Database:
    settings = Settings()
    return Database(database_url(settings.database_url, settings.data_dir))
