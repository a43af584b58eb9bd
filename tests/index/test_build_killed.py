"""A build killed at many points: whatever the moment, a whole index is live after it, and the next build makes the new one."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from libraries import write_small_library

POINTS = 14
SCRIPT = '''
import json, os, signal, sys
from pathlib import Path
import numpy as np
from corpus.library import load_library
from index import adapter, build
from index.build import build_index
from index.live import LiveIndex
from index.versions import Versions, read_manifest

class Plain:
    """Vectors from the letters of a text: quick, and the same each time."""
    name = "plain"
    def encode(self, texts, progress=None):
        rows = np.array([np.bincount(np.frombuffer(text.encode()[:400], dtype=np.uint8) % 16, minlength=16) for text in texts], dtype=np.float32)
        if progress: progress(len(texts))
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

build.learn_adapter = lambda passages, vectors: np.zeros((vectors.shape[1], vectors.shape[1]), dtype=np.float32)
root, library_dir, points = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])

def steps_of_a_build(kill_at):
    """Build in a child that counts what it does to files and kills itself at one of those steps; its exit status, and how many there were."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        steps = 0
        def watch(event, arguments):
            nonlocal steps
            if event in ("open", "os.rename", "os.mkdir", "shutil.rmtree", "os.remove", "sqlite3.connect"):
                steps += 1
                if steps == kill_at:
                    os.kill(os.getpid(), signal.SIGKILL)
        library = load_library(library_dir)
        sys.addaudithook(watch)
        build_index(library, Plain(), Versions(root))
        os.write(writer, str(steps).encode())
        os._exit(0)
    os.close(writer)
    _, status = os.waitpid(child, 0)
    told = os.read(reader, 32)
    os.close(reader)
    return status, int(told or 0)

def live():
    """What a reader of the live index gets, in a child of its own: every passage's text, and that vectors and keywords open."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            index = LiveIndex(Versions(root)).current()
            texts = [passage.text for passage in index.store.all_passages()]
            found = index.ways.nearest(Plain().encode(["reserved contract"]), 3)
            os.write(writer, json.dumps(["five years" in " ".join(texts), "six years" in " ".join(texts), len(found) > 0]).encode())
        except BaseException as error:
            os.write(writer, json.dumps(repr(error)).encode())
        os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    told = json.loads(os.read(reader, 65536))
    os.close(reader)
    return told

note = library_dir / "notes" / "taskforce" / "small.md"
five = note.read_text()
six = five.replace("five years", "six years")
status, _ = steps_of_a_build(0)
assert status == 0
note.write_text(six)
status, total = steps_of_a_build(0)
assert status == 0 and live() == [False, True, True], live()
results = []
for number in range(points):
    note.write_text(five)
    assert steps_of_a_build(0)[0] == 0 and live() == [True, False, True]
    note.write_text(six)
    at = 1 + number * (total - 1) // (points - 1)
    status, _ = steps_of_a_build(at)
    killed = live()
    again, _ = steps_of_a_build(0)
    left = sorted(each.name for each in (root / "versions").iterdir() if each.name.endswith(".building"))
    results.append({"at": at, "status": status, "killed": killed, "again": [again, live()], "left": left})
print(json.dumps({"total": total, "results": results}))
'''


@pytest.mark.timeout(300)
def test_a_build_killed_at_any_step_leaves_a_whole_index(tmp_path: Path) -> None:
    library = write_small_library(tmp_path / "library")
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "index"), str(library), str(POINTS)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert told["total"] > POINTS
    assert {result["status"] for result in told["results"]} == {9}
    assert all(result["killed"] in ([True, False, True], [False, True, True]) for result in told["results"]), told
    assert [result["again"] for result in told["results"]] == [[0, [False, True, True]]] * POINTS
    assert [result["left"] for result in told["results"]] == [[]] * POINTS
