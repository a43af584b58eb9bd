import pytest

from assistant.desk.turning import as_question, asked, claim_question


@pytest.mark.parametrize(
    ("clause", "wanted"),
    [
        ("whether we can stay", "Can we stay?"),
        ("if the council would have to tender", "Would the council have to tender?"),
        ("whether staff in the depot keep their pay", "Is it true that staff in the depot keep their pay?"),
        ("how long it can last", "How long can it last?"),
        ("what happens once the council has agreed", "What happens once the council has agreed?"),
        ("what share of the board staff usually have", "What share of the board staff usually have?"),
        ("if we leave, can we come back?", "If we leave, can we come back?"),
    ],
)
def test_a_clause_becomes_a_question(clause: str, wanted: str) -> None:
    assert as_question(clause, indirect=True) == wanted


def test_a_claim_becomes_a_question_that_keeps_its_names() -> None:
    assert claim_question("TUPE does not apply.") == "Is it true that TUPE does not apply?"
    assert claim_question("that We lose our pay") == "Is it true that we lose our pay?"


@pytest.mark.parametrize(
    ("question", "clause", "wanted"),
    [
        ("Can we keep our pensions?", "", "whether you can keep your pensions"),
        ("Is it true that I lose my job?", "", "whether you lose your job"),
        ("How long can it last?", "", "how long it can last"),
        ("Can we ask?", "if we can ask", "whether you can ask"),
        ("Can employees of the council do so?", "", None),
        ("Do you know who decides?", "", None),
        ("Should I sign it, or should I leave?", "", None),
    ],
)
def test_what_was_asked_is_turned_only_where_that_is_safe(question: str, clause: str, wanted: str | None) -> None:
    assert asked(question, clause) == wanted
