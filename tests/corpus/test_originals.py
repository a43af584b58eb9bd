"""The shelf of originals: what it keeps, what it refuses, and that no interruption leaves it half changed."""

import hashlib
import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

import corpus
from corpus.originals import Kept, Shelf, ShelfError
from corpus.readers.unreadable import UnreadableOriginalError
from corpus.sources import Source

RECORD = {
    "title": "The Report of 2012",
    "publisher": "The Taskforce",
    "published": "2012-06",
    "kind": "report",
    "authority": "independent_report",
    "extent": "England",
    "url": "https://example.org/report",
    "standing": "historic",
    "checked_on": "2026-11-22",
    "sectors": ["youth", "police"],
    "audiences": ["staff"],
    "topics": ["recommendations", "rights"],
}
FIRST, SECOND, THIRD = (f"SUMMARY\n\nThe {name} plan covers every service.\n" for name in ("first", "second", "third"))


def source(name: str = "report-2012") -> Source:
    return Source.model_validate({"id": name, **RECORD})


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def everything(root: Path) -> dict[str, str]:
    """Each file on a shelf and what is in it, but for the lock."""
    return {str(path.relative_to(root)): path.read_text(encoding="utf-8") for path in sorted(root.rglob("*")) if path.is_file() and path.name != ".lock"}


def stands(shelf: Shelf) -> list[tuple[str, str]]:
    """Each source on a shelf and what stands in its file."""
    return [(kept.source_id, shelf.path(kept).read_text(encoding="utf-8")) for kept in shelf.kept()]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "data" / "originals")


def test_an_empty_shelf(shelf: Shelf) -> None:
    assert (shelf.kept(), list(shelf.damage()), shelf.digest(), shelf.sections({}, pytest.fail)) == ([], [], "", [])
    assert not shelf.root.exists()


def test_a_file_is_kept_with_its_record(shelf: Shelf, tmp_path: Path) -> None:
    file = written(tmp_path / "The plan (2012).txt", FIRST)
    kept = shelf.add(file, source(), "https://example.org/plan.txt")
    digest = sha256(FIRST)
    assert kept == Kept(
        source_id="report-2012",
        file=f"{digest[:12]}-The-plan-2012.txt",
        size=len(FIRST),
        sha256=digest,
        added_at=kept.added_at,
        url="https://example.org/plan.txt",
    )
    assert timedelta() <= datetime.now(UTC) - kept.added_at < timedelta(minutes=1)
    assert shelf.kept() == [kept]
    assert shelf.path(kept) == shelf.root / "report-2012" / kept.file
    assert everything(shelf.root) == {f"report-2012/{kept.file}": FIRST, "report-2012/original.json": kept.model_dump_json(indent=2)}
    assert list(shelf.damage()) == []
    assert file.read_text() == FIRST


def test_a_file_added_by_hand_has_no_address(shelf: Shelf, tmp_path: Path) -> None:
    assert shelf.add(written(tmp_path / "a.txt", FIRST), source()).url is None


def test_originals_are_listed_by_source(shelf: Shelf, tmp_path: Path) -> None:
    for name, text in (("zoo", FIRST), ("act", SECOND), ("bill", THIRD)):
        shelf.add(written(tmp_path / "a.txt", text), source(name))
    assert stands(shelf) == [("act", SECOND), ("bill", THIRD), ("zoo", FIRST)]


def test_a_new_original_takes_the_place_of_the_old_one(shelf: Shelf, tmp_path: Path) -> None:
    shelf.add(written(tmp_path / "a.txt", FIRST), source())
    kept = shelf.add(written(tmp_path / "b.md", SECOND), source())
    assert shelf.kept() == [kept]
    assert everything(shelf.root) == {f"report-2012/{kept.file}": SECOND, "report-2012/original.json": kept.model_dump_json(indent=2)}


def test_an_original_is_removed(shelf: Shelf, tmp_path: Path) -> None:
    shelf.add(written(tmp_path / "a.txt", FIRST), source("act"))
    shelf.add(written(tmp_path / "a.txt", SECOND), source())
    shelf.remove("act")
    assert stands(shelf) == [("report-2012", SECOND)]
    assert sorted(path.name for path in shelf.root.iterdir()) == [".lock", "report-2012"]
    shelf.add(written(tmp_path / "a.txt", FIRST), source("act"))
    assert stands(shelf) == [("act", FIRST), ("report-2012", SECOND)]


