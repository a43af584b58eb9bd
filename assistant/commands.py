"""What the commands share: plain messages for what can go wrong, building the index with its progress shown."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assistant.errors import BadInputError, NotFoundError
from assistant.settings import Settings
from corpus.faults import CorpusError
from corpus.library import load_library
from corpus.originals import Shelf, ShelfError
from corpus.readers.unreadable import UnreadableOriginalError
from index.versions import BuildRunningError, Manifest, NoIndexError, Versions, read_manifest

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
BAD_USE = 2
FAILED = 1
errors = Console(stderr=True, highlight=False)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what can go wrong into one plain message and an exit code."""
    from assistant.database.engine import DatabaseAddressError, DatabaseUnavailableError
    from assistant.database.upgrading import NewerDatabaseError
    from assistant.entailment import EntailmentError
    from assistant.people.person import ForbiddenError
    from assistant.people.reach import NoAccountsError
    from index.embedding import EmbeddingError

    try:
        yield
    except BadInputError as error:
        fail(f"The {error.field} {error.message}", BAD_USE)
    except NotFoundError as error:
        fail(f"There is no {error.what} {error.identifier!r}{'. ' + error.advice if error.advice else '; `mutuals corpus list` shows what there is.'}", BAD_USE)
    except ValidationError as error:
        fail("; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()), BAD_USE)
    except CorpusError as error:
        fail(f"{error}\nNothing was changed; the live index stays. Mend the faults and run this again.", FAILED)
    except (NoIndexError, BuildRunningError, EmbeddingError, ShelfError, UnreadableOriginalError, DatabaseAddressError, NewerDatabaseError) as error:
        fail(str(error), FAILED)
    except (EntailmentError, ForbiddenError, NoAccountsError) as error:
        fail(str(error), FAILED)
    except DatabaseUnavailableError:
        fail("The database cannot be read or written now; the reason is above. Nothing was changed.", FAILED)
    except OSError as error:
        fail(f"{error.strerror or error}. Check the address and port, or the folder, in the settings.", FAILED)


def fail(message: str, code: int) -> None:
    """Say what is wrong and end the command."""
    errors.print(message, markup=False)
    raise typer.Exit(code)


def build(settings: Settings, if_stale: bool = False) -> Manifest:
    """Build the index from library and shelf, or leave it where `if_stale` and it fits. Progress goes to the terminal's error stream."""
    from index.build import build_index, stale
    from index.embedding import SentenceEmbedder

    versions, shelf = Versions(settings.index_dir), Shelf(settings.originals_dir)
    library = load_library(settings.library_dir)
    reason = stale(versions, library.digest_with(shelf), settings.embedding_model)
    if if_stale and reason is None:
        manifest = read_manifest(versions.live())
        assert manifest is not None
        return manifest
    errors.print(f"Building the index: {reason.reason if reason else 'asked for'}.")
    whole = library.with_originals(shelf, lambda message: errors.print(message, markup=False))
    with _progress() as tell:
        return build_index(whole, SentenceEmbedder(settings.embedding_model), versions, tell)


def built_line(manifest: Manifest) -> str:
    """What is live now, in one line."""
    return (
        f"Index {manifest.version} is live: {manifest.sources} sources, {manifest.passages} passages, {manifest.sentences} sentences; "
        f"{manifest.embedded} texts embedded, {manifest.reused} reused."
    )


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    columns: tuple[Any, ...] = (TextColumn("Embedding"), BarColumn(), MofNCompleteColumn(), TextColumn("texts"), TimeRemainingColumn())
    with Progress(*columns, console=errors) as bar:
        task = bar.add_task("embedding", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
