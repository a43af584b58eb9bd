"""Versions on disk: built aside, made live in one step, one build at a time."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.versions import FORMAT, BuildRunningError, Manifest, NoIndexError, Versions, read_manifest

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys
from pathlib import Path
from index.versions import Versions
with Versions(Path(sys.argv[1])).building() as folder:
    print(folder.name, flush=True)
    sys.stdin.read()
"""


def manifest(version: str) -> Manifest:
    return Manifest(
        version=version,
        format=FORMAT,
        built_at=datetime(2026, 11, 22, 12, 30, tzinfo=UTC),
        model="a model",
        dimension=4,
        library_digest="abc",
        sources=1,
        passages=2,
        sentences=3,
        asks=4,
        embedded=5,
        reused=6,
    )


def build(versions: Versions) -> str:
    """Build a version that holds its own name alone, and make it live."""
    with versions.building() as folder:
        made = manifest(folder.name.removesuffix(".building"))
        (folder / "content").write_text(made.version, encoding="ascii")
        versions.make_live(folder, made)
    return made.version


def names(versions: Versions) -> list[str]:
    return sorted(path.name for path in (versions.root / "versions").iterdir())


@contextmanager
def another_process_building(versions: Versions) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A real process that holds the build lock until its input is closed, and the name of the folder it builds in."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(versions.root)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path / "index")


def test_at_first_nothing_is_live(versions: Versions) -> None:
    assert versions.live_name() is None
    with pytest.raises(NoIndexError) as caught:
        versions.live()
    assert str(caught.value) == f"no index is live under {versions.root}; run `mutuals index`"


def test_asking_what_is_live_writes_nothing(versions: Versions) -> None:
    versions.live_name()
    assert not versions.root.exists()


@pytest.mark.parametrize("content", ["", "\n", "gone"])
def test_a_live_file_that_names_no_version_is_no_index(versions: Versions, content: str) -> None:
    versions.root.mkdir()
    (versions.root / "live").write_text(content, encoding="ascii")
    with pytest.raises(NoIndexError):
        versions.live()


def test_a_version_without_its_manifest_is_no_index(versions: Versions) -> None:
    build(versions)
    (versions.live() / "manifest.json").unlink()
    with pytest.raises(NoIndexError):
        versions.live()


def test_a_build_is_live_when_it_is_finished(versions: Versions) -> None:
    name = build(versions)
    assert versions.live_name() == name
    assert versions.live() == versions.root / "versions" / name
    assert read_manifest(versions.live()) == manifest(name)
    assert (versions.live() / "content").read_text(encoding="ascii") == name
    assert names(versions) == [name]


def test_a_build_under_way_stands_beside_the_live_one(versions: Versions) -> None:
    name = build(versions)
    with versions.building() as folder:
        assert (versions.live_name(), names(versions)) == (name, sorted([name, folder.name]))


def test_the_version_before_is_kept_and_older_ones_are_cleared(versions: Versions) -> None:
    made = [build(versions) for _ in range(4)]
    assert (versions.live_name(), names(versions)) == (made[3], sorted(made[2:]))


def test_a_build_that_fails_leaves_the_live_one_and_nothing_else(versions: Versions) -> None:
    name = build(versions)
    with pytest.raises(FileNotFoundError), versions.building() as folder:
        os.link(folder / "nothing", folder / "content")
    assert (versions.live_name(), names(versions)) == (name, [name])


def test_what_a_killed_build_left_is_cleared_by_the_next(versions: Versions) -> None:
    name = build(versions)
    left = versions.root / "versions" / "20120605T120000-abcdef.building"
    left.mkdir()
    (left / "vectors.npy").write_bytes(b"half")
    with versions.building():
        assert not left.exists()
    assert names(versions) == [name]


def test_a_version_that_never_became_live_is_cleared_by_the_next_build(versions: Versions) -> None:
    first = build(versions)
    (versions.root / "versions" / "20120605T120000-abcdef").mkdir()
    (versions.root / "live.new").write_text("20120605T120000-abcdef", encoding="ascii")
    assert versions.live_name() == first
    second = build(versions)
    assert (versions.live_name(), names(versions)) == (second, sorted([first, second]))
    assert not (versions.root / "live.new").exists()


def test_a_second_build_in_the_same_process_is_refused_and_the_first_goes_on(versions: Versions) -> None:
    with versions.building() as folder:
        with pytest.raises(BuildRunningError) as caught, Versions(versions.root).building():
            pytest.fail("two builds at once")
        assert folder.exists()
    assert str(caught.value) == f"another index build is running under {versions.root}; wait for it to end, then try again"
    assert build(versions) == versions.live_name()


def test_a_second_build_in_another_process_is_refused_and_the_first_goes_on(versions: Versions) -> None:
    name = build(versions)
    with another_process_building(versions) as (process, folder):
        with pytest.raises(BuildRunningError), versions.building():
            pytest.fail("two builds at once")
        assert (versions.live_name(), names(versions), process.poll()) == (name, sorted([name, folder]), None)
    assert (process.returncode, names(versions)) == (0, [name])


def test_the_lock_of_a_killed_build_is_free(versions: Versions) -> None:
    name = build(versions)
    with another_process_building(versions) as (process, folder):
        process.send_signal(signal.SIGKILL)
    assert (process.returncode, names(versions)) == (-signal.SIGKILL, sorted([name, folder]))
    second = build(versions)
    assert names(versions) == sorted([name, second])


def test_a_manifest_of_another_format_is_not_read(tmp_path: Path) -> None:
    record = json.loads(manifest("one").model_dump_json())
    (tmp_path / "manifest.json").write_text(json.dumps({**record, "format": FORMAT + 1}), encoding="utf-8")
    assert read_manifest(tmp_path) is None


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b"{}", b"\xff", b'{"version": 1}'])
def test_a_manifest_that_cannot_be_read_is_none(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_bytes(content)
    assert read_manifest(tmp_path) is None


def test_a_folder_that_may_not_be_written_is_told_by_the_system(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file stands here", encoding="ascii")
    with pytest.raises(OSError), Versions(tmp_path / "index").building():
        pytest.fail("built in a file")


def test_the_live_file_holds_the_name_alone(versions: Versions) -> None:
    name = build(versions)
    assert (versions.root / "live").read_bytes() == os.fsencode(name)
