"""The command line: `mutuals ask|search|index|corpus|eval|serve`.

Exit codes: 0 done or answered, 3 not covered, 2 bad use, 1 a failure that is not the user's.
"""

from importlib.metadata import entry_points
from typing import Annotated, get_args

import typer

from assistant.answers import Engine, Nation, Outcome, Scope
from assistant.commands import AsJson, build, built_line, told_plainly
from assistant.commands_batch import batch
from assistant.commands_corpus import corpus_app
from assistant.commands_desk import audit_app, cases_app
from assistant.commands_draft import draft
from assistant.commands_people import keys_app, people_app
from assistant.commands_subject import retention, subject_app
from assistant.rendering import terminal_text
from assistant.settings import Settings
from corpus.words import Sector

app = typer.Typer(help="Guidance on public service mutuals, each sentence cited to an exact place.", no_args_is_help=True, add_completion=False)
app.command()(draft)
app.add_typer(corpus_app, name="corpus")
app.add_typer(audit_app, name="audit")
app.add_typer(cases_app, name="cases")
app.add_typer(people_app, name="people")
app.add_typer(keys_app, name="keys")
app.command()(batch)
app.add_typer(subject_app, name="subject")
app.command()(retention)

NOT_COVERED = 3


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in quotation marks.")],
    sector: Annotated[str | None, typer.Option(help=f"Your service: {', '.join(get_args(Sector))}.")] = None,
    nation: Annotated[str | None, typer.Option(help=f"Your part of the UK: {', '.join(get_args(Nation))}.")] = None,
    stage: Annotated[str | None, typer.Option(help="How far you are: pre_spin_out, spinning_out or sustainability_and_growth.")] = None,
    as_of: Annotated[str | None, typer.Option(help="The day for which the position is wanted, YYYY-MM-DD.")] = None,
    engine: Annotated[Engine | None, typer.Option(help="extractive, or llm where a language model is set up; as set where none is named.")] = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question from the guidance."""
    from assistant.services import build_services

    with told_plainly():
        scope = Scope.model_validate({"sector": sector, "nation": nation, "stage": stage, "as_of": as_of})
        answer = build_services(Settings()).converse.once(question, scope, engine=engine)
    print(answer.model_dump_json(indent=2) if as_json else terminal_text(answer))
    raise typer.Exit(0 if answer.outcome in (Outcome.ANSWERED, Outcome.PARTIAL) else NOT_COVERED)


@app.command()
def check(
    claim: Annotated[str, typer.Argument(help="What somebody said, in quotation marks.")],
    sector: Annotated[str | None, typer.Option(help=f"Your service: {', '.join(get_args(Sector))}.")] = None,
    nation: Annotated[str | None, typer.Option(help=f"Your part of the UK: {', '.join(get_args(Nation))}.")] = None,
    as_of: Annotated[str | None, typer.Option(help="The day for which the position is wanted, YYYY-MM-DD.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check a claim against the guidance: supported, contradicted, partly or not covered."""
    from assistant.checking.verdicts import Verdict
    from assistant.checking.wording import terminal_text as check_text
    from assistant.services import build_services

    with told_plainly():
        scope = Scope.model_validate({"sector": sector, "nation": nation, "as_of": as_of})
        checked = build_services(Settings()).checks.check(claim, scope)
    print(checked.model_dump_json(indent=2) if as_json else check_text(checked))
    raise typer.Exit(NOT_COVERED if checked.verdict is Verdict.NOT_COVERED else 0)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="What to look for.")],
    k: Annotated[int, typer.Option("-k", "--k", min=1, max=50, help="How many passages to show.")] = 8,
    as_json: AsJson = False,
) -> None:
    """Show the passages nearest to a query."""
    from assistant.services import build_services

    with told_plainly():
        found = build_services(Settings()).browse.search(query, k)
    if as_json:
        print(found.model_dump_json(indent=2))
    for result in () if as_json else found.results:
        passage = result.passage
        print(f"{result.score:.2f}  {passage.title}, {passage.locator}\n      {passage.text.splitlines()[0]}\n      {result.passage_id}")
    raise typer.Exit(0 if found.results else NOT_COVERED)


@app.command()
def index(
    if_stale: Annotated[bool, typer.Option("--if-stale", help="Build only where the live index does not fit the library.")] = False,
    as_json: AsJson = False,
) -> None:
    """Build the index from the library and the originals on the shelf, and make it live."""
    with told_plainly():
        manifest = build(Settings(), if_stale)
    print(manifest.model_dump_json(indent=2) if as_json else built_line(manifest))


def main() -> None:
    """The `mutuals` command, with the commands that other packages add under the entry point `mutuals.commands`."""
    for added in entry_points(group="mutuals.commands"):
        app.command(added.name)(added.load())
    app(prog_name="mutuals")


if __name__ == "__main__":
    main()
