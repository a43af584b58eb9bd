"""The gate: a sentence passes as it stands in its span, and every way of tampering with either is caught."""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Outcome
from assistant.gate import Failure, Span, check, compare, reread
from assistant.services import Services
from corpus.library import load_library
from evals.answering import gate_failures
from evals.questions import Question, load_questions
from index.passages import Passage, text_digest
from index.store import PassageStore
from index.versions import Versions

BEFORE = "reserved-before"
NOW = "reserved-now"
SENTENCE = "Since 1 April 2020 the New Act has allowed a contract to be reserved for a mutual for up to five years."
MONTHS = "January February March April May June July August September October November December".split()
OTHER_WORDS = re.compile(r"\b(duty|oblig|compuls|mandat|requir|ha(s|ve|d) to|ought)")
"""Further words of the same modality as those that are changed: where one stays, so does the modality."""
SECOND = "A buyer must not reserve a contract for longer than five years under the New Act."


@pytest.fixture
def folder(small_index: Versions, tmp_path: Path) -> Path:
    """A copy of the small index's live version, free to be tampered with."""
    return shutil.copytree(small_index.live(), tmp_path / "version")


@pytest.fixture
def store(small_index: Versions) -> PassageStore:
    return PassageStore(small_index.live())


def passage_id(store: PassageStore, ending: str) -> str:
    return next(passage.id for passage in store.all_passages() if passage.id.endswith(ending))


def span(store: PassageStore, ending: str = NOW, number: int = 0) -> Span:
    """The span of one sentence, as answers make it."""
    passage = store.passage(passage_id(store, ending))
    assert passage is not None
    sentence = passage.sentences[number]
    return Span(passage.id, passage.sha256, sentence.start, sentence.end, passage.quote(number))


def tamper(folder: Path, identifier: str, change: Callable[[dict[str, object]], None]) -> PassageStore:
    """Change a passage's stored record on disk, and open the store anew."""
    with sqlite3.connect(folder / "passages.db") as db:
        record = json.loads(db.execute("SELECT record FROM passages WHERE id = ?", (identifier,)).fetchone()[0])
        change(record)
        db.execute("UPDATE passages SET record = ? WHERE id = ?", (json.dumps(record), identifier))
    db.close()
    return PassageStore(folder)


def test_a_sentence_without_a_span_is_held_back(store: PassageStore) -> None:
    assert check(SENTENCE, [], store) == [Failure.NO_SPAN]


def test_an_untouched_sentence_passes(store: PassageStore) -> None:
    assert check(SENTENCE, [span(store)], store) == []


def test_every_sentence_of_the_index_passes(store: PassageStore) -> None:
    passages = list(store.all_passages())
    assert [check(p.quote(n), [span(store, p.id, n)], store) for p in passages for n in range(len(p.sentences))] == [[]] * 7


def test_a_sentence_may_rest_on_two_spans(store: PassageStore) -> None:
    spans = [span(store, NOW, 0), span(store, NOW, 1)]
    assert check(f"{SENTENCE} {SECOND}", spans, store) == []
    assert check(f"{SENTENCE} {SECOND}", spans[:1], store) == [Failure.NAME, Failure.MODALITY, Failure.NEGATION]


def test_the_first_broken_span_is_enough(store: PassageStore) -> None:
    good = span(store)
    broken = Span(good.passage_id, good.sha256, good.start + 1, good.end, good.quote)
    assert check(SENTENCE, [good, broken], store) == [Failure.WRONG_SPAN]


@pytest.mark.parametrize("identifier", ["", "no-such", "reserved-now; DROP TABLE passages", "\x00"])
def test_an_unknown_passage_is_caught(store: PassageStore, identifier: str) -> None:
    good = span(store)
    assert reread(Span(identifier, good.sha256, good.start, good.end, good.quote), store) is Failure.UNKNOWN_PASSAGE


@pytest.mark.parametrize(("start", "end"), [(1, 0), (-1, 0), (0, -1), (0, 1), (3, 3)])
def test_a_wrong_span_is_caught(store: PassageStore, start: int, end: int) -> None:
    good = span(store)
    moved = Span(good.passage_id, good.sha256, good.start + start, good.end + end, good.quote)
    assert check(SENTENCE, [moved], store) == [Failure.WRONG_SPAN]


