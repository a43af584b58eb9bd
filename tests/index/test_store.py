"""The passage store, read back against what was written."""

import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from libraries import write_small_library

import index.store
from corpus.glossary import Glossary
from corpus.library import Library, load_library
from corpus.pathways import Pathways, PathwayStage, Statement, Step
from corpus.sections import Role
from corpus.timeline import Timeline
from index.build import embedded_texts
from index.embedding import SentenceEmbedder
from index.passages import Passage, PassageSentence, cut_passages, text_digest
from index.store import PassageStore, PassageWords, rows_of, write_store
from index.terms import terms
from index.versions import Versions

IDS = ["small-note.recommendation-2", "small-note.reserved-before", "small-note.reserved-now"]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return load_library(write_small_library(tmp_path_factory.mktemp("store") / "library"))


@pytest.fixture(scope="module")
def passages(library: Library) -> list[Passage]:
    return list(cut_passages(library.sections()))


@pytest.fixture
def store(small_index: Versions) -> PassageStore:
    return PassageStore(small_index.live())


def test_everything_written_is_read_back(store: PassageStore, library: Library, passages: list[Passage]) -> None:
    assert len(store) == 3
    assert list(store.all_passages()) == passages
    assert store.sources == dict(sorted(library.sources.items()))
    assert store.glossary == library.glossary


def test_passages_are_numbered_in_the_librarys_order(store: PassageStore) -> None:
    assert [store.number(identifier) for identifier in [*IDS, "nothing", ""]] == [0, 1, 2, None, None]
    assert store.ids([2, 0, 1, 0]) == [IDS[2], IDS[0], IDS[1], IDS[0]]
    assert store.ids([]) == []


def test_passages_come_in_the_order_asked_for_and_unknown_ones_are_left_out(store: PassageStore, passages: list[Passage]) -> None:
    assert store.passages([]) == []
    assert store.passages(["nothing"]) == []
    assert store.passages([IDS[2], "nothing", IDS[0]]) == [passages[2], passages[0]]


@pytest.mark.parametrize("identifier", ["", "nothing", "small-note", "small-note.recommendation-2' OR '1'='1"])
def test_an_unknown_id_gives_no_passage(store: PassageStore, identifier: str) -> None:
    assert store.passage(identifier) is None


def test_one_passage_is_found_by_its_id(store: PassageStore, passages: list[Passage]) -> None:
    assert store.passage(IDS[1]) == passages[1]


def test_passages_are_found_by_source(store: PassageStore, passages: list[Passage]) -> None:
    assert [store.by_source(name) for name in ("new-act", "old-regulations", "nothing")] == [[passages[2]], [passages[1]], []]


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("recommendation 2", [IDS[0]]),
        ("recommendation 2(i)", [IDS[0]]),
        ("recommendation 2(ii)", [IDS[0]]),
        ("recommendation 2(iii)", []),
        ("recommendation 1", []),
        ("reg 77", [IDS[1]]),
        ("reg 77(3)", [IDS[1]]),
        ("reg 77(2)", []),
        ("s 33", [IDS[2]]),
        ("s 33(2)", []),
        ("", []),
    ],
)
def test_passages_are_found_by_place_whole_and_by_sub_point(store: PassageStore, reference: str, found: list[str]) -> None:
    assert store.at_place(reference) == found


@pytest.mark.parametrize(
    ("source_ids", "sector", "numbers"),
    [
        (None, None, [0, 1, 2]),
        ([], None, []),
        (["nothing"], None, []),
        (["new-act"], None, [2]),
        (["new-act", "report-2012"], None, [0, 2]),
        (None, "youth", [0, 1, 2]),
        (None, "police", [0, 2]),
        (["old-regulations"], "youth", [1]),
        (["old-regulations"], "police", []),
    ],
)
def test_numbers_are_filtered_by_source_and_sector(store: PassageStore, source_ids: list[str] | None, sector: str | None, numbers: list[int]) -> None:
    assert store.numbers(source_ids, sector) == numbers


def test_records_hold_each_text_with_its_own_vector(store: PassageStore, passages: list[Passage], embedder: SentenceEmbedder) -> None:
    assert [record.passage for record in store.records([IDS[2], "nothing", IDS[0]])] == [passages[2], passages[0]]
    for record in store.records(IDS):
        held = np.concatenate([record.vectors.passage[None], record.vectors.sentences, record.vectors.asks])
        np.testing.assert_allclose(held, embedder.encode(embedded_texts(record.passage)), atol=1e-5)


def test_rows_are_one_for_the_passage_and_one_for_each_sentence_and_ask(passages: list[Passage]) -> None:
    assert [rows_of(passage) for passage in passages] == [1 + 4 + 3, 1 + 1 + 3, 1 + 2 + 3]


def test_records_are_right_though_few_are_kept(store: PassageStore, passages: list[Passage], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.store, "KEPT_RECORDS", 1)
    wanted = [[0], [0, 1], [1, 2, 0], [2], [], [2, 2], [0, 1, 2]]
    found = [[record.passage.id for record in store.records([IDS[number] for number in numbers])] for numbers in wanted]
    assert found == [[IDS[number] for number in numbers] for numbers in wanted]


