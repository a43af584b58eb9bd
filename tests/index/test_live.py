"""The live index: re-opened when a new version is made live, and shared by threads."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.library import load_library
from index.build import build_index
from index.embedding import SentenceEmbedder
from index.live import LiveIndex, OpenIndex
from index.retrieval import read_query, search
from index.versions import FORMAT, Manifest, NoIndexError, Versions

QUESTION = "Since when has the New Act allowed a contract to be reserved for a mutual?"


def rebuilt(root: Path, embedder: SentenceEmbedder, versions: Versions, years: str) -> Manifest:
    """Build the small library with the length that the New Act allows told as `years`."""
    note = root / "notes" / "taskforce" / "small.md"
    lines = note.read_text(encoding="utf-8").split("\n")
    told = f"Since 1 April 2020 the New Act has allowed a contract to be reserved for a mutual for up to {years} years."
    note.write_text("\n".join(told if line.startswith("Since 1 April 2020") else line for line in lines), encoding="utf-8")
    return build_index(load_library(root), embedder, versions)


def best(index: OpenIndex, embedder: SentenceEmbedder) -> str:
    """The first sentence of the best passage."""
    return search(read_query(QUESTION, index, embedder), index, 1)[0].passage.quote(0)


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path / "index")


def test_without_an_index_it_says_what_to_run(versions: Versions) -> None:
    with pytest.raises(NoIndexError) as caught:
        LiveIndex(versions).current()
    assert str(caught.value) == f"no index is live under {versions.root}; run `mutuals index`"


def test_an_index_built_later_is_found_without_a_restart(small_library: Path, embedder: SentenceEmbedder, versions: Versions) -> None:
    live = LiveIndex(versions)
    with pytest.raises(NoIndexError):
        live.current()
    manifest = build_index(load_library(small_library), embedder, versions)
    assert live.current().manifest == manifest


def test_the_same_version_is_opened_once(small_index: Versions) -> None:
    live = LiveIndex(small_index)
    assert live.current() is live.current()


def test_threads_that_ask_at_once_get_the_one_open_index(small_index: Versions) -> None:
    live = LiveIndex(small_index)
    gate = threading.Barrier(8)

    def ask(_: int) -> int:
        gate.wait()
        return id(live.current())

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {id(live.current())}


def test_a_new_version_is_opened_and_the_old_one_still_reads(small_library: Path, embedder: SentenceEmbedder, versions: Versions) -> None:
    live = LiveIndex(versions)
    first = rebuilt(small_library, embedder, versions, "five")
    before = live.current()
    second = rebuilt(small_library, embedder, versions, "seven")
    after = live.current()
    assert (before.manifest, after.manifest) == (first, second)
    told = "Since 1 April 2020 the New Act has allowed a contract to be reserved for a mutual for up to {} years."
    assert [best(index, embedder) for index in (before, after)] == [told.format("five"), told.format("seven")]


def test_threads_are_served_whole_versions_while_a_new_one_is_made_live(small_library: Path, embedder: SentenceEmbedder, versions: Versions) -> None:
    live = LiveIndex(versions)
    first = rebuilt(small_library, embedder, versions, "five")
    second: list[Manifest] = []
    switched = threading.Event()

    def serve(_: int) -> set[tuple[str, str]]:
        seen = set()
        more = 3
        while more:
            index = live.current()
            seen.add((index.manifest.version, best(index, embedder).split()[-2]))
            more -= switched.is_set()
        return seen

    with ThreadPoolExecutor(6) as pool:
        serving = [pool.submit(serve, number) for number in range(6)]
        try:
            second.append(rebuilt(small_library, embedder, versions, "seven"))
        finally:
            switched.set()
        seen = set().union(*(each.result() for each in serving))
    assert seen == {(first.version, "five"), (second[0].version, "seven")}


def test_an_index_of_another_format_is_as_good_as_none(small_library: Path, embedder: SentenceEmbedder, versions: Versions) -> None:
    manifest = build_index(load_library(small_library), embedder, versions)
    newer = manifest.model_copy(update={"format": FORMAT + 1})
    (versions.live() / "manifest.json").write_text(newer.model_dump_json(), encoding="utf-8")
    with pytest.raises(NoIndexError):
        LiveIndex(versions).current()


def test_an_index_taken_away_is_missed_at_once(small_library: Path, embedder: SentenceEmbedder, versions: Versions) -> None:
    build_index(load_library(small_library), embedder, versions)
    live = LiveIndex(versions)
    live.current()
    (versions.root / "live").unlink()
    with pytest.raises(NoIndexError):
        live.current()
