"""The command `mutuals draft`."""

import sys
from pathlib import Path
from typing import Annotated, get_args

import typer

from assistant.answers import Nation, Scope
from assistant.commands import AsJson, errors, told_plainly
from assistant.desk.words import Channel
from assistant.errors import BadInputError
from assistant.settings import Settings
from corpus.words import Sector

NOT_COVERED = 3


def draft(
    file: Annotated[str, typer.Argument(help="The file with the enquiry, in UTF-8; - reads it from the standard input.")] = "-",
    channel: Annotated[str, typer.Option(help="email, phone or letter: how it came, and how to answer.")] = "email",
    sector: Annotated[str | None, typer.Option(help=f"The enquirer's service: {', '.join(get_args(Sector))}.")] = None,
    nation: Annotated[str | None, typer.Option(help=f"Their part of the UK: {', '.join(get_args(Nation))}.")] = None,
    as_of: Annotated[str | None, typer.Option(help="The day for which the position is wanted, YYYY-MM-DD.")] = None,
    as_json: AsJson = False,
) -> None:
    """Draft the reply to an enquiry. Nothing is kept."""
    from assistant.services import build_services

    with told_plainly():
        scope = Scope.model_validate({"sector": sector, "nation": nation, "as_of": as_of})
        drafted = build_services(Settings()).drafting.draft(_enquiry(file), scope, _channel(channel))
    typer.echo(drafted.model_dump_json(indent=2) if as_json else drafted.letter)
    if not as_json:
        for notice in drafted.notices:
            errors.print(f"! {notice.text}", markup=False)
    raise typer.Exit(0 if drafted.citations else NOT_COVERED)


def _channel(text: str) -> Channel:
    for channel in get_args(Channel):
        if text == channel:
            known: Channel = channel
            return known
    raise BadInputError("channel", f"is {text!r}; it takes email, phone or letter.")


def _enquiry(file: str) -> str:
    """The text of the enquiry. Raises BadInputError for a file that is not there or is not text in UTF-8."""
    if file != "-" and not Path(file).is_file():
        raise BadInputError("file", f"{file!r} is not there. Name a file with the enquiry, or - to give it on the standard input.")
    held = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInputError("file", f"is not text in UTF-8: the byte at position {error.start + 1} does not belong there. Save it as UTF-8.") from error
