"""The command line: `mutuals ask|search|index|corpus|eval|serve`.

Exit codes: 0 done or answered, 3 not covered, 2 bad use, 1 a failure that is not the user's.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib.metadata import entry_points
from typing import Annotated, Any, get_args

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assistant.answers import Outcome, Scope
from assistant.errors import BadInputError
from assistant.rendering import terminal_text
from assistant.settings import Settings
from corpus.faults import CorpusError
from corpus.words import Sector

app = typer.Typer(help="Guidance on public service mutuals, each sentence cited to an exact place.", no_args_is_help=True, add_completion=False)
corpus_app = typer.Typer(help="The library's catalogue.", no_args_is_help=True)
app.add_typer(corpus_app, name="corpus")
errors = Console(stderr=True, highlight=False)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
BAD_USE = 2
NOT_COVERED = 3


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in quotation marks.")],
    sector: Annotated[str | None, typer.Option(help=f"Your service: {', '.join(get_args(Sector))}.")] = None,
    as_of: Annotated[str | None, typer.Option(help="The day for which the position is wanted, YYYY-MM-DD.")] = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question from the guidance."""
    from assistant.services import build_services

    with told_plainly():
        scope = Scope.model_validate({"sector": sector, "as_of": as_of})
        answer = build_services(Settings()).ask.ask(question, scope=scope)
    print(answer.model_dump_json(indent=2) if as_json else terminal_text(answer))
    raise typer.Exit(0 if answer.outcome in (Outcome.ANSWERED, Outcome.PARTIAL) else NOT_COVERED)


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
    """Build the index from the library and make it live."""
    from corpus.library import load_library
    from index.build import build_index, stale
    from index.embedding import SentenceEmbedder
    from index.versions import Versions, read_manifest

    with told_plainly():
        settings = Settings()
        versions = Versions(settings.index_dir)
        library = load_library()
        reason = stale(versions, library.digest, settings.embedding_model)
        if if_stale and reason is None:
            manifest = read_manifest(versions.live())
        else:
            errors.print(f"Building the index: {reason.reason if reason else 'asked for'}.")
            with _progress() as tell:
                manifest = build_index(library, SentenceEmbedder(settings.embedding_model), versions, tell)
    assert manifest is not None
    if as_json:
        print(manifest.model_dump_json(indent=2))
    else:
        print(
            f"Index {manifest.version} is live: {manifest.sources} sources, {manifest.passages} passages, {manifest.sentences} sentences; "
            f"{manifest.embedded} texts embedded, {manifest.reused} reused."
        )


@corpus_app.command("list")
def corpus_list(as_json: AsJson = False) -> None:
    """List the catalogue of sources with their standing today."""
    from corpus.library import load_library

    with told_plainly():
        sources = load_library().sources.values()
    if as_json:
        print(json.dumps([{**source.model_dump(mode="json"), "standing_today": source.standing_on(date.today())} for source in sources], indent=2))
        return
    for source in sources:
        print(f"{source.id:45} {source.authority:20} {source.standing_on(date.today()):12} {source.title}")


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what can go wrong into one plain message and an exit code."""
    from index.embedding import EmbeddingError
    from index.versions import BuildRunningError, NoIndexError

    try:
        yield
    except BadInputError as error:
        _fail(f"The {error.field} {error.message}", BAD_USE)
    except ValidationError as error:
        _fail("; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()), BAD_USE)
    except CorpusError as error:
        _fail(f"{error}\nNothing was changed; the live index stays. Mend the faults and run this again.", 1)
    except (NoIndexError, BuildRunningError, EmbeddingError) as error:
        _fail(str(error), 1)
    except OSError as error:
        _fail(f"{error.strerror or error}. Check the address and port, or the folder, in the settings.", 1)


def _fail(message: str, code: int) -> None:
    errors.print(message, markup=False)
    raise typer.Exit(code)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    columns: tuple[Any, ...] = (TextColumn("Embedding"), BarColumn(), MofNCompleteColumn(), TextColumn("texts"), TimeRemainingColumn())
    with Progress(*columns, console=errors) as bar:
        task = bar.add_task("embedding", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def main() -> None:
    """The `mutuals` command, with the commands that other packages add under the entry point `mutuals.commands`."""
    for added in entry_points(group="mutuals.commands"):
        app.command(added.name)(added.load())
    app(prog_name="mutuals")


if __name__ == "__main__":
    main()
