"""Cutting sections into passages without breaking what belongs together."""

import hashlib
from itertools import pairwise
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.library import Library, load_library
from corpus.notes import parse_note
from corpus.sections import Role
from index.passages import MAX_WHOLE_WORDS, MAX_WORDS, Passage, PassageSentence, cut_passages, text_digest

FRONT = "---\nid: note\ntitle: A note\ntopics: [pathway]\nsectors: [youth]\naudiences: [staff]\n---\n\n"


@pytest.fixture(scope="module")
def bundled() -> Library:
    return load_library()


def note_text(body: str, locator: str = "p. 4") -> str:
    return f"{FRONT}## A heading\n\n```yaml\nid: part\nsource: report\nlocator: {locator}\nasks: [What is it?]\n```\n\n{body}\n"


def passages(body: str, locator: str = "p. 4") -> list[Passage]:
    """The passages of a note of one section."""
    note, faults = parse_note(note_text(body, locator), Path("notes/taskforce/note.md"))
    assert note is not None
    assert faults == []
    return list(cut_passages(note.sections))


def sentence(words: int, name: str = "A") -> str:
    """A sentence of exactly so many words."""
    return f"{name} {'word ' * (words - 2)}end."


def shape(found: list[Passage]) -> list[list[str]]:
    """The first word of each sentence of each passage: what stands together."""
    return [[passage.quote(number).split()[0] for number in range(len(passage.sentences))] for passage in found]


def test_no_sections_give_no_passages() -> None:
    assert list(cut_passages([])) == []


def test_a_short_section_is_one_passage_told_whole() -> None:
    body = dedent("""\
        The route has two parts:

        - (i) The first is clear.
        - (ii) The second is short.""")
    text = note_text(body, "Recommendation 2")
    start = text.index("The route")
    sentences = (
        PassageSentence(start=0, end=24, role=Role.LEAD_IN, locator="Recommendation 2"),
        PassageSentence(start=32, end=51, role=Role.ITEM, locator="Recommendation 2(i)"),
        PassageSentence(start=59, end=79, role=Role.ITEM, locator="Recommendation 2(ii)"),
    )
    assert passages(body, "Recommendation 2") == [
        Passage(
            id="note.part",
            document_id="note",
            source_id="report",
            locator="Recommendation 2",
            heading_path=("A note", "A heading"),
            text=body,
            start=start,
            end=start + len(body),
            sha256=hashlib.sha256(body.encode()).hexdigest(),
            page=None,
            sentences=sentences,
            asks=("What is it?",),
            topics=("pathway",),
            sectors=("youth",),
            audiences=("staff",),
            theme="taskforce",
        )
    ]


def test_a_quote_is_the_sentence_alone_and_the_heading_runs_from_the_title() -> None:
    [found] = passages("The route has parts:\n\n- (i) The first is clear.")
    assert ([found.quote(0), found.quote(1)], found.heading()) == (["The route has parts:", "The first is clear."], "A note › A heading")


def test_a_section_of_just_the_most_words_is_not_cut() -> None:
    assert shape(passages(f"{sentence(MAX_WORDS - 10, 'A')}\n\n{sentence(10, 'B')}")) == [["A", "B"]]


def test_one_word_more_is_cut_at_the_paragraph() -> None:
    found = passages(f"{sentence(MAX_WORDS - 10, 'A')}\n\n{sentence(11, 'B')}")
    assert (shape(found), [passage.id for passage in found]) == ([["A"], ["B"]], ["note.part", "note.part.2"])


def test_a_long_section_is_cut_at_paragraphs_and_not_inside_them() -> None:
    body = "\n\n".join("\n".join(sentence(30, f"{paragraph}{line}") for line in range(3)) for paragraph in "ABC")
    assert shape(passages(body)) == [["A0", "A1", "A2", "B0", "B1", "B2"], ["C0", "C1", "C2"]]


def test_a_paragraph_longer_than_a_passage_is_cut_between_sentences() -> None:
    assert shape(passages("\n".join(sentence(70, name) for name in "ABCDE"))) == [["A", "B"], ["C", "D"], ["E"]]


def test_a_sentence_longer_than_a_passage_stands_alone() -> None:
    assert shape(passages("\n\n".join([sentence(20, "A"), sentence(MAX_WORDS + 50, "B"), sentence(20, "C")]))) == [["A"], ["B"], ["C"]]


def test_a_recommendation_stays_together_with_its_sub_points() -> None:
    items = "\n".join(f"- ({label}) {sentence(60, label)}" for label in ("i", "ii", "iii", "iv"))
    body = f"{sentence(60, 'A')}\n\n{sentence(19, 'B')[:-1]}:\n\n{items}\n\n{sentence(60, 'C')}"
    assert shape(passages(body, "Recommendation 2")) == [["A", "B", "i", "ii", "iii", "iv", "C"]]
    assert shape(passages(body, "Chapter 2")) == [["A"], ["B", "i", "ii", "iii", "iv"], ["C"]]


