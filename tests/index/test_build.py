"""Building: what is embedded, what is kept, and that the live index stays whatever goes wrong."""

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from libraries import write_small_library

from corpus.faults import CorpusError
from corpus.library import load_library
from index.build import Stale, build_index, embedded_texts, keyword_text, stale
from index.embedding import SentenceEmbedder, Vectors
from index.live import LiveIndex
from index.passages import cut_passages
from index.versions import FORMAT, BuildRunningError, Manifest, NoIndexError, Versions, read_manifest

ROOT = Path(__file__).resolve().parents[2]
NOTE = Path("notes/taskforce/small.md")
TEXTS = 19
"""Of the small library: 3 passages, 7 sentences and 9 asks."""
SECTION = """
## Section {n}

```yaml
id: section-{n}
source: new-act
locator: Sch. {n}
asks:
  - What is in Schedule {n}?
  - Does Schedule {n} matter?
  - Who reads Schedule {n}?
```

Schedule {n} of the New Act speaks of {n} kinds of contract.
"""
FRONT = "---\nid: long-note\ntitle: A long note\ntopics: [procurement]\nsectors: [all]\naudiences: [staff]\n---\n"
BUILDER = """
import os
import sys
import time
from pathlib import Path

from corpus.library import load_library
from index.build import build_index
from index.embedding import SentenceEmbedder
from index.versions import Versions

def progress(done, total):
    if done * 2 >= total:
        print(done, total, flush=True)
        os._exit(7) if sys.argv[3] == "exit" else time.sleep(600)

build_index(load_library(Path(sys.argv[1])), SentenceEmbedder(), Versions(Path(sys.argv[2])), progress)
"""
OTHER = """
import sys
from pathlib import Path

from index.versions import BuildRunningError, Versions

try:
    with Versions(Path(sys.argv[1])).building():
        pass
except BuildRunningError as error:
    print(error)
    sys.exit(3)
"""


class Recorder:
    """The bundled model, which also keeps what it is given to embed."""

    def __init__(self, embedder: SentenceEmbedder, name: str | None = None):
        self._embedder = embedder
        self.name = name or embedder.name
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        self.seen += texts
        return self._embedder.encode(texts, progress)


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path / "index")


@pytest.fixture
def recorder(embedder: SentenceEmbedder) -> Recorder:
    return Recorder(embedder)


def edit(root: Path, old: str, new: str, file: Path = NOTE) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / file).write_text(text.replace(old, new), encoding="utf-8")


def lengthen(root: Path) -> None:
    """Add a note of twenty sections: 100 more texts, so that a build embeds in several batches."""
    text = FRONT + "".join(SECTION.format(n=n) for n in range(1, 21))
    (root / "notes" / "procurement").mkdir()
    (root / "notes" / "procurement" / "long.md").write_text(text, encoding="utf-8")


def snapshot(root: Path) -> dict[str, str]:
    """Every file under a folder with the sha256 of what it holds."""
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in root.rglob("*") if path.is_file()}


def folders(versions: Versions) -> list[str]:
    return sorted(path.name for path in (versions.root / "versions").iterdir())


def counts(manifest: Manifest) -> tuple[int, int]:
    return manifest.embedded, manifest.reused


def test_a_first_build_tells_what_it_holds(small_library: Path, recorder: Recorder, versions: Versions) -> None:
    library = load_library(small_library)
    told: list[tuple[int, int]] = []
    manifest = build_index(library, recorder, versions, lambda done, total: told.append((done, total)))
    assert manifest == Manifest(
        version=versions.live_name() or "",
        format=FORMAT,
        built_at=manifest.built_at,
        model="all-MiniLM-L6-v2",
        dimension=384,
        library_digest=library.digest,
        sources=3,
        passages=3,
        sentences=7,
        asks=9,
        embedded=TEXTS,
        reused=0,
    )
    assert read_manifest(versions.live()) == manifest
    assert told == [(TEXTS, TEXTS)]
    assert recorder.seen == [text for passage in cut_passages(library.sections()) for text in embedded_texts(passage)]