@pytest.mark.parametrize("name", ["other", "", ".", "..", "../outside", ".lock", ".partial", "report-2012/"])
def test_what_is_not_there_cannot_be_removed(shelf: Shelf, tmp_path: Path, name: str) -> None:
    shelf.add(written(tmp_path / "a.txt", FIRST), source())
    written(tmp_path / "data" / "outside" / "b.txt", SECOND)
    (shelf.root / ".partial").mkdir()
    with pytest.raises(ShelfError) as caught:
        shelf.remove(name)
    assert str(caught.value) == f"there is no original of {name!r} on the shelf; `mutuals corpus list --originals` shows what is"
    assert stands(shelf) == [("report-2012", FIRST)]
    assert (tmp_path / "data" / "outside" / "b.txt").exists()


@pytest.mark.parametrize(("other", "whose"), [("report-2012", "for this source"), ("act", "as the original of 'report-2012'")])
def test_the_same_file_is_not_added_twice(shelf: Shelf, tmp_path: Path, other: str, whose: str) -> None:
    shelf.add(written(tmp_path / "a.txt", FIRST), source())
    before = everything(shelf.root)
    with pytest.raises(ShelfError) as caught:
        shelf.add(written(tmp_path / "copy.md", FIRST), source(other), "https://example.org/")
    assert str(caught.value) == f"copy.md is already on the shelf {whose}; nothing was changed"
    assert everything(shelf.root) == before
    assert list(shelf.damage()) == []


def test_a_file_may_be_added_again_once_it_is_gone(shelf: Shelf, tmp_path: Path) -> None:
    shelf.add(written(tmp_path / "a.txt", FIRST), source("act"))
    shelf.remove("act")
    shelf.add(tmp_path / "a.txt", source())
    assert stands(shelf) == [("report-2012", FIRST)]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("bad.pdf", "<html>404</html>", "is not a PDF file, whatever its name says; download it again from the publisher"),
        ("bad.docx", "words", "is not a whole Word file (.docx), whatever its name says; download it again from the publisher"),
        ("bad.html", "words", "is not an HTML page, whatever its name says; download it again from the publisher"),
        ("bad.txt", "  ", "is empty; check that the document was saved with its words"),
        ("bad.doc", "words", "is of a kind that cannot be read (.doc); save it as one of .pdf, .docx, .html, .htm, .txt, .md and add that"),
        ("contents.txt", "Foreword ... 3\nSummary ... 6\nAnnex ... 9\n", "holds no running text, only contents lines or page numbers; add the full document"),
    ],
)
def test_an_unreadable_file_leaves_everything_as_it_was(shelf: Shelf, tmp_path: Path, name: str, data: str, reason: str) -> None:
    bad = written(tmp_path / name, data)
    for _ in range(2):
        before = everything(shelf.root)
        with pytest.raises(UnreadableOriginalError) as caught:
            shelf.add(bad, source())
        assert (caught.value.path, caught.value.reason) == (bad, reason)
        assert everything(shelf.root) == before
        if not before:
            shelf.add(written(tmp_path / "a.txt", FIRST), source())


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\windows\\system.txt", "windows-system.txt"),
        ("/etc/passwd", "passwd.txt"),
        ("..", "original.txt"),
        (".txt", "txt.txt"),
        ("...txt", "original.txt"),
        ("a\0b\nc.txt", "a-b-c.txt"),
        ("Über uns – 2012?.txt", "ber-uns-2012.txt"),
        ("报告.txt", "original.txt"),
        ("original.json", "original.txt"),
        ("plan.TXT", "plan.txt"),
        ("plan", "plan.txt"),
        ("plan.pdf", "plan.txt"),
        ("x" * 300 + ".txt", "x" * 80 + ".txt"),
        ("plan." + "y" * 300, "plan.txt"),
        ("-rf.txt", "rf.txt"),
        ("", "a.txt"),
    ],
)
def test_a_name_leads_nowhere_else_and_keeps_the_kind_that_was_read(shelf: Shelf, tmp_path: Path, name: str, kept: str) -> None:
    found = shelf.add(written(tmp_path / "a.txt", FIRST), source(), name=name)
    assert found.file == f"{sha256(FIRST)[:12]}-{kept}"
    assert sorted(everything(shelf.root)) == sorted([f"report-2012/{found.file}", "report-2012/original.json"])
    assert shelf.path(found).parent == shelf.root / "report-2012"
    assert len(shelf.sections({"report-2012": source()}, pytest.fail)) == 1


