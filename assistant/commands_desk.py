"""Commands of the helpline desk: `mutuals audit verify`, `mutuals cases list`."""

from typing import Annotated

import typer

from assistant.audit import AuditLog
from assistant.commands import FAILED, AsJson, errors, told_plainly
from assistant.database.engine import Database, database_url
from assistant.desk.cases import CaseFilters, CaseService
from assistant.people.person import SYSTEM
from assistant.settings import Settings

audit_app = typer.Typer(help="The log of what was done at the desk.", no_args_is_help=True)
cases_app = typer.Typer(help="The cases of the helpline desk.", no_args_is_help=True)


@audit_app.command()
def verify(
    expect: Annotated[str, typer.Option(help="NUMBER:DIGEST as this command printed it before: shows also an end that was cut off.")] = "",
    as_json: AsJson = False,
) -> None:
    """Read the whole log and tell whether every row is as it was written. Exit code 1 where it is not."""
    with told_plainly():
        found = AuditLog(_database()).verify(expect)
    if as_json:
        print(found.model_dump_json(indent=2))
    elif found.broken is None:
        print(f"The log is sound: {found.rows} rows.")
        if found.rows:
            print(f"Note this down elsewhere, for --expect: {found.number}:{found.digest}")
    if found.broken is not None:
        errors.print(f"The log was tampered with at row {found.broken}. {found.why} What stands before it is sound.", markup=False)
        raise typer.Exit(FAILED)


@cases_app.command("list")
def list_cases(
    q: Annotated[str, typer.Option("--q", help="Words that all stand in it, or a number.")] = "",
    status: Annotated[list[str] | None, typer.Option(help="new, drafted, submitted, returned, approved, sent or closed; may be given again.")] = None,
    sector: Annotated[str | None, typer.Option(help="The service.")] = None,
    region: Annotated[str | None, typer.Option(help="The region.")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those whose day has gone by.")] = False,
    sort: Annotated[str, typer.Option(help="received, due or updated; with a minus before it, the latest first.")] = "-received",
    page: Annotated[int, typer.Option(min=1, help="Which page.")] = 1,
    size: Annotated[int, typer.Option(min=1, max=100, help="Cases on a page.")] = 25,
    as_json: AsJson = False,
) -> None:
    """List cases, the newest first."""
    with told_plainly():
        given = {"q": q, "status": status or [], "sector": sector, "region": region, "overdue": overdue, "sort": sort, "page": page, "size": size}
        filters = CaseFilters.model_validate(given)
        database, settings = _database(), Settings()
        found = CaseService(database, AuditLog(database), settings.reply_days).cases(SYSTEM, filters)
    if as_json:
        print(found.model_dump_json(indent=2))
        return
    for case in found.cases:
        due = f"due {case.due_on}" + (" OVERDUE" if case.is_overdue else "")
        print(f"{case.reference}  {case.received_at:%Y-%m-%d}  {case.status:<9}  {due}  {case.sector or '-'}\n            {case.matter}")
    print(f"{found.total} {'case' if found.total == 1 else 'cases'}; page {found.page} of {max(1, -(-found.total // found.size))}.")


def _database() -> Database:
    settings = Settings()
    return Database(database_url(settings.database_url, settings.data_dir))
