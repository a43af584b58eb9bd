"""Personal data in free text: found by its shape, or by a telling word beside it, and masked."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["email", "phone", "nhs_number", "national_insurance_number", "postcode", "payroll_number", "date_of_birth", "bank_details"]

MASKS: dict[Kind, str] = {
    "email": "[email]",
    "phone": "[phone]",
    "nhs_number": "[NHS number]",
    "national_insurance_number": "[National Insurance number]",
    "postcode": "[postcode]",
    "payroll_number": "[payroll number]",
    "date_of_birth": "[date of birth]",
    "bank_details": "[bank details]",
}


class Finding(NamedTuple):
    """Personal data of a kind at the characters `start:end` of a text."""

    kind: Kind
    start: int
    end: int


_TOLD = r"(?:\s{0,3}(?:no|number|num|nr|id|ref|reference)\b\.?)?\s{0,3}(?:is\b|was\b|[:#=-])?\s{0,3}(?:is\b)?\s{0,3}#?"
"""What may stand between a telling word and what it tells of."""
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("email", re.compile(r"(?<![\w.+-])(?P<it>[\w.+'%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24})(?![\w-])", re.IGNORECASE)),
    # Two letters (not D F I Q U V, second not O), six digits, A to D; without prefixes that are never given out (HMRC's NIM39110), but with QQ, which
    # forms show as an example and people copy.
    (
        "national_insurance_number",
        re.compile(
            r"(?<![\w])(?P<it>(?:QQ|(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])\s?\d{2}[\s-]?\d{2}[\s-]?\d{2}[\s-]?[A-D])(?!\w)", re.IGNORECASE
        ),
    ),
    (
        "payroll_number",
        re.compile(
            rf"\b(?:payroll\b|(?:employee|staff|personnel|assignment)(?=\s{{0,3}}(?:no|number|num|nr|id|ref)\b)){_TOLD}(?P<it>[A-Z]{{0,3}}[-/]?\d{{4,12}}[A-Z]?)(?!\w)",
            re.IGNORECASE,
        ),
    ),
    (
        "date_of_birth",
        re.compile(
            rf"\b(?:born|dob|d\.o\.b\.?|date of birth|birthday)\b\s{{0,3}}(?:is\b|was\b|on\b|[:-])?\s{{0,3}}(?:the\s)?"
            rf"(?P<it>\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH},?\s\d{{4}}|{_MONTH}\s\d{{1,2}},?\s\d{{4}}|\d{{4}}-\d\d-\d\d)(?!\d)",
            re.IGNORECASE,
        ),
    ),
    ("bank_details", re.compile(rf"\b(?:sort ?code)\b{_TOLD}(?P<it>\d{{2}}[\s-]?\d{{2}}[\s-]?\d{{2}})(?!\d)", re.IGNORECASE)),
    ("bank_details", re.compile(rf"\b(?:bank |a/c |account )(?:account)?{_TOLD}(?P<it>\d{{8}})(?!\d)", re.IGNORECASE)),
    # The shapes of the Royal Mail's postcodes; letters that never stand in the second half are left out.
    (
        "postcode",
        re.compile(
            r"(?<![\w/])(?P<it>GIR\s?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY])[^\S\n]?\d[ABD-HJLNP-UW-Z]{2})(?!\w)",
            re.IGNORECASE,
        ),
    ),
    ("nhs_number", re.compile(r"(?<![\w.,/£+-])(?P<it>\d{3}[\s-]?\d{3}[\s-]?\d{4})(?![\w]|[.,/-]\d)")),
    # A number of the United Kingdom begins with 0 or +44 and has nine or ten more digits; other countries' begin with + and their code.
    (
        "phone",
        re.compile(
            r"(?<![\w./£,])(?P<it>(?:\+44|0044|\(\+44\))[\s.-]{0,2}(?:\(0\)[\s.-]{0,2})?(?:\(?\d\)?[\s.()-]{0,2}){8,9}\d(?:\s{0,2}(?:ext|extension|x)\.?\s?\d{1,6})?)(?!\w)",
            re.IGNORECASE,
        ),
    ),
    ("phone", re.compile(r"(?<![\w./£,])(?P<it>\(?0(?:\d\)?[\s.()-]{0,2}){8,9}\d(?:\s{0,2}(?:ext|extension|x)\.?\s?\d{1,6})?)(?!\w)", re.IGNORECASE)),
    ("phone", re.compile(r"(?<![\w./£,])(?P<it>\+\d{1,3}[\s.-]?(?:\(?\d\)?[\s.()-]{0,2}){6,11}\d)(?!\w)")),
)


def found(text: str) -> list[Finding]:
    """The personal data in a text, in order; where two kinds would overlap, the one that is told more surely."""
    taken: list[Finding] = []
    for finding in _candidates(text):
        if all(finding.end <= other.start or other.end <= finding.start for other in taken):
            taken.append(finding)
    return sorted(taken, key=lambda finding: finding.start)


def masked(text: str) -> str:
    """The text with each piece of personal data replaced by what it is, in brackets: `[phone]`."""
    while findings := found(text):  # again, as what adjoined something that is masked now may stand on its own; each time fewer digits are left
        parts = []
        at = 0
        for finding in findings:
            parts += [text[at : finding.start], MASKS[finding.kind]]
            at = finding.end
        text = "".join([*parts, text[at:]])
    return text


def _candidates(text: str) -> Iterator[Finding]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if kind != "nhs_number" or is_nhs_number(match["it"]):
                yield Finding(kind, *match.span("it"))


def is_nhs_number(text: str) -> bool:
    """Whether ten digits have the check digit of an NHS number (modulus 11, as the NHS Data Model and Dictionary gives it)."""
    digits = [int(character) for character in text if character.isdigit()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    return (0 if check == 11 else check) == digits[9]