def test_a_long_name_of_a_file_is_cut(shelf: Shelf, tmp_path: Path) -> None:
    found = shelf.add(written(tmp_path / f"{'long ' * 48}.txt", FIRST), source("a-" * 39 + "a"))
    assert (found.file, stands(shelf)) == (f"{sha256(FIRST)[:12]}-{'long-' * 16}.txt", [("a-" * 39 + "a", FIRST)])


def test_damage_is_named(shelf: Shelf, tmp_path: Path) -> None:
    kept = {
        name: shelf.add(written(tmp_path / "a.txt", f"{FIRST}{name}"), source(name)) for name in ("changed", "lost", "recordless", "sound", "spoilt", "strange")
    }
    shelf.path(kept["changed"]).write_text("Other words.")
    shelf.path(kept["lost"]).unlink()
    (shelf.root / "recordless" / "original.json").unlink()
    (shelf.root / "spoilt" / "original.json").write_text('{"source_id": "spoilt"')
    (shelf.root / "strange" / "original.json").write_text(kept["sound"].model_dump_json())
    assert list(shelf.damage()) == [
        f"{shelf.path(kept['changed'])}: has changed since it was added; add or fetch the original of 'changed' again",
        f"{shelf.path(kept['lost'])}: is missing; add or fetch the original of 'lost' again",
        *(f"{shelf.root / name}: has no readable original.json; remove the folder and add the file again" for name in ("recordless", "spoilt", "strange")),
    ]
    assert [found.source_id for found in shelf.kept()] == ["changed", "lost", "sound"]


@pytest.mark.parametrize("file", ["../sound/{}", "/etc/passwd", "..", "", "../../../secret.txt"])
def test_a_record_that_leads_out_of_its_folder_is_damage(shelf: Shelf, tmp_path: Path, file: str) -> None:
    written(tmp_path / "secret.txt", SECOND)
    shelf.add(written(tmp_path / "a.txt", FIRST), source())
    record = shelf.root / "report-2012" / "original.json"
    record.write_text(json.dumps({**json.loads(record.read_text()), "file": file}))
    assert len(list(shelf.damage())) == 1
    assert shelf.sections({"report-2012": source()}, lambda _: None) == []


@pytest.mark.parametrize("harm", ["change", "lose", "spoil", "empty"])
def test_damage_is_mended_by_adding_the_file_again(shelf: Shelf, tmp_path: Path, harm: str) -> None:
    kept = shelf.add(written(tmp_path / "a.txt", FIRST), source())
    if harm == "change":
        shelf.path(kept).write_text("Other words.")
    if harm in ("lose", "empty"):
        shelf.path(kept).unlink()
    if harm in ("spoil", "empty"):
        (shelf.root / "report-2012" / "original.json").unlink()
    assert len(list(shelf.damage())) == 1
    shelf.add(tmp_path / "a.txt", source())
    assert (list(shelf.damage()), stands(shelf), len(everything(shelf.root))) == ([], [("report-2012", FIRST)], 2)


def test_a_folder_without_a_record_can_be_removed(shelf: Shelf) -> None:
    (shelf.root / "report-2012").mkdir(parents=True)
    assert len(list(shelf.damage())) == 1
    shelf.remove("report-2012")
    assert list(shelf.damage()) == []


def test_the_digest_is_that_of_what_is_there(tmp_path: Path) -> None:
    first, second = Shelf(tmp_path / "first"), Shelf(tmp_path / "second")
    one, two = written(tmp_path / "one.txt", FIRST), written(tmp_path / "two.txt", SECOND)
    first.add(one, source("act"))
    alone = first.digest()
    first.add(two, source())
    both = first.digest()
    second.add(two, source(), "https://example.org/", "other.txt")
    second.add(one, source("act"))
    assert alone == sha256(f"act {sha256(FIRST)}\n")
    assert both == second.digest() == sha256(f"act {sha256(FIRST)}\nreport-2012 {sha256(SECOND)}\n")
    second.remove("report-2012")
    assert second.digest() == alone
    second.remove("act")
    assert second.digest() == ""