def test_an_empty_span_is_caught(store: PassageStore) -> None:
    good = span(store)
    assert check(SENTENCE, [Span(good.passage_id, good.sha256, good.start, good.start, "")], store) == [Failure.WRONG_SPAN]


def test_a_quote_that_is_not_the_span_is_caught(store: PassageStore) -> None:
    good = span(store)
    assert reread(Span(good.passage_id, good.sha256, good.start, good.end, SENTENCE.replace("five", "fifty")), store) is Failure.WRONG_SPAN


def test_a_digest_of_another_passage_is_caught(store: PassageStore) -> None:
    good = span(store)
    assert reread(Span(good.passage_id, span(store, BEFORE).sha256, good.start, good.end, good.quote), store) is Failure.CHANGED_PASSAGE


def one_character(record: dict[str, object]) -> None:
    record["text"] = str(record["text"]).replace("five", "fiFe", 1)


def outside_the_span(record: dict[str, object]) -> None:
    record["text"] = str(record["text"]).replace("longer than five", "longer than nine")


def text_and_digest(record: dict[str, object]) -> None:
    record["text"] = str(record["text"]).replace("five", "nine")
    record["sha256"] = text_digest(str(record["text"]))


def digest_alone(record: dict[str, object]) -> None:
    record["sha256"] = "0" * 64


def emptied(record: dict[str, object]) -> None:
    record["text"] = ""


@pytest.mark.parametrize("change", [one_character, outside_the_span, text_and_digest, digest_alone, emptied])
def test_a_passage_changed_on_disk_is_caught(store: PassageStore, folder: Path, change: Callable[[dict[str, object]], None]) -> None:
    good = span(store)
    assert check(SENTENCE, [good], tamper(folder, good.passage_id, change)) == [Failure.CHANGED_PASSAGE]


def test_a_change_on_disk_while_the_store_is_open_is_caught(store: PassageStore, folder: Path) -> None:
    open_store = PassageStore(folder)
    good = span(store)
    assert (check(SENTENCE, [good], open_store), len(open_store.records([good.passage_id]))) == ([], 1)
    tamper(folder, good.passage_id, text_and_digest)
    assert check(SENTENCE, [good], open_store) == [Failure.CHANGED_PASSAGE]


def test_a_passage_removed_on_disk_is_caught(store: PassageStore, folder: Path) -> None:
    good = span(store)
    with sqlite3.connect(folder / "passages.db") as db:
        db.execute("DELETE FROM passages WHERE id = ?", (good.passage_id,))
    db.close()
    assert check(SENTENCE, [good], PassageStore(folder)) == [Failure.UNKNOWN_PASSAGE]


SUPPORT = "The Taskforce recommended that each department should name a person by April 2013, and that staff may not be charged more than £10 million, or 5%."


@pytest.mark.parametrize(
    ("old", "new", "failures"),
    [
        ("£10 million", "£11 million", [Failure.NUMBER]),
        ("£10 million", "£10 billion", [Failure.NUMBER]),
        ("£10 million", "£10", [Failure.NUMBER]),
        ("£10 million", "10 million", [Failure.NUMBER]),
        ("£10 million", "€10 million", [Failure.NUMBER]),
        ("5%", "6%", [Failure.NUMBER]),
        ("5%", "5", [Failure.NUMBER]),
        ("a person", "two persons", [Failure.NUMBER]),
        ("April 2013", "May 2013", [Failure.DATE]),
        ("April 2013", "April 2014", [Failure.NUMBER, Failure.DATE]),
        ("April 2013", "30 April 2013", [Failure.NUMBER, Failure.DATE]),
        ("April 2013", "April", [Failure.DATE]),
        ("The Taskforce", "The Cabinet Office", [Failure.NAME]),
        ("each department", "the Department for Education", [Failure.NAME]),
        ("a person", "Francis Maude", [Failure.NAME]),
        ("should", "must", [Failure.MODALITY]),
        ("should", "shall", [Failure.MODALITY]),
        ("should", "may", [Failure.MODALITY]),
        ("should", "will", [Failure.MODALITY]),
        ("should name", "names", [Failure.MODALITY]),
        ("may not", "must not", [Failure.MODALITY]),
        ("may not", "should not", [Failure.MODALITY]),
        ("recommended", "said", [Failure.MODALITY]),
        ("recommended", "proposed", [Failure.MODALITY]),
        ("The Taskforce recommended that each", "Each", [Failure.MODALITY]),
        ("may not", "may", [Failure.NEGATION]),
        ("should name", "should not name", [Failure.NEGATION]),
        ("should name", "should never name", [Failure.NEGATION]),
        ("a person", "no person", [Failure.NEGATION]),
        ("may not be charged more than £10 million", "must be charged at least £10,000", [Failure.NUMBER, Failure.MODALITY, Failure.NEGATION]),
    ],
)
def test_a_changed_fact_is_caught(old: str, new: str, failures: list[Failure]) -> None:
    assert old in SUPPORT
    assert compare(SUPPORT.replace(old, new, 1), SUPPORT) == failures


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("£10 million", "£10,000,000"),
        ("£10 million", "£10m"),
        ("5%", "5 per cent"),
        ("may not be charged", "may not be asked to pay"),
        ("Taskforce recommended", "Taskforce has recommended"),
    ],
)
def test_the_same_fact_in_other_words_passes(old: str, new: str) -> None:
    assert compare(SUPPORT.replace(old, new, 1), SUPPORT) == []


