"""`mutuals corpus`: the catalogue, its faults, and the shelf of originals."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn

from assistant.commands import FAILED, AsJson, build, built_line, errors, told_plainly
from assistant.errors import NotFoundError
from assistant.settings import Settings
from corpus.fetching import Fetched, Tell, fetch
from corpus.library import Library, inspect_library, load_library
from corpus.originals import Shelf
from corpus.sources import Source
from index.versions import Versions

corpus_app = typer.Typer(help="The library: its catalogue, its faults, and publishers' originals.", no_args_is_help=True)

SourceId = Annotated[str, typer.Argument(help="The source's id in the catalogue.")]
NoIndex = Annotated[bool, typer.Option("--no-index", help="Leave the index as it is; run `mutuals index` later.")]


@corpus_app.command("list")
def list_sources(
    originals: Annotated[bool, typer.Option("--originals", help="Only sources whose original is on the shelf.")] = False, as_json: AsJson = False
) -> None:
    """List the catalogue of sources with their standing today, and which originals are here."""
    with told_plainly():
        settings = Settings()
        kept = {each.source_id: each for each in Shelf(settings.originals_dir).kept()}
        sources = [source for source in load_library(settings.library_dir).sources.values() if source.id in kept or not originals]
    if as_json:
        print(json.dumps([_listed(source, kept) for source in sources], indent=2))
        return
    for source in sources:
        here = f"  [original: {kept[source.id].file}]" if source.id in kept else ""
        print(f"{source.id:45} {source.authority:20} {source.standing_on(date.today()):12} {source.title}{here}")


def _listed(source: Source, kept: dict[str, Any]) -> dict[str, Any]:
    original = kept[source.id].model_dump(mode="json") if source.id in kept else None
    return {**source.model_dump(mode="json"), "standing_today": source.standing_on(date.today()), "original": original}


@corpus_app.command()
def check(as_json: AsJson = False) -> None:
    """Check library and shelf; every fault is told as file:line: field: what is wrong. Exit code 1 where there is one."""
    with told_plainly():
        settings = Settings()
        library, faults = inspect_library(settings.library_dir)
        shelf = Shelf(settings.originals_dir)
        damage = list(shelf.damage())
        if not damage:
            shelf.sections(library.sources, damage.append)
    if as_json:
        told = [{"file": str(fault.path), "line": fault.line, "field": fault.field, "message": fault.message} for fault in faults]
        print(json.dumps({"faults": told, "originals": damage, **_counts(library)}, indent=2))
    else:
        for fault in sorted(faults):
            print(fault)
        for message in damage:
            print(message)
        counts = ", ".join(f"{number} {name}" for name, number in _counts(library).items())
        print(f"{counts}; {len(faults) + len(damage)} faults")
    raise typer.Exit(FAILED if faults or damage else 0)


def _counts(library: Library) -> dict[str, int]:
    sections = list(library.sections())
    return {
        "sources": len(library.sources),
        "notes": len(library.notes),
        "sections": len(sections),
        "sentences": sum(len(section.sentences) for section in sections),
        "changes": len(library.timeline.changes),
        "terms": len(library.glossary.terms),
    }


@corpus_app.command("fetch")
def fetch_originals(
    source_ids: Annotated[list[str] | None, typer.Argument(help="Ids of the sources; none means every source that has an address and no original yet.")] = None,
    no_index: NoIndex = False,
    as_json: AsJson = False,
) -> None:
    """Fetch publishers' own files from the addresses in the catalogue, and index them."""
    with told_plainly():
        settings = Settings()
        sources = load_library(settings.library_dir).sources
        shelf = Shelf(settings.originals_dir)
        there = {kept.source_id for kept in shelf.kept()}
        wanted = [_known(identifier, sources) for identifier in dict.fromkeys(source_ids or ())]
        if not source_ids:
            wanted = [source for source in sources.values() if source.url and source.id not in there]
            errors.print(f"Fetching {len(wanted)} originals. Stop with Ctrl-C; what is fetched stays, and the next try goes on from there.")
        with _Bars() as tell:
            found = fetch(wanted, shelf, tell=tell)
        if as_json:
            told = [{"source_id": each.source_id, "kept": each.kept.model_dump(mode="json") if each.kept else None, "reason": each.reason} for each in found]
            print(json.dumps(told, indent=2))
        else:
            for each in found:
                print(_fetched_line(each))
        if any(each.kept for each in found):
            _index_anew(settings, no_index)
    raise typer.Exit(0 if all(each.kept for each in found) else FAILED)


def _fetched_line(each: Fetched) -> str:
    return f"{each.source_id}: kept as {each.kept.file} ({each.kept.size:,} bytes)" if each.kept else f"{each.source_id}: {each.reason}"


@corpus_app.command()
def add(
    file: Annotated[Path, typer.Argument(help="A .pdf, .docx, .html, .txt or .md file.")],
    source: Annotated[str, typer.Option("--source", help="The id of the source that the file is the original of.")],
    no_index: NoIndex = False,
    as_json: AsJson = False,
) -> None:
    """Keep a file as the original of a source, in place of the one it has, and index it."""
    with told_plainly():
        settings = Settings()
        record = _known(source, load_library(settings.library_dir).sources)
        kept = Shelf(settings.originals_dir).add(file, record)
        print(kept.model_dump_json(indent=2) if as_json else f"Kept {kept.file} as the original of {source} ({kept.size:,} bytes, sha256 {kept.sha256}).")
        _index_anew(settings, no_index)


@corpus_app.command()
def remove(source_id: SourceId, no_index: NoIndex = False, as_json: AsJson = False) -> None:
    """Take the original of a source off the shelf and out of the index. Notes on the source stay."""
    with told_plainly():
        settings = Settings()
        Shelf(settings.originals_dir).remove(source_id)
        print(json.dumps({"removed": source_id}) if as_json else f"Removed the original of {source_id}.")
        _index_anew(settings, no_index)


def _known(source_id: str, sources: dict[str, Source]) -> Source:
    if source_id not in sources:
        raise NotFoundError("source", source_id)
    return sources[source_id]


def _index_anew(settings: Settings, no_index: bool) -> None:
    """Bring the index up to the shelf, so that what is there can be cited at once and what is gone no longer."""
    if no_index:
        errors.print("The index is as it was; run `mutuals index` to bring it up to date.")
    elif Versions(settings.index_dir).live_name() is not None:
        errors.print(built_line(build(settings)))


class _Bars:
    """A progress bar for each file that is being fetched."""

    def __init__(self) -> None:
        self._progress = Progress(TextColumn("{task.description}"), BarColumn(), DownloadColumn(), console=errors)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Tell:
        self._progress.start()
        return self._tell

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def _tell(self, source_id: str, done: int, total: int | None) -> None:
        if source_id not in self._tasks:
            self._tasks[source_id] = self._progress.add_task(source_id, total=total)
        self._progress.update(self._tasks[source_id], completed=done, total=total)