def test_a_recommendation_longer_than_is_kept_whole_is_cut_as_any_other() -> None:
    body = "\n\n".join(sentence(100, name) for name in "ABCDE")
    assert (sum(map(len, [body.split()])), shape(passages(body, "Recommendation 2"))) == (500, [["A"], ["B"], ["C"], ["D"], ["E"]])


def test_a_list_keeps_its_lead_in_though_it_is_longer_than_a_passage() -> None:
    items = "\n".join(f"- {sentence(50, name)}" for name in "CDEFG")
    assert shape(passages(f"{sentence(150, 'A')}\n\n{sentence(20, 'B')[:-1]}:\n\n{items}")) == [["A"], ["B", "C", "D", "E", "F", "G"]]


def test_a_lead_in_that_ends_a_full_paragraph_goes_with_its_list() -> None:
    body = f"{sentence(90, 'A')}\n{sentence(80, 'B')}\n{sentence(20, 'C')[:-1]}:\n\n- {sentence(20, 'D')}\n- {sentence(20, 'E')}"
    assert shape(passages(body)) == [["A", "B"], ["C", "D", "E"]]


def test_a_list_longer_than_is_kept_whole_is_cut_between_items() -> None:
    items = "\n".join(f"- {sentence(100, name)}" for name in "BCDEF")
    found = passages(f"{sentence(20, 'A')[:-1]}:\n\n{items}")
    assert shape(found) == [["A", "B", "C", "D", "E"], ["F"]]
    assert found[1].text.startswith("- F ")


def test_every_part_keeps_where_it_stands() -> None:
    body = f"{sentence(150, 'A')}\n\n{sentence(150, 'B')}\n\n{sentence(150, 'C')}"
    found = passages(body)
    assert [(passage.id, passage.locator, passage.heading_path, passage.asks) for passage in found] == [
        (name, "p. 4", ("A note", "A heading"), ("What is it?",)) for name in ("note.part", "note.part.2", "note.part.3")
    ]


@given(st.lists(st.tuples(st.sampled_from(["same", "new", "item"]), st.integers(2, 120)), min_size=1, max_size=14))
def test_cutting_loses_nothing_and_every_span_is_exact(plan: list[tuple[str, int]]) -> None:
    lines: list[str] = []
    before = ""
    for number, (place, words) in enumerate(plan):
        if lines and (place != "same" or before == "item") and not place == before == "item":
            lines.append("")
        lines.append(("- " if place == "item" else "") + sentence(words, f"S{number}"))
        before = place
    text = note_text("\n".join(lines))
    note, faults = parse_note(text, Path("notes/taskforce/note.md"))
    assert note is not None
    assert faults == []
    found = list(cut_passages(note.sections))
    assert [words for group in shape(found) for words in group] == [f"S{number}" for number in range(len(plan))]
    assert [passage.text for passage in found] == [text[passage.start : passage.end] for passage in found]
    assert all(one.end < other.start for one, other in pairwise(found))
    assert all(len(passage.text.split()) <= MAX_WHOLE_WORDS + len(passage.sentences) for passage in found)


@pytest.mark.parametrize("text", ["", "five years", "£10 million – naïve"])
def test_the_digest_is_the_sha256_of_the_text_in_utf_8(text: str) -> None:
    assert text_digest(text) == hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_every_bundled_passage_is_exactly_a_slice_of_its_note(bundled: Library) -> None:
    texts = {note.id: note.path.read_text(encoding="utf-8") for note in bundled.notes}
    wrong = [p.id for p in cut_passages(bundled.sections()) if p.text != texts[p.document_id][p.start : p.end] or p.sha256 != text_digest(p.text)]
    assert wrong == []


def test_the_bundled_passages_hold_each_sentence_once_and_exactly(bundled: Library) -> None:
    cut = list(cut_passages(bundled.sections()))
    expected = [(section.id, section.quote(each), each.role, each.locator) for section in bundled.sections() for each in section.sentences]
    found = [
        (".".join(passage.id.split(".")[:2]), passage.quote(number), each.role, each.locator)
        for passage in cut
        for number, each in enumerate(passage.sentences)
    ]
    assert found == expected


def test_every_bundled_recommendation_is_one_passage(bundled: Library) -> None:
    """None is longer than what is kept whole, so none may be cut."""
    sections = [section.id for section in bundled.sections() if section.locator.startswith("Recommendation")]
    assert [passage.id for passage in cut_passages(bundled.sections()) if passage.locator.startswith("Recommendation")] == sections


def test_no_bundled_list_is_parted_from_its_lead_in(bundled: Library) -> None:
    parted = [passage.id for passage in cut_passages(bundled.sections()) if passage.sentences[-1].role is Role.LEAD_IN]
    assert parted == []


def test_ids_of_the_bundled_passages_are_unique(bundled: Library) -> None:
    ids = [passage.id for passage in cut_passages(bundled.sections())]
    assert len(ids) == len(set(ids))
