"""The glossary file and what can be wrong with it."""

from pathlib import Path

import pytest

from corpus.faults import Fault
from corpus.glossary import Glossary, Term, read_glossary

WHOLE = "- term: spin out\n  meaning: To leave.\n  also: [spinout]\n  everyday: [go it alone]\n- term: TUPE\n  meaning: Rules.\n"


def read(folder: Path, text: str) -> tuple[Glossary, list[str]]:
    path = folder / "glossary.yaml"
    path.write_text(text, encoding="utf-8")
    glossary, faults = read_glossary(path)
    assert all(fault.path == path for fault in faults)
    return glossary, [f"{fault.line}: {fault.field}: {fault.message}" for fault in faults]


def test_terms_are_read_in_their_order(tmp_path: Path) -> None:
    terms = (Term(term="spin out", meaning="To leave.", also=("spinout",), everyday=("go it alone",)), Term(term="TUPE", meaning="Rules."))
    assert read(tmp_path, WHOLE) == (Glossary(terms), [])


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", ["1: yaml: must be a list of terms"]),
        ("term: a", ["1: yaml: must be a list of terms"]),
        ("- [", ["2: yaml: cannot be parsed: did not find expected node content"]),
        ("- term: a\n  term: b\n", ["2: term: is given twice; keep one"]),
        ("- term: a\n", ["1: meaning: is missing"]),
        ("- term: ''\n  meaning: b\n", ["1: term: String should have at least 1 character"]),
        ("- term: a\n  meaning: b\n  abbreviation: c\n", ["3: abbreviation: is not a field here"]),
        ("- term: a\n  meaning: b\n  also: c\n", ["3: also: Input should be a valid tuple"]),
        ("- just words\n", ["1: record: Input should be a valid dictionary or instance of Term"]),
    ],
)
def test_a_faulty_glossary_gives_no_terms_and_names_line_and_field(tmp_path: Path, text: str, faults: list[str]) -> None:
    assert read(tmp_path, text) == (Glossary(()), faults)


def test_a_term_told_twice_is_a_fault_whatever_its_capitals(tmp_path: Path) -> None:
    _, faults = read(tmp_path, WHOLE + "- term: Spin Out\n  meaning: Again.\n")
    assert faults == ["7: 2.term: 'Spin Out' is already in the glossary"]


def test_one_bad_term_does_not_lose_the_good_ones(tmp_path: Path) -> None:
    glossary, faults = read(tmp_path, "- term: a\n" + WHOLE)
    assert ([term.term for term in glossary.terms], faults) == (["spin out", "TUPE"], ["1: meaning: is missing"])


def test_a_glossary_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_bytes(b"- term: caf\xe9\n")
    assert read_glossary(path) == (Glossary(()), [Fault(path, 1, "encoding", "is not UTF-8: invalid continuation byte")])