def test_sections_have_the_titles_and_tags_of_their_sources(shelf: Shelf, tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.setTitle("Another title")
    canvas.drawString(60, 700, "The plan covers every service.")
    canvas.save()
    kept = shelf.add(tmp_path / "a.pdf", source("act"))
    other = shelf.add(written(tmp_path / "b.txt", FIRST), source())
    found = shelf.sections({"report-2012": source(), "act": source("act")}, pytest.fail)
    assert [(section.id, section.source_id, section.heading_path, section.locator, section.page, section.text, section.path) for section in found] == [
        ("act.p-1", "act", ("The Report of 2012",), "p. 1", 1, "The plan covers every service.", shelf.path(kept)),
        ("report-2012.summary", "report-2012", ("The Report of 2012", "SUMMARY"), "Summary", None, "The first plan covers every service.", shelf.path(other)),
    ]
    assert {(section.topics, section.sectors, section.audiences) for section in found} == {(("recommendations", "rights"), ("youth", "police"), ("staff",))}


def test_originals_that_cannot_be_used_are_told_and_the_others_go_on(shelf: Shelf, tmp_path: Path) -> None:
    kept = {name: shelf.add(written(tmp_path / "a.txt", f"{FIRST}{name}"), source(name)) for name in ("empty", "lost", "sound", "unknown")}
    shelf.path(kept["empty"]).write_text("")
    shelf.path(kept["lost"]).unlink()
    told: list[str] = []
    found = shelf.sections({name: source(name) for name in ("sound", "lost", "empty")}, told.append)
    assert [section.id for section in found] == ["sound.summary"]
    assert told == [
        f"The original of 'empty' is left out: {shelf.path(kept['empty'])}: is empty; check that the document was saved with its words",
        f"The original of 'lost' is left out: {shelf.path(kept['lost'])}: cannot be opened (No such file or directory); check the path and the permissions",
        "The original of 'unknown' is left out: the catalogue has no such source.",
    ]


KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from corpus.originals import Shelf
from corpus.sources import Source

begun, action, file, source = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), Source.model_validate_json(sys.argv[4])
left = 0
root = ""

def kill_at_the_last(event, args):
    global left
    if root and any(isinstance(each, (str, os.PathLike)) and os.fspath(each).startswith(root) for each in args):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(kill_at_the_last)
for number in range(1, 100):
    copy = begun.with_name(f"killed-{number:02}")
    shutil.copytree(begun, copy)
    child = os.fork()
    if child == 0:
        shelf, left, root = Shelf(copy), number, str(copy)
        shelf.add(file, source) if action == "add" else shelf.remove(source.id)
        root = ""
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
"""


def killed(shelf: Shelf, action: str, file: Path) -> list[Shelf]:
    """Copies of a shelf, on each of which the change was killed at a later use of a file; on the last it was not."""
    command = [sys.executable, "-c", KILLED, str(shelf.root), action, str(file), source().model_dump_json()]
    subprocess.run(command, check=True, cwd=Path(corpus.__file__).parents[1], timeout=120)
    found = [Shelf(root) for root in sorted(shelf.root.parent.glob("killed-*"))]
    assert 5 < len(found) < 99
    return found


def test_an_interrupted_change_leaves_the_old_original_whole_or_the_new_one(shelf: Shelf, tmp_path: Path) -> None:
    shelf.add(written(tmp_path / "a.txt", FIRST), source())
    shelf.add(written(tmp_path / "a.txt", THIRD), source("act"))
    shelves = killed(shelf, "add", written(tmp_path / "b.txt", SECOND))
    found = [stands(each) for each in shelves]
    old, new = [("act", THIRD), ("report-2012", FIRST)], [("act", THIRD), ("report-2012", SECOND)]
    assert found == [old] * found.count(old) + [new] * found.count(new)
    assert found.count(old) > 3
    assert found.count(new) > 1
    assert [list(each.damage()) for each in shelves] == [[]] * len(shelves)
    for each in shelves:
        each.add(written(tmp_path / "c.txt", f"{FIRST}Anew."), source())
        assert stands(each) == [("act", THIRD), ("report-2012", f"{FIRST}Anew.")]
        assert len(everything(each.root)) == 4


def test_an_interrupted_first_addition_can_be_made_again(shelf: Shelf, tmp_path: Path) -> None:
    shelf.root.mkdir(parents=True)
    shelves = killed(shelf, "add", written(tmp_path / "b.txt", SECOND))
    assert [found for each in shelves for found in stands(each) if found != ("report-2012", SECOND)] == []
    for each in shelves:
        if not each.kept():
            each.add(tmp_path / "b.txt", source())
        else:
            each.add(written(tmp_path / "c.txt", THIRD), source())
        assert (len(stands(each)), list(each.damage()), len(everything(each.root))) == (1, [], 2)


def test_an_interrupted_removal_leaves_the_original_whole_or_nothing(shelf: Shelf, tmp_path: Path) -> None:
    shelf.add(written(tmp_path / "a.txt", FIRST), source())
    shelves = killed(shelf, "remove", tmp_path / "a.txt")
    found = [stands(each) for each in shelves]
    assert found == [[("report-2012", FIRST)]] * found.count([("report-2012", FIRST)]) + [[]] * found.count([])
    assert [list(each.damage()) for each in shelves] == [[]] * len(shelves)
    for each in shelves:
        each.add(written(tmp_path / "b.txt", SECOND), source())
        assert (stands(each), len(everything(each.root))) == ([("report-2012", SECOND)], 2)


def test_what_a_killed_copy_left_behind_is_no_original_and_is_cleared(shelf: Shelf, tmp_path: Path) -> None:
    shelf.add(written(tmp_path / "a.txt", FIRST), source())
    written(shelf.root / "report-2012" / ".0123", SECOND[:9])
    written(shelf.root / "report-2012" / "0123-b.txt", SECOND)
    written(shelf.root / ".gone-0123" / "a.txt", THIRD)
    assert (stands(shelf), list(shelf.damage())) == ([("report-2012", FIRST)], [])
    shelf.add(written(tmp_path / "c.txt", THIRD), source())
    assert (stands(shelf), len(everything(shelf.root))) == ([("report-2012", THIRD)], 2)


ADDING = """
import sys
from pathlib import Path
from corpus.originals import Shelf, ShelfError
from corpus.sources import Source

