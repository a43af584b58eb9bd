"""Personal data found and masked, and guidance left as it is."""

import logging
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.masked_logs import mask
from assistant.personal_data import MASKS, Finding, found, is_nhs_number, masked

NOTES = Path(__file__).resolve().parents[2] / "corpus" / "notes"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ""),
        ("   \n", "   \n"),
        ("Ring 020 7946 0018 or (0113) 496 0000.", "Ring [phone] or [phone]."),
        ("Mobile: 07700 900123, or +44 (0)7700 900 123 ext. 12", "Mobile: [phone], or [phone]"),
        ("Call 0044 20.7946.0018 today", "Call [phone] today"),
        ("From abroad +33 1 99 00 12 34.", "From abroad [phone]."),
        ("jo.o'brown+desk@mail.example.org, please", "[email], please"),
        ("NHS no. 943 476 5919", "NHS no. [NHS number]"),
        ("943 476 5918 has a wrong check digit", "943 476 5918 has a wrong check digit"),
        ("My NI is AB 12 34 56 C; hers ab123456d", "My NI is [National Insurance number]; hers [National Insurance number]"),
        ("BG123456A and DA123456A and AB123456E are none", "BG123456A and DA123456A and AB123456E are none"),
        ("12 High Street, Leeds LS1 4AP", "12 High Street, Leeds [postcode]"),
        ("sw1a 2aa, GIR 0AA, W1A 0AX", "[postcode], [postcode], [postcode]"),
        ("payroll no. 123456 and employee number: AB12345", "payroll no. [payroll number] and employee number: [payroll number]"),
        ("I was born on 3 May 1961; dob 03/05/1961", "I was born on [date of birth]; dob [date of birth]"),
        ("Sort code 20-00-00, account number 55779911", "Sort code [bank details], account number [bank details]"),
    ],
)
def test_personal_data_is_masked(text: str, told: str) -> None:
    assert masked(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "SI 2015/102, regulation 77(2) and section 33",
        "The threshold was £663,540 from 1 January 2022, and £10 million before.",
        "In 2010-2012 some 12,000 staff in 106 mutuals; £1,234,567.89 in all",
        "ISBN 978-0-10-851234-5 and ISBN 9780108512345",
        "Schedule 3, paragraphs 12 to 15; 2006 c. 46; Cm 7654; HC 1234",
        "the employee representatives and payroll of 2,000 staff",
    ],
)
def test_guidance_is_left_to_the_letter(text: str) -> None:
    assert (found(text), masked(text)) == ([], text)


def test_where_it_stands() -> None:
    assert found("Jo, jo@example.org, LS1 4AP") == [Finding("email", 4, 18), Finding("postcode", 20, 27)]


def test_only_real_contact_details_in_the_notes_are_masked() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(NOTES.rglob("*.md"))]
    assert {text[each.start : each.end] for text in texts for each in found(text)} == {
        "mutuals@culture.gov.uk",
        "mutualsteamcorrespondence@cabinet-office.gsi.gov.uk",
        "0845 5390543",
        "0845 5390 543",
    }


@pytest.mark.parametrize("text", ["", "943476591", "0000000000", "9434765918", "94347659190"])
def test_no_nhs_number(text: str) -> None:
    assert not is_nhs_number(text)


PIECES = st.sampled_from(
    ["jo@example.org", "07700 900123", "LS1 4AP", "943 476 5919", "AB123456C", "dob 1/2/1961", " ", "0", "+44", "(", "\n", "payroll 12345", ".", "x"]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join)))
def test_masking_twice_is_masking_once(text: str) -> None:
    once = masked(text)
    assert (masked(once), found(once)) == (once, [])


@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map(" ".join)))
def test_findings_are_in_order_and_apart_and_the_rest_stays(text: str) -> None:
    findings = found(text)
    assert all(each.start < each.end for each in findings)
    assert all(one.end <= other.start for one, other in pairwise(findings))
    rest = masked(text)
    for each in findings:
        rest = rest.replace(MASKS[each.kind], text[each.start : each.end], 1)
    assert len(findings) > 1 or rest == text


@pytest.mark.parametrize("unit", ["0", "(", "+44 ", "a", "a.", "a@", "0 ", "payroll ", "A1 ", "born ", " ", "-"])
def test_a_long_text_comes_to_an_end(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    assert masked(masked(text)) == masked(text)


def record(message: object, *arguments: object, name: str = "any") -> logging.LogRecord:
    return logging.LogRecord(name, logging.INFO, "file.py", 1, message, arguments, None)


def test_a_log_record_is_masked_with_its_arguments() -> None:
    made = record("from %s, %d times", "jo@example.org", 2)
    mask(made)
    assert (made.getMessage(), made.args) == ("from [email], 2 times", ())


def test_a_log_record_that_is_taken_apart_keeps_its_arguments() -> None:
    made = record('%s - "%s"', "127.0.0.1", "/?ask=jo@example.org", name="uvicorn.access")
    mask(made)
    assert made.args == ("127.0.0.1", "/?ask=[email]")


def test_a_traceback_is_masked() -> None:
    try:
        raise ValueError("jo@example.org")
    except ValueError as error:
        made = logging.LogRecord("any", logging.ERROR, "file.py", 1, "failed", (), (ValueError, error, error.__traceback__))
    mask(made)
    assert logging.Formatter().format(made).splitlines()[-1] == "ValueError: [email]"


def test_a_record_that_does_not_fit_its_arguments_is_left_to_the_handler() -> None:
    made = record("%s and %s", "jo@example.org")
    mask(made)
    assert (made.msg, made.args) == ("%s and %s", ("[email]",))