def test_what_is_left_out_may_not_change_what_is_held() -> None:
    assert compare("The Taskforce recommended that each department should name a person.", SUPPORT) == [Failure.MODALITY, Failure.NEGATION]


@given(st.text(max_size=200))
def test_any_text_agrees_with_itself(text: str) -> None:
    assert compare(text, text) == []


@pytest.fixture(scope="module")
def library_sentences() -> list[str]:
    return [section.quote(sentence) for section in load_library().sections() for sentence in section.sentences]


def next_month(match: re.Match[str]) -> str:
    return MONTHS[(MONTHS.index(match[0]) + 1) % 12]


def longer(match: re.Match[str]) -> str:
    return f"{match[0]}97"


@pytest.mark.parametrize(
    ("pattern", "replacement", "failure"),
    [
        (r"\bshould\b", "must", Failure.MODALITY),
        (r"\bmay\b", "must", Failure.MODALITY),
        (r"\bmust\b", "should", Failure.MODALITY),
        (r"\bmust\b", "may", Failure.MODALITY),
        (r"\b[Rr]ecommend(s|ed)\b", "said", Failure.MODALITY),
        (r"\b(not|no|never) ", "", Failure.NEGATION),
        (r"\b(is|was|are|were|must|should|may)\b(?! not)", r"\1 not", Failure.NEGATION),
        (r"£(\d)", r"£9\1", Failure.NUMBER),
        (r"\b\d+\b", longer, Failure.NUMBER),
        (rf"\b({'|'.join(MONTHS)})(?= \d{{4}})", next_month, Failure.DATE),
        (r"\bthe (Mutuals )?Taskforce\b", "the Treasury Board", Failure.NAME),
    ],
)
def test_tampering_is_caught_in_every_sentence_of_the_library(
    library_sentences: list[str], pattern: str, replacement: str | Callable[[re.Match[str]], str], failure: Failure
) -> None:
    changed = [(text, re.sub(pattern, replacement, text)) for text in library_sentences]
    tampered = [(text, other) for text, other in changed if other != text and not OTHER_WORDS.search(other)]
    assert len(tampered) > 10
    assert [other for text, other in tampered if failure not in compare(other, text)] == []


@pytest.mark.parametrize("question", load_questions(), ids=lambda question: question.id)
def test_every_sentence_of_the_answers_to_the_evaluation_reads_again_from_its_span(services: Services, question: Question) -> None:
    answer = services.ask.ask(question.question)
    index = services.live.current()
    cited = {citation.number: citation for citation in answer.citations}
    for sentence in answer.sentences:
        for citation in (cited[number] for number in sentence.citations):
            passage = index.store.passage(citation.passage_id)
            assert isinstance(passage, Passage)
            assert text_digest(passage.text) == passage.sha256
            assert citation.quote in [passage.quote(number) for number in range(len(passage.sentences))]
            assert sentence.text == citation.quote
    assert gate_failures(answer, index) == 0
    assert bool(answer.sentences) == (answer.outcome in (Outcome.ANSWERED, Outcome.PARTIAL))
