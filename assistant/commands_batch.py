"""`mutuals batch`: a file of questions or enquiries in, a file of answers out; begun again, it goes on where it ended."""

import os
import sys
from pathlib import Path
from typing import Annotated, get_args

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assistant.answers import Nation, Scope
from assistant.commands import AsJson, errors, told_plainly
from assistant.errors import BadInputError
from assistant.people.person import SYSTEM
from assistant.settings import Settings
from corpus.words import Sector

INTERRUPTED = 130
"""What shells give a program that was interrupted from the keyboard."""


def batch(
    file: Annotated[Path, typer.Argument(help="A CSV file whose first line names a column `question` or `enquiry`.")],
    out: Annotated[Path, typer.Option(help="Where the answers go: a name that ends in .xlsx or .csv.")],
    sector: Annotated[str | None, typer.Option(help=f"The service of lines that name none: {', '.join(get_args(Sector))}.")] = None,
    nation: Annotated[str | None, typer.Option(help=f"The part of the UK of lines that name none: {', '.join(get_args(Nation))}.")] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Answer every line again, also of a file that was answered before.")] = False,
    as_json: AsJson = False,
) -> None:
    """Answer a file of questions or enquiries. Interrupted, it goes on where it ended when it is run again with the same file."""
    from assistant.desk.batch_results import result_file
    from assistant.desk.batches import digest_of
    from assistant.services import build_services

    with told_plainly():
        kind = out.suffix.lower().lstrip(".")
        if kind not in ("csv", "xlsx"):
            raise BadInputError("out", f"is {str(out)!r}; let it end in .xlsx or .csv")
        if not out.absolute().parent.is_dir():
            raise BadInputError("out", f"is in a folder that is not there: {out.parent}")
        scope = Scope.model_validate({"sector": sector, "nation": nation})
        content = _read(file)
        services = build_services(Settings())
        found = None if anew else services.batches.known(digest_of(content, scope))
        # A batch of the command's own is `stopped` to a server at the same database, so that no two answer it; it can be resumed there.
        held = services.batches.batch(SYSTEM, found) if found else services.batches.create(SYSTEM, file.name, content, scope, state="stopped")
        if held.answered:
            errors.print(f"{held.answered} of {held.total} lines were answered before and are not asked again; use --anew to ask all of them.")
        columns = (TextColumn("Answering"), BarColumn(), MofNCompleteColumn(), TextColumn("lines"), TimeRemainingColumn())
        try:
            with Progress(*columns, console=errors) as bar:
                task = bar.add_task("answering", total=held.total, completed=held.answered)
                services.batch_runner.run(held.batch_id, ("stopped",), lambda: bar.advance(task))
        except KeyboardInterrupt:
            errors.print("Interrupted. What was answered is kept: run this again with the same file to go on.")
            sys.exit(INTERRUPTED)
        finally:
            services.asked.settle()
        held = services.batches.batch(SYSTEM, held.batch_id)
        made = result_file(held, services.batches.items(SYSTEM, held.batch_id), kind)  # type: ignore[arg-type]
        _write(out, made.content)
    print(held.model_dump_json(indent=2) if as_json else f"{held.answered} of {held.total} lines answered: {out}")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInputError("file", f"cannot be read: {file}: {error.strerror}. Check the name.") from error


def _write(out: Path, content: bytes) -> None:
    """Put the file there whole or not at all."""
    part = out.with_name(f".{out.name}.part")
    try:
        part.write_bytes(content)
        os.replace(part, out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BadInputError("out", f"cannot be written: {out}: {error.strerror}. The answers are kept; run this again.") from error