def test_progress_is_told_batch_by_batch_up_to_the_whole(small_library: Path, embedder: SentenceEmbedder, versions: Versions) -> None:
    lengthen(small_library)
    told: list[tuple[int, int]] = []
    build_index(load_library(small_library), embedder, versions, lambda done, total: told.append((done, total)))
    assert told == [(32, 119), (64, 119), (96, 119), (119, 119)]


def test_a_passage_is_embedded_with_its_headings_its_sentences_under_theirs_and_its_asks_alone(small_library: Path) -> None:
    [_, passage, _] = cut_passages(load_library(small_library).sections())
    sentence = "Under the Old Regulations 2010 a reserved contract could last no longer than three years."
    assert embedded_texts(passage) == [
        f"A small note › Reserved contracts before 2020\n{sentence}",
        f"Reserved contracts before 2020: {sentence}",
        "How long could a reserved contract last under the old regulations?",
        "Could contracts be kept for mutuals before 2020?",
        "What did regulation 77 say about length?",
    ]
    assert keyword_text(passage) == f"A small note › Reserved contracts before 2020\nreg. 77(3)\n{sentence}"


HEADING = "Reserved contracts now"
FIRST = "Since 1 April 2020 the New Act has allowed a contract to be reserved for a mutual for up to five years."
SECOND = "A buyer must not reserve a contract for longer than five years under the New Act."
CHANGED = SECOND.replace("five", "six")


@pytest.mark.parametrize(
    ("old", "new", "fresh"),
    [
        ("topics: [recommendations]", "topics: [recommendations]", []),
        ("topics: [recommendations]", "topics: [pathway]", []),
        ("locator: s. 33", "locator: s. 34", []),
        ("What does section 33 allow?", "What did regulation 77 say about length?", []),
        ("What does section 33 allow?", "What does section 33 permit?", ["What does section 33 permit?"]),
        (SECOND, CHANGED, [f"A small note › {HEADING}\n{FIRST}\n{CHANGED}", f"{HEADING}: {CHANGED}"]),
        (f"\n{SECOND}", "", [f"A small note › {HEADING}\n{FIRST}"]),
        (f"## {HEADING}", "## Contracts now", [f"A small note › Contracts now\n{FIRST}\n{SECOND}", f"Contracts now: {FIRST}", f"Contracts now: {SECOND}"]),
    ],
)
def test_only_the_texts_that_changed_are_embedded_again(
    small_library: Path, recorder: Recorder, versions: Versions, old: str, new: str, fresh: list[str]
) -> None:
    build_index(load_library(small_library), recorder, versions)
    recorder.seen.clear()
    edit(small_library, old, new)
    library = load_library(small_library)
    manifest = build_index(library, recorder, versions)
    texts = [text for passage in cut_passages(library.sections()) for text in embedded_texts(passage)]
    assert recorder.seen == fresh
    assert counts(manifest) == (len(fresh), len(texts) - len(fresh))
    np.testing.assert_allclose(np.load(versions.live() / "vectors.npy"), recorder.encode(texts), atol=1e-5)


def test_a_text_that_stands_twice_is_embedded_once(small_library: Path, recorder: Recorder, versions: Versions) -> None:
    edit(small_library, "What does section 33 allow?", "What did regulation 77 say about length?")
    assert counts(build_index(load_library(small_library), recorder, versions)) == (TEXTS - 1, 1)
    assert len(recorder.seen) == TEXTS - 1


def test_an_unchanged_library_is_built_without_the_model_and_vector_for_vector_the_same(small_library: Path, recorder: Recorder, versions: Versions) -> None:
    library = load_library(small_library)
    build_index(library, recorder, versions)
    before = np.load(versions.live() / "vectors.npy")
    recorder.seen.clear()
    told: list[tuple[int, int]] = []
    assert counts(build_index(library, recorder, versions, lambda done, total: told.append((done, total)))) == (0, TEXTS)
    assert (recorder.seen, told) == ([], [])
    np.testing.assert_array_equal(np.load(versions.live() / "vectors.npy"), before)


