"""The library as a whole: what is checked across files, and that the bundled one is sound."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.faults import CorpusError, Fault
from corpus.glossary import Glossary, Term
from corpus.library import BUNDLED, Library, inspect_library, load_library
from corpus.sections import Role
from corpus.words import THEMES

NOTE = Path("notes/taskforce/small.md")
SOURCES = Path("sources/all.yaml")


@pytest.fixture(scope="module")
def bundled() -> Library:
    return load_library()


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def faults_of(root: Path) -> list[str]:
    """The faults of a library, paths told from its root."""
    return [f"{fault.path.relative_to(root)}:{fault.line}: {fault.field}: {fault.message}" for fault in sorted(inspect_library(root)[1])]


def test_a_sound_library_is_read_whole(small_library: Path) -> None:
    library = load_library(small_library)
    assert list(library.sources) == ["report-2012", "old-regulations", "new-act"]
    assert [note.id for note in library.notes] == ["small-note"]
    assert [section.id for section in library.sections()] == ["small-note.recommendation-2", "small-note.reserved-before", "small-note.reserved-now"]
    term = Term(term="spin out", meaning="To leave the public sector and carry on the service.", also=("spinout",), everyday=("go it alone",))
    assert library.glossary == Glossary((term,))


def test_a_library_may_do_without_a_glossary(small_library: Path) -> None:
    (small_library / "glossary.yaml").unlink()
    assert load_library(small_library).glossary == Glossary(())


@pytest.mark.parametrize("missing", ["everything", "sources", "notes"])
def test_a_library_without_sources_or_notes_is_refused(small_library: Path, missing: str, tmp_path: Path) -> None:
    root = tmp_path / "nothing" if missing == "everything" else small_library
    if missing == "sources":
        (root / SOURCES).unlink()
    if missing == "notes":
        (root / NOTE).unlink()
    assert Fault(root, 1, "library", "needs sources/*.yaml and notes/<theme>/*.md") in inspect_library(root)[1]
    with pytest.raises(CorpusError):
        load_library(root)


@pytest.mark.parametrize(
    ("path", "old", "new", "faults"),
    [
        (NOTE, "source: new-act", "source: newest-act", ["notes/taskforce/small.md:42: source: 'newest-act' is not in the catalogue"]),
        (NOTE, "locator: s. 33\n", "", ["notes/taskforce/small.md:45: locator: is missing"]),
        (NOTE, "title: A small note\n", "", ["notes/taskforce/small.md:2: title: is missing"]),
        (NOTE, "  - Can contracts be kept for mutuals?\n", "", ["notes/taskforce/small.md:42: asks: needs three to eight questions, has 2"]),
        (
            NOTE,
            "  - Can contracts be kept for mutuals?\n",
            "".join(f"  - Question {n}?\n" for n in range(7)),
            ["notes/taskforce/small.md:42: asks: needs three to eight questions, has 9"],
        ),
        (NOTE, "id: reserved-now", "id: reserved-before", ["notes/taskforce/small.md:44: id: 'reserved-before' is already the section on line 27"]),
        (
            NOTE,
            "no longer than three years.",
            "no longer than three years",
            [
                "notes/taskforce/small.md:40: text: a sentence ends with a full stop, one sentence a line: 'Under the Old Regulations 2010 a reserved contract could las'"
            ],
        ),
        (
            NOTE,
            "The Taskforce recommended in 2012 that each",
            "Each",
            [
                "notes/taskforce/small.md:9: text: a recommendation is told as one; say who recommended it: 'Each department should set out a clear route for staff by Ap'"
            ],
        ),
        (
            SOURCES,
            "superseded_by: [new-act]",
            "superseded_by: [new-act, next-act]",
            ["sources/all.yaml:26: superseded_by: in source 'old-regulations': names 'next-act', which is not in the catalogue"],
        ),
        (
            SOURCES,
            "in_force_to: 2020-03-31",
            "in_force_to: 2010-03-31",
            [
                "notes/taskforce/small.md:27: source: 'old-regulations' is not in the catalogue",
                "sources/all.yaml:25: in_force_to: in source 'old-regulations': in_force_to 2010-03-31 is before in_force_from 2010-04-01",
            ],
        ),
        (
            SOURCES,
            "id: old-regulations",
            "id: new-act",
            [
                "notes/taskforce/small.md:27: source: 'old-regulations' is not in the catalogue",
                "sources/all.yaml:31: id: in source 'new-act': is already in all.yaml",
            ],
        ),
        (Path("glossary.yaml"), "meaning:", "means:", ["glossary.yaml:1: meaning: is missing", "glossary.yaml:2: means: is not a field here"]),
    ],
)
def test_a_fault_is_named_by_file_line_and_field(small_library: Path, path: Path, old: str, new: str, faults: list[str]) -> None:
    edit(small_library / path, old, new)
    assert faults_of(small_library) == faults
    with pytest.raises(CorpusError) as caught:
        load_library(small_library)
    assert caught.value.faults == sorted(inspect_library(small_library)[1])


def test_a_folder_that_is_no_theme_is_a_fault(small_library: Path) -> None:
    (small_library / "notes" / "taskforce").rename(small_library / "notes" / "cookery")
    assert faults_of(small_library) == [f"notes/cookery/small.md:1: theme: folder 'cookery' is not a theme; themes are {', '.join(THEMES)}"]


def test_two_notes_of_one_id_are_a_fault(small_library: Path) -> None:
    (small_library / "notes" / "taskforce" / "twin.md").write_bytes((small_library / NOTE).read_bytes())
    assert faults_of(small_library) == ["notes/taskforce/twin.md:2: id: note 'small-note' is already in small.md"]


def test_a_source_in_two_files_is_a_fault(small_library: Path) -> None:
    (small_library / "sources" / "more.yaml").write_bytes((small_library / SOURCES).read_bytes())
    assert faults_of(small_library) == [
        "sources/more.yaml:1: id: in source 'report-2012': is already in all.yaml",
        "sources/more.yaml:15: id: in source 'old-regulations': is already in all.yaml",
        "sources/more.yaml:31: id: in source 'new-act': is already in all.yaml",
    ]


def test_all_faults_of_all_files_are_told_at_once(small_library: Path) -> None:
    edit(small_library / NOTE, "locator: s. 33\n", "")
    edit(small_library / SOURCES, "superseded_by: [new-act]", "superseded_by: [gone]")
    (small_library / "glossary.yaml").write_text("- [", encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load_library(small_library)
    assert str(caught.value).replace(f"{small_library}/", "").splitlines() == [
        "3 faults in the library",
        "glossary.yaml:2: yaml: cannot be parsed: did not find expected node content",
        "notes/taskforce/small.md:45: locator: is missing",
        "sources/all.yaml:26: superseded_by: in source 'old-regulations': names 'gone', which is not in the catalogue",
    ]


def keep(root: Path) -> None:
    (root / "notes" / "taskforce" / "draft.txt").write_text("not read", encoding="utf-8")


def change_note(root: Path) -> None:
    edit(root / NOTE, "five years under", "six years under")


def rename_note(root: Path) -> None:
    (root / NOTE).rename((root / NOTE).with_name("other.md"))


def change_source(root: Path) -> None:
    edit(root / SOURCES, "title: The New Act 2020", "title: The Newer Act 2020")


def drop_glossary(root: Path) -> None:
    (root / "glossary.yaml").unlink()


@pytest.mark.parametrize(
    ("change", "same"),
    [(keep, True), (change_note, False), (rename_note, False), (change_source, False), (drop_glossary, False)],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_the_digest_tells_whether_a_file_that_is_read_has_changed(small_library: Path, change: Callable[[Path], None], same: bool) -> None:
    before = load_library(small_library).digest
    change(small_library)
    assert (load_library(small_library).digest == before) is same


def test_the_digest_is_the_sha256_of_names_and_contents(small_library: Path) -> None:
    files = [SOURCES, NOTE, Path("glossary.yaml")]
    whole = b"".join(str(file).encode() + b"\0" + (small_library / file).read_bytes() + b"\0" for file in files)
    assert load_library(small_library).digest == hashlib.sha256(whole).hexdigest()


def test_the_bundled_library_has_no_faults() -> None:
    assert inspect_library(BUNDLED)[1] == []


def test_every_source_that_the_bundled_library_names_exists(bundled: Library) -> None:
    cited = {section.source_id for section in bundled.sections()}
    later = {identifier for source in bundled.sources.values() for identifier in source.superseded_by}
    assert (cited | later) - bundled.sources.keys() == set()


def test_every_section_of_the_bundled_library_is_exactly_where_it_says(bundled: Library) -> None:
    wrong = []
    for note in bundled.notes:
        text = note.path.read_text(encoding="utf-8")
        wrong += [section.id for section in note.sections if text[section.start : section.start + len(section.text)] != section.text]
    assert wrong == []


def test_every_sentence_of_the_bundled_library_is_one_whole_line_of_its_note(bundled: Library) -> None:
    wrong = []
    for section in bundled.sections():
        lines = {line.strip().removeprefix("- ") for line in section.text.split("\n")}
        for sentence in section.sentences:
            words = section.quote(sentence)
            if not any(line == words or (sentence.role is Role.ITEM and line.endswith(f") {words}")) for line in lines):
                wrong.append((section.id, words))
    assert wrong == []


def test_ids_of_the_bundled_sections_are_unique(bundled: Library) -> None:
    ids = [section.id for section in bundled.sections()]
    assert len(ids) == len(set(ids))