source = Source.model_validate_json(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
for file in sys.argv[4:]:
    name = f"{sys.argv[3]}-{Path(file).stem}" if sys.argv[3] else source.id
    try:
        Shelf(Path(sys.argv[1])).add(Path(file), source.model_copy(update={"id": name}))
        print("added", flush=True)
    except ShelfError:
        print("refused", flush=True)
"""


def at_once(shelf: Shelf, files: list[list[Path]], names: list[str]) -> list[list[str]]:
    """What several processes say that add files to a shelf at the same time."""
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", ADDING, str(shelf.root), source().model_dump_json(), name, *map(str, each)],
            cwd=Path(corpus.__file__).parents[1],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name, each in zip(names, files, strict=True)
    ]
    assert [run.stdout.readline() for run in runs if run.stdout] == ["ready\n"] * len(runs)
    for run in runs:
        if run.stdin:
            run.stdin.write("go\n")
            run.stdin.flush()
    return [run.communicate(timeout=120)[0].split() for run in runs]


def test_two_processes_may_add_to_one_source_at_once(shelf: Shelf, tmp_path: Path) -> None:
    files = [[written(tmp_path / f"{name}{number}.txt", f"{FIRST}{name} {number}") for number in range(20)] for name in "ab"]
    assert at_once(shelf, files, ["", ""]) == [["added"] * 20] * 2
    [(name, text)] = stands(shelf)
    assert (name, text in (f"{FIRST}a 19", f"{FIRST}b 19"), list(shelf.damage()), len(everything(shelf.root))) == ("report-2012", True, [], 2)


def test_two_processes_that_add_the_same_files_at_once_keep_each_once(shelf: Shelf, tmp_path: Path) -> None:
    files = [written(tmp_path / f"{number}.txt", f"{FIRST}{number}") for number in range(20)]
    said = at_once(shelf, [files, files], ["a", "b"])
    assert [sorted(each) for each in zip(*said, strict=True)] == [["added", "refused"]] * 20
    assert sorted(text for _, text in stands(shelf)) == sorted(f"{FIRST}{number}" for number in range(20))
    assert list(shelf.damage()) == []


def test_a_shelf_may_be_moved(shelf: Shelf, tmp_path: Path) -> None:
    shelf.add(written(tmp_path / "a.txt", FIRST), source())
    before = shelf.digest()
    moved = Shelf(Path(shutil.move(shelf.root, tmp_path / "elsewhere")))
    assert (stands(moved), moved.digest(), list(moved.damage())) == ([("report-2012", FIRST)], before, [])