def test_threads_share_a_store_that_keeps_few_records(store: PassageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.store, "KEPT_RECORDS", 2)
    wanted = [[IDS[number % 3], IDS[(number + shift) % 3]] for number in range(150) for shift in (1, 2)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda ids: [record.passage.id for record in store.records(ids)], wanted))
    assert found == wanted


def test_a_thread_that_empties_what_is_kept_takes_nothing_from_another(small_index: Versions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.store, "KEPT_RECORDS", 2)

    class Interrupted(PassageStore):
        """While one thread reads its missing record, another asks for more than may be kept."""

        interrupted = False

        def _read(self, passage_ids: Sequence[str]) -> list[tuple[Passage, int]]:
            if list(passage_ids) == [IDS[1]] and not self.interrupted:
                self.interrupted = True
                with ThreadPoolExecutor(1) as pool:
                    pool.submit(self.records, IDS[1:]).result()
            return super()._read(passage_ids)

    store = Interrupted(small_index.live())
    store.records(IDS[:1])
    assert [record.passage.id for record in store.records(IDS[:2])] == IDS[:2]


def test_the_words_of_a_passage_are_told_apart(passages: list[Passage]) -> None:
    words = PassageWords(passages[1])
    sentence = frozenset(terms("Under the Old Regulations 2010 a reserved contract could last no longer than three years."))
    heading = frozenset(terms("Reserved contracts before 2020 reg. 77(3)"))
    assert words.heading == heading
    assert words.sentences == (sentence,)
    assert words.asks == tuple(frozenset(terms(ask)) for ask in passages[1].asks)
    assert words.all == heading | sentence | frozenset(terms("A small note"))


def test_a_store_is_found_in_a_folder_of_any_name(tmp_path: Path, library: Library, passages: list[Passage]) -> None:
    folder = tmp_path / "a #1 ?mode=rw %41 é"
    folder.mkdir()
    vectors = np.zeros((sum(map(rows_of, passages)), 4), dtype=np.float32)
    write_store(folder, library, passages, [("s 33", 2)], [], vectors)
    assert list(PassageStore(folder).all_passages()) == passages


def test_a_store_cannot_be_written_through(store: PassageStore) -> None:
    with pytest.raises(Exception, match="readonly"):
        store._db.execute("DELETE FROM passages")


def test_a_store_may_be_empty(tmp_path: Path, library: Library) -> None:
    write_store(tmp_path, Library({}, (), Timeline(), Glossary(()), ""), [], [], [], np.zeros((0, 4), dtype=np.float32))
    store = PassageStore(tmp_path)
    assert (len(store), list(store.all_passages()), store.numbers(None, None), store.sources) == (0, [], [], {})


def test_pathways_are_read_back_in_their_order(tmp_path: Path, library: Library, passages: list[Passage]) -> None:
    statement = Statement(passage=IDS[2], text="Since 1 April 2020 – “up to five years”.", sectors=("youth",))
    step = Step(id="a-step", title="A step", sectors=("youth", "fire"), ask="What?", parts={"what": (statement,), "who": ()})
    stages = [PathwayStage(id=identifier, title="T", plain="P", stage="pre_spin_out", steps=(step,)) for identifier in ("z", "a", "m")]
    write_store(tmp_path, replace(library, pathways=Pathways(tuple(stages))), [], [], [], np.zeros((0, 4), dtype=np.float32))
    assert PassageStore(tmp_path).pathways == Pathways(tuple(stages))


def test_a_version_from_before_pathways_were_kept_has_none(tmp_path: Path, library: Library) -> None:
    write_store(tmp_path, library, [], [], [], np.zeros((0, 4), dtype=np.float32))
    with sqlite3.connect(tmp_path / "passages.db") as db:
        db.execute("DROP TABLE stages")
    db.close()
    assert PassageStore(tmp_path).pathways == Pathways()


def test_a_passage_survives_being_stored() -> None:
    text = "Naïve “words” – £10 million.\n\n- (i) End."
    sentences = (PassageSentence(start=0, end=28, role=Role.PROSE, locator="p. 1"), PassageSentence(start=36, end=40, role=Role.ITEM, locator="p. 1(i)"))
    made = Passage(
        id="note.part",
        document_id="note",
        source_id="act",
        locator="p. 1",
        heading_path=("A", "B"),
        text=text,
        start=7,
        end=7 + len(text),
        sha256=text_digest(text),
        page=1,
        sentences=sentences,
        asks=(),
        topics=("pathway",),
        sectors=("all",),
        audiences=("staff",),
        theme="taskforce",
    )
    assert Passage.model_validate_json(made.model_dump_json()) == made


def test_themes_are_those_of_the_notes_that_cite_a_source(tmp_path: Path, library: Library, passages: list[Passage]) -> None:
    again = passages[0].model_copy(update={"id": "other.section", "document_id": "other", "theme": "money"})
    original = passages[1].model_copy(update={"id": "new-act.s", "document_id": "new-act", "source_id": "new-act", "theme": ""})
    kept = [*passages[:2], again, original]
    write_store(tmp_path, library, kept, [], [], np.zeros((sum(map(rows_of, kept)), 4), dtype=np.float32))
    assert PassageStore(tmp_path).themes == {"report-2012": {"taskforce", "money"}, "old-regulations": {"taskforce"}}
