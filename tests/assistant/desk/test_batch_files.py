"""Reading a batch: files as spreadsheets save them, and every fault told by its line."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Scope
from assistant.desk.batch_files import FILE_LIMIT, LINE_LIMIT, BatchFile, BatchLine, read_batch
from assistant.errors import BadInputError
from corpus.dates import PartialDate

SECTORS = (
    "all, nhs_trust, community_health, adult_social_care, childrens_services, youth, probation, schools, further_education, libraries, fire, police, "
    "housing, central_government, local_government, other"
)
UNUSABLE = "cannot be used; nothing was begun. "
WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=40).filter(lambda text: text.strip() == text and text)


def lines(content: bytes) -> list[tuple[int, str, str]]:
    return [(each.line, each.reference, each.asked) for each in read_batch(content).lines]


def fault(content: bytes) -> str:
    with pytest.raises(BadInputError) as error:
        read_batch(content)
    assert error.value.field == "file"
    return error.value.message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty. Its first line must name the columns, one of them “question” or “enquiry”."),
        (b" \r\n\n", "is empty. Its first line must name the columns, one of them “question” or “enquiry”."),
        (b",,\n,,\n", "must have one column “question” or one column “enquiry” in its first line; it has neither."),
        (b"What is a mutual?\n", "must have one column “question” or one column “enquiry” in its first line; it has neither."),
        (b"question,enquiry\na,b\n", "must have one column “question” or one column “enquiry” in its first line; it has both."),
        (b"question,Question\na,b\n", "has two columns “question”; keep one of them."),
        (b"question\n", "holds no question: there is nothing under its first line."),
        (b"enquiry,reference\n,\n \n", "holds no enquiry: there is nothing under its first line."),
        (b"PK\x03\x04\x14\x00", "is not a CSV file: it holds control characters. Save it as “CSV UTF-8” and send it again."),
        (b"question\n\x81\x8d\n", "is not text in UTF-8 or Windows-1252. Save it as “CSV UTF-8” and send it again."),
        (b"x" * (FILE_LIMIT + 1), "is larger than 16 MB. Send it in parts."),
        (b"reference,question\n1,\n", UNUSABLE + "line 2: the question is empty."),
        (b"question,sector\nWhat?,parks\n", UNUSABLE + f"line 2: the sector “parks” is not known; use one of {SECTORS}."),
        (b"question,as_of\nWhat?,soon\n", UNUSABLE + "line 2: the as_of “soon” is not a day; write it as YYYY-MM-DD."),
        (b"question\nWhat, then?\n", UNUSABLE + "line 2: has 2 cells under 1 columns; put a text that holds the separator in quotation marks."),
        (b'"question\nOne?\n', UNUSABLE + "line 1: a quotation mark is not closed, or stands inside a cell; double it there."),
        (b'question\nOne?\n"Two?\n', UNUSABLE + "line 3: a quotation mark is not closed, or stands inside a cell; double it there."),
        (b'question\n"One"?\n', UNUSABLE + "line 2: a quotation mark is not closed, or stands inside a cell; double it there."),
        (b"question\n" + b"x" * 2001, UNUSABLE + "line 2: the question has 2,001 characters; the most is 2,000. Shorten it or ask in parts."),
        (b"question\n" + b"x" * 140_000, UNUSABLE + "line 2: a cell has more than 100,000 characters."),
    ],
)
def test_what_is_wrong_with_a_file(content: bytes, message: str) -> None:
    assert fault(content) == message


def test_all_faults_are_told_at_once() -> None:
    assert fault(b"reference;question\n1;\n2;Fine?\n\n3;a;b\n4;\n") == (
        UNUSABLE + "line 2: the question is empty; line 5: has 3 cells under 2 columns; put a text that holds the separator in quotation marks; "
        "line 6: the question is empty."
    )
    assert fault(b"question,reference\n" + b",x\n" * 60).endswith("line 51: the question is empty; and 10 more.")


def test_so_many_lines_and_no_more() -> None:
    assert len(read_batch(b"question\n" + b"Why?\n" * LINE_LIMIT).lines) == LINE_LIMIT
    assert fault(b"question\n" + b"Why?\n" * (LINE_LIMIT + 2)) == (
        UNUSABLE + "line 5002: is beyond the 5,000 lines that one file may have; send the rest in another."
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(encoding: str, separator: str) -> None:
    text = f"Note{separator} QUESTION {separator}Reference\r\nx{separator}“Café”, is it?{separator}£1\r\n" if separator != "," else None
    text = text or 'Note, QUESTION ,Reference\r\nx,"“Café”, is it?",£1\r\n'
    assert lines(text.encode(encoding)) == [(2, "£1", "“Café”, is it?")]


def test_blank_lines_and_short_ones_and_texts_over_several_lines() -> None:
    content = b'\n\nquestion,reference\n"One\nmore?",a\n\n,\nTwo?\n'
    assert lines(content) == [(4, "a", "One\nmore?"), (8, "", "Two?")]


def test_what_each_line_says_of_its_scope_goes_over_what_is_chosen_for_all() -> None:
    content = b"enquiry,Sector,nation,stage,as of\nDear all,Libraries,,,2014-03\nHello,,england,Spinning out,\n"
    assert read_batch(content, Scope(sector="youth", nation="wales")) == BatchFile(
        kind="enquiry",
        lines=[
            BatchLine(2, "", "Dear all", Scope(sector="libraries", nation="wales", as_of=PartialDate("2014-03"))),
            BatchLine(3, "", "Hello", Scope(sector="youth", nation="england", stage="spinning_out")),
        ],
    )


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=8), st.sampled_from([",", ";", "\t"]), st.sampled_from(["\n", "\r\n"]))
def test_what_a_spreadsheet_writes_is_read_back(rows: list[tuple[str, str]], separator: str, ending: str) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator, lineterminator=ending)
    writer.writerows([("reference", "question"), *rows])
    assert lines(file.getvalue().encode()) == [(number, *row) for number, row in enumerate(rows, start=2)]


@given(st.binary(max_size=200))
def test_whatever_the_bytes_there_are_lines_or_a_fault(content: bytes) -> None:
    for given_content in (content, b"question,reference\n" + content):
        with suppress(BadInputError):
            assert read_batch(given_content).lines