def test_another_model_embeds_everything_anew(small_library: Path, embedder: SentenceEmbedder, versions: Versions) -> None:
    library = load_library(small_library)
    build_index(library, embedder, versions)
    assert counts(build_index(library, Recorder(embedder, "another model"), versions)) == (TEXTS, 0)


def test_an_index_of_another_format_is_not_reused(small_library: Path, embedder: SentenceEmbedder, versions: Versions) -> None:
    library = load_library(small_library)
    manifest = build_index(library, embedder, versions)
    older = manifest.model_copy(update={"format": FORMAT - 1})
    (versions.live() / "manifest.json").write_text(older.model_dump_json(), encoding="utf-8")
    assert stale(versions, library.digest, embedder.name) == Stale("the index is of an older format")
    assert counts(build_index(library, embedder, versions)) == (TEXTS, 0)


def test_a_live_version_that_has_gone_does_not_stop_the_next_build(small_library: Path, embedder: SentenceEmbedder, versions: Versions) -> None:
    versions.root.mkdir()
    (versions.root / "live").write_text("20120605T120000-abcdef", encoding="ascii")
    library = load_library(small_library)
    assert stale(versions, library.digest, embedder.name) == Stale("there is no index yet")
    assert counts(build_index(library, embedder, versions)) == (TEXTS, 0)


@pytest.mark.parametrize(("file", "content"), [("passages.db", b""), ("passages.db", b"noise" * 1000), ("vectors.npy", b""), ("vectors.npy", None)])
def test_a_damaged_live_version_does_not_stop_the_next_build(
    small_library: Path, embedder: SentenceEmbedder, versions: Versions, file: str, content: bytes | None
) -> None:
    library = load_library(small_library)
    build_index(library, embedder, versions)
    (versions.live() / file).unlink()
    if content is not None:
        (versions.live() / file).write_bytes(content)
    assert counts(build_index(library, embedder, versions)) == (TEXTS, 0)
    assert len(LiveIndex(versions).current().store) == 3


def test_an_index_is_stale_where_library_or_model_differ(small_index: Versions, embedder: SentenceEmbedder, versions: Versions) -> None:
    manifest = read_manifest(small_index.live())
    assert manifest is not None
    assert stale(versions, "any", "any") == Stale("there is no index yet")
    assert stale(small_index, manifest.library_digest, embedder.name) is None
    assert stale(small_index, "other", embedder.name) == Stale("the library has changed")
    assert stale(small_index, manifest.library_digest, "other") == Stale("the index was built with all-MiniLM-L6-v2, not other")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("locator: s. 33\n", "", "45: locator: is missing"),
        ("source: new-act", "source: no-act", "42: source: 'no-act' is not in the catalogue"),
        ("title: A small note", "title: [A small note", "4: yaml: cannot be parsed: did not find expected ',' or ']'"),
    ],
)
def test_a_faulty_library_stops_the_build_and_the_live_index_stays_as_it_was(
    small_library: Path, embedder: SentenceEmbedder, versions: Versions, old: str, new: str, fault: str
) -> None:
    build_index(load_library(small_library), embedder, versions)
    before = snapshot(versions.root)
    edit(small_library, old, new)
    with pytest.raises(CorpusError) as caught:
        build_index(load_library(small_library), embedder, versions)
    assert str(caught.value) == f"1 fault in the library\n{small_library / NOTE}:{fault}"
    assert snapshot(versions.root) == before


def test_a_build_that_fails_on_the_way_leaves_the_live_index_as_it_was(small_library: Path, embedder: SentenceEmbedder, versions: Versions) -> None:
    build_index(load_library(small_library), embedder, versions)
    before = snapshot(versions.root)
    lengthen(small_library)

    def full(done: int, total: int) -> None:
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space left"):
        build_index(load_library(small_library), embedder, versions, full)
    assert snapshot(versions.root) == before


