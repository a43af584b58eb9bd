import pytest

from assistant.desk.language import other_language
from evals.enquiries import load_enquiries


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", None),
        ("pensions?", None),
        ("Llanfairpwll library, Ynys Môn – TUPE? Pensions? Gwyneth Llewelyn-Jones, Ysbyty Gwynedd, Bangor, Pontypridd and Ystradgynlais", None),
        ("pension TUPE library staff redundancy council co-op", None),
        ("Bonjour, nous travaillons dans un hôpital et nous voudrions savoir si nous pouvons garder notre retraite.", "French"),
        ("A allwn gadw ein pensiwn?", "Welsh"),
    ],
)
def test_a_language_is_named_only_where_it_is_plain(text: str, wanted: str | None) -> None:
    assert other_language(text) == wanted


def test_no_enquiry_of_dev_in_english_is_taken_for_another_language() -> None:
    assert [each.id for each in load_enquiries("dev") if other_language(each.enquiry)] == ["e-welsh"]
