"""Reading places as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.locators import label_length, references, spoken, sub_point, without_sub_points

NUMBERS = st.integers(1, 999)
SUB_POINTS = st.lists(st.sampled_from(["i", "ii", "iv", "x", "a", "b", "1", "12"]), max_size=3).map(lambda labels: "".join(f"({label})" for label in labels))
KINDS = st.sampled_from(["recommendation", "s", "reg", "sch", "para", "art", "chapter", "figure"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "recommendation",
        "section",
        "33",
        "recommendation nine",
        "it's 33 now",
        "it’s 33 now",
        "the class 4 licence",
        "partsection 33",
        "in the 1980s 33 of them",
        "section 123456",
        "recommendations for 9 people",
        "an artful 3",
        "the Public Contracts Regulations 2015",
        "annexation 3b",
    ],
)
def test_a_text_that_names_no_place_gives_none(text: str) -> None:
    assert references(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Recommendation 9", ["recommendation 9"]),
        ("What does recommendation 9 say?", ["recommendation 9"]),
        ("RECOMMENDATION 9", ["recommendation 9"]),
        ("Recommendation no. 9", ["recommendation 9"]),
        ("Recommendation\n9", ["recommendation 9"]),
        ("rec 12 ii.", ["recommendation 12(ii)"]),
        ("rec 12 ii", ["recommendation 12(ii)"]),
        ("rec 12ii", ["recommendation 12(ii)"]),
        ("rec. 12(ii)", ["recommendation 12(ii)"]),
        ("Recommendation 12 (ii)", ["recommendation 12(ii)"]),
        ("Recommendation 12 ( II )", ["recommendation 12(ii)"]),
        ("rec 3rd", ["recommendation 3"]),
        ("recs 2 and so on", ["recommendation 2"]),
        ("regulation 77", ["reg 77"]),
        ("reg. 77(3)", ["reg 77(3)"]),
        ("reg77", ["reg 77"]),
        ("regulation 4A", ["reg 4a"]),
        ("s.33(2)", ["s 33(2)"]),
        ("s 33 (2) (b) (iii)", ["s 33(2)(b)(iii)"]),
        ("s33(2)(a)", ["s 33(2)(a)"]),
        ("section 33", ["s 33"]),
        ("Section 33, please", ["s 33"]),
        ("ss. 33", ["s 33"]),
        ("§33", ["s 33"]),
        ("§ 33(2)", ["s 33(2)"]),
        ("Schedule 1", ["sch 1"]),
        ("Sch. 2 para 2(1)", ["sch 2", "para 2(1)"]),
        ("paragraph 220 (section 82)", ["para 220", "s 82"]),
        ("article 12", ["art 12"]),
        ("ch. 2", ["chapter 2"]),
        ("Chapter 2 › NAViGO", ["chapter 2"]),
        ("fig. 3", ["figure 3"]),
        ("Annex A", ["annex a"]),
        ("annex b(2)", ["annex b(2)"]),
        ("section 33 and regulation 77(3), then Recommendation 2 iv?", ["s 33", "reg 77(3)", "recommendation 2(iv)"]),
        ("section 33 of the Act, section 33 again", ["s 33", "s 33"]),
    ],
)
def test_a_place_is_read_however_it_is_written(text: str, found: list[str]) -> None:
    assert references(text) == found


@given(KINDS, NUMBERS, SUB_POINTS)
def test_a_canonical_reference_reads_as_itself(kind: str, number: int, subs: str) -> None:
    reference = f"{kind} {number}{subs}"
    assert references(reference) == [reference]


@given(KINDS, NUMBERS, SUB_POINTS)
def test_a_spoken_reference_reads_back(kind: str, number: int, subs: str) -> None:
    reference = f"{kind} {number}{subs}"
    assert references(spoken(reference)) == [reference]


@given(st.text())
def test_every_place_found_in_any_text_has_a_kind_and_a_number(text: str) -> None:
    for reference in references(text):
        kind, _, number = reference.partition(" ")
        assert kind in {"recommendation", "reg", "s", "sch", "para", "art", "chapter", "figure", "annex"}
        assert number


@pytest.mark.parametrize(
    ("reference", "whole"), [("", ""), ("s 33", "s 33"), ("s 33(2)(b)", "s 33"), ("recommendation 12(ii)", "recommendation 12"), ("annex a", "annex a")]
)
def test_sub_points_are_taken_off(reference: str, whole: str) -> None:
    assert without_sub_points(reference) == whole


@pytest.mark.parametrize(
    ("item", "label", "length"),
    [
        ("", "", 0),
        ("(i)", "", 0),
        ("(i)The route", "", 0),
        ("The route (i) is", "", 0),
        ("(see) The route", "", 0),
        ("(i) The route", "(i)", 4),
        ("(iv)  The route", "(iv)", 6),
        ("(a) The route", "(a)", 4),
        ("(12) The route", "(12)", 5),
        ("(B) The route", "(B)", 4),
    ],
)
def test_the_label_of_an_item_is_read_with_its_length(item: str, label: str, length: int) -> None:
    assert (sub_point(item), label_length(item)) == (label, length)


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("recommendation 12(ii)", "Recommendation 12(ii)"),
        ("s 33(2)", "section 33(2)"),
        ("reg 77", "regulation 77"),
        ("sch 2", "Schedule 2"),
        ("para 4", "paragraph 4"),
        ("art 5", "Article 5"),
        ("chapter 2", "Chapter 2"),
        ("figure 3", "Figure 3"),
        ("annex a", "Annex a"),
    ],
)
def test_a_reference_is_spoken_as_a_person_writes_it(reference: str, words: str) -> None:
    assert spoken(reference) == words