def test_a_library_of_no_sections_leaves_the_live_index_as_it_was(small_library: Path, embedder: SentenceEmbedder, versions: Versions) -> None:
    library = load_library(small_library)
    build_index(library, embedder, versions)
    before = snapshot(versions.root)
    empty = replace(library, notes=(), digest="empty")
    with pytest.raises(ValueError):
        build_index(empty, embedder, versions)
    assert snapshot(versions.root) == before


@pytest.mark.parametrize("way", ["exit", "kill"])
def test_a_build_killed_in_the_middle_leaves_the_old_index_serving_and_the_next_clears_up(
    small_library: Path, embedder: SentenceEmbedder, versions: Versions, way: str
) -> None:
    old = build_index(load_library(small_library), embedder, versions)
    live = LiveIndex(versions)
    held = list(live.current().store.all_passages())
    before = snapshot(versions.root)
    lengthen(small_library)
    arguments = [sys.executable, "-c", BUILDER, str(small_library), str(versions.root), way]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "64 100\n"
        if way == "kill":
            assert live.current().manifest == old
            with pytest.raises(BuildRunningError):
                build_index(load_library(small_library), embedder, versions)
            process.send_signal(signal.SIGKILL)
    assert process.returncode == (7 if way == "exit" else -signal.SIGKILL)

    [left] = [name for name in folders(versions) if name.endswith(".building")]
    assert folders(versions) == sorted([old.version, left])
    assert snapshot(versions.root) == before
    assert live.current().manifest == old
    assert LiveIndex(versions).current().manifest == old
    assert list(live.current().store.all_passages()) == held

    new = build_index(load_library(small_library), embedder, versions)
    assert counts(new) == (100, TEXTS)
    assert folders(versions) == sorted([old.version, new.version])
    assert (live.current().manifest, len(live.current().store)) == (new, 23)


def test_a_second_build_says_that_one_is_running_and_the_first_becomes_live(small_library: Path, embedder: SentenceEmbedder, versions: Versions) -> None:
    library = load_library(small_library)
    refusals: list[str] = []

    def meanwhile(done: int, total: int) -> None:
        with pytest.raises(BuildRunningError) as caught:
            build_index(library, embedder, Versions(versions.root))
        refusals.append(str(caught.value))

    manifest = build_index(library, embedder, versions, meanwhile)
    assert refusals == [f"another index build is running under {versions.root}; wait for it to end, then try again"]
    assert (versions.live_name(), folders(versions)) == (manifest.version, [manifest.version])


def test_a_build_in_another_process_is_refused_while_one_runs_here(small_library: Path, embedder: SentenceEmbedder, versions: Versions) -> None:
    done: list[tuple[int, str]] = []

    def meanwhile(_: int, __: int) -> None:
        process = subprocess.run([sys.executable, "-c", OTHER, str(versions.root)], cwd=ROOT, capture_output=True, text=True, check=False)
        done.append((process.returncode, process.stdout))

    manifest = build_index(load_library(small_library), embedder, versions, meanwhile)
    assert done == [(3, f"another index build is running under {versions.root}; wait for it to end, then try again\n")]
    assert folders(versions) == [manifest.version]


def test_an_index_is_built_in_a_folder_of_any_name(tmp_path: Path, embedder: SentenceEmbedder) -> None:
    versions = Versions(tmp_path / "a #1 ?x=y %41 é" / "index")
    build_index(load_library(write_small_library(tmp_path / "library")), embedder, versions)
    index = LiveIndex(versions).current()
    found = index.ways.nearest(embedder.encode(["How long can a reserved contract last now?"]), 1)
    assert ([passage.id for passage in index.store.passages(found)], len(index.store)) == (["small-note.reserved-now"], 3)


def test_without_a_build_nothing_can_be_opened(versions: Versions) -> None:
    with pytest.raises(NoIndexError):
        LiveIndex(versions).current()
    assert not os.path.lexists(versions.root)
